"""R, F, M of hand-made customers, to the day, order and penny."""

from datetime import datetime

from reportgen.cancellations import ignore, mark
from reportgen.customers import measure
from tests.ledgers import ledger, line

AS_OF = datetime(2024, 3, 1)


def measured(lines, history=(), *, net=True, as_of=AS_OF):
    treat = mark if net else ignore
    return measure(treat(ledger(lines).lines), treat(ledger([*history, *lines]).lines), AS_OF, as_of, 2)


def row(lines, **more):
    frame = measured(lines, **more).customers.frame
    return {key: int(value) for key, value in frame.loc["a"].items()}


def test_recency_is_in_whole_days_not_midnights():
    lines = [line("a", "2024-02-28T00:00:01")]
    assert row(lines)["recency"] == 1
    assert row(lines, as_of=datetime(2024, 3, 1, 12))["recency"] == 2


def test_an_invoice_is_one_order_at_its_later_timestamp():
    lines = [line("a", "2024-02-01T10:00", invoice="7"), line("a", "2024-02-01T10:01", invoice="7")]
    assert row(lines, as_of=datetime(2024, 2, 2, 10, 1)) == {
        "recency": 1, "frequency": 1, "monetary": 2000, "tenure": 1,
    }  # fmt: skip


def test_cancelled_purchases_count_for_neither_recency_nor_frequency():
    lines = [line("a", "2024-01-01"), line("a", "2024-02-01", 5), line("a", "2024-02-02", -5)]
    assert row(lines) == {"recency": 60, "frequency": 1, "monetary": 1000, "tenure": 60}
    assert row(lines, net=False)["frequency"] == 2


def test_a_partial_return_reduces_monetary_only():
    lines = [line("a", "2024-02-01", 5), line("a", "2024-02-02", -2)]
    assert row(lines) == {"recency": 29, "frequency": 1, "monetary": 3000, "tenure": 29}


def test_tenure_counts_from_the_first_purchase_on_file():
    assert row([line("a", "2024-02-01")], history=[line("a", "2023-03-01")])["tenure"] == 366


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
