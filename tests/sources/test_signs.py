"""Signs: what an input without purchases, or a quantity that contradicts its amount, is asked."""

import pytest

from tests.sources.test_bad_input import failure

HEADER = "date,customer,sku,quantity,total"


def lines(back):
    """Ten sales of 2.00, and so many returns whose quantity alone is negative."""
    return [*["2024-01-13,7,A,1,2.00"] * 10, *["2024-01-14,7,A,-1,2.00"] * back]


def test_a_quantity_that_contradicts_its_amount_is_asked_about(csv, read):
    message = failure(read, csv(*lines(6), header=HEADER))
    assert "6 rows have a negative quantity (column quantity) and a positive amount (column total)" in message
    assert '[input] negative_quantity = "returns"' in message


@pytest.mark.parametrize(("meant", "worth"), [("returns", 10 - 6), ("sales", 10 + 6)])
def test_it_may_be_settled(csv, read, meant, worth):
    assert read(csv(*lines(6), header=HEADER), negative_quantity=meant).raw_amount == 2 * worth


def test_a_trifle_is_told_and_no_contradiction_is_not(csv, read):
    notes = []
    assert read(csv(*lines(5), header=HEADER), notes=notes).raw_amount == 30
    assert any("5 rows have a negative quantity" in note for note in notes)
    notes = []
    read(csv(*lines(0), *["2024-01-14,7,A,-1,-2.00"] * 9, "2024-01-14,7,A,-0,3", header=HEADER), notes=notes)
    assert not any("negative quantity" in note for note in notes)


def test_an_input_of_returns_only_is_refused(csv, read):
    message = failure(read, csv("2024-01-13,7,A,1,-2.00", "2024-01-13,7,A,1,0", header=HEADER))
    assert "no row is a purchase: each of 2 is worth nothing or less (column total)" in message


def test_an_input_with_more_returns_than_purchases_is_refused(csv, read):
    rows = ["2024-01-13,7,A,1,2.00"] * 9
    message = failure(read, csv(*rows, *["2024-01-13,8,A,1,-3.00"] * 10, header=HEADER))
    assert "10 rows are worth less than nothing (column total), and only 9 more" in message
    assert "turn their sign" in message
    assert read(csv(*rows, *["2024-01-13,8,A,1,-3.00"] * 9, header=HEADER)).raw_rows == 18


def test_formulas_without_results_are_refused(csv, read):
    message = failure(read, csv("2024-01-13,7,A,1,0.00", header=HEADER))
    assert "no row is a purchase: each of 1 is worth 0 (column total)" in message
    assert "open it in a spreadsheet program and save it" in message
