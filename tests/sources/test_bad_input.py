"""Bad input: each fault has its own message that names file, row and column, and says what to do."""

import pytest

from reportgen.errors import InputError, UsageError
from tests.choosing import rest_slow
from tests.sources import workbook

ORDERS = "date,customer,amount"


def failure(read, *paths, **options):
    with pytest.raises(InputError) as caught:
        read(*paths, **options)
    assert caught.value.exit_code == 3
    assert caught.value.remedy
    assert "Traceback" not in str(caught.value)
    return str(caught.value)


def test_missing_file(read, tmp_path):
    assert "there is no such file" in failure(read, tmp_path / "none.csv")
    assert "there is no such file" in failure(read, tmp_path / "none-*.csv")


def test_a_home_folder_that_is_not_there(read):
    with pytest.raises(UsageError, match=r"~nosuchuser/x\.csv: there is no home folder ~nosuchuser"):
        read("~nosuchuser/x.csv")


def test_no_input(read):
    assert "no input is named" in failure(read)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet"])
def test_empty_file(read, tmp_path, name):
    (tmp_path / name).touch()
    assert f"{name}: the file is empty" in failure(read, tmp_path / name)


@pytest.mark.parametrize("content", ["\n\n", "\ufeff", "   \n"])
def test_file_of_blanks(read, tmp_path, content):
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    assert "a.csv" in failure(read, tmp_path / "a.csv")


def test_a_pipe_is_no_file(read):
    assert "/dev/null: this is no file" in failure(read, "/dev/null")
    assert "Write it into a file first" in failure(read, "-")


def test_leaving_out_every_row_is_said(csv, read):
    path = csv("2011-01-13,7,1,x", header=f"{ORDERS},tag")
    assert "[input] leave_out takes all 1 rows" in failure(read, path, leave_out={"tag": ("*",)})


def test_header_only(csv, read):
    assert "no rows under the header" in failure(read, csv())


def test_header_only_excel(read, tmp_path):
    path = workbook.write(tmp_path / "a.xlsx", {"A": [ORDERS.split(",")]})
    assert "no rows under the header" in failure(read, path)


def test_rows_without_anything(csv, read):
    assert "no rows" in failure(read, csv(",,", header=ORDERS))


def test_wrong_columns(csv, read):
    message = failure(read, csv("1,2,3", header="alpha,beta,gamma"))
    assert "customer, date, price (or amount)" in message
    assert "“alpha”, “beta”, “gamma”" in message
    assert "[columns] customer" in message


def test_two_candidates(csv, read):
    message = failure(read, csv("2011-01-13,7,1,2", header="date,customer,Price,Unit Price"))
    assert "“Price”, “Unit Price” could each be the price" in message
    assert '[columns] price = "Price"' in message


def test_a_named_column_settles_two_candidates(csv, read):
    path = csv("2011-01-13,7,1,2", header="date,customer,Price,Unit Price")
    assert read(path, columns={"price": "unit price"}).raw_amount == 2


def test_a_named_column_that_is_not_there(csv, read):
    message = failure(read, csv("2011-01-13,7,1", header=ORDERS), columns={"customer": "Kunde"})
    assert "there is no column 'Kunde' for customer" in message


def test_duplicate_headers(csv, read):
    assert "more than one column is called “Amount”, “amount”" in failure(
        read, csv("a,b,1,2", header="date,customer,amount,Amount ")
    )


def test_unparseable_dates(csv, read):
    lines = ["2011-01-13,7,1", "2011-02-30,7,1", "soon,7,1", ",7,1", "2011-13-01,7,1"]
    message = failure(read, csv(*lines, header=ORDERS))
    assert "4 of 5 rows can't be read, more than the 0 allowed" in message
    assert "input.csv, data row 2, column date: “2011-02-30” is not a date" in message
    assert "input.csv, data row 3, column date: “soon” is not a date" in message
    assert "input.csv, data row 4, column date: is missing" in message
    assert "row 5" not in message
    assert "[input] date_format" in message


@pytest.mark.parametrize(
    "text", rest_slow(["soon", "0001-01-01", "9999-12-31", "13", "99/99/9999"], "soon", "0001-01-01")
)
def test_nothing_is_a_date(csv, read, text):
    assert f"row 1, column date: “{text}” is not a date" in failure(read, csv(f"{text},7,1", header=ORDERS))


UNREADABLE = [
        ("NaN", "is not a finite number"), ("inf", "is not a finite number"), ("-Infinity", "is not a finite number"),
        ("abc", "is not a number"), ("1.2.3", "is not a number"), ("--1", "is not a number"), ("-", "is not a number"),
        ("", "is missing"), ("0.1234567", "has more than 6 decimals"), ("1" * 20, "is too large"),
        ("1e40", "is too large"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), rest_slow(UNREADABLE, *UNREADABLE[::3]))
def test_unparseable_amounts(csv, read, text, reason):
    shown = f"“{text}” " if text else ""
    assert f"row 2, column amount: {shown}{reason}" in failure(
        read, csv("2011-01-13,7,1", f"2011-01-13,7,{text}", header=ORDERS)
    )


def test_row_numbers_count_records(csv, read):
    lines = ['1,A,"two\nlines",1,2011-01-13,1.00,7,UK', "2,B,x,one,2011-01-13,1.00,7,UK"]
    assert "row 2, column Quantity: “one” is not a number" in failure(read, csv(*lines))


def test_configured_decimals_never_round(csv, read):
    path = csv("2011-01-13,7,1.005", header=ORDERS)
    assert "“1.005” has more than 2 decimals" in failure(read, path, decimals=2, decimal=".")


def test_mixed_date_formats(csv, read):
    message = failure(read, csv("2011-01-13,7,1", "2011-01-14,7,1", "soon,7,1", "13.01.2011,7,1", header=ORDERS))
    assert "input.csv, data row 4, column date: the file mixes date formats" in message
    assert "“13.01.2011” is day-month-year, but 2 of 4 rows are year-month-day such as “2011-01-13”" in message


def test_mixed_orders(csv, read):
    assert "mixes date formats" in failure(read, csv("13/01/2011,7,1", "01/13/2011,7,1", header=ORDERS))


def test_ambiguous_dates(csv, read):
    message = failure(read, csv("1/12/10 08:26,7,1", header=ORDERS))
    assert "“1/12/10 08:26”, may be day-month-year or month-day-year" in message
    assert '"%d/%m/%y %H:%M" or "%m/%d/%y %H:%M"' in message


@pytest.mark.parametrize(("text", "thousands", "decimal"), [('"1,234"', ".", ","), ("1.234", ",", ".")])
def test_ambiguous_decimal_mark(csv, read, text, thousands, decimal):
    path = csv(f"2011-01-13,7,{text}", header=ORDERS)
    message = failure(read, path)
    assert f"figures such as {text.strip(chr(34))} could be thousands or have a fraction" in message
    assert '[input] decimal = "."' in message
    assert read(path, decimal=decimal).scale == 3
    assert (read(path, decimal=thousands).raw_amount, read(path, decimal=thousands).scale) == (1234, 0)


def test_a_figure_that_can_be_read_one_way_settles_the_others(csv, read):
    assert read(csv("2011-01-13,7,1.234", "2011-01-13,7,0.5", header=ORDERS)).raw_amount == 1734
    assert read(csv("2011-01-13;7;1.234", "2011-01-13;7;0,5", header=ORDERS.replace(",", ";"))).raw_amount == 12345


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [("£5", "€5", "prices stand in £ and in €"), ("5 EUR", "5 chf", "prices stand in CHF and in EUR"),
     ("$5", "5 USD", None), ("£5", "5", None), ("£5", "5 GBP", None), ("€5", "5 USD", "prices stand in USD and in €"),
     ("$5", "5 EUR", "prices stand in $ and in EUR")],
)  # fmt: skip
def test_currencies_are_not_added_up(csv, read, one, other, said):
    path = csv(f"2011-01-13,7,{one}", f"2011-01-14,7,{other}", header=ORDERS)
    if said:
        assert f"input.csv: {said}" in failure(read, path)
    else:
        assert read(path).raw_amount == 10


def test_a_column_of_currencies_is_looked_at(csv, read):
    header = "date,customer,amount,Currency"
    assert read(csv("2011-01-13,7,5,EUR", "2011-01-14,7,5,eur", "2011-01-14,7,5,nan", header=header)).raw_amount == 15
    message = failure(read, csv("2011-01-13,7,5,EUR", "2011-01-14,7,15000,JPY", header=header))
    assert "input.csv: prices stand in EUR and in JPY" in message
    one, other = (csv(f"2011-01-13,7,5,{code}", header=header, name=f"{code}.csv") for code in ("EUR", "PLN"))
    assert "EUR.csv and PLN.csv: prices stand in EUR and in PLN" in failure(read, one, other)


def test_what_the_file_stands_in_is_the_shops_currency(csv, read):
    euros, dollars = csv("2011-01-13,7,€5", header=ORDERS), csv("2011-01-13,7,$5", header=ORDERS, name="b.csv")
    assert read(euros, currency="EUR").raw_amount == 500
    assert read(dollars, currency="CAD").raw_amount == 500
    assert "input.csv: prices stand in €, and [shop] currency is GBP" in failure(read, euros, currency="GBP")
    assert "b.csv: prices stand in $, and [shop] currency is GBP" in failure(read, dollars, currency="GBP")


def test_a_currency_in_words_is_no_other_one(csv, read):
    path = csv("2011-01-13,7,5,British Pound", header="date,customer,amount,currency")
    assert read(path, currency="GBP").raw_amount == 500


def test_currencies_of_several_files_are_not_added_up(csv, read):
    one = csv("2011-01-13,7,£5", header=ORDERS, name="one.csv")
    other = csv("2011-01-13,7,€5", header=ORDERS, name="other.csv")
    assert "one.csv and other.csv: prices stand in £ and in €" in failure(read, one, other)


@pytest.mark.parametrize("column", ["customer", "invoice"])
def test_ids_that_a_spreadsheet_cut(csv, read, column):
    row = {"customer": "7", "invoice": "1", column: "4.00638E+12"}
    message = failure(
        read, csv(f"2011-01-13,{row['customer']},{row['invoice']},1", header="date,customer,invoice,amount")
    )
    assert f"the column '{column}' holds ids such as 4.00638E+12: a spreadsheet has cut them" in message


def test_no_customers(csv, read):
    message = failure(read, csv("2011-01-13,,1", "2011-01-13,nan,1", header=ORDERS))
    assert "no row has a customer id (column 'customer')" in message


def test_declared_encoding_is_wrong(csv, read):
    path = csv("2011-01-13,café,1", header=ORDERS, encoding="cp1252")
    assert "line 2: byte 0xe9 is not UTF-8" in failure(read, path, encoding="utf-8")


def test_damaged_utf8(read, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"date,customer,amount\n2011-01-13,caf\xc3\xa9,1\n2011-01-13,caf\xe9,1\n")
    assert "a.csv, line 3: byte 0xe9 is not UTF-8" in failure(read, path)


@pytest.mark.parametrize("damage", [0, 30_000])
def test_damaged_utf8_in_a_long_file(read, tmp_path, damage):
    lines = ["2011-01-13,café,1".encode()] * 30_000
    lines.insert(damage, b"2011-01-13,caf\xe9,1")
    (tmp_path / "a.csv").write_bytes(b"\n".join([b"date,customer,amount", *lines]))
    assert f"a.csv, line {damage + 2}: byte 0xe9 is not UTF-8" in failure(read, tmp_path / "a.csv")


@pytest.mark.parametrize("before", [0, 30_000])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_nul_byte(csv, read, before, encoding):
    path = csv(*["2011-01-13,café,1"] * before, "2011-01-13,\0,1", header=ORDERS, encoding=encoding)
    assert f"input.csv, line {before + 2}: there is a NUL byte" in failure(read, path)


def test_utf16_without_its_mark_has_many_nuls(csv, read):
    path = csv("2011-01-13,7,1", header=ORDERS, encoding="utf-16-le")
    assert "this is not a text file" in failure(read, path)
    assert read(path, encoding="utf-16-le").raw_amount == 1


def test_a_configured_delimiter_that_the_file_does_not_use(csv, read):
    message = failure(read, csv("1,A,B,1,2011-01-13,1.00,7,UK"), delimiter=";")
    assert "input.csv: the configured delimiter ';' leaves the header in one field" in message
    assert "it would split into 8 columns by ','" in message
    assert '[input] delimiter = ","' in message
    tabs = csv("2011-01-13\t7\t1", header=ORDERS.replace(",", "\t"))
    assert r'[input] delimiter = "\t"' in failure(read, tabs, delimiter=";")

    titled = csv("", "date|customer|amount", "2011-01-13|7|1", header="Orders of January")
    assert "into 3 columns by '|'" in failure(read, titled, delimiter="\t")
    assert "no column is recognised" in failure(read, csv("1;2", header="alpha;beta"), delimiter=";")


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "zip", "base64", "undefined", "idna", "a\0b"])
def test_what_is_no_encoding_of_text(csv, read, encoding):
    told = failure(read, csv("2011-01-13,7,1", header=ORDERS), encoding=encoding)
    assert f"{encoding!r} is no encoding of text" in told
    assert '[input] encoding = "cp1252"' in told


def test_utf16_that_is_none(csv, read):
    told = failure(read, csv("2011-01-13,7,1", header=ORDERS), encoding="utf-16")
    assert "input.csv: it can't be read as UTF-16" in told


def test_memory_that_does_not_suffice_is_no_damage(csv, read):
    told = failure(read, csv("2011-01-13,7,1", header=ORDERS), memory="100 KB")
    assert "DuckDB needs more memory than it may take" in told
    assert "[input] memory" in told
    assert "xport" not in told


def test_a_name_that_is_not_text(csv, read, tmp_path):
    csv("2011-01-13,7,1", header=ORDERS).rename(tmp_path / "M\udcfcller.csv")  # the byte 0xfc
    assert "M\ufffdller.csv: the name of this file or of a folder above it isn't UTF-8" in failure(read, tmp_path)


def test_binary_garbage_named_csv(read, tmp_path):
    (tmp_path / "a.csv").write_bytes(bytes(range(256)) * 50)
    assert "a.csv: this is not a text file" in failure(read, tmp_path / "a.csv")


def test_ragged_rows(csv, read):
    message = failure(read, csv("2011-01-13,7,1", "2011-01-13,7,1,9", header=ORDERS))
    assert "input.csv, data row 2: the row has 4 fields, the header 3" in message


def test_open_quote(csv, read):
    assert "a quote is opened and not closed" in failure(read, csv('2011-01-13,7,"1', header=ORDERS))


def test_truncated_parquet(read, tmp_path, real_file):
    path = tmp_path / "a.parquet"
    path.write_bytes(real_file.read_bytes()[:100_000])
    assert "a.parquet: this Parquet file is damaged or cut short" in failure(read, path)


def test_text_named_parquet(read, tmp_path):
    (tmp_path / "a.parquet").write_text("date,customer\n")
    assert "a.parquet: this Parquet file is damaged" in failure(read, tmp_path / "a.parquet")


def test_parquet_with_a_name_that_the_reader_needs(read, tmp_path):
    import duckdb

    file = tmp_path / "a.parquet"
    duckdb.sql(
        f"COPY (SELECT DATE '2011-01-13' AS date, '7' AS customer, 2 AS amount, 1 AS file_row_number) TO '{file}'"
    )
    assert "a.parquet: a column is called file_row_number" in failure(read, file)


def test_damaged_parquet_data(read, tmp_path, real_file):
    content = bytearray(real_file.read_bytes())
    content[1000:400_000] = bytes(399_000)
    (tmp_path / "a.parquet").write_bytes(content)
    assert "a.parquet" in failure(read, tmp_path / "a.parquet")


def test_protected_workbook(read, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000))
    assert "protected by a password" in failure(read, tmp_path / "a.xlsx")


def test_text_named_xlsx(read, tmp_path):
    (tmp_path / "a.xlsx").write_text("date,customer\n")
    assert "not an Excel workbook" in failure(read, tmp_path / "a.xlsx")


def test_workbook_without_transactions(read, tmp_path):
    path = workbook.write(tmp_path / "a.xlsx", {"A": [["x", "y"], ["1", "2"]], "B": []})
    assert "no column is recognised" in failure(read, path)
    assert "there is no table in it" in failure(read, workbook.write(tmp_path / "b.xlsx", {"B": []}))


def test_folder_without_data(read, tmp_path):
    (tmp_path / "notes.md").write_text("nothing")
    assert "the folder holds no data file" in failure(read, tmp_path)


def test_unknown_suffix(read, tmp_path):
    (tmp_path / "a.doc").write_text("nothing")
    assert "(.doc) can't be read" in failure(read, tmp_path / "a.doc")


def test_prices_beside_amounts(csv, read):
    one = csv("2011-01-13,7,1", header=ORDERS, name="a.csv")
    two = csv("2011-01-13,7,1", header="date,customer,price", name="b.csv")
    assert "one has unit prices, the other only amounts" in failure(read, one, two)


def test_overflow(csv, read):
    path = csv("2011-01-13,7,999999999999,999999999999", header="date,customer,quantity,price")
    assert "too large to be summed" in failure(read, path)


def test_sums_that_overflow(csv, read):
    lines = ["2011-01-13,7,9000000,999999999999"] * 2
    assert "too large to be summed" in failure(read, csv(*lines, header="date,customer,quantity,price"))


def test_wrong_types(tmp_path, read):
    import duckdb

    path = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT 1.5::DOUBLE AS date, 1 AS customer, 1 AS amount) TO '{path}'")
    assert "the column 'date' holds float64, which can't be the date" in failure(read, path)


def test_bad_date_format(csv, read):
    assert "date_format" in failure(read, csv("2011-01-13,7,1", header=ORDERS), date_format="%Q")


def test_the_limit_counts_all_files(csv, read):
    good = [f"2011-01-13,{n},2.00" for n in range(999)]
    paths = [csv(*good, "2011-01-13,7,oops", header=ORDERS, name=f"{name}.csv") for name in "ab"]
    assert read(*paths, max_bad_rows=2).removed[0].rows == 2
    assert "2 of 2,000 rows" in failure(read, *paths, max_bad_rows=1)
