"""Columns beside the lines: statuses, refunds, discounts, a second name of the customer."""

from itertools import cycle

import pytest

from reportgen import config, sources
from reportgen.errors import UsageError
from reportgen.sources.inspection import inspect
from reportgen.sources.proposal import proposal
from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "date,customer,amount,Order Status"
ROWS = ("2011-01-13,7,2.00,Completed", "2011-01-14,8,3.00,Cancelled", "2011-01-15,9,5.00,refunded ", "2011-01-16,9,7,")


def test_rows_that_may_be_no_sales_are_asked_about(csv, read):
    message = failure(read, csv(*ROWS, header=HEADER))
    assert "input.csv: 2 rows may be no sales, by the column Order Status (is cancelled or refunded)" in message
    assert '[input] leave_out = { "Order Status" = ["cancelled", "refunded"] }' in message


def test_statuses_of_sales_are_not_asked_about(csv, read):
    assert read(csv("2011-01-13,7,2,completed", "2011-01-14,8,3,pending", header=HEADER)).raw_amount == 5


@pytest.mark.parametrize(
    ("values", "amount", "left_out"),
    [
        (["cancelled"], 1400, [("left-out", 1, "Rows left out: Order Status is cancelled")]),
        (["Cancelled", "REFUNDED"], 900, [("left-out", 2, "Rows left out: Order Status is Cancelled or REFUNDED")]),
        (["*"], 700, [("left-out", 3, "Rows left out: Order Status is filled")]),
        ([], 1700, []),
    ],
)
def test_rows_are_left_out_as_configured(csv, read, values, amount, left_out):
    found = read(csv(*ROWS, header=HEADER), currency="GBP", leave_out={"Order Status": values})
    assert found.raw_amount == amount == found.lines.amount.sum().to_pyarrow().as_py()
    assert [(step.step, step.rows, step.label) for step in found.removed] == left_out
    assert found.raw_rows == len(ROWS)


def test_what_is_left_out_need_not_be_readable(csv, read):
    found = read(csv("2011-01-13,7,2,ok", "soon,8,?,failed", header=HEADER), leave_out={"Order Status": ["failed"]})
    assert (found.raw_rows, [step.step for step in found.removed]) == (2, ["left-out"])


def test_parquet_is_filtered_by_typed_columns(tmp_path, read):
    import duckdb

    file = tmp_path / "a.parquet"
    rows = "(DATE '2011-01-13', '7', 2, true), (DATE '2011-01-14', '8', 3, false), (DATE '2011-01-14', '8', 4, NULL)"
    duckdb.sql(f"COPY (FROM (VALUES {rows}) AS t(date, customer, amount, cancelled)) TO '{file}'")
    assert "1 row may be no sale, by the column cancelled (is true)" in failure(read, file)
    assert read(file, leave_out={"Cancelled": ["TRUE"]}).raw_amount == 7


ORDERS = (
    "2011-01-13,7,2,A1,refunded", "2011-01-13,7,3,A1,", "2011-01-14,7,5,A2,paid", "2011-01-14,7,11,A2,",
    "2011-01-15,8,17,,refunded", "2011-01-16,8,23,,", "2011-01-17,9,31,A3,refunded", "2011-01-17,9,41,A3,paid",
)  # fmt: skip
"""A shop's export that has the status on the first row of an order; of A3, one row was refunded."""


@pytest.mark.parametrize(("whole", "amount"), [(False, 83), (True, 80)])
def test_the_other_rows_of_an_order_go_as_configured(csv, read, whole, amount):
    path = csv(*ORDERS, header="date,customer,amount,invoice,Financial Status")
    found = read(path, leave_out={"Financial Status": ["refunded"]}, leave_out_orders=whole)
    assert found.raw_amount == amount
    assert found.removed[0].label == f"{'Orders' if whole else 'Rows'} left out: Financial Status is refunded"


def test_rows_that_may_belong_to_what_is_left_out_are_told(csv):
    path = csv(*ORDERS, header="date,customer,amount,invoice,Financial Status")
    spec, said = config.Input(path=(str(path),), leave_out={"Financial Status": ("refunded",)}), []
    sources.read(spec, config.Columns(), config.Shop(), say=said.append)
    (note,) = (each for each in said if "leave_out_orders = true" in each)
    assert note.startswith("input.csv: 1 row says nothing in Financial Status, on invoices of which other rows")


def test_orders_can_be_left_out_only_where_they_are_known(csv, read):
    message = failure(read, csv(*ROWS, header=HEADER), leave_out={"Order Status": ["failed"]}, leave_out_orders=True)
    assert "leave_out_orders needs invoices" in message


def test_dates_of_cancelling_are_one_question(csv, read):
    lines = [f"2011-01-13,7,2,2011-01-{day}" for day in range(14, 19)]
    path = csv("2011-01-13,7,2,", *lines, header="date,customer,amount,Cancelled at")
    assert 'leave_out = { "Cancelled at" = ["*"] }' in failure(read, path)
    assert read(path, leave_out={"Cancelled at": ["*"]}).raw_amount == 2


def test_what_leave_out_does_not_list_is_told(csv, read):
    notes = []
    read(csv(*ROWS, header=HEADER), leave_out={"order status": ["cancelled"]}, notes=notes)
    assert "input.csv: rows whose Order Status is refunded count as sales: [input] leave_out lists others" in notes
    notes.clear()
    read(csv(*ROWS, header=HEADER), leave_out={"order status": []}, notes=notes)
    assert not any("count as sales" in note for note in notes)


def test_a_column_that_is_not_there(csv, read):
    message = failure(read, csv(*ROWS, header=HEADER), leave_out={"State": ["x"]})
    assert "input.csv: there is no column 'State' to leave rows out by; found “date”" in message


def test_money_that_is_not_read_is_told(csv, read):
    notes, header = [], "date,customer,invoice,quantity,price,Discount,Refunded Amount"
    read(csv("2011-01-13,7,1,1,2,0.50,0.00", "2011-01-13,7,1,1,2,0,2.00", header=header), notes=notes)
    assert "input.csv: the column Discount isn't read: the discounts of 1 row are not deducted" in notes
    assert "input.csv: the column Refunded Amount isn't read: the refunds of 1 row are not deducted" in notes


def test_a_total_is_after_discounts(csv, read):
    notes = []
    read(csv("2011-01-13,7,2,1", header="date,customer,total,discount"), notes=notes)
    assert not any("discount" in note for note in notes)


def test_guests_with_an_address_are_told(csv, read):
    notes = []
    read(
        csv(*(f"2011-01-13,{each},2,a@b.example" for each in (7, "", 0)), header="date,customer id,amount,Email"),
        notes=notes,
    )
    assert (
        "input.csv: the column customer id names nobody and Email is filled in 2 rows, which count as sales to guests; "
        '[columns] customer = "Email" would tell customers by it'
    ) in notes


def test_the_proposal_leaves_out_what_seems_to_be_no_sale(csv, tmp_path):
    path, target = csv(*ROWS, header=HEADER), tmp_path / "config.toml"
    found = inspect(config.Input(path=str(path)), config.Columns())
    target.write_text(proposal(found, [path.name]), encoding="utf-8")
    loaded = config.load(target)
    assert loaded.input.leave_out == {"Order Status": ("cancelled", "refunded")}
    assert sources.read(loaded.input, loaded.columns, loaded.shop)[0].raw_amount == 9


def test_an_engine_is_told_by_its_query():
    with pytest.raises(UsageError, match="leave_out is for files"):
        config.Input(url="duckdb://a", table="t", leave_out={"a": ("b",)}).check()


SOLD = "Order,Date,Customer,SKU,Quantity,Unit Price"


def marked(values, quantities=(1,)):
    """Rows of which each has one of `values` in turn in a last column, and one of `quantities`."""
    return [
        f"R{number},2011-01-{number % 28 + 1:02},K{number % 7},P{number},{quantity},2.00,{value}"
        for number, (value, quantity) in enumerate(zip([*values] * 12, cycle(quantities), strict=False))
    ]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Status", "wc-cancelled"), ("Status", "Cancelled by customer"), ("Status", "Order cancelled"),
        ("Status", "cancel"), ("Status", "Gutschrift"), ("Status", "Geannuleerd"), ("Status", "4 - Cancelled"),
        ("Status", "PaymentError"), ("Order State", "cancelled"), ("Type", "Refund"),
        ("Belegart", "Storno"), ("Vorgang", "Kundenretoure"), ("What it is", "Sales return"), ("Is Return", "Yes"),
        ("Returned", "1"), ("Void", "X"), ("Note", "Charge back"), ("Grund", "Rückgabe"),
    ],
)  # fmt: skip
def test_what_is_no_sale_is_asked_about_whatever_its_column_is_called(csv, read, header, value):
    message = failure(read, csv(*marked([value, "", ""]), header=f"{SOLD},{header}"))
    assert f"12 rows may be no sales, by the column {header} (is {value.lower()})" in message
    assert f'[input] leave_out = {{ "{header}" = ["{value.lower()}"] }}' in message


HARMLESS = [
    ("Category", ["Returnable bottles", "Food"]),
    ("Category", ["Return policy", "Voucher"]),
    ("Comment", ["not returned", "No refund", "none"]),
    ("Customer Type", ["Returning customer", "New", "Return customer"]),
    ("City", ["Stornoway", "Annularia"]),
    ("Payment Type", ["Credit card", "Credit", "Debit"]),
    ("Shipping", ["Free returns", "Express"]),
    ("Kind", ["Refund", "Refund"]),  # the same in all rows
    ("Text", [f"Refund {number}" for number in range(21)]),  # as a description has
    ("Return Policy", ["14 days", "30 days"]),
    ("Is Return", ["No", "0", "false", "not returned", ""]),
    ("Type", ["Draft beer", "Wine"]),
]


@pytest.mark.parametrize(("header", "values"), rest_slow(HARMLESS, *HARMLESS[-4:]))
def test_what_only_sounds_like_it_is_not_asked_about(csv, read, header, values):
    rows = marked(values)
    assert read(csv(*rows, header=f"{SOLD},{header}")).raw_rows == len(rows)


def test_a_flag_that_says_no_in_words_holds_where_it_says_yes(csv, read):
    message = failure(read, csv(*marked(["complete", "complete", "Y"]), header=f"{SOLD},Is Cancelled?"))
    assert "12 rows may be no sales, by the column Is Cancelled? (is y)" in message


@pytest.mark.parametrize("header", ["Type", "Kind of thing", "Status", "Is refund"])
def test_returns_that_are_negative_are_returns(csv, read, header):
    rows = marked(["Refund", "", ""], quantities=(-1, 1, 1))
    assert read(csv(*rows, header=f"{SOLD},{header}"), currency="GBP").raw_amount == 24 * 200 - 12 * 200


def test_where_some_are_negative_the_others_are_asked_about(csv, read):
    rows = marked(["Refund", "", "Refund", ""], quantities=(-1, 1, 1, 1))
    message = failure(read, csv(*rows, header=f"{SOLD},Type"))
    assert "12 rows may be no sales" in message
    assert "12 negative rows, which count as returns, would go, too" in message


@pytest.mark.parametrize(
    "header",
    rest_slow(["Qty Returned", "Refund Qty", "Return Quantity", "Qty Canceled", "Retourmenge"], "Qty Returned"),
)
def test_pieces_that_came_back_are_asked_about(csv, read, header):
    assert read(csv(*marked(["0", "0.00", ""]), header=f"{SOLD},{header}")).raw_rows == 36
    path = csv(*marked(["0", "1", "2", "4", "3"]), header=f"{SOLD},{header}")
    message = failure(read, path)
    assert (
        f"48 rows came back or were cancelled, at least in part, by the column {header} (is filled); "
        "what came back is not deducted"
    ) in message
    assert f'[input] leave_out = {{ "{header}" = ["*"] }}' in message
    assert read(path, leave_out={header: ("*",)}, currency="GBP").raw_amount == 12 * 200
    assert read(path, leave_out={header: ()}, currency="GBP").raw_amount == 60 * 200


@pytest.mark.parametrize("header", ["Date Cancelled", "Refund Date", "Cancelled at"])
def test_one_date_stands_for_those_to_come(csv, read, header):
    message = failure(read, csv(*marked(["2011-02-01", ""]), header=f"{SOLD},{header}"))
    assert f'leave_out = {{ "{header}" = ["*"] }}' in message


def test_any_value_is_none_that_says_no(csv, read):
    rows = marked(["yes", "No", "0", "", "false", "0.00"])
    assert read(csv(*rows, header=f"{SOLD},Is Return"), leave_out={"Is Return": ("*",)}).raw_rows == 72
    found = read(csv(*rows, header=f"{SOLD},Is Return"), leave_out={"Is Return": ("*",)}, currency="GBP")
    assert found.lines.count().to_pyarrow().as_py() == 60


def test_the_proposal_does_not_leave_out_what_came_back_in_part(csv):
    found = inspect(config.Input(path=str(csv(*marked(["0", "2"]), header=f"{SOLD},Qty Returned"))), config.Columns())
    assert found.leave_out == {}
    assert any("12 rows came back or were cancelled" in note for note in found.notes)


CURRENCIES = [
    "Ccy", "Curr", "Cur", "Currency (ISO)", "Presentment Currency", "Transaction Currency", "Order Currency Code",
    "Price Currency", "Currency Symbol", "Währungsschlüssel", "Valuta", "Moneda", "Divisa", "Anything",
]  # fmt: skip


@pytest.mark.parametrize("header", rest_slow(CURRENCIES, "Ccy", "Anything"))
@pytest.mark.parametrize("values", [["EUR", "JPY"], ["£", "€"]])
def test_several_currencies_are_refused_whatever_their_column_is_called(csv, read, header, values):
    path = csv(*marked(values), header=f"{SOLD},{header}")
    message = failure(read, path)
    assert f"prices stand in {' and in '.join(sorted(values))}, by the column {header}" in message
    other = sorted(values)[1]
    assert f'[input] leave_out = {{ "{header}" = ["{other}"] }}' in message
    assert read(path, leave_out={header: (other,)}, currency=None).lines.count().to_pyarrow().as_py() == 12


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Size", ["ALL", "TOP"]),
        ("Country", ["GBR", "USA"]),
        ("Currency Rate", ["1.2", "1.3"]),
        ("Colour", ["RED", "EUR"]),
    ],
)
def test_three_letters_need_not_be_a_currency(csv, read, header, values):
    assert read(csv(*marked(values), header=f"{SOLD},{header}x")).raw_rows == 24


def test_the_currency_of_prices_goes_before_that_of_the_store(csv, read):
    rows = [f"{row},GBP" for row in marked(["EUR", "USD"])]
    assert read(csv(*rows, header=f"{SOLD},Presentment Currency,Currency"), currency="GBP").raw_rows == 24


@pytest.mark.parametrize("quantities", [(1,), (-1, 1, 1)])
@pytest.mark.parametrize("header", [SOLD, SOLD.replace("Quantity,Unit Price", "Parcels,Total")])
def test_returns_are_deducted_whatever_their_sign(csv, read, header, quantities):
    path = csv(*marked(["Refund", "", ""], quantities), header=f"{header},Type")
    found = read(path, returns={"type": ("refund",)}, currency="GBP")
    assert (found.raw_amount, found.raw_rows) == (24 * 200 - 12 * 200, 36)
    assert found.lines.quantity.min().to_pyarrow().as_py() == -1
    assert found.lines.price.min().to_pyarrow().as_py() == 200


def test_some_are_returned_and_some_cancelled(csv, read):
    path = csv(*marked(["refund", "void", ""]), header=f"{SOLD},Type")
    notes = []
    assert read(path, returns={"Type": ("refund",)}, notes=notes).raw_rows == 36
    assert [note for note in notes if "Type" in note] == [
        "input.csv: rows whose Type is void count as sales: [input] leave_out lists others"
    ]
    assert "there is no column 'Kind' to tell returns by" in failure(read, path, returns={"Kind": ("refund",)})
    found = read(path, returns={"Type": ("refund",)}, leave_out={"Type": ("void",)}, currency="GBP")
    assert found.raw_amount == 0
    assert [(step.step, step.rows) for step in found.removed] == [("left-out", 12)]


def test_returns_of_an_engine_are_told_by_its_query():
    with pytest.raises(UsageError, match="returns is for files"):
        config.Input(url="duckdb://a", table="t", returns={"a": ("b",)}).check()
