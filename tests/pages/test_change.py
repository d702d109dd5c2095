import re
from datetime import datetime
from decimal import Decimal

import pytest

from reportgen.pages import _answer, _drivers, _kpis, cohorts, moves, why
from tests import brief_factory as factory
from tests.brief_factory import EDGES, replace
from tests.pages.test_pages import held, html, words_of


def test_a_factor_within_noise_is_not_named():
    brief = factory.brief()
    named = {cause.text for cause in _drivers.causes(brief.drivers)}
    assert named == {"more buyers", "more orders each"}  # items per order stood still
    still = tuple(replace(f, now=f.before) for f in brief.drivers.factors)
    before = replace(brief.drivers.before, customers=brief.drivers.now.customers)
    assert not _drivers.causes(replace(brief.drivers, factors=still, before=before))


def test_causes_that_do_not_explain_the_change_are_not_said_to():
    drivers = factory.brief().drivers
    assert "made the difference" in _drivers.explained(drivers, words_of(factory.brief()))
    fallen = replace(drivers, change=-drivers.change)
    assert not _drivers.explained(fallen, words_of(factory.brief()))


def test_effects_that_come_to_nothing_explain_nothing():
    drivers = factory.brief().drivers
    now, before = drivers.now, drivers.before
    even = replace(drivers, now=replace(now, revenue=before.revenue * Decimal("1.01")))
    assert _drivers.causes(even)
    assert not _drivers.explained(even, words_of(factory.brief()))


def test_factors_say_nothing_of_what_the_recipe_drops():
    brief = factory.brief()
    assert "made the difference" in _answer.reason(brief, words_of(brief))
    left = brief.drivers.change
    items = tuple(replace(i, amount=-left) if i.kind == "left-out" else i for i in brief.bridge.items)
    dropping = replace(brief, bridge=replace(brief.bridge, items=items))
    assert "identified customers placed 36% more orders" in _answer.reason(dropping, words_of(brief))


def test_the_bridge_by_segment_adds_up_before_the_readers_eyes():
    brief = factory.brief()
    context = why.context(brief, {}, words_of(brief))
    *lines, total = context.lines

    def figure(text):
        return int(text.replace(",", "").replace("−", "-").replace("+", "").replace("·", "0") or 0)

    for row in lines:
        if all(row.items) and row.before:
            assert figure(row.before) + sum(map(figure, row.items)) == pytest.approx(figure(row.now), abs=4)
    for column in range(len(context.heads)):
        assert sum(figure(row.items[column]) for row in lines) == pytest.approx(figure(total.items[column]), abs=4)
    assert sum(figure(row.change) for row in lines) == pytest.approx(figure(total.change), abs=5)


def with_items(brief, **changed):
    items = tuple(replace(i, **changed.get(i.kind, {})) for i in brief.bridge.items)
    return replace(brief, bridge=replace(brief.bridge, items=items))


def test_who_came_is_put_against_who_paused_only_if_it_differs():
    brief = factory.brief()
    (text, *_) = held(why.claims(brief, words_of(brief)))
    assert re.fullmatch(
        r"Guests added £233k; customers who are new or back brought £\d+k, more than the £\d+k of those who paused",
        text,
    )
    even = with_items(brief, new={"amount": Decimal(3_000)}, lapsed={"amount": Decimal(-200_000)})
    assert held(why.claims(even, words_of(even)))[0].endswith("about what those who paused took (£200k)")
    near = with_items(brief, new={"amount": Decimal(0), "customers": 0}, reactivated={"amount": Decimal(190_000)},
                      lapsed={"amount": Decimal(-205_000)})  # fmt: skip
    assert held(why.claims(near, words_of(near)))[0] == (
        "Customers who are back brought £190k, against £205k of those who paused: within chance"
    )
    items = tuple(replace(i, customers=8) if i.kind == "lapsed" else i for i in brief.bridge.items)
    few = replace(brief, bridge=replace(brief.bridge, items=items))
    assert not held(why.claims(few, words_of(few)))


def test_the_balance_and_the_largest_move_are_the_title():
    brief = factory.brief()
    words, gained, lost = words_of(brief), brief.migration.most_gained, brief.migration.most_lost
    assert gained.revenue_before > lost.revenue_before
    first, short, *_ = held(moves.claims(brief, words))
    assert first.startswith("341 customers moved up, 209 down over equal windows; the largest move by revenue: ")
    assert f"worth {words.compact(gained.revenue_before)} from" in first
    assert short.endswith("; the largest move by revenue: Loyal to Best")
    costly = replace(lost, revenue_before=gained.revenue * 2)
    worse = replace(brief, migration=replace(brief.migration, most_lost=costly))
    assert f"worth {words.compact(costly.revenue_before)} from" in held(moves.claims(worse, words))[0]
    assert not held(moves.claims(factory.partial_month(), words_of(brief)))


@pytest.mark.parametrize(("up", "down", "said"), [(250, 249, False), (254, 646, True), (9, 2, False)])
def test_whether_more_moved_up_or_down_is_said_only_beyond_chance(up, down, said):
    brief = replace(factory.brief(), like_for_like=None)
    counts = {"up": up, "down": down}
    flows = tuple(replace(flow, customers=counts.get(flow.direction, 0)) for flow in brief.migration.flows)
    made = replace(brief, migration=replace(brief.migration, flows=flows))
    told = held(moves.claims(made, words_of(brief)))[0]
    assert told.startswith(f"{down} customers moved down, {up} up" if said else "The largest move by revenue")


def test_unequal_histories_are_said_where_the_moves_are():
    body = html(factory.brief())["moves"]
    assert "Equal windows" in body
    assert "rests on 11 months of records, this one on 12" in body
    whole = replace(factory.brief(), like_for_like=None)
    assert "Equal windows" not in html(whole)["moves"]
    assert "moves down and out are overstated" in html(factory.partial_month())["moves"]


def test_the_matrix_holds_every_customer():
    brief = factory.brief()
    rows = moves.context(brief, {}, words_of(brief)).rows
    counted = sum(int(cell.text.replace(",", "")) for row in rows for cell in row.cells if cell.text != "·")
    assert counted == sum(move.customers for move in brief.migration.moves)


def test_pages_of_change_stay_out_without_a_period_before():
    for edge in ("first_month", "clusters"):
        assert not {"moves", "why", "cohorts"} & set(html(EDGES[edge]()))


def test_the_first_months_customers_are_not_counted_as_first_time_buyers():
    brief = factory.brief()
    (text,) = held(cohorts.claims(brief, words_of(brief)))
    assert "20% bought again" in text  # 41 of 200
    older = replace(brief.cohorts[0], active=(200, *(200 for _ in brief.cohorts[0].active[1:])))
    same = replace(brief, cohorts=(older, *brief.cohorts[1:]))
    assert held(cohorts.claims(same, words_of(brief))) == [text]


def test_the_year_before_stands_beside_the_figures():
    brief = factory.with_last_year()
    revenue = _kpis.kpis(brief, words_of(brief))[0]
    assert revenue.year == "+21.8% on Nov 2010"
    assert not any(kpi.year for kpi in _kpis.kpis(factory.brief(), words_of(brief)))


@pytest.mark.parametrize(("day", "grows"), [(1, False), (3, False), (4, True)])
def test_a_repeat_rate_is_of_a_whole_year_as_a_first_month_is_whole(day, grows):
    brief = factory.brief()
    seen = replace(brief, data=replace(brief.data, first=datetime(2010, 10, day, 8)))
    (repeat,) = (kpi for kpi in _kpis.kpis(seen, words_of(seen)) if kpi.label == "Repeat rate")
    assert repeat.note.endswith("longer records lift it") == grows


def test_a_share_that_rests_on_fewer_months_is_not_called_changed():
    brief = factory.brief()
    top = _kpis.kpis(brief, words_of(brief))[-1]
    assert (top.label, top.change, top.tone) == ("Top segments’ share", "", "")
    assert top.note.endswith("(11 months)")


def test_a_last_month_that_is_not_over_counts_in_no_average():
    brief = factory.brief()
    whole = cohorts.context(brief, {}, words_of(brief))
    trend = (*brief.trend[:-1], replace(brief.trend[-1], partial=True))
    cut = cohorts.context(replace(brief, trend=trend), {}, words_of(brief))  # as of a period of all records
    assert whole.mean.count("–") + 1 == cut.mean.count("–")
    assert [[cell.part for cell in row.cells][-1:] for row in cut.rows[:-1]] == [[True]] * (len(cut.rows) - 1)
    assert not any(cell.part for row in whole.rows for cell in row.cells)
    assert "November 2011, the last of each row, in grey, is not complete, so the average leaves it out." in cut.notes
    assert "New this month" in dict(whole.findings)
    assert "New this month" not in dict(cut.findings)
