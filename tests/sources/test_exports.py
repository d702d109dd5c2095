"""What people's exports look like: titles above the table, old line ends, types of other tools."""

import os

import duckdb
import pytest

from tests.choosing import rest_slow
from tests.sources import workbook
from tests.sources.test_bad_input import failure

ORDERS = ("date,customer,amount", "2024-01-31,C17,2.50", "2024-02-29,C18,3.25")
TITLES = ["Sales report;2024", "", '"by, Bob', ",,"]


@pytest.fixture
def write(tmp_path):
    def writing(text, name="a.csv"):
        (tmp_path / name).write_bytes(text.encode())
        return tmp_path / name

    return writing


@pytest.mark.parametrize("end", rest_slow(["\n", "\r\n", "\r"], "\r"))
@pytest.mark.parametrize("above", rest_slow([[], [""], ["  ", ""], TITLES], [], TITLES))
def test_what_stands_above_the_header_is_left_out(write, read, above, end):
    notes = []
    file = write(end.join((*above, *ORDERS, "")))
    assert (read(file, notes=notes).raw_rows, read(file).raw_amount) == (2, 575)
    assert any("above the column names" in note for note in notes) == (above == TITLES)


def test_titles_of_a_sheet_are_left_out(tmp_path, read):
    rows = [["Sales report"], [None, "January"], [], *(line.split(",") for line in ORDERS)]
    notes = []
    ledger = read(workbook.write(tmp_path / "a.xlsx", {"S": rows}), notes=notes)
    assert (ledger.raw_rows, ledger.raw_amount) == (2, 575)
    assert notes[0] == "a.xlsx, sheet “S”: the rows above the column names are left out"


def test_a_title_does_not_hide_what_is_wrong_with_the_header(write, read):
    message = failure(read, write("Sales report\n\ndate,customer,client,amount\n2024-01-31,a,b,2.50\n"))
    assert "“customer”, “client” could each be the customer" in message


def test_rows_are_counted_from_the_header(write, read):
    assert "row 3: the row has 4 fields" in failure(read, write("\n".join((*TITLES, *ORDERS, "2024-03-01,C19,1.00,x"))))


def test_a_row_that_lacks_fields_is_to_be_completed(write, read):
    assert "Complete the row" in failure(read, write("\n".join((*ORDERS, "2024-03-01"))))


def test_an_order_is_no_cancellation_whatever_its_customer_is_called(write, read):
    invoices = read(write("\n".join(ORDERS))).lines.invoice.to_pyarrow().to_pylist()
    assert sorted(invoices) == ["2024-01-31 00:00:00|C17", "2024-02-29 00:00:00|C18"]


def test_utf32_is_told_from_utf16(tmp_path, read):
    (tmp_path / "a.csv").write_bytes("\n".join(ORDERS).encode("utf-32"))
    assert read(tmp_path / "a.csv").raw_amount == 575


@pytest.mark.parametrize(
    "moment",
    [
        "20240131",
        "45322",
        "TIMESTAMPTZ '2024-01-31 00:00+00'",
        "'2024-01-31 00:00+00'::TIMESTAMP_NS::TIMESTAMPTZ",
        "DATE '2024-01-31'",
    ],
)
def test_parquet_dates_of_any_type(tmp_path, read, rows, moment):
    file = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT {moment} AS date, 1 AS customer, 2.5 AS amount) TO '{file}'")
    assert f"{rows(read(file))[0]['sold_at']:%Y-%m-%d %H:%M}" == "2024-01-31 00:00"


def test_parquet_instants_in_nanoseconds(tmp_path, read, rows):
    import pyarrow as pa
    from pyarrow import parquet

    file = tmp_path / "a.parquet"
    moments = pa.array([1_706_713_200_000_000_000], pa.timestamp("ns", "Europe/Paris"))
    parquet.write_table(pa.table({"date": moments, "customer": ["1"], "amount": [2.5]}), file)
    assert f"{rows(read(file, timezone='Europe/Paris'))[0]['sold_at']:%Y-%m-%d %H:%M}" == "2024-01-31 16:00"


def test_fields_within_a_parquet_column_are_no_columns(tmp_path, read):
    file = tmp_path / "a.parquet"
    duckdb.sql(
        "COPY (SELECT {'customer': 1, 'more': {'client': [2]}} AS extra, DATE '2024-01-31' AS date, 1 AS customer,"
        f" 2.5 AS amount) TO '{file}'"
    )
    assert read(file).raw_amount == 25


def test_a_parquet_column_without_values(tmp_path, read):
    import pyarrow as pa
    from pyarrow import parquet

    file = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"date": pa.nulls(1), "customer": ["1"], "amount": [2.5]}), file)
    assert "row 1, column date: is missing" in failure(read, file)


def test_a_column_has_one_meaning(write, read):
    message = failure(read, write("\n".join(ORDERS)), columns={"customer": "customer", "invoice": "customer"})
    assert "“customer” as customer and as invoice" in message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "."])
def test_a_file_that_may_not_be_read(write, read, name):
    write("\n".join(ORDERS), name="a.csv" if name == "." else name)
    place = write("x", name="b.csv").parent / name
    place.chmod(0)
    try:
        assert "may not read it" in failure(read, place)
    finally:
        place.chmod(0o700)


@pytest.mark.parametrize(
    "header", ['date,customer,"amount\nin £"', '"date\n",customer,amount', 'date,"cust\n\nomer",amount']
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_header_may_be_wrapped(write, read, header, end):
    columns = {"amount": "amount\nin £"} if "£" in header else {}
    ledger = read(write(end.join((header, *ORDERS[1:], ""))), columns=columns)
    assert (ledger.raw_rows, ledger.raw_amount) == (2, 575)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2011-11-01 10:00:00.1234567", "2011-11-01 10:00:00.123456"),
        ("2011-11-01T10:00:00.9999999Z", "2011-11-01 10:00:00.999999"),
        ("2011-11-01 10:00:00.5", "2011-11-01 10:00:00.500000"),
        ("01.12.2011 10:00:00,123456789", "2011-12-01 10:00:00.123456"),
        ("20111201103000", "2011-12-01 10:30:00"),
        ("201112011030", "2011-12-01 10:30:00"),
        ("2011-11-01\u00a010:00", "2011-11-01 10:00:00"),
        ("11/30/2011 10:00\u202fPM", "2011-11-30 22:00:00"),
    ],
)
def test_instants_of_other_programs(write, read, text, instant):
    other = "13.12.2011 10:00:00,5" if "," in text else text
    ledger = read(write(f'date,customer,amount\n"{text}",7,1\n"{other}",8,1\n'), timezone="UTC")
    assert instant in map(str, ledger.lines.sold_at.to_pyarrow().to_pylist())


def test_a_configured_format_of_nanoseconds_is_cut_too(write, read):
    ledger = read(write("date,customer,amount\n2011-11-01 10:00:00.1234567,7,1\n"), date_format="%Y-%m-%d %H:%M:%S.%n")
    assert str(ledger.lines.sold_at.to_pyarrow().to_pylist()[0]) == "2011-11-01 10:00:00.123456"


def test_rows_that_only_go_on_with_an_order_are_to_be_filled_down(write, read):
    message = failure(read, write("date,customer,amount,sku\n2011-11-01,7,1,A\n,,2,B\n,,3,C\n"))
    assert "2 of 3 rows can't be read" in message
    assert "fill both down onto the rows below it" in message


@pytest.mark.parametrize(
    ("form", "meant"),
    [("YYYY-MM-DD", "%Y-%m-%d"), ("dd.mm.yyyy HH:mm:ss", "%d.%m.%Y %H:%M:%S"), ("iso", "%d/%m/%Y %H:%M")],
)
def test_a_date_format_without_directives_is_refused(write, read, form, meant):
    message = failure(read, write("date,customer,amount\n2011-01-13,7,1\n"), date_format=form)
    assert f'[input] date_format = "{meant}"' in message
