"""Totals at the end of a file, and subtotals within it."""

import pytest

from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure
from tests.sources.test_plausibility import day, told

SALES = "invoice,date,customer,sku,amount"


def sales(number=30, first=0):
    return [f"{first + each},{day(each)},C{each},P,{each + 1}.10" for each in range(number)]


def test_a_total_at_the_end_is_refused(csv, read):
    one, two = (
        csv(*sales(), header=SALES),
        csv(*sales(40, 30), "Grand Total,2024-02-28,,,824.00", header=SALES, name="b.csv"),
    )
    message = failure(read, one, two, currency="GBP")
    assert "b.csv: the last row is worth 824.00, as much as all others: it seems to be their total" in message
    assert '[input] leave_out = { "invoice" = ["Grand Total"] }' in message
    assert read(two, leave_out={"invoice": ("Grand Total",)}, currency="GBP").raw_amount == 82400


def test_a_last_row_like_any_other_is_a_sale(csv):
    """One that is worth as much by chance, among few; and one that stands before others."""
    assert told(csv(*sales(4), "9,2024-02-28,C9,P,10.40", header=SALES))[1] == []
    assert told(csv("9,2024-02-28,C9,P,468.00", *sales(), header=SALES))[1] == []


def subtotals(called="Total", each=2, days=20, product="P", when=day):
    """Sales of some days, and behind those of each day, what they are worth together."""
    rows = []
    for number in range(days):
        worth = [number + other + 1 for other in range(each)]
        rows += [f"{number},{day(number)},C{number % 9},{product}{other},{each}.10" for other, each in enumerate(worth)]
        rows += [f",{when(number)},,{called},{sum(worth) + each * 0.1:.2f}"]
    return rows


@pytest.mark.parametrize(
    "called",
    rest_slow(["Total", "Subtotal", "Zwischensumme", "Sum of sales", "Grand Total", "P Ergebnis"], "Total"),
)
def test_subtotals_within_a_file_are_asked_about(csv, read, called):
    path = csv(*subtotals(called), header=SALES.replace("sku", "Product"))
    message = failure(read, path)
    assert f"20 rows are called “{called.upper()}” or the like (column Product), and worth as much as others" in message
    assert f'[input] leave_out = {{ "Product" = ["{called.upper()}"] }}' in message
    worth = sum(2 * number + 3 for number in range(20)) * 100 + 20 * 20
    assert read(path, leave_out={"Product": (called.upper(),)}, currency="GBP").raw_amount == worth


def test_subtotals_are_asked_about_wherever_they_stand(csv, read):
    rows = sorted(subtotals(), key=lambda row: row.split(",")[3])
    assert "20 rows are called “TOTAL”" in failure(read, csv(*rows, header=SALES))
    rows = subtotals(when=lambda number: day(number // 7 * 7))  # of the week, each behind its day
    assert "20 rows are called “TOTAL”" in failure(read, csv(*rows, header=SALES))


@pytest.mark.parametrize("header", ["Product", "description"])
def test_many_names_of_subtotals_are_not_listed(csv, read, header):
    rows = [row.replace("Total", f"Total {number}") for number, row in enumerate(subtotals())]
    assert "Remove them from the file." in failure(read, csv(*rows, header=SALES.replace("sku", header)))


@pytest.mark.parametrize("rows", [subtotals(called="Voucher"), subtotals(each=1, days=4), sales(40)])
def test_what_is_worth_as_much_as_others_may_be_a_sale(csv, rows):
    assert told(csv(*rows, header=SALES))[1] == []


def test_products_may_be_called_total(csv):
    rows = [
        f"{each},{day(each % 9)},C{each % 7},{('Total care', 'Soap')[each % 2]},{each % 5 + 1 + each % 2}.10"
        for each in range(80)
    ]
    assert told(csv(*rows, header=SALES))[1] == []
