"""R, F, M of hand-made customers, to the day, order and penny."""

from datetime import datetime

import msgspec
import pandas as pd
import pytest

from reportgen.cancellations import mark
from reportgen.cleaning import Scope, clean
from reportgen.customers import Instants, measure, monetary
from reportgen.recipe import Guests, Measures, NonPositiveQuantity, Recipe
from tests.ledgers import ledger, line

AS_OF = datetime(2024, 3, 1)
NET = Measures()


def measured(lines, history=(), *, net=True, as_of=AS_OF, cutoff=AS_OF, measures=NET):  # noqa: PLR0913
    """`history` lies before the window."""
    begin = min(row[6] for row in lines) if history else datetime(1970, 1, 1)
    steps = (Guests(),) if net else (Guests(), NonPositiveQuantity())
    rules = msgspec.structs.replace(measures, returns="net" if net else "exclude")
    recipe = Recipe(id="test", title="", summary="", source="", clean=steps, measures=rules)
    found = clean(mark(ledger([*history, *lines]).lines), recipe, Scope(begin, cutoff, ()))
    return measure(found.history, Instants(begin, cutoff, as_of), 2, rules)


def row(lines, **more):
    frame = measured(lines, **more).customers.frame
    return {key: int(value) for key, value in frame.loc["a"].items()}


AXES = ("recency", "frequency", "monetary", "tenure")


def axes(lines, **more):
    found = row(lines, **more)
    return {key: found[key] for key in AXES}


def test_recency_is_in_whole_days_not_midnights():
    lines = [line("a", "2024-02-28T00:00:01")]
    assert row(lines)["recency"] == 1
    assert row(lines, as_of=datetime(2024, 3, 1, 12))["recency"] == 2


def test_recency_counts_parts_of_a_second():
    assert row([line("a", "2024-02-28T00:00:00.600")])["recency"] == 1
    assert row([line("a", "2024-02-27T23:59:59.999999")])["recency"] == 2


def test_instants_may_lie_where_32_bits_of_seconds_end():
    late = measured([line("a", "2045-01-01T08:26")], as_of=datetime(2045, 1, 3), cutoff=datetime(2045, 1, 3))
    assert late.customers.frame.loc["a", "recency"] == 1


def test_an_invoice_is_one_order_at_its_later_timestamp():
    lines = [line("a", "2024-02-01T10:00", invoice="7"), line("a", "2024-02-01T10:01", invoice="7")]
    assert axes(lines, as_of=datetime(2024, 2, 2, 10, 1)) == {
        "recency": 1, "frequency": 1, "monetary": 2000, "tenure": 1,
    }  # fmt: skip


def test_cancelled_purchases_count_for_neither_recency_nor_frequency():
    lines = [line("a", "2024-01-01"), line("a", "2024-02-01", 5), line("a", "2024-02-02", -5)]
    assert axes(lines) == {"recency": 60, "frequency": 1, "monetary": 1000, "tenure": 60}
    assert row(lines, net=False)["frequency"] == 2


def test_an_order_stands_until_its_last_line_was_taken_back():
    lines = [
        line("a", "2024-01-01"), line("a", "2024-01-01", 3, code="A3"), line("a", "2024-01-05", -3, code="A3"),
        line("a", "2024-02-01", 5, invoice="7"), line("a", "2024-02-01", code="A2", invoice="7"),
        line("a", "2024-02-05", -5), line("a", "2024-02-20", -1, code="A2"),
    ]  # fmt: skip
    between = datetime(2024, 2, 10)
    assert axes(lines, as_of=between, cutoff=between) == {"recency": 9, "frequency": 2, "monetary": 2000, "tenure": 40}
    assert axes(lines) == {"recency": 60, "frequency": 1, "monetary": 1000, "tenure": 60}


def test_a_partial_return_reduces_monetary_only():
    lines = [line("a", "2024-02-01", 5), line("a", "2024-02-02", -2)]
    assert axes(lines) == {"recency": 29, "frequency": 1, "monetary": 3000, "tenure": 29}


def test_tenure_counts_from_the_first_purchase_on_file_all_else_from_the_window():
    lines, history = [line("a", "2024-02-01")], [line("a", "2023-03-01", 5)]
    found = axes(lines, history=history)
    assert found == {"recency": 29, "frequency": 1, "monetary": 1000, "tenure": 366}
    assert measured(lines, history=history).segmented == (1, 1000)


def test_customers_without_purchase_or_positive_net_are_counted_apart():
    lines = [
        line("a", "2024-02-01"),
        line("gone", "2024-02-01", 5), line("gone", "2024-02-02", -5),
        line("refunded", "2024-02-01", 1), line("refunded", "2024-02-02", -3),
    ]  # fmt: skip
    found = measured(lines)
    assert list(found.customers.frame.index) == ["a"]
    assert [(step.step, step.rows, step.amount) for step in found.removed] == [
        ("no-purchase-left", 2, 0),
        ("net-not-positive", 2, -2000),
    ]
    assert found.segmented == (1, 1000)


def test_customers_are_in_ascending_order_of_their_text():
    frame = measured([line(name, "2024-02-01") for name in ("b", "a10", "a9")]).customers.frame
    assert list(frame.index) == ["a10", "a9", "b"]


MANY = [
    line("a", "2024-01-01T10:00", invoice="1"),
    line("a", "2024-01-01T10:00", 3, code="A2", invoice="1"),
    line("a", "2024-01-01T16:00", invoice="2"),
    line("a", "2024-01-03", 2, price=0, invoice="3"),
    line("a", "2024-01-04", 4, code="A3", invoice="4"),
    line("a", "2024-01-05", -4, code="A3", invoice="C5"),
    line("a", "2024-01-06", -1, code="A4", invoice="C6"),
]
"""Two invoices of one day, a gift, a purchase cancelled in full, and a return without its purchase."""


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        (Measures(), {"recency": 59, "frequency": 2, "monetary": 4000, "orders": 2}),
        (Measures(frequency="lines"), {"frequency": 3}),
        (Measures(frequency="days"), {"frequency": 1}),
        (Measures(worth="gross"), {"monetary": 5000}),
        (Measures(monetary="mean-per-order"), {"monetary": 2000}),
        (Measures(monetary="mean-per-order", worth="gross"), {"monetary": 2500}),
        (Measures(monetary="mean-per-day"), {"frequency": 2, "monetary": 4000}),
        (Measures(orders="all"), {"recency": 55, "frequency": 6, "monetary": 4000, "tenure": 59, "orders": 6}),
        (Measures(orders="all", frequency="lines"), {"frequency": 7}),
        (Measures(orders="all", frequency="days", worth="gross"), {"frequency": 5, "monetary": 9000}),
    ],
)
def test_what_is_measured(measures, expected):
    found = row(MANY, measures=measures)
    assert found | expected == found
    assert found["revenue"] == 4000


def test_a_mean_is_rounded_half_to_even_in_whole_numbers():
    orders = pd.DataFrame({"revenue": [5, 7, 8, 10, 2**53 + 1], "orders": [2, 2, 3, 3, 1]})
    assert monetary(orders, Measures(monetary="mean-per-order")).tolist() == [2, 4, 3, 3, 2**53 + 1]


def test_a_customer_whose_net_is_zero_stays_if_asked():
    lines = [
        line("even", "2024-01-01", 2), line("even", "2024-01-01", code="A2"), line("even", "2024-01-02", -1),
        line("even", "2024-01-02", -2, price=500),
        line("below", "2024-01-01", 1), line("below", "2024-01-02", -3),
        line("never", "2024-01-01", -1), line("a", "2024-01-01"),
    ]  # fmt: skip
    lines += [line("even", "2024-01-03", -1, price=1000)]
    kept = measured(lines, measures=Measures(customers="not-negative"))
    assert list(kept.customers.frame.index) == ["a", "even"]
    assert [(step.step, step.rows) for step in kept.removed] == [("no-purchase-left", 1), ("net-negative", 2)]
    assert list(measured(lines).customers.frame.index) == ["a"]
