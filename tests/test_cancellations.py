"""The k-th purchase is paired with the k-th cancellation of the same customer, code, quantity and price."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_cancellation_without_a_purchase_takes_no_later_ones_place():
    lines = [
        line("a", "2024-01-01", -5),  # of a purchase before the records begin
        line("a", "2024-02-01", 5),
        line("a", "2024-02-02", -5),
        line("a", "2024-02-03", -5),  # one too many
        line("a", "2024-03-01", 5),
        line("a", "2024-03-02", 5),
        line("a", "2024-03-03", -5),
    ]
    assert cancelled(lines) == [None, "2024-02-02", None, None, "2024-03-03", None, None]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([5, -5])), min_size=1, max_size=14))
def test_each_cancellation_takes_back_the_oldest_purchase_that_is_left(events):
    events = sorted(events, key=lambda event: (event[0], event[1] < 0))
    open_, expected = [], [None] * len(events)
    for place, (day, quantity) in enumerate(events):
        if quantity > 0:
            open_.append(place)
        elif open_:
            expected[open_.pop(0)] = day
    found = cancelled([line("a", f"2024-01-{day + 1:02}", quantity) for day, quantity in events])
    days = [None if found_ is None else int(found_[-2:]) - 1 for found_ in found]
    # Purchases of one instant are alike: which of them was taken back is nobody's knowledge.
    together = lambda marks: sorted(zip(events, marks, strict=True), key=repr)  # noqa: E731
    assert together(days) == together(expected)


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
    assert (pairs.count().execute(), int(pairs.amount.sum().execute())) == (2787, 402_926_650), REAL
