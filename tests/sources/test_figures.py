"""Figures: what is written is what counts; what could be two figures is asked about."""

from decimal import Decimal

import pytest

from tests.choosing import rest_slow
from tests.sources import workbook
from tests.sources.test_bad_input import failure

HEADER = "date,customer,quantity,price"


@pytest.fixture
def worth(csv, read):
    """What lines of these quantities and prices are worth."""

    def reading(*figures, **options):
        lines = (f'2024-01-13,7,"{quantity}","{price}"' for quantity, price in figures)
        found = read(csv(*lines, header=HEADER), **options)
        return Decimal(found.raw_amount).scaleb(-found.scale)

    return reading


UNPAIRED = ["(3.50", "3.50)", "-3.50-", "+3.50-", "(3.50-", "-3.50)", "(-3.50)", "((3.50))"]


@pytest.mark.parametrize("text", rest_slow(UNPAIRED, *UNPAIRED[:3]))
def test_signs_that_do_not_pair_are_no_number(worth, text):
    assert f"column price: “{text}” is not a number" in failure(lambda: worth((1, "1.50"), (1, text)))


NEGATIVE = ["(3.50)", "-3.50", "3.50-", "€ (3.50)", "(€3.50)", "3.50 -", "−3.50"]


@pytest.mark.parametrize("text", rest_slow(NEGATIVE, *NEGATIVE[2:5]))
def test_a_figure_may_be_negative_in_one_way(worth, text):
    assert worth((1, 10), (1, text)) == Decimal("6.5")


@pytest.mark.parametrize(
    "figures",
    [(("1,000", "3.50"), ("2,000", "7.25")), (("1.000", "3,50"), ("-2.000", "7,25")), (("1,000", "1.5"), ("", "2.5"))],
)
def test_a_column_of_which_all_is_thousands_is_asked_about(worth, figures):
    message = failure(lambda: worth(*figures))
    assert "000 could be thousands or have a fraction" in message


def test_thousands_may_be_settled(worth):
    assert worth(("1,000", "3.50"), decimal=".") == 3500
    assert worth(("1,000", "3,50"), ("2,000", "3,50")) == Decimal("10.5")


def test_figures_beside_thousands_tell_that_they_are(worth):
    assert worth(("1,000", "3.50"), ("500", "1.50")) == 3500 + 750
    assert worth(("1,000", "3.50"), ("1,250", "1.00")) == 3500 + 1250
    assert worth((1, "1,000"), (1, "12.50")) == Decimal("1012.5")


def test_no_digit_of_a_text_is_altered(worth):
    assert worth((1, "123456789012.123456")) == Decimal("123456789012.123456")
    assert "has more than 6 decimals" in failure(lambda: worth((1, "12345678901.1234567")))
    assert worth((1, "12345678901.1234567"), round_prices=2) == Decimal("12345678901.12")


@pytest.mark.parametrize("text", ["15.299999999999999", "0.30000000000000004", "1.5300000000000001E1"])
def test_traces_of_binary_arithmetic_are_none_of_the_price(worth, text):
    assert worth((1, text)) == round(Decimal(text), 6)


def test_a_workbook_holds_doubles(tmp_path, read):
    rows = [["date", "customer", "amount"], ["2024-01-13", "7", 12345678901.119999], ["2024-01-13", "7", 0.1 + 0.2]]
    found = read(workbook.write(tmp_path / "a.xlsx", {"S": rows}))
    assert (found.raw_amount, found.scale) == (1234567890142, 2)


def test_lakhs_are_read(worth):
    assert worth((1, "₹2,63,070.00"), (1, "₹63,070.50"), (1, "1,02,63,070")) == Decimal("10589210.50")
    assert "is not a number" in failure(lambda: worth((1, "2,63,07.00"), (1, "1.50")))
