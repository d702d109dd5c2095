"""A column beside quantity and price that says otherwise what rows are worth."""

import pytest

from reportgen import config
from reportgen.sources.inspection import inspect
from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "Order,Date,Customer,SKU,Quantity,Unit Price"


def lines(said, orders=20, rows=2):
    """Rows of orders; `said` gives their last column by order, row, and what they are worth."""
    return [
        f"R{order},2011-11-{order + 1:02},K{order % 7},P{row},{row + 1},{2 * row + 3}.50,"
        f"{said(order, row, (row + 1) * (2 * row + 3.5))}"
        for order in range(orders)
        for row in range(rows)
    ]


def reduced(order, _row, worth):
    return f"{worth / 2 if order < 10 else worth:.2f}"


@pytest.mark.parametrize(
    "header", rest_slow(["Line Total", "Net Amount", "LineAmount", "Netto", "Montant"], "Line Total")
)
def test_a_line_total_after_discount_is_asked_about(csv, read, header):
    path = csv(*lines(reduced), header=f"{HEADER},{header}")
    message = failure(read, path)
    assert (
        f"input.csv: 20 of 40 rows are worth something else by the column {header} than by quantity × price, such as "
        "data row 1: 1.75 and 3.50; in all 217.50 and 290.00"
    ) in message
    assert (
        f'[columns] amount = "{header}" in place of price and quantity, or for quantity × price [input] amounts = '
        '"price".'
    ) in message
    assert read(path, columns={"amount": header}, currency="GBP").raw_amount == 21750
    assert read(path, amounts="price", currency="GBP").raw_amount == 29000


def test_naming_the_price_does_not_settle_it(csv, read):
    """As `reportgen init` does."""
    message = failure(read, csv(*lines(reduced), header=f"{HEADER},Line Total"), columns={"price": "Unit Price"})
    assert "20 of 40 rows are worth something else by the column Line Total" in message


def test_what_was_paid_may_be_for_a_piece(csv, read):
    message = failure(read, csv(*lines(lambda _order, row, _worth: 1 + row), header=f"{HEADER},Price Paid"))
    assert '[columns] amount = "Price Paid" in place of price and quantity if it is a row\'s' in message
    assert '[columns] price = "Price Paid" if it is a piece\'s' in message


def test_negative_totals_of_positive_quantities_are_asked_about(csv, read):
    path = csv(*lines(lambda order, _row, worth: -worth if order < 3 else worth), header=f"{HEADER},Total")
    assert "6 of 40 rows are worth something else by the column Total" in failure(read, path)


def test_few_that_differ_little_are_told(csv, read):
    notes = []
    path = csv(*lines(lambda order, row, worth: worth + 0.2 * (order + row == 0)), header=f"{HEADER},Line Total")
    assert read(path, notes=notes, currency="GBP").raw_amount == 29000
    (note,) = (each for each in notes if "Line Total" in each)
    assert note.startswith("input.csv: 1 of 40 rows are worth something else")
    assert "quantity × price counts" in note


SAYING = [
    ("Line Total", lambda _order, _row, worth: f"{worth:.2f}"),
    ("Line Total", lambda _order, row, worth: f"{worth + 0.005 * row:.3f}"),  # rounded
    ("Total", lambda _order, _row, _worth: "14.50"),  # the order's, on each of its rows
    ("Total", lambda _order, row, _worth: "" if row else "14.50"),  # or on one
    ("Subtotal", lambda _order, row, _worth: "0.00" if row else "14.50"),
    ("Sales", lambda *_: "Anna"),
    ("Net", lambda *_: "0"),
]


@pytest.mark.parametrize(("header", "said"), rest_slow(SAYING, SAYING[1], SAYING[4]))
def test_what_says_the_same_or_something_else_is_not_asked_about(csv, read, header, said):
    notes = []
    assert read(csv(*lines(said), header=f"{HEADER},{header}"), notes=notes, currency="GBP").raw_amount == 29000
    assert not any("quantity ×" in note for note in notes)


@pytest.mark.slow
def test_a_total_of_orders_of_one_row_is_the_orders(csv, read):
    """With its shipping, say; a line's total is a line's."""
    rows = lines(lambda _order, _row, worth: worth + 4.95, rows=1)
    assert read(csv(*rows, header=f"{HEADER},Total")).raw_rows == 20
    assert "20 of 20 rows are worth something else" in failure(read, csv(*rows, header=f"{HEADER},Line Total"))


def test_returns_have_no_sign_to_differ_by(csv, read):
    rows = [
        f"{row},{'Return' if row.startswith('R1,') else 'Sale'}"
        for row in lines(lambda order, _row, worth: -worth if order == 1 else worth)
    ]
    path = csv(*rows, header=f"{HEADER},Line Total,Type")
    assert read(path, returns={"Type": ("return",)}, currency="GBP").raw_amount == 29000 - 2 * 1450


WEIGHED = [f"{number},2026-09-{number:02},A,P,0.333,1.99" for number in range(1, 10)]


def test_totals_rounded_at_the_till_are_told(csv, read):
    path = csv(*(f"{row},0.66" for row in WEIGHED), "10,2026-09-30,B,P,1.000,1.99,1.99", header=f"{HEADER},Line Total")
    notes = []
    read(path, notes=notes)
    (note,) = (each for each in notes if "Line Total" in each)
    assert note.startswith(
        "input.csv: 9 of 10 rows are rounded in the column Line Total, such as data row 1: 0.66 for 0.66267; in all "
        "7.93, by quantity × price 7.95403, which counts"
    )
    assert '[columns] amount = "Line Total" in place of price and quantity' in note
    assert read(path, columns={"amount": "Line Total"}, currency="GBP").raw_amount == 793
    notes.clear()
    read(path, notes=notes, amounts="price")
    assert not any("Line Total" in each for each in notes)


@pytest.mark.slow
def test_what_a_column_says_otherwise_is_told_before_it_is_configured(csv):
    header = f"{HEADER},Line Total"
    path = csv(*(f"{row},0.66" for row in WEIGHED), header=header)
    assert any("9 of 9 rows are rounded in the column Line Total" in each for each in looked(path))
    path = csv(*lines(reduced), header=header)
    assert any("20 of 40 rows are worth something else by the column Line Total" in each for each in looked(path))
    assert not any("Line Total" in each for each in looked(csv(*lines(lambda *each: each[2]), header=header)))


def looked(path):
    return inspect(config.Input(path=str(path)), config.Columns()).notes


@pytest.mark.parametrize("said", rest_slow(["0.66267", "", "0", "0.6627"], "0.66267"))
def test_what_is_not_rounded_to_pennies_is_not_told(csv, read, said):
    notes = []
    read(csv(*(f"{row},{said}" for row in WEIGHED), header=f"{HEADER},Line Total"), notes=notes)
    assert not any("rounded in" in each for each in notes)
