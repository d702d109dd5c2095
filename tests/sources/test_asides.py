"""Columns beside the lines: statuses, refunds, discounts, a second name of the customer."""

import pytest

from reportgen import config, sources
from reportgen.errors import UsageError
from reportgen.sources.inspection import inspect
from reportgen.sources.proposal import proposal
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
