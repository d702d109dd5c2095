"""The title page's own rules: who comes before all actions, which actions it shows, what it calls them."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from reportgen.brief.changes import Move
from reportgen.pages import segments, summary
from tests import brief_factory as factory
from tests.pages.test_pages import words_of


def overdue(count, shown=None):
    brief = factory.brief()
    found = brief.playbook.watch_list
    accounts = found.accounts[: count if shown is None else shown]
    some = replace(found, accounts=accounts, overdue=count, revenue=sum((a.revenue for a in accounts), Decimal(0)))
    return replace(brief, playbook=replace(brief.playbook, watch_list=some))


def told(brief):
    return summary.context(brief, {}, words_of(brief))


def test_who_is_overdue_comes_first_and_is_not_named():
    first = told(overdue(3)).overdue
    assert first.all == "3 regular customers (£2.70k of revenue) are overdue by their own rhythm: start there."
    assert first.largest == "The largest, £900 in Big Spenders, has been silent for 60 days; 7.5 are usual."
    assert not any(account.customer in str(first) for account in overdue(3).playbook.watch_list.accounts)


def test_one_alone_is_told_once():
    first = told(overdue(1)).overdue
    assert first.all == "1 regular customer (£900 of revenue) is overdue by its own rhythm: start there."
    assert first.largest.startswith("It belongs to Big Spenders and has been silent for 60 days")


@pytest.mark.parametrize(("count", "shown", "expected"), [(0, 0, None), (3, 0, "")])
def test_nothing_is_told_of_nobody_and_nothing_of_one_that_a_copy_left_out(count, shown, expected):
    first = told(overdue(count, shown)).overdue
    assert (first.largest if first else None) == expected


def with_sizes(brief, **worth):
    """`brief` with sizes for those segments alone, the largest first."""
    plays = {play.segment: play for play in brief.playbook.plays}
    model = next(play.sizing for play in brief.playbook.plays if play.sizing.value)
    sized = {name: replace(plays[name], sizing=replace(model, value=Decimal(value))) for name, value in worth.items()}
    order = sorted(worth, key=lambda name: -worth[name])
    made = tuple(sized.get(play.segment, play) for play in brief.playbook.plays)
    return replace(brief, playbook=replace(brief.playbook, plays=made, ranking=tuple(order)))


def test_what_is_lost_comes_after_all_that_is_not():
    found = told(with_sizes(factory.brief(), lost=9000, best=500, loyal=400, new=300))
    assert [row.segment for row in found.actions] == ["Best", "Loyal", "New"]
    assert found.actions_title == "What to do: the most valuable actions for those who aren’t lost"


def test_the_most_valuable_actions_are_called_so():
    found = told(with_sizes(factory.brief(), best=500, loyal=400, new=300, lost=200))
    assert [row.segment for row in found.actions] == ["Best", "Loyal", "New"]
    assert found.actions_title == "What to do: the most valuable actions"


def over_equal_windows(brief, segment, before, now):
    """`brief` whose windows of equal length find so many customers in `segment`."""
    other = brief.segments[0].id
    moves = [Move(source=segment.id, target=other, direction="up", customers=before, revenue=Decimal(0),
                  revenue_before=Decimal(0)),
             Move(source=other, target=segment.id, direction="down", customers=now, revenue=Decimal(0),
                  revenue_before=Decimal(0))]  # fmt: skip
    return replace(brief, like_for_like=replace(brief.migration, moves=tuple(moves)))


@pytest.mark.parametrize(("before", "now", "change"), [(560, 600, "+40"), (640, 590, "−50"), (100, 300, "–")])
def test_growth_is_told_over_windows_of_equal_length_or_not_at_all(before, now, change):
    brief = factory.brief()
    best = brief.segments[1]
    made = over_equal_windows(brief, best, before, now)
    rows = segments.context(made, {}, words_of(made)).rows
    assert best.customers == 600
    assert rows[1].customers_change.text == change


def test_a_window_that_only_grew_longer_has_no_change_of_revenue():
    brief = factory.brief()
    assert brief.previous_month_end.history_months < brief.month_end.history_months
    assert not segments.context(brief, {}, words_of(brief)).grown
    level = replace(brief, previous_month_end=replace(brief.previous_month_end, history_months=12, short=False))
    assert segments.context(level, {}, words_of(level)).grown
