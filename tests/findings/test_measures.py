"""Measures of a recipe at a month-end are those of the recipe itself, and revenue stays what the ledger says."""

import msgspec
import pytest

from reportgen import cancellations
from reportgen.cleaning import Scope, clean
from reportgen.customers import Instants, measure
from reportgen.findings.compose import Question, compose, frame_of
from reportgen.findings.crowd import InMemory
from reportgen.findings.month_ends import MonthEnd
from reportgen.findings.standings import NONE, Grouping, standings
from reportgen.recipe import Measures
from reportgen.recipes import SHIPPED, load
from reportgen.schemes import ruler, segment
from tests.briefs import NOW, shop
from tests.choosing import rest_slow
from tests.ledgers import ledger, line

GIFTS = [line(f"C{number:03}", "2024-12-07T12:00", price=0, invoice=f"gift{number}") for number in range(40)]
RETURNS = [line(f"C{number:03}", "2024-12-08", -1, 333, invoice=f"back{number}") for number in range(30)]
QUESTION = Question("2024-12", NOW, 3, ("POST",), "GBP")
CASES = [
    Measures(),
    Measures(frequency="lines"),
    Measures(frequency="days", monetary="mean-per-day"),
    Measures(frequency="lines", monetary="mean-per-order", worth="gross"),
    Measures(orders="all", frequency="lines", worth="gross", customers="not-negative"),
    Measures(orders="all", frequency="days", monetary="mean-per-order"),
]


@pytest.fixture(scope="module")
def transactions():
    return ledger([*shop(60), *GIFTS, *RETURNS])


def recipe_of(measures):
    return msgspec.structs.replace(load("codes-rfm"), measures=measures)


@pytest.mark.parametrize("measures", CASES)
def test_a_month_end_measures_as_the_recipe_does(transactions, measures):
    recipe = recipe_of(measures)
    frame = frame_of(transactions, recipe, QUESTION)
    lines = cancellations.mark(transactions.lines)
    cleaned = clean(lines, recipe, Scope(frame.start, frame.cutoff, ()))
    at = Instants(frame.start, frame.cutoff, frame.as_of)
    customers = measure(cleaned.history, at, transactions.scale, measures).customers
    found = segment(customers, recipe)
    end = MonthEnd(frame.period, frame.cutoff, frame.as_of, frame.start, frame.first, frame.cutoff, short=False)
    grouping = Grouping(recipe, InMemory(customers, found), ruler(customers, recipe, found))
    stood = standings(cleaned.history, {0: end}, grouping).to_pyarrow().to_pandas()
    members = stood[stood["segment"] != NONE].set_index("customer").sort_index()
    assert members["segment"].to_dict() == found.members.to_dict()
    assert members["worth"].tolist() == customers.frame["revenue"].tolist()


@pytest.mark.parametrize("measures", rest_slow(CASES, *CASES[::3]))
def test_orders_and_revenue_do_not_depend_on_what_f_and_m_measure(transactions, measures):
    brief = compose(transactions, recipe_of(measures), QUESTION).brief
    assert sum(step.amount for step in brief.reconciliation[:-1]) == brief.totals.revenue
    assert sum(segment.revenue for segment in brief.segments) == brief.totals.revenue
    assert sum(segment.orders for segment in brief.segments) == brief.totals.orders
    assert sum(cell.revenue for cell in brief.heat_map.cells) == brief.totals.revenue
    # Of F and M themselves, the means of the segments are those of everyone, all rounded to four places.
    means = {spread.axis: float(spread.mean) for spread in brief.distributions}
    for axis in ("frequency", "monetary"):
        parts = [(float(getattr(part, f"{axis}_mean") or 0), part.customers) for part in brief.segments]
        assert sum(mean * count for mean, count in parts) / brief.totals.customers == pytest.approx(
            means[axis], abs=2e-4
        )
    method = brief.method
    assert (method.orders, method.frequency, method.monetary, method.worth) == (
        measures.orders, measures.frequency, measures.monetary, measures.worth,
    )  # fmt: skip


@pytest.mark.parametrize("name", rest_slow(SHIPPED, "strategic", "grid-rf"))
def test_every_shipped_recipe_conserves_rows_and_money(transactions, name):
    brief = compose(transactions, load(name), QUESTION).brief
    *steps, last = brief.reconciliation
    assert (sum(step.rows for step in steps), sum(step.amount for step in steps)) == (last.rows, last.amount)
    assert last.amount == brief.totals.revenue == sum(segment.revenue for segment in brief.segments)
    assert sum(segment.customers for segment in brief.segments) == brief.totals.customers
