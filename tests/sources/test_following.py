"""What stands on the first row of an order only: its invoice, its date, its customer, its total."""

import pytest

from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "Order,Date,Customer,SKU,Quantity,Unit Price"


def orders(empty=(), number=6, dated="2026-09-{:02} 10:00", customers=("A", "B", "C")):
    """Rows of orders of three; what is `empty` on all but the first of them."""
    for order in range(number):
        for row in range(3):
            cells = [
                f"{order + 1}",
                dated.format(order // 2 + 1),
                customers[order % len(customers)],
                f"P{row}",
                "1",
                "5",
            ]
            names = HEADER.split(",")
            yield ",".join("" if row and name in empty else cell for name, cell in zip(names, cells, strict=True))


def filled(rows, *names):
    """`rows` with the cells of `names` filled down, as the message says."""
    places, above, made = [HEADER.split(",").index(name) for name in names], [], []
    for row in rows:
        cells = row.split(",")
        for place in places:
            cells[place] = cells[place] or above[place]
        above = cells
        made.append(",".join(cells))
    return made


def counted(found):
    return found.lines.select("invoice").distinct().count().to_pyarrow().as_py()


@pytest.mark.parametrize("dated", rest_slow(["2026-09-{:02} 10:00", "2026-09-{:02}"], "2026-09-{:02}"))
def test_an_invoice_on_the_first_row_only_is_asked_about(csv, read, dated):
    rows = [*orders({"Order"}, dated=dated)]
    path = csv(*rows, header=HEADER)
    message = failure(read, path)
    assert (
        "input.csv: 12 of 18 rows have no invoice (column Order), and 12 of them stand below an invoice of the same "
        "day and customer, such as data row 2: they seem to go on with that order"
    ) in message
    assert "fill Order down onto the rows below it" in message
    assert counted(read(csv(*filled(rows, "Order"), header=HEADER))) == 6
    assert '[input] invoices = "unique"' in message
    assert counted(read(csv(*rows, header=HEADER), invoices="unique")) > 6


def test_a_customer_on_the_first_row_only_is_filled_down_with_it(csv, read):
    rows = [*orders({"Order", "Customer"})]
    assert "fill Order and Customer down" in failure(read, csv(*rows, header=HEADER))
    found = read(csv(*filled(rows, "Order", "Customer"), header=HEADER))
    assert (counted(found), found.lines.customer.count().to_pyarrow().as_py()) == (6, 18)


def test_a_few_that_go_on_are_told(csv, read):
    rows = [*orders(number=30)]
    rows[1] = rows[1].replace("1,", ",", 1)
    notes = []
    assert read(csv(*rows, header=HEADER), notes=notes).raw_rows == 90
    (note,) = (each for each in notes if "no invoice" in each)
    assert note.startswith("input.csv: 1 row has no invoice (column Order)")
    assert "they count as another one" in note


HARMLESS = {
    "no invoices at all": [f",2026-09-{day:02},K{day % 3},P,1,5" for day in range(1, 20)],
    "sales at the till, each of another day": [
        row for day in range(1, 20) for row in (f"{day},2026-09-{day:02},A,P,1,5", f",2026-09-{day + 1:02},B,P,1,5")
    ],
    "other customers of the same day": [
        row for day in range(1, 20) for row in (f"{day},2026-09-{day:02},A,P,1,5", f",2026-09-{day:02},B,P,1,5")
    ],
    "another hour": [
        row
        for day in range(1, 20)
        for row in (f"{day},2026-09-{day:02} 10:00,A,P,1,5", f",2026-09-{day:02} 11:00,A,P,1,5")
    ],
    "each with its own": [*orders()],
    "the most frequent ones go on with none": [
        *(f",2026-08-{day:02},K{day % 3},P,1,5" for day in range(1, 20)), *orders({"Order"}, number=4),
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", rest_slow([*HARMLESS], "other customers of the same day", "another hour"))
def test_orders_without_an_invoice_are_not_asked_about(csv, read, rows):
    notes = []
    read(csv(*HARMLESS[rows], header=HEADER), notes=notes)
    assert not any("no invoice" in note for note in notes)


EMPTY = [
    (("Date",), "Date is empty", "fill it down"),
    (("Date", "Customer"), "Date and Customer are empty", "fill both down"),
    (("Date", "Customer", "Order"), "Date, Customer and Order are empty", "fill all three down"),
]


@pytest.mark.parametrize(("names", "said", "remedy"), rest_slow(EMPTY, EMPTY[1]))
def test_what_is_empty_is_to_be_filled_down(csv, read, names, said, remedy):
    rows = [*orders(set(names))]
    message = failure(read, csv(*rows, header=HEADER))
    assert said in message
    assert f"{remedy} onto the rows below it" in message
    assert counted(read(csv(*filled(rows, *names), header=HEADER))) == 6


@pytest.mark.parametrize(
    "total", rest_slow(["Total 2026-{:02},,,,7,35", ",,Summe,,,35", ",Total {},,,7,"], "Total 2026-{:02},,,,7,35")
)
def test_totals_are_told_before_what_is_to_be_filled_down(csv, read, total):
    rows = [*orders({"Date", "Customer"})]
    for place in (18, 9):
        rows.insert(place, total.format(place))
    message = failure(read, csv(*rows, header=HEADER))
    assert "seem to be totals of others, which would count twice: remove them, or leave them out" in message
    assert message.index("remove them") < message.index("fill both down")


@pytest.mark.slow
def test_totals_are_left_out_as_told(csv, read):
    rows = [*orders()]
    rows.insert(9, "Total 2026-08,,,,7,35")
    rows.append("Total 2026-09,,,,7,35")
    path = csv(*rows, header=HEADER)
    message = failure(read, path)
    assert '[input] leave_out = { "Order" = ["Total 2026-08", "Total 2026-09"] }' in message
    assert "fill" not in message
    found = read(path, leave_out={"Order": ("Total 2026-08", "Total 2026-09")}, currency="GBP")
    assert found.raw_amount == 18 * 500


@pytest.mark.slow
def test_a_product_called_total_is_none(csv, read):
    rows = [f"{row},Total 0 % yogurt" for row in orders({"Date", "Customer"})]
    assert "remove them" not in failure(read, csv(*rows, header=f"{HEADER},Description"))


def test_an_orders_total_on_its_first_row_is_told_as_such(csv, read):
    rows = [f"{order},2026-09-0{order},A,P{row},{'' if row else 10}" for order in range(1, 7) for row in range(2)]
    header = "Order,Date,Customer,SKU,Order Total"
    message = failure(read, csv(*rows, header=header))
    assert "Order Total is empty: if it is the order's total, and stands on the first row of each order only" in message
    assert '[input] amounts = "orders"' in message
    down = [row + "10" if row.endswith(",") else row for row in rows]
    found = read(csv(*down, header=header), amounts="orders", currency="GBP")
    assert found.lines.amount.sum().to_pyarrow().as_py() == 6000
