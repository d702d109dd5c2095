"""The k-th purchase is paired with the k-th cancellation of the same customer, code, quantity and price."""

from itertools import permutations

import pytest

from reportgen.cancellations import mark
from tests.ledgers import REAL, ledger, line, needs_real


def cancelled(lines):
    table = mark(ledger(lines).lines)
    rows = table.order_by("line").to_pyarrow().to_pylist()
    return [row["cancelled_at"].isoformat()[:10] if row["cancelled_at"] else None for row in rows]


def test_a_full_cancellation_marks_its_purchase():
    assert cancelled([line("a", "2024-01-01", 5), line("a", "2024-01-03", -5)]) == ["2024-01-03", None]


@pytest.mark.parametrize(
    "other",
    [
        line("b", "2024-01-03", -5),
        line("a", "2024-01-03", -4),
        line("a", "2024-01-03", -5, price=999),
        line("a", "2024-01-03", -5, code="A2"),
        line("a", "2023-12-31", -5),
    ],
    ids=["customer", "quantity", "price", "code", "earlier"],
)
def test_another_line_marks_nothing(other):
    assert cancelled([line("a", "2024-01-01", 5), other]) == [None, None]


def test_the_kth_goes_with_the_kth():
    lines = [
        line("a", "2024-01-01", 5),
        line("a", "2024-02-01", 5),
        line("a", "2024-03-01", 5),
        line("a", "2024-01-15", -5),
        line("a", "2024-02-15", -5),
    ]
    assert cancelled(lines) == ["2024-01-15", "2024-02-15", None, None, None]


def test_the_order_of_rows_decides_no_pair():
    alike = [line("a", "2024-01-01", 5, country="France"), line("a", "2024-01-01", 5, country="Spain"),
             line("a", "2024-01-01", -5, -1000), line("a", "2024-01-01", 5, description="Vase, blue")]  # fmt: skip
    for rows in permutations(alike):
        table = mark(ledger([*rows, line("a", "2024-01-03", -5)]).lines)
        found = [row for row in table.to_pyarrow().to_pylist() if row["cancelled_at"]]
        assert [(row["country"], row["description"], row["quantity"]) for row in found] == [("France", "Vase", -5)]


def test_guests_are_never_paired():
    assert cancelled([line(None, "2024-01-01", 5), line(None, "2024-01-03", -5)]) == [None, None]


def test_refunds_without_product_codes_pair():
    lines = [line("a", "2024-01-01", 1, 5000, code=None), line("a", "2024-01-03", 1, -5000, code=None)]
    assert cancelled(lines) == ["2024-01-03", None]


@needs_real
def test_pairs_of_the_real_ledger(real):
    marked = mark(real.lines)
    pairs = marked.filter(marked.cancelled_at.notnull())
    assert (pairs.count().execute(), int(pairs.amount.sum().execute())) == (2768, 401_786_430), REAL
