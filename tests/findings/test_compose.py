"""The Brief of hand-made ledgers, and the laws that every brief keeps."""

import dataclasses
from datetime import datetime
from decimal import Decimal
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.brief import decode, encode
from reportgen.errors import InputError, RecipeError
from reportgen.findings.compose import Question, compose, gather
from reportgen.recipes import load
from tests.ledgers import ledger, line, needs_real

STRATEGIC = load("strategic")


def question(period="2024-02", now=datetime(2024, 6, 1)):
    return Question(period, now, 3, ("POST",), "EUR")


def brief_of(lines, period="2024-02", recipe=STRATEGIC):
    return compose(ledger(lines), recipe, question(period)).brief


SHOP = [
    line("a", "2023-12-02", 3),
    line("a", "2024-01-10", 5),
    line("a", "2024-01-11", -5),
    line("a", "2024-02-10", 2, country="Spain"),
    line("b", "2024-01-01", 1),
    line("b", "2024-02-28", 1, code="POST", description="Postage"),
    line(None, "2024-02-03", 4, invoice="g1"),
    line("c", "2024-02-05", 7),
    line("c", "2024-03-05", -7),
    line("d", "2024-02-05", 1),
    line("d", "2024-02-06", -2),
    line("e", "2024-03-01", 9),
]


def test_the_periods_ledger_keeps_guests_apart():
    totals = brief_of(SHOP).period_totals
    assert (totals.revenue, totals.orders, totals.customers) == (Decimal("130.00"), 5, 4)
    assert (totals.guests.revenue, totals.guests.orders) == (Decimal("40.00"), 1)
    assert totals.guests.revenue_share == pytest.approx(4 / 13)


def test_rows_whose_invoice_names_their_customer_elsewhere_are_counted():
    shared = [line("f", "2024-02-07", 1, invoice="X"), line(None, "2024-02-07", 3, invoice="X")]
    assert brief_of(SHOP).data.half_named == 0
    assert brief_of([*SHOP, *shared]).data.half_named == Decimal("30.00")


def test_the_month_before_reads_as_it_was_issued():
    assert brief_of(SHOP).previous_totals == brief_of(SHOP, "2024-01").period_totals


def test_a_later_cancellation_does_not_restate_the_month():
    """c's order of February is taken back in March: February keeps it, and March's window no longer counts it."""
    assert "c" in compose(ledger(SHOP), STRATEGIC, question()).crowd.customers.frame.index
    assert "c" not in compose(ledger(SHOP), STRATEGIC, question("2024-03")).crowd.customers.frame.index


def test_the_trend_holds_every_month():
    trend = brief_of(SHOP, "2024-03").trend
    assert [month.month.month for month in trend] == [12, 1, 2, 3]
    assert [month.revenue for month in trend] == [Decimal(amount) for amount in ("30.00", "10.00", "130.00", "20.00")]


def test_a_partial_month_is_compared_with_the_same_days():
    brief = brief_of(SHOP, "2024-03")
    assert brief.period.partial
    assert brief.previous_totals is not None
    assert brief.previous_totals.end.isoformat() == "2024-02-05"


def test_the_reconciliation_names_every_reason():
    steps = {step.step: (step.rows, step.amount) for step in brief_of(SHOP).reconciliation}
    assert steps == {
        "raw": (12, Decimal("190.00")),
        "after-as-of": (-2, Decimal("-20.00")),
        "before-window": (0, Decimal("0.00")),
        "guests": (-1, Decimal("-40.00")),
        "no-purchase-left": (0, Decimal("0.00")),
        "net-not-positive": (-2, Decimal("10.00")),
        "segmented": (7, Decimal("140.00")),
    }


def test_fees_are_revenue_but_no_product():
    many = [line(f"c{number}", "2024-02-05", code=code) for number in range(40) for code in ("POST", "A1")]
    found = brief_of(many)
    assert {product.code for segment in found.segments for product in segment.products} == {"A1"}


def test_a_country_is_that_of_the_latest_purchase():
    found = compose(ledger(SHOP), STRATEGIC, question())
    home = next(segment for segment in found.brief.segments if segment.id == found.crowd.division.members["a"])
    assert "Spain" in [country.name for country in home.countries]


def test_all_history_is_one_window():
    brief = brief_of(SHOP, "all")
    assert brief.as_of == datetime(2024, 3, 6)
    assert brief.method.window_months is None
    assert brief.previous_totals is None


GUESTS = [line("a", "2022-01-05"), line(None, "2024-01-03", 4), line(None, "2024-02-03", 2), line(None, "2024-02-28"),
          line("b", "2024-03-05")]  # fmt: skip


@pytest.mark.parametrize("recipe", ["strategic", "kmeans-4"])
def test_a_window_of_guests_alone_has_the_ledger_and_no_segments(recipe):
    brief = brief_of(GUESTS, recipe=load(recipe) if recipe == "strategic" else in_a_year(load(recipe)))
    assert (brief.segments, brief.totals.customers, brief.distributions) == ((), 0, ())
    assert (brief.period_totals.revenue, brief.previous_totals.revenue) == (Decimal("30.00"), Decimal("40.00"))
    assert brief.period_totals.guests.revenue_share == 1
    assert sum(step.rows for step in brief.reconciliation[:-1]) == brief.reconciliation[-1].rows == 0
    assert (brief.migration, brief.bridge, brief.cohorts) == (None, None, ())
    assert decode(encode(brief)) == brief


def in_a_year(recipe):
    return msgspec.structs.replace(recipe, time=STRATEGIC.time)


def test_customers_whose_orders_were_all_taken_back_leave_no_segments():
    brief = brief_of([line("a", "2024-02-03", 2), line("a", "2024-02-04", -2), line(None, "2024-02-28")])
    assert brief.segments == ()
    assert {step.step: step.rows for step in brief.reconciliation}["no-purchase-left"] == -2


def test_cut_points_cannot_be_fixed_on_nobody():
    with pytest.raises(InputError, match="no customer is left"):
        gather(ledger(GUESTS), STRATEGIC, question())


def test_a_month_without_a_single_record_is_an_error():
    with pytest.raises(InputError, match="2023-06 has no records"):
        brief_of(GUESTS, "2023-06")


def test_a_reference_before_the_records_is_refused():
    recipe = msgspec.structs.replace(STRATEGIC, time=msgspec.structs.replace(STRATEGIC.time, reference="2024-01-01"))
    with pytest.raises(RecipeError, match="before the last record"):
        brief_of(SHOP, recipe=recipe)


LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from(["2022-12-30", "2023-12-01", "2024-01-30", "2024-02-02", "2024-02-28T23:59", "2024-03-02"]),
        st.integers(-3, 9),
        st.sampled_from([0, 1, 333, 9999]),
        code=st.sampled_from(["A1", "A2", "POST", None]),
        country=st.sampled_from(["France", "Spain", None]),
    ),
    min_size=1,
    max_size=20,
)
ANCHORS = [line("anchor", "2024-02-01"), line("anchor", "2024-03-31")]


@settings(max_examples=3)
@given(LINES)
def test_every_figure_ties_to_the_ledger(lines):
    brief = brief_of([*ANCHORS, *lines])
    first, *between, last = brief.reconciliation
    assert first.rows + sum(step.rows for step in between) == last.rows
    assert first.amount + sum(step.amount for step in between) == last.amount == brief.totals.revenue
    assert sum(segment.revenue for segment in brief.segments) == brief.totals.revenue
    assert sum(segment.customers for segment in brief.segments) == brief.totals.customers
    assert sum(segment.orders for segment in brief.segments) == brief.totals.orders
    for group in (*brief.distributions,):
        assert sum(band.customers for band in group.bins) == brief.totals.customers
        assert sum(band.revenue for band in group.bins) == brief.totals.revenue
    assert sum(cell.customers for cell in brief.heat_map.cells) == brief.totals.customers
    assert brief.trend[-1].revenue == brief.period_totals.revenue
    assert brief.trend[-1].orders == brief.period_totals.orders


@settings(max_examples=3)
@given(LINES, st.randoms(use_true_random=False))
def test_row_order_is_irrelevant(lines, random: Random):
    everything = [*ANCHORS, *lines]
    shuffled = random.sample(everything, len(everything))
    assert encode(brief_of(everything)) == encode(brief_of(shuffled))


@settings(max_examples=3)
@given(LINES)
def test_a_brief_survives_the_round_trip(lines):
    brief = brief_of([*ANCHORS, *lines])
    assert decode(encode(brief)) == brief


@needs_real
def test_net_revenue_of_the_real_months(real):
    brief = compose(real, STRATEGIC, Question("2011-11", datetime(2011, 12, 10), 3, ("POST",), "GBP")).brief
    published = (748957.02, 560000.26, 498062.65, 683267.08, 493207.12, 723333.51, 691123.12, 681300.11, 682680.51,
                 1019687.62, 1070704.67, 1461756.25)  # fmt: skip
    assert [float(round(month.revenue, 2)) for month in brief.trend] == list(published)
    assert brief.period_totals.revenue == Decimal("1461756.250")


@pytest.mark.parametrize("slip", ["2024-03-10", "2111-01-01"])
def test_a_row_of_a_day_to_come_completes_no_month(slip):
    """A pre-order, or a slip of the pen: records reach as far as the others."""
    asked = Question("2024-02", datetime(2024, 3, 1, 6), 3, ("POST",), "EUR")
    lines = [line("a", "2023-12-02"), line("a", "2024-01-10"), line("b", "2024-01-31"), line("b", "2024-02-14")]
    brief = compose(ledger([*lines, line("c", slip)]), STRATEGIC, asked).brief
    assert (brief.period.partial, brief.data.last) == (True, datetime(2024, 2, 14))
    last = compose(ledger([*lines, line("c", slip)]), STRATEGIC, dataclasses.replace(asked, period="last")).brief
    assert (last.period.label, last.period.partial) == ("2024-01", False)
    assert sum(step.rows for step in last.reconciliation if step.step == "after-as-of") == -2
