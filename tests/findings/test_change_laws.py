"""Laws of what changed: for any ledger and any recipe, everything adds up and the order of rows is irrelevant."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.findings.compose import Question, compose
from reportgen.recipes import SHIPPED, load
from tests.findings.test_changes import THREE
from tests.ledgers import ledger, line, needs_real

DAYS = ["2023-12-01", "2024-01-03", "2024-01-30", "2024-02-02", "2024-02-28T23:59", "2024-03-01", "2024-03-28"]
LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["a", "b", "c", "d", None]),
        st.sampled_from(DAYS),
        st.integers(-3, 9),
        st.sampled_from([0, 1, 333, 9999]),
        code=st.sampled_from(["A1", "POST", None]),
    ),
    min_size=1,
    max_size=20,
)
ANCHORS = [line("anchor", f"{month}-01") for month in ("2023-12", "2024-02")] + [line("anchor", "2024-03-31")]
PERIODS = ("2023-12", "2024-02", "2024-03")


def brief_of(lines, period, recipe=THREE):
    question = Question(period, datetime(2024, 6, 1), 3, ("POST",), "EUR")
    return compose(ledger([*ANCHORS, *lines]), recipe, question).brief


def total(found, field):
    return sum((getattr(part, field) for part in found), start=Decimal(0))


def check(brief):
    """Every law that ties the parts of a brief together."""
    check_segments(brief)
    check_drivers(brief)
    if brief.bridge:
        check_bridge(brief)
        check_migration(brief)


def check_segments(brief):
    last = {point.segment: point for point in brief.segment_trend[-1].segments}
    for segment in brief.segments:
        assert last[segment.id].customers == segment.customers
        assert last[segment.id].window_revenue == segment.revenue
        assert last[segment.id].revenue == segment.period_revenue
    if brief.recipe in {"three", "strategic", "clusters"}:  # these leave out guests alone
        for month, ledgers in zip(brief.segment_trend, brief.trend, strict=True):
            assert total(month.segments, "revenue") == ledgers.revenue - ledgers.guest_revenue
    for place, cohort in enumerate(brief.cohorts):
        assert len(cohort.active) == len(brief.cohorts) - place
    figures, totals = brief.key_figures, brief.period_totals
    assert figures.first_time_customers + figures.returning_customers == totals.customers


def check_bridge(brief):
    bridge = brief.bridge
    assert bridge.before + total(bridge.items, "amount") == bridge.now == brief.period_totals.revenue
    assert bridge.before == brief.previous_totals.revenue
    for lines in (bridge.segments, bridge.segments_before):
        for place, item in enumerate(bridge.items[:-2]):
            assert sum(part.items[place].amount for part in lines) == item.amount
            assert sum(part.items[place].customers for part in lines) == item.customers
        for part in lines:
            assert part.before + total(part.items, "amount") == part.now
    now = {part.segment: part for part in bridge.segments}
    then = {part.segment: part for part in bridge.segments_before}
    for segment in brief.segments:
        assert now[segment.id].now == segment.period_revenue
        assert then[segment.id].before == segment.before.period_revenue


def check_migration(brief):
    moves = brief.migration.moves
    for segment in brief.segments:
        into = [move for move in moves if move.target == segment.id]
        out = [move for move in moves if move.source == segment.id]
        assert (total(into, "customers"), total(into, "revenue")) == (segment.customers, segment.revenue)
        before = segment.before
        assert (total(out, "customers"), total(out, "revenue_before")) == (before.customers, before.revenue)
        assert segment.customers - before.customers == before.customers_change
    for migration in filter(None, (brief.migration, brief.like_for_like)):
        assert total(migration.flows, "customers") == total(migration.moves, "customers")
        assert total(migration.flows, "revenue") == total(migration.moves, "revenue")
        flows = {flow.direction: flow.customers for flow in migration.flows}
        assert (total(migration.entered, "customers"), total(migration.left, "customers")) == (
            flows["new"], flows["left"],
        )  # fmt: skip


def check_drivers(brief):
    found = brief.drivers
    assert found.now.purchases + found.now.returns == found.now.revenue
    effects = [factor.effect for factor in found.factors]
    if None not in effects:
        assert sum(effects) + found.returns_effect == found.change
    if brief.bridge:
        known = [item for item in brief.bridge.items if item.customers is not None]
        assert total(known, "amount") == found.change


@settings(max_examples=3)
@given(LINES, st.sampled_from(PERIODS))
def test_everything_adds_up(lines, period):
    check(brief_of(lines, period))


@settings(max_examples=3)
@given(LINES)
def test_a_month_end_reads_as_the_month_itself_did(lines):
    """Of the trend and the month before: literal cut points, so the customers are those of that month's own brief."""
    brief, before = brief_of(lines, "2024-03"), brief_of(lines, "2024-02")
    assert brief.segment_trend[-2] == before.segment_trend[-1]
    assert [segment.before.customers for segment in brief.segments] == [s.customers for s in before.segments]
    assert [segment.before.revenue for segment in brief.segments] == [s.revenue for s in before.segments]
    assert brief.previous_key_figures == before.key_figures
    assert brief.drivers.before == before.drivers.now


REAL_MONTHS = [
    pytest.param(f"2011-{number:02}", marks=[] if number == 11 else pytest.mark.slow) for number in range(1, 13)
]


@needs_real
@pytest.mark.parametrize("month", REAL_MONTHS)
def test_the_real_months_add_up(real, month):
    brief = compose(real, load("strategic"), Question(month, datetime(2011, 12, 10), 3, ("POST",), "GBP")).brief
    assert brief.reconciliation[0].amount == Decimal("9747747.934")
    assert brief.reconciliation[-1].amount == brief.totals.revenue
    check(brief)


@needs_real
@pytest.mark.slow
@pytest.mark.parametrize("recipe", [name for name in SHIPPED if name != "strategic"])
def test_every_recipe_adds_up_on_the_real_ledger(real, recipe):
    check(compose(real, load(recipe), Question("2011-11", datetime(2011, 12, 10), 3, ("POST",), "GBP")).brief)


@needs_real
def test_november_against_october(real):
    """Close to the published sketch of this data, which drops fees and duplicates besides."""
    brief = compose(real, load("strategic"), Question("2011-11", datetime(2011, 12, 10), 3, ("POST",), "GBP")).brief
    assert [segment.before.customers for segment in brief.segments] == [36, 474, 898, 746, 762, 274, 765]
    assert [(flow.direction, flow.customers) for flow in brief.migration.flows] == [
        ("up", 552), ("down", 449), ("stayed", 2953), ("new", 323), ("left", 1), ("aside", 0),
    ]  # fmt: skip
    assert {item.kind: (item.customers, item.amount) for item in brief.bridge.items} == {
        "new": (322, Decimal("135467.280")),
        "reactivated": (719, Decimal("379776.530")),
        "expansion": (312, Decimal("208375.850")),
        "contraction": (310, Decimal("-216273.960")),
        "lapsed": (740, Decimal("-351628.490")),
        "returns-only": (43, Decimal("2086.940")),
        "guests": (None, Decimal("233247.430")),
        "left-out": (None, Decimal("0.000")),
    }
