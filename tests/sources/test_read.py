"""Reading good input: the same lines, however they are written."""

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen import config, sources
from reportgen.errors import InputError
from reportgen.transactions import SCHEMA
from tests.choosing import rest_slow
from tests.sources import workbook

UCI = (
    "536365,85123a, WHITE HANGING HEART ,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom",
    "536366,22633,HAND WARMER,-2,2010-12-01 08:28:00,1.851,,France",
    "C536379,D,,-1,2010-12-13 09:41:00,27.5,14527.0,United Kingdom",
)


def test_lines_are_canonical(csv, read, rows):
    ledger = read(csv(*UCI))
    assert ledger.lines.schema() == SCHEMA
    assert (ledger.scale, ledger.quantity_scale, ledger.raw_rows, ledger.raw_amount) == (3, 0, 3, -15902)
    assert ledger.removed == ()
    assert ledger.optional == {"invoice", "code", "description", "country", "quantity"}
    lines = {line["invoice"]: line for line in rows(ledger)}
    assert lines["536365"] == {
        "invoice": "536365", "code": "85123A", "description": "WHITE HANGING HEART", "quantity": 6, "price": 2550,
        "amount": 15300, "sold_at": datetime(2010, 12, 1, 8, 26), "customer": "17850", "country": "United Kingdom",
    }  # fmt: skip
    assert lines["536366"]["customer"] is None
    assert lines["C536379"]["description"] is None


def test_line_numbers_are_unique(csv, read):
    numbers = read(csv(*UCI)).lines.line.to_pyarrow().to_pylist()
    assert len(set(numbers)) == 3


def test_row_order_is_irrelevant(csv, read, rows):
    assert rows(read(csv(*UCI))) == rows(read(csv(*reversed(UCI), name="b.csv")))


@pytest.fixture
def three_formats(tmp_path, csv):
    """The same data as CSV, XLSX and Parquet."""
    names = csv(*UCI).read_text().splitlines()[0].split(",")
    cells = [
        ["536365", "85123a", " WHITE HANGING HEART ", 6, datetime(2010, 12, 1, 8, 26), 2.55, 17850, "United Kingdom"],
        [536366, 22633, "HAND WARMER", -2, datetime(2010, 12, 1, 8, 28), 1.851, None, "France"],
        ["C536379", "D", None, -1, datetime(2010, 12, 13, 9, 41), 27.5, 14527, "United Kingdom"],
    ]
    excel = workbook.write(tmp_path / "input.xlsx", {"Online Retail": [names, *cells]})
    parquet = tmp_path / "input.parquet"
    text = duckdb.read_csv(str(tmp_path / "input.csv"), all_varchar=True)
    text.project(
        "InvoiceNo, StockCode, Description, Quantity::INTEGER Quantity, InvoiceDate::TIMESTAMP InvoiceDate,"
        " UnitPrice::DOUBLE UnitPrice, CustomerID::DOUBLE CustomerID, Country"
    ).write_parquet(str(parquet))
    return tmp_path / "input.csv", excel, parquet


def test_formats_agree(three_formats, read, rows):
    from_csv, from_excel, from_parquet = (read(path) for path in three_formats)
    assert rows(from_csv) == rows(from_excel) == rows(from_parquet)
    assert from_csv.scale == from_excel.scale == from_parquet.scale == 3


def test_source_files_are_fingerprinted(csv):
    path = csv(*UCI)
    _, files = sources.read(config.Input(path=str(path)), config.Columns(), config.Shop())
    content = path.read_bytes()
    assert files == (sources.SourceFile("input.csv", hashlib.sha256(content).hexdigest(), len(content), 3),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(csv, read, rows, encoding):
    notes = []
    ledger = read(csv("1,A,Crème brûlée,1,2011-01-13,1.00,7,España", encoding=encoding), notes=notes)
    assert [line["description"] for line in rows(ledger)] == ["Crème brûlée"]
    assert bool(notes) == (encoding in {"utf-16", "cp1252"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(csv, read, rows, delimiter):
    header = delimiter.join(["Invoice", "Price", "Quantity", "InvoiceDate", "Customer ID"])
    line = delimiter.join(["9", "2.50", "2", "2011-01-13", "7"])
    assert rows(read(csv(line, header=header)))[0]["amount"] == 50


def test_excel_hint_line_is_not_the_header(csv, read):
    assert read(csv("Datum;Kunde;Betrag", "13.01.2011;7;1.234,50", header="sep=;")).raw_amount == 12345


def test_european_figures(csv, read, rows):
    path = csv("13.01.2011;7;2;1.234,50", "13.01.2011;8;1;3", header="Datum;Kundennummer;Menge;Einzelpreis")
    ledger = read(path)
    assert (ledger.scale, ledger.raw_amount) == (1, 24690 + 30)


NOTATIONS = [
        ("1234.50", 123450), ('"1,234.50"', 123450), ("£1.50", 150), ("1.50 GBP", 150), ("(2.50)", -250),
        ("2.50-", -250),
        ("+2.50", 250), ("−2.50", -250), (".5", 50), ("5.", 500), ("1e2", 10000), ("1'234.50", 123450),
        ("15.299999999999999", 1530), ("0.00", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), rest_slow(NOTATIONS, *NOTATIONS[1::2]))
def test_notations_of_figures(csv, read, text, amount):
    ledger = read(csv("2011-01-13,7,10", f"2011-01-13,7,{text}", header="date,customer,amount"), currency="GBP")
    assert (ledger.scale, ledger.raw_amount) == (2, 1000 + amount)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-(10**5), 10**5), st.decimals(-9999, 9999, places=3, allow_nan=False)),
        min_size=1,
        max_size=20,
    )
)
def test_money_is_exact(csv, read, cells):
    cells = [*cells, (1, Decimal(1))]  # a purchase
    lines = [f"2011-01-13,7,{quantity},{price}" for quantity, price in cells]
    ledger = read(csv(*lines, header="date,customer,quantity,price"), decimal=".", both_negative="sales")
    exact = sum(quantity * price for quantity, price in cells)
    assert ledger.raw_amount == exact.scaleb(ledger.scale)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.datetimes(datetime(1999, 1, 1), datetime(2060, 1, 1)), min_size=1, max_size=10),
    st.sampled_from(
        ["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%y %H:%M:%S", "%d %b %Y %H:%M:%S", "%Y%m%d %H:%M:%S"]
    ),
)
def test_dates_come_back(csv, read, moments, form):
    lines = [f"{moment.strftime(form)},7,1" for moment in moments]
    ledger = read(csv(*lines, header="date,customer,amount"), date_format=form)
    read_back = sorted(ledger.lines.sold_at.to_pyarrow().to_pylist())
    assert read_back == sorted(moment.replace(microsecond=0) for moment in moments)


DATES = [
    (["12/1/2010 8:26", "12/13/2010 18:26"], datetime(2010, 12, 1, 8, 26)),
    (["1/12/10 08:26", "13/12/10 08:26"], datetime(2010, 12, 1, 8, 26)),
    (["01.12.2010", "31.12.2010"], datetime(2010, 12, 1)),
    (["2010-12-01", "2010-12-01 08:26:00"], datetime(2010, 12, 1)),
    (["2010/12/01 08:26:30.250"], datetime(2010, 12, 1, 8, 26, 30, 250000)),
    (["2010-12-01T08:26:00"], datetime(2010, 12, 1, 8, 26)),
    (["20101201"], datetime(2010, 12, 1)),
    (["1 Dec 2010", "2 May 2011"], datetime(2010, 12, 1)),
    (["December 1, 2010"], datetime(2010, 12, 1)),
    (["12/13/2010 8:26 PM"], datetime(2010, 12, 13, 20, 26)),
    (["40513.3513888889"], datetime(2010, 12, 1, 8, 26)),
    (["05/05/2011"], datetime(2011, 5, 5)),
    (["24/01/26", "24/02/05", "24/03/31"], datetime(2024, 1, 26)),
    (["26/01/24", "05/02/24", "31/03/24"], datetime(2024, 1, 26)),
    (["24.01.26 09:30", "24.02.05 10:00"], datetime(2024, 1, 26, 9, 30)),
    (["26-01-24", "05-02-24", "31-03-24"], datetime(2024, 1, 26)),
    (["13/05/24"], datetime(2024, 5, 13)),
    (["1291191960", "1291191961"], datetime(2010, 12, 1, 8, 26)),
    (["1291191960000000"], datetime(2010, 12, 1, 8, 26)),
    (["1291191960.5"], datetime(2010, 12, 1, 8, 26, 0, 500000)),
    (["1291191960500"], datetime(2010, 12, 1, 8, 26, 0, 500000)),
    (["1. Dezember 2010", "3. März 2011", "2. August 2011"], datetime(2010, 12, 1)),
    (["1 déc. 2010", "2 mai 2011", "1er août 2011 08:30"], datetime(2010, 12, 1)),
    (["1 de diciembre de 2010", "2 de mar de 2011"], datetime(2010, 12, 1)),
]


@pytest.mark.parametrize(("texts", "expected"), rest_slow(DATES, *DATES[::3], *DATES[-3:-1]))
def test_date_formats_are_detected(csv, read, texts, expected):
    lines = [f'"{text}",7,1' for text in texts]
    ledger = read(csv(*lines, header="date,customer,amount"))
    assert min(ledger.lines.sold_at.to_pyarrow().to_pylist()) == expected


def test_date_format_settles_ambiguity_for_all_its_variants(csv, read):
    lines = ["1/12/2010 08:26,7,1", "2/12/2010,7,1"]
    ledger = read(csv(*lines, header="date,customer,amount"), date_format="%d/%m/%Y")
    assert {moment.month for moment in ledger.lines.sold_at.to_pyarrow().to_pylist()} == {12}


def test_other_files_settle_ambiguous_dates(csv, read):
    one = csv("1/12/2010,7,1", header="date,customer,amount", name="a.csv")
    two = csv("13/12/2010,7,1", header="date,customer,amount", name="b.csv")
    assert {moment.month for moment in read(one, two).lines.sold_at.to_pyarrow().to_pylist()} == {12}


@pytest.mark.parametrize(
    "text",
    ["2011-07-01T10:00:00Z", "2011-07-01 12:00:00 +0200", "2011-07-01T12:00:00+02:00", "2011-07-01 10:00:00 UTC"],
)
def test_offsets_are_converted(csv, read, text):
    path = csv(f"{text},7,1", header="created at,customer,amount")
    assert read(path, timezone="Europe/London").lines.sold_at.to_pyarrow().to_pylist() == [datetime(2011, 7, 1, 11)]


def test_without_time_zone_the_clock_is_taken_as_written(csv, read):
    path = csv("2011-07-01T10:00:00-04:00,7,1", header="created at,customer,amount")
    assert read(path).lines.sold_at.to_pyarrow().to_pylist() == [datetime(2011, 7, 1, 10)]


def test_quoted_newlines_and_quotes(csv, read, rows):
    ledger = read(csv('1,A,"two\nlines, ""quoted""",1,2011-01-13,1.00,7,UK', "2,B,12in,1,2011-01-13,1.00,7,UK"))
    assert [line["description"] for line in rows(ledger)] == ['two\nlines, "quoted"', "12in"]


def test_mixed_line_ends(tmp_path, read):
    path = tmp_path / "a.csv"
    path.write_bytes(b"date,customer,amount\r\n2011-01-13,7,1\n2011-01-13,8,2\r\n")
    assert read(path).raw_amount == 3


def test_blank_rows_are_no_rows(csv, read):
    ledger = read(csv(*UCI, ",,,,,,,", ""))
    assert (ledger.raw_rows, ledger.removed) == (3, ())


def test_amounts_make_orders(csv, read, rows):
    texts = [f"2011-01-13 10:00,{customer},{total}" for customer, total in [(7, 1.5), (7, 2), ("", 3), ("", 3)]]
    ledger = read(csv(*texts, header="date,customer,total"))
    lines = rows(ledger)
    assert {(line["quantity"], line["code"]) for line in lines} == {(1, None)}
    assert len({line["invoice"] for line in lines}) == 3
    assert ledger.optional == frozenset()


def test_price_goes_before_amount(csv, read):
    path = csv("2011-01-13,7,3,2.00,99", header="date,customer,quantity,price,amount")
    assert read(path, amounts="price").raw_amount == 6
    assert read(path, columns={"amount": "amount"}).raw_amount == 99


def test_quantities_may_have_decimals(csv, read, rows):
    ledger = read(csv("2011-01-13,7,1.25,2.50", header="date,customer,quantity,price"))
    assert (ledger.quantity_scale, ledger.scale, ledger.raw_amount) == (2, 3, 3125)
    assert rows(ledger)[0]["quantity"] == 125


def test_currency_sets_least_decimals(csv, read):
    assert read(csv("2011-01-13,7,2", header="date,customer,amount"), currency="GBP").raw_amount == 200


@pytest.mark.parametrize("missing", ["", "  ", "nan", "NULL", "None", "\u00a0", "-", "Guest", "UNKNOWN"])
def test_missing_customers_are_guests(csv, read, missing):
    ledger = read(csv(f"2011-01-13,{missing},2", "2011-01-13,7,2", header="date,customer,amount"))
    assert ledger.lines.customer.isnull().sum().to_pyarrow().as_py() == 1


def test_typed_columns(tmp_path, read, rows):
    path = tmp_path / "typed.parquet"
    duckdb.sql(f"""COPY (SELECT 1.10::DECIMAL(9, 2) AS price, 2::TINYINT AS quantity, DATE '2011-01-13' AS date,
        9007199254740993::BIGINT AS customer, 12.0::FLOAT AS code) TO '{path}'""")
    line = rows(read(path))[0]
    assert (line["amount"], line["sold_at"].date(), line["customer"], line["code"]) == (
        22,
        date(2011, 1, 13),
        "9007199254740993",
        "12",
    )


def test_zoned_parquet(tmp_path, read):
    path = tmp_path / "zoned.parquet"
    duckdb.sql(f"COPY (SELECT 1 AS amount, TIMESTAMPTZ '2011-07-01 10:00:00+00' AS date, 'x' AS customer) TO '{path}'")
    assert read(path, timezone="Europe/London").lines.sold_at.to_pyarrow().to_pylist() == [datetime(2011, 7, 1, 11)]
    assert read(path).lines.sold_at.to_pyarrow().to_pylist() == [datetime(2011, 7, 1, 10)]


def test_names_with_glob_characters(csv, read):
    assert read(csv(*UCI, name="sales [1]'s.csv")).raw_rows == 3


def test_sheets_of_another_shape_are_left_out(tmp_path, read):
    table = [["date", "customer", "amount"], ["2011-01-13", "7", 2.5]]
    path = workbook.write(tmp_path / "a.xlsx", {"Notes": [["read me"]], "January": table, "Empty": []})
    notes = []
    assert read(path, notes=notes).raw_rows == 1
    assert any("Notes" in note for note in notes)


def test_a_hidden_sheet_is_read_and_named(tmp_path, read):
    header = ["date", "customer", "amount"]
    sheets = {"January": [header, ["2011-01-13", "7", 2.5]], "Old": [header, ["2010-01-13", "7", 2.5]]}
    notes = []
    assert read(workbook.write(tmp_path / "a.xlsx", sheets, hidden=["Old"]), notes=notes).raw_rows == 2
    assert [note for note in notes if "hidden" in note] == [
        "a.xlsx, sheet “Old”: the sheet is hidden, and read all the same"
    ]


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_of_a_workbook_that_counts_days_from_1904(tmp_path, read, from_1904):
    """As Excel did on Macs; a cell without a date's format is a plain number there."""
    moment = datetime(2011, 1, 13, 8, 26)
    number = (moment - (datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30))) / timedelta(days=1)
    notes = []
    for cell in (moment, number):
        sheets = {"January": [["date", "customer", "amount"], [cell, "7", 2.5]]}
        path = workbook.write(tmp_path / "a.xlsx", sheets, date_1904=from_1904)
        assert read(path, notes=notes).lines.sold_at.to_pyarrow().to_pylist() == [moment]
    assert any("counts days from 1904" in note for note in notes) is from_1904


MONEY = [
    ("Order No,Customer ID,Date,Parcels,Unit Price,Total", "1,A,2025-01-10,3,10,30", 30),  # how many, nobody tells
    ("Order No,Customer ID,Date,Pieces,Unit Price,Total", "1,A,2025-01-10,3,10,31", 30),
    ("Order No,Customer ID,Date,Qty,Unit Cost,Net Sales", "1,A,2025-01-10,3,6,30", 30),
    ("Order No,Customer ID,Date,Qty,Original Price,Net Sales", "1,A,2025-01-10,3,20,30", 30),
    ("Order No,Customer ID,Date,Qty,Original Price", "1,A,2025-01-10,3,20", 60),
    ("Order No,Customer ID,Date,Qty Sold,Quantity Refunded,Price", "1,A,2025-01-10,3,0,10", 30),
    ("Order No,Customer ID,Date,Price", "1,A,2025-01-10,10", 10),
]


@pytest.mark.parametrize(("header", "row", "amount"), rest_slow(MONEY, *MONEY[::2]))
def test_money_is_what_the_surest_columns_say(csv, read, header, row, amount):
    assert read(csv(row, header=header)).raw_amount == amount


def test_what_is_not_told_is_told(csv, read):
    notes = []
    read(csv("A,2025-01-10,10", header="Customer ID,Date,Price"), notes=notes)
    assert "input.csv: no column of quantities is recognised: each line is one unit" in notes
    assert "input.csv: no column of invoices is recognised: one order per customer and instant" in notes


@pytest.mark.parametrize(
    ("text", "units"),
    [('"12,-"', 1200), ("12.-", 1200), ('"12,-- €"', 1200), ("12−", -1200), ('"12,50-"', -1250), ('"−12,-"', -1200)],
)
def test_whole_euros_are_no_negative_numbers(csv, read, text, units):
    rows = csv(f"2011-01-13,7,{text}", '2011-01-14,8,"20,-"', header="date,customer,amount")
    assert read(rows, currency="EUR").raw_amount == units + 2000


def test_addresses_are_one_customer_however_they_are_typed(csv, read):
    rows = ["Anna@Shop.de,2025-01-10,10", "anna@shop.de,2025-01-11,20", "KD-7,2025-01-11,20", "kd-7,2025-01-11,20"]
    lines = read(csv(*rows, header="email,date,amount")).lines
    assert sorted(lines.customer.to_pyarrow().to_pylist()) == ["KD-7", "anna@shop.de", "anna@shop.de", "kd-7"]


def test_thousands_begin_with_no_zero(csv, read):
    rows = ["A;2025-01-10;0.500;3,99", "A;2025-01-11;2;1,50"]
    with pytest.raises(InputError, match=r"0\.500.*is not a number"):
        read(csv(*rows, header="customer;date;quantity;price"))


def test_folder_reads_its_data_files(csv, read, tmp_path):
    csv(UCI[0], name="2010-12.csv")
    csv(UCI[2], name="2010-13.CSV")
    csv(UCI[1], name=".hidden.csv")
    (tmp_path / "notes.md").write_text("no data")
    notes = []
    assert read(tmp_path, notes=notes).raw_rows == 2
    assert any("notes.md" in note for note in notes)
    assert read(tmp_path / "2010-*").raw_rows == 2


def test_the_same_file_twice_is_read_once(csv, read):
    path = csv(*UCI)
    assert read(path, path.parent / "*.csv").raw_rows == 3


def test_few_bad_rows_are_rejects(csv, read):
    good = [f"2011-01-13,{n},2.00" for n in range(1999)]
    ledger = read(csv(*good, "2011-01-13,7,oops", header="date,customer,amount"))
    (step,) = ledger.removed
    assert (step.step, step.rows, step.amount) == ("rejected", 1, 0)
    assert "amount is not a number" in step.label
    assert (ledger.raw_rows, ledger.raw_amount) == (2000, 1999 * 2)


def test_the_real_file(real_file, read):
    ledger = read(real_file)
    lines = ledger.lines
    assert (ledger.raw_rows, ledger.scale, ledger.raw_amount) == (541_909, 3, 9_747_747_934)
    facts = lines.agg(
        rows=lines.count(), guests=lines.customer.isnull().sum(), codes=lines.code.nunique(),
        customers=lines.customer.nunique(), invoices=lines.invoice.nunique(), first=lines.sold_at.min(),
    ).to_pyarrow().to_pylist()[0]  # fmt: skip
    assert facts == {
        "rows": 541_909, "guests": 135_080, "codes": 3_958, "customers": 4_372, "invoices": 25_900,
        "first": datetime(2010, 12, 1, 8, 26),
    }  # fmt: skip
