"""A segment's play in words: what may be said of its customers' number, whose words an action is."""

from datetime import datetime, time
from decimal import Decimal

import pytest

from reportgen.brief.changes import Move
from reportgen.brief.playbook import Assignment
from reportgen.charts import gains
from reportgen.pages import _answer, _giants, _kpis, _plays, actions, profiles, segments, summary, watch
from reportgen.wording import customer_of
from tests import brief_factory as factory
from tests.brief_factory import replace
from tests.pages.test_pages import words_of


def lost_of(before, came, went):
    """A brief, and its segment Lost with so many customers at the month-end before, and who came and went since."""
    brief = factory.brief()
    lost = next(segment for segment in brief.segments if segment.archetype == "lost")
    other, now = brief.segments[0].id, before + came - went
    moves = [move for move in brief.migration.moves if lost.id not in {move.source, move.target}]
    moves += [moved(other, lost.id, came), moved(lost.id, other, went)]
    then = replace(lost.before, customers=before, customers_change=now - before)
    made = replace(brief, migration=replace(brief.migration, moves=tuple(moves)), like_for_like=None)
    return made, replace(lost, customers=now, before=then)


def moved(source, target, customers):
    return Move(source=source, target=target, direction="down", customers=customers, revenue=Decimal(0),
                revenue_before=Decimal(0))  # fmt: skip


@pytest.mark.parametrize(
    ("before", "came", "went", "said"),
    [
        (28, 12, 9, "28 on 31 October 2011."),
        (235, 1, 208, "207 fewer than on 31 October 2011 (−88.1%)"),
        (0, 235, 0, "0 on 31 October 2011."),
        (200, 80, 75, "About as many as on 31 October 2011 (200)."),
        (200, 165, 135, "200 on 31 October 2011, within chance."),
        # Most are the same people: not 200 against 230 of two populations, but 40 who came against 10 who went.
        (200, 40, 10, "30 more than on 31 October 2011 (+15.0%)"),
    ],
)
def test_that_nothing_changed_is_said_only_where_nothing_did(before, came, went, said):
    brief, lost = lost_of(before, came, went)
    assert _plays.change(brief, lost, words_of(brief))[0].startswith(said)


@pytest.mark.parametrize(
    ("came", "went", "said"),
    [(20, 44, "200 on 31 October 2011; over windows of equal length 24 fewer."),
     (3, 2, "200 on 31 October 2011; over windows of equal length 1 more."),
     (9, 9, "200 on 31 October 2011; over windows of equal length as many."),
     (160, 20, "Over windows of equal length, 140 more than on 31 October 2011 (+58.3%); ")],
)  # fmt: skip
def test_growth_that_longer_records_made_is_none(came, went, said):
    brief, lost = lost_of(200, 190, 10)
    made = over_equal_windows(brief, lost, came, went, lost.customers - came)
    assert _plays.change(made, lost, words_of(brief))[0].startswith(said)
    assert gains.customers_tone(made, lost) == ("bad" if came == 160 else "")


def over_equal_windows(brief, segment, came, went, stayed):
    other = brief.segments[0].id
    moves = (moved(other, segment.id, came), moved(segment.id, other, went), moved(segment.id, segment.id, stayed))
    return replace(brief, like_for_like=replace(brief.migration, moves=moves))


def test_a_window_too_short_for_a_segment_says_nothing_of_it():
    """Nobody is silent for longer than it is."""
    brief, lost = lost_of(200, 190, 10)
    made = over_equal_windows(brief, lost, 160, 20, 40)
    said = "200 on 31 October 2011, when records were too short to compare."
    assert _plays.change(made, lost, words_of(brief)) == (said, "")


@pytest.mark.parametrize(
    ("into", "out", "entered", "said"),
    [(90, 30, 20, "; Best gave 60 more than it took."), (90, 80, 200, "; 200 more entered the segments here than left"),
     (90, 80, 29, "(+15.6%).")],
)  # fmt: skip
def test_who_gave_most_is_told_net(into, out, entered, said):
    """Of those who came and went both ways, the difference made the segment grow."""
    brief, lost = lost_of(200, 80, 10)
    kept = [move for move in brief.migration.moves if lost.id not in {move.source, move.target}]
    new = Move(source=None, target=lost.id, direction="new", customers=entered, revenue=Decimal(0),
               revenue_before=Decimal(0))  # fmt: skip
    moves = (*kept, moved("best", lost.id, into), moved(lost.id, "best", out), moved(lost.id, lost.id, 170), new)
    made = replace(brief, migration=replace(brief.migration, moves=moves))
    grown = replace(lost, customers=170 + into + entered, before=replace(lost.before, customers=170 + out))
    assert said in _plays.change(made, grown, words_of(brief))[0]


@pytest.mark.parametrize(
    ("short", "same_start", "said", "kinds"),
    [(6, False, " Faint bars: shorter records.", ["short"] * 5 + ["now"]), (2, False, " Faint bars: shorter records.",
     ["short"] * 2 + [""] * 3 + ["now"]), (0, True, " Bars: by all records until then.", [""] * 5 + ["now"]),
     (0, False, "", [""] * 5 + ["now"])],
)  # fmt: skip
def test_a_course_over_growing_records_is_no_growth(short, same_start, said, kinds):
    brief = factory.brief()
    segment, trend = brief.segments[0], []
    for at, month in enumerate(brief.segment_trend[-6:]):
        start = datetime(2010, 12, 1) if same_start else datetime(2009, 6 + at, 1)
        points = tuple(replace(point, customers=12) for point in month.segments)
        end = replace(month.month_end, short=at < short, window_start=start)
        trend.append(replace(month, month_end=end, segments=points))
    made = replace(brief, segment_trend=tuple(trend))
    bars, text = profiles._bars(made, segment, words_of(brief))
    assert [bar.kind for bar in bars] == kinds
    assert text.endswith("to Nov" if said else "to Nov: 12\u00a0to\u00a012")
    assert profiles.context(made, {}, words_of(brief)).deck.endswith(f"beside all customers’.{said}")


def test_a_month_that_is_not_over_claims_no_change():
    brief, lost = lost_of(200, 120, 20)
    partial = replace(brief, period=replace(brief.period, partial=True))
    assert _plays.change(partial, lost, words_of(brief)) == ("200 on 31 October 2011.", "")


def test_of_few_orders_neither_a_change_nor_chance_is_claimed():
    few = replace(factory.brief(), period_totals=factory.period(11, "900", 9, 8),
                  previous_totals=factory.period(10, "40000", 400, 300))  # fmt: skip
    words = words_of(few)
    assert _answer.headline(few, words) == "Net revenue was £900, against £40.0k in October."
    assert not any(kpi.change for kpi in _kpis.kpis(few, words)[:4])


def test_that_none_of_many_ordered_is_not_called_unclear():
    gone = replace(factory.all_guests(), previous_totals=factory.period(10, "40000", 400, 300))
    figures = {kpi.label: kpi.change for kpi in _kpis.kpis(gone, words_of(gone))}
    assert gone.period_totals.customers == 0
    assert not figures["Active customers"]
    assert not figures["Orders"]


def test_a_houses_own_words_are_not_put_down_to_a_document():
    brief = factory.brief()
    own = Assignment(segment="best", owner="CRM", due=None, title="", text="Call all {customers}.")
    told = replace(brief, playbook=replace(brief.playbook, assignments=(own,)))
    documents = {row.segment: row.document for row in summary.context(told, {}, words_of(told)).actions}
    assert documents["Best"] == "own"
    assert all(document != "own" for name, document in documents.items() if name != "Best")


@pytest.mark.parametrize(
    ("name", "called"),
    [("Loyal", "Loyal customer"), ("Big Spenders", "Big Spenders customer"), ("Lost Customers", "Lost Customer"),
     ("At Risk Customer", "At Risk Customer")],
)  # fmt: skip
def test_customers_are_not_called_so_twice(name, called):
    assert customer_of(name) == called


def test_titles_name_customers_once():
    brief = factory.brief()
    named = replace(brief, segments=tuple(replace(s, name=f"{s.name} Customers") for s in brief.segments))
    words = words_of(named)
    once = str(segments.context(named, {}, words))
    assert not [claim for claim in actions.claims(named, words) if "customers" in claim.text]
    assert " Customers ordered only once" in once


@pytest.mark.parametrize(("overdue", "advised"), [(0, 0), (1, 1), (3, 3), (4, 0)])
def test_few_accounts_overdue_are_told_with_what_to_do(overdue, advised):
    brief = factory.brief()
    found = brief.playbook.watch_list
    few = replace(found, accounts=found.accounts[:overdue], overdue=overdue)
    brief = replace(brief, playbook=replace(brief.playbook, watch_list=few))
    told = watch.context(brief, {}, words_of(brief)).advice
    assert told[:1] == (("Big Spenders: Do big-spenders", "Text of big-spenders."),)[:advised]
    assert len(told) == advised


def test_actions_without_a_figure_fill_the_table_and_say_why():
    made = factory.brief(3)
    kinds = (("big-spenders", 40), ("best", 100), ("lost", 0))
    some = tuple(replace(s, archetype=kind, active_customers=active, idle_revenue=Decimal(0 if active == 40 else 9000))
                 for s, (kind, active) in zip(made.segments, kinds, strict=True))  # fmt: skip
    unsized = replace(made, segments=some, playbook=replace(made.playbook, ranking=()))
    told = summary.context(unsized, {}, words_of(made))
    assert [(row.customers, row.revenue, row.span) for row in told.actions] == [
        ("500", "£9.00k", ""), ("0", "", "all ordered"), ("1,000", "", "lost already"),
    ]  # fmt: skip
    assert told.actions_title == "What to do"  # not: where most is at stake

    one = replace(made, playbook=replace(made.playbook, ranking=("best",)))
    sized = summary.context(one, {}, words_of(made))
    assert [(row.segment, row.span) for row in sized.actions][1:] == [("Big Spenders", "no size"), ("Loyal", "no size")]
    assert sized.actions_title == "What to do"


def test_giant_orders_are_listed_once_and_counted_to_the_last():
    brief = factory.brief()
    words, found = words_of(brief), brief.playbook.giants
    (order,), (reversal, *_) = found.orders, found.largest
    same = replace(reversal, customer=order.customer, ordered=datetime.combine(order.day, time(10)),
                   cancelled=datetime.combine(order.day, time(10, 16)), revenue=order.revenue)  # fmt: skip
    more = replace(found.period, giants=3, giant_revenue=order.revenue + 700)
    rows = _giants.rows(replace(found, period=more, largest=(same,)), words)
    assert [(row.customer, row.revenue) for row in rows] == [
        (order.customer, words.count(order.revenue)), ("2 further", "700"),
    ]  # fmt: skip
    assert "of purchases; taken back 16 minutes later" in rows[0].note


def test_too_few_customers_for_products_of_their_own_are_said_to_be():
    brief = factory.brief()
    told = {n: profiles._products_note(brief, replace(brief.segments[0], customers=n), ()) for n in (0, 5, 500)}
    assert told == {
        0: "No customers, so no products.",
        5: "Too few customers to tell.",
        500: "None: it buys what all customers buy.",
    }
