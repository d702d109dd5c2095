"""What changed: a hand-made ledger with figures worked out by hand, and edge months."""

from datetime import date, datetime
from decimal import Decimal
from typing import get_args

import msgspec
import pandas as pd
import pytest

from reportgen.brief import Period, decode, encode
from reportgen.brief.changes import Cause
from reportgen.findings.compose import Question, compose
from reportgen.findings.crossing import Activity
from reportgen.findings.drivers import Scales, drivers
from reportgen.findings.migration import migrate
from reportgen.findings.month_ends import MonthEnd
from reportgen.pages.moves import CAUSES
from reportgen.recipes import load
from reportgen.wording.facts import last_day
from tests.ledgers import ledger, line

THREE = msgspec.structs.replace(
    load("four-groups"), id="three", cuts={}, match_order=("top", "gone"),
    segments=msgspec.convert([
        {"id": "top", "name": "Top", "archetype": "best", "when": "R <= 31 and M >= 50"},
        {"id": "rest", "name": "Rest", "archetype": "loyal"},
        {"id": "gone", "name": "Gone", "archetype": "lost", "when": "R > 60"},
    ], tuple[type(load("four-groups").segments[0]), ...]),
)  # fmt: skip
"""Top: within 31 days and 50 or more; Gone: more than 60 days; Rest."""

SHOP = [
    line("early", "2024-01-02", 1),                                  # 10; gone at the end of March
    line("both", "2024-02-05", 4), line("both", "2024-03-05", 6),    # 40 -> 60: expansion, rest -> top
    line("less", "2024-02-06", 9), line("less", "2024-03-06", 2),    # 90 -> 20: contraction, stays top
    line("less", "2024-03-07", 1, invoice="second"),                 # and 10 more, a second order
    line("back", "2024-01-10", 3), line("back", "2024-03-10", 3),    # 0 -> 30: reactivated, rest -> top
    line("lapsed", "2024-02-08", 7),                                 # 70 -> -5: lapsed, top -> rest
    line("lapsed", "2024-03-20", -1, 500),
    line("fresh", "2024-03-03", 8),                                  # 80: new
    line("undone", "2024-02-09", 5), line("undone", "2024-03-02", -5),   # 50 -> -50, cancelled in March: left
    line("returns", "2024-01-05", 9), line("returns", "2024-03-11", -2),  # 0 -> -20: returns only
    line(None, "2024-02-01", 1, invoice="g1"), line(None, "2024-03-31", 2, invoice="g2"),  # guests 10 -> 20
]  # fmt: skip


def brief_of(lines, period="2024-03", recipe=THREE):
    return compose(ledger(lines), recipe, Question(period, datetime(2024, 6, 1), 3, ("POST",), "EUR")).brief


@pytest.fixture(scope="module")
def brief():
    return brief_of(SHOP)


def amounts(items):
    return {item.kind: (item.customers, int(item.amount)) for item in items}


def test_the_bridge_by_hand(brief):
    found = brief.bridge
    assert (found.before, found.now, found.change) == (Decimal("260.00"), Decimal("145.00"), Decimal("-115.00"))
    assert amounts(found.items) == {
        "new": (1, 80), "reactivated": (1, 30), "expansion": (1, 20), "contraction": (1, -60),
        "lapsed": (2, -75 - 100), "returns-only": (1, -20), "guests": (None, 10), "left-out": (None, 0),
    }  # fmt: skip


def test_the_bridge_of_each_segment(brief):
    now = {part.segment: (int(part.before), int(part.now)) for part in brief.bridge.segments}
    assert now == {"top": (130, 200), "rest": (70, -5), "gone": (0, -20), None: (50, -50)}
    then = {part.segment: (int(part.before), int(part.now)) for part in brief.bridge.segments_before}
    assert then == {"top": (210, -25), "rest": (40, 70), "gone": (0, 0), None: (0, 80)}


def test_the_migration_by_hand(brief):
    moves = {(move.source, move.target): (move.direction, move.customers, int(move.revenue), int(move.revenue_before))
             for move in brief.migration.moves}  # fmt: skip
    assert moves == {
        ("top", "top"): ("stayed", 1, 120, 90),
        ("top", "rest"): ("down", 1, 65, 70),
        ("top", None): ("left", 1, 0, 50),
        ("rest", "top"): ("up", 2, 100 + 60, 40 + 30),
        ("rest", "gone"): ("down", 2, 10 + 70, 10 + 90),
        (None, "top"): ("new", 1, 80, 0),
    }
    assert [(flow.direction, flow.customers) for flow in brief.migration.flows] == [
        ("up", 2), ("down", 3), ("stayed", 1), ("new", 1), ("left", 1), ("aside", 0),
    ]  # fmt: skip
    assert {reason.reason: reason.customers for reason in brief.migration.left} == {
        "out-of-window": 0, "no-purchase-left": 1, "net-not-positive": 0,
    }  # fmt: skip
    assert {reason.reason: reason.customers for reason in brief.migration.entered} == {"first-purchase": 1, "back": 0}


def test_the_moves_that_matter(brief):
    assert (brief.migration.most_gained.source, brief.migration.most_gained.target) == ("rest", "top")
    assert (brief.migration.most_lost.source, brief.migration.most_lost.target) == ("rest", "gone")
    assert [int(move.revenue_before) for move in brief.migration.largest] == [100, 70, 70]


def test_each_segment_a_month_ago(brief):
    before = {segment.id: segment.before for segment in brief.segments}
    assert {name: (then.customers, int(then.revenue), then.active_customers, int(then.period_revenue))
            for name, then in before.items()} == {
        "top": (3, 210, 3, 210), "rest": (4, 170, 1, 40), "gone": (0, 0, 0, 0),
    }  # fmt: skip
    assert before["top"].customers_change == 1
    assert before["top"].period_revenue_change == Decimal("-10.00")


def test_the_windows_say_how_much_history_they_hold(brief):
    assert (brief.previous_month_end.history_months, brief.previous_month_end.short) == (2, True)
    equal = brief.like_for_like
    assert equal.before.window_start == datetime(2024, 1, 1)
    assert equal.now.window_start == datetime(2024, 2, 1)
    assert {reason.reason: reason.customers for reason in equal.left}["out-of-window"] == 1


@pytest.mark.parametrize("reference", ["2024-04-12", "last-purchase + 5 days"])
def test_a_month_end_is_named_by_its_last_day_whatever_r_counts_from(reference):
    later = msgspec.structs.replace(THREE, time=msgspec.structs.replace(THREE.time, reference=reference))
    made = brief_of(SHOP, recipe=later)
    migration = made.migration
    assert migration.now.as_of.date() > date(2024, 4, 1)
    assert [last_day(end) for end in (migration.before, migration.now)] == [date(2024, 2, 29), date(2024, 3, 31)]


def test_the_driver_tree_by_hand(brief):
    now, before = brief.drivers.now, brief.drivers.before
    assert (now.customers, now.orders, now.items, now.purchases) == (4, 5, 20, Decimal("200.00"))
    assert (before.customers, before.orders, before.items, before.purchases) == (4, 4, 25, Decimal("250.00"))
    assert (now.returns, before.returns) == (Decimal("-75.00"), Decimal("0.00"))
    factors = {factor.name: (factor.now, factor.before) for factor in brief.drivers.factors}
    assert factors == {
        "customers": (4, 4), "orders-per-customer": (Decimal("1.25"), 1),
        "items-per-order": (4, Decimal("6.25")), "price-per-item": (10, 10),
    }  # fmt: skip
    # 50 / ln(250/200) = 224.071; times ln(5/4) = 50 and ln(4/6.25) = -100.
    assert [factor.effect for factor in brief.drivers.factors] == [0, Decimal("50.00"), Decimal("-100.00"), 0]
    assert brief.drivers.change == Decimal("-125.00")


def test_cohorts_by_hand(brief):
    """`undone` never bought: its purchase was cancelled before the period's end."""
    found = {cohort.month: (cohort.customers, cohort.active, cohort.first_on_file) for cohort in brief.cohorts}
    assert found == {
        date(2024, 1, 1): (3, (3, 0, 1), True),
        date(2024, 2, 1): (3, (3, 2), False),
        date(2024, 3, 1): (1, (1,), False),
    }
    assert brief.cohorts[1].shares == (1.0, pytest.approx(2 / 3))


def test_the_segments_trend_by_hand(brief):
    found = [{point.segment: (point.customers, int(point.revenue)) for point in month.segments}
             for month in brief.segment_trend]  # fmt: skip
    assert found == [
        {"top": (1, 90), "rest": (2, 40), "gone": (0, 0), None: (0, 0)},
        {"top": (3, 210), "rest": (4, 40), "gone": (0, 0), None: (0, 0)},
        {"top": (4, 200), "rest": (1, -5), "gone": (2, -20), None: (1, -50)},
    ]


def test_the_key_figures_by_hand(brief):
    now, before = brief.key_figures, brief.previous_key_figures
    assert (now.first_time_customers, now.returning_customers, now.repeat_rate) == (1, 3, 0.75)
    assert (before.first_time_customers, before.returning_customers, before.repeat_rate) == (4, 0, 0.0)
    assert now.order_value == Decimal("24.1667")  # 145 in six orders
    assert now.customer_order_value == Decimal("25.0000")
    assert (now.top_customers, now.top_customer_share) == (4, pytest.approx(4 / 7))


def test_the_first_month_on_file_compares_with_nothing():
    brief = brief_of(SHOP, "2024-01")
    assert (brief.previous_month_end, brief.migration, brief.like_for_like, brief.bridge) == (None, None, None, None)
    assert [segment.before for segment in brief.segments] == [None, None, None]
    assert (brief.drivers.before, brief.drivers.change, brief.key_figures.repeat_rate) == (None, None, None)
    assert len(brief.segment_trend) == 1


def test_a_whole_history_compares_with_nothing():
    brief = brief_of(SHOP, "all")
    assert (brief.migration, brief.bridge, brief.year_before) == (None, None, None)
    last = {point.segment: point.customers for point in brief.segment_trend[-1].segments if point.segment}
    assert last == {segment.id: segment.customers for segment in brief.segments}


def test_a_partial_month_is_bridged_from_the_same_days():
    brief = brief_of([*SHOP, line("both", "2024-04-03"), line("fresh", "2024-04-05")], "2024-04")
    assert brief.period.partial
    assert (brief.bridge.start, brief.bridge.end) == (date(2024, 3, 1), date(2024, 3, 5))
    assert amounts(brief.bridge.items)["new"] == (0, 0)
    assert brief.bridge.before + sum(item.amount for item in brief.bridge.items) == brief.bridge.now


def test_a_year_before_is_told_where_it_is_on_file():
    lines = [*SHOP, *(line("both", f"2023-{month:02}-03", month) for month in range(1, 13))]
    found = brief_of(lines)
    assert (found.year_before.start, found.year_before.revenue) == (date(2023, 3, 1), Decimal("30.00"))
    assert found.year_before_key_figures.month_end.as_of == datetime(2023, 4, 1)
    assert len(found.segment_trend) == 13
    assert brief_of(SHOP).year_before is None


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        ([line("one", "2024-01-03"), line("one", "2024-03-03")], "2024-03"),
        ([line("one", "2024-03-03")], "2024-03"),
        ([line("one", "2024-02-01"), line(None, "2024-03-03", invoice="g"), line(None, "2024-03-31", invoice="h")],
         "2024-03"),
        ([line("one", "2024-01-01", 90), line("one", "2024-03-09", -30), line("one", "2024-03-31", 1)], "2024-03"),
        ([line(None, "2024-01-01"), line("one", "2024-03-31")], "2024-03"),
    ],
    ids=["nobody in February", "one customer's first month", "all guests", "negative", "nobody before"],
)  # fmt: skip
def test_edge_months_are_told(lines, period):
    brief = brief_of(lines, period)
    assert decode(encode(brief)) == brief
    if brief.bridge:
        assert brief.bridge.before + sum(item.amount for item in brief.bridge.items) == brief.bridge.now
    if brief.drivers.before and not brief.drivers.before.orders:
        assert all(factor.effect is None for factor in brief.drivers.factors)


def test_without_quantities_the_tree_ends_in_the_value_of_an_order():
    found = compose(
        ledger(SHOP, optional=("invoice",)), THREE, Question("2024-03", datetime(2024, 6, 1), 3, (), None)
    ).brief
    assert [factor.name for factor in found.drivers.factors] == ["customers", "orders-per-customer", "value-per-order"]
    assert found.drivers.now.items is None


def test_pieces_below_zero_explain_no_revenue():
    """A line of -25 at -10.00 is worth as much as one of 25: its logarithm is none."""
    before, now = Activity(4, 25_000, 4, 25_000, 25), Activity(4, 20_000, 5, 20_000, -20)
    for found in (drivers(before, now, Scales(2, 0)), drivers(now, before, Scales(2, 0))):
        assert [factor.effect for factor in found.factors] == [None] * 4


def test_who_leaves_for_returns_is_counted_by_what_the_recipe_asks():
    lines = [*SHOP, line("none", "2024-02-10", 2), line("none", "2024-03-12", -3, 1000)]
    for customers, reason in (("positive", "net-not-positive"), ("not-negative", "net-negative")):
        measures = msgspec.structs.replace(THREE.measures, customers=customers)
        left = brief_of(lines, recipe=msgspec.structs.replace(THREE, measures=measures)).migration.left
        assert [(cause.reason, cause.customers) for cause in left][-1] == (reason, 1)
    assert {*CAUSES} == {*get_args(Cause)}


def test_an_invoice_with_and_without_a_customer_is_one_order():
    lines = [*SHOP, line("one", "2024-03-03", invoice="X9"), line(None, "2024-03-03", invoice="X9")]
    both, before = brief_of(lines), brief_of(SHOP)
    assert both.period_totals.orders == before.period_totals.orders + 1 == both.trend[-1].orders
    assert both.period_totals.guests.orders == before.period_totals.guests.orders


AT = datetime(2024, 4, 1)
END = MonthEnd(Period("2024-03", date(2024, 3, 1), date(2024, 3, 31), partial=False), AT, AT, datetime(2023, 4, 1),
               datetime(2023, 1, 1), AT, short=False)  # fmt: skip


def test_moves_are_ranked_by_what_was_spent_before():
    """The n-th of 13 moves is of 14 - n customers, who spent n.00 before and 13 - n.00 now; the last one left."""
    order = ["a", "b", "c", "d"]
    pairs = [*((source, target) for source in order for target in order if source != target), ("a", "")]
    rows = pd.DataFrame(pairs, columns=["source", "target"]).assign(known=True, why="")
    rows = rows.assign(worth_before=range(100, 1400, 100), worth=range(1200, -100, -100), customers=range(13, 0, -1))
    found = migrate(rows.assign(active=rows["customers"]), (END, END), "net-negative", order, 2)
    assert [int(move.revenue_before) for move in found.largest] == [12, 11, 10, 9, 8, 7, 6, 5]
    assert (found.most_gained.source, found.most_gained.target) == ("d", "c")
    assert (found.most_lost.source, found.most_lost.target) == ("a", None)
    flows = {flow.direction: (flow.revenue_before, flow.revenue) for flow in found.flows}
    assert flows["up"] == (4 + 7 + 8 + 10 + 11 + 12, 9 + 6 + 5 + 3 + 2 + 1)


@pytest.mark.parametrize(("active", "direction"), [(39, "up"), (20, "up"), (19, "aside"), (0, "aside")])
def test_who_rises_without_an_order_has_not_moved_up(active, direction):
    """Recency alone can carry a newcomer into a segment that stands higher."""
    rows = pd.DataFrame({"source": ["low"], "target": ["high"], "known": [True], "why": [""], "customers": [39],
                         "active": [active], "worth": [700], "worth_before": [600]})  # fmt: skip
    found = migrate(rows, (END, END), "net-negative", ["high", "low"], 2)
    (move,) = found.moves
    assert (move.direction, move.active) == (direction, active)
    departure = found.departures[1]
    assert (departure.up, departure.aside) == ((39, 0) if direction == "up" else (0, 39))
    assert sum(flow.customers for flow in found.flows) == 39
    assert found.most_gained == (move if direction == "up" else None)
