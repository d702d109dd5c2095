"""Input from an engine, on DuckDB, which is always there: columns, types, what is refused, what is told."""

import re
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from reportgen.config import Columns, Input, Shop, load
from reportgen.doctor import examine
from reportgen.errors import InputError, MachineError, UsageError
from reportgen.sources import close, read
from reportgen.sources.inspection import inspect
from reportgen.sources.proposal import proposal

DOCUMENT = Path(__file__).parents[2] / "docs/engines.md"
COLUMNS = "customer, date, quantity, price, invoice, code, description, country"
ROWS = """
    (17850.0, TIMESTAMP '2011-11-01 08:26:00', 6, 2.55, ' 536365 ', '85123a', ' Vase ', 'France'),
    (NULL, TIMESTAMP '2011-11-02 09:00:00', -1, 3.0, '536366', 'POST', NULL, '')
"""


@pytest.fixture
def database(tmp_path):
    """Makes `shop.lines` of a SELECT in a database of its own, and gives the input that reads it."""

    def make(select=f"SELECT * FROM (VALUES {ROWS}) AS t({COLUMNS})"):
        file = tmp_path / "shop's.duckdb"
        with duckdb.connect(str(file)) as connection:
            connection.execute("CREATE SCHEMA IF NOT EXISTS shop")
            connection.execute(f"CREATE OR REPLACE TABLE shop.lines AS {select}")
        return Input(url=f"duckdb://{file}", table="shop.lines")

    return make


def rows(spec, **options):
    found = read(spec, Columns(), Shop(**options))[0]
    return found, found.lines.order_by("sold_at").to_pyarrow().to_pylist()


def test_lines_are_those_of_a_file(database):
    found, lines = rows(database())
    assert (found.scale, found.raw_rows, found.raw_amount) == (2, 2, 1230)
    assert found.optional == {"invoice", "code", "description", "country", "quantity"}
    assert lines[0] | {"line": 0} == {
        "line": 0, "invoice": "536365", "code": "85123A", "description": "Vase", "quantity": 6, "price": 255,
        "amount": 1530, "sold_at": datetime(2011, 11, 1, 8, 26), "customer": "17850", "country": "France",
    }  # fmt: skip
    assert (lines[1]["customer"], lines[1]["description"], lines[1]["country"]) == (None, None, None)


@pytest.mark.parametrize(
    ("price", "scale", "units"),
    [("2.5", 2, 250), ("2.5550", 3, 2555), ("0.1 + 0.2", 2, 30), ("CAST(0.1 AS DOUBLE) * 3", 2, 30), ("7", 2, 700),
     ("CAST(5.49 AS REAL)", 2, 549), ("-1234567.891234", 6, -1234567891234), ("CAST(1e-7 AS DOUBLE) + 1", 2, None)],
)  # fmt: skip
def test_prices_are_whole_units_of_as_many_decimals_as_they_need(database, price, scale, units):
    select = f"SELECT 'a' AS customer, DATE '2011-11-01' AS date, 1 AS quantity, {price} AS price"
    select += " UNION ALL SELECT 'b', DATE '2011-11-02', 1, 1" if units is None else ""
    select += " UNION ALL SELECT 'b', DATE '2011-11-02', 1, 2" if units is not None and units <= 0 else ""
    spec = Input(**{name: getattr(database(select), name) for name in ("url", "table")}, max_bad_share=1)
    found, lines = rows(spec, currency="GBP")
    assert found.scale == scale
    assert [line["price"] for line in lines if line["price"] != 2 * 10**scale] == ([100] if units is None else [units])
    assert [step.label for step in found.removed] == (
        ["Rows that can't be read: 1 × price has more than 6 decimals"] if units is None else []
    )


def test_instants_with_a_zone_are_the_shops_own_time(database):
    spec = database("SELECT 'a' AS customer, TIMESTAMPTZ '2011-07-31 23:30:00+00' AS date, 5 AS amount")
    found, lines = rows(spec, timezone="Europe/London")
    assert lines[0]["sold_at"] == datetime(2011, 8, 1, 0, 30)
    assert lines[0]["invoice"] == "2011-08-01 00:30:00|a"
    assert "quantity" not in found.optional


def test_blank_rows_are_none(database):
    spec = database(f"SELECT * FROM (VALUES {ROWS}, (NULL, NULL, NULL, NULL, ' ', NULL, NULL, NULL)) AS t({COLUMNS})")
    assert rows(spec)[0].raw_rows == 2


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("SELECT 'a' AS customer, '2011-11-01' AS date, 1 AS amount", "holds text, and is to be the date"),
        ("SELECT 'a' AS customer, DATE '2011-11-01' AS date, '1,50' AS amount", r"CAST\(amount AS decimal"),
        ("SELECT 'a' AS customer, 20111101 AS date, 1 AS amount", "holds int32, which can't be the date"),
        ("SELECT TRUE AS customer, DATE '2011-11-01' AS date, TRUE AS amount", "can't be the amount"),
        ("SELECT 'a' AS customer, 1 AS amount", "no column is recognised as date"),
        ("SELECT 'a' AS customer, DATE '1211-11-01' AS date, 1 AS amount", r"“1211-11-01.*is not a date"),
        ("SELECT 'a' AS customer, DATE '2011-11-01' AS date, 1e300 AS amount", "is too large"),
        ("SELECT 'nan' AS customer, DATE '2011-11-01' AS date, 1 AS amount", "no row has a customer id"),
        ("SELECT 'a' AS customer, DATE '2011-11-01' AS date, 1 AS amount WHERE FALSE", "there are no rows"),
        ("SELECT 'a' AS customer, DATE '2011-11-01' AS date, 1 AS amount, 'Void' AS status",
         r"shop\.lines: 1 row may be no sale, by the column status \(is void\)"),
        ("SELECT 'a' AS customer, DATE '2011-11-01' AS date, 1 AS amount, unnest(['eur', 'USD']) AS currency",
         r"shop\.lines: prices stand in EUR and in USD"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(database, select, said):
    with pytest.raises(InputError, match=said):
        rows(database(select))


def test_a_table_or_file_that_is_not_there(database):
    spec = database()
    with pytest.raises(InputError, match=r"there is no table shop\.lnies"):
        read(Input(url=spec.url, table="shop.lnies"), Columns(), Shop())
    with pytest.raises(UsageError, match="there is no home folder ~nosuchuser"):
        read(Input(url="duckdb://~nosuchuser/x.duckdb", table="lines"), Columns(), Shop())
    with pytest.raises(InputError, match="there is no such file"):
        read(Input(url="duckdb://nothing.duckdb", table="lines"), Columns(), Shop())


def test_ids_that_are_doubles_are_those_of_a_file(database, tmp_path):
    ids = "(17850.0), (1e15), (9007199254740992), (-1e15), ('inf'), ('nan'), (NULL), (17850.5)"
    select = f"SELECT id::DOUBLE AS customer, TIMESTAMP '2011-11-01' AS date, 1 AS amount FROM (VALUES {ids}) AS t(id)"
    file = tmp_path / "lines.parquet"
    duckdb.sql(f"COPY ({select}) TO '{file}'")
    there, here = ({row["customer"] for row in rows(spec)[1]} for spec in (database(select), Input(path=str(file))))
    assert there == here
    assert there >= {"17850", "1000000000000000", "9007199254740992", "-1000000000000000", None}


def test_a_query_may_rename_and_cast(database):
    query = "SELECT '7' AS buyer, CAST('2011-11-01' AS timestamp) AS date, 9.99 AS amount FROM shop.lines;"
    spec = Input(url=database().url, query=query)
    found, sources = read(spec, Columns(customer="buyer"), Shop())
    assert (found.raw_rows, found.raw_amount) == (2, 1998)
    assert (sources[0].name, sources[0].rows) == ("[input] query", 2)


def test_the_fingerprint_is_of_what_the_table_holds(database):
    prints = [read(database(), Columns(), Shop())[1][0].sha256 for _ in range(2)]
    other = read(database(f"SELECT * REPLACE (7 AS quantity) FROM (VALUES {ROWS}) AS t({COLUMNS})"), Columns(), Shop())
    assert prints[0] == prints[1] != other[1][0].sha256


def test_what_crossed_the_wire_is_told(database):
    said = []
    transactions = read(database(), Columns(), Shop())[0]
    close(transactions, said.append)
    assert said[0].startswith("From DuckDB: ")
    assert "rows" in said[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('url = "postgres://reader:sesame@host/shop"\ntable = "lines"', "it holds a password"),
        ('url = "postgres://host/shop?password=sesame"\ntable = "lines"', "it holds a password"),
        ('url = "postgres://host/shop"', "neither table nor query is named"),
        ('url = "postgres://host/shop"\ntable = "a"\nquery = "b"', "both a table and a query are named"),
        ('url = "postgres://host/shop"\ntable = "a"\npath = "b.csv"', "names a path and a url"),
        ('table = "lines"', "belong to an engine"),
        ('url = "shop"', "input.url"),
    ],
)
def test_a_configuration_that_contradicts_itself_is_refused(tmp_path, text, said):
    file = tmp_path / "config.toml"
    file.write_text(f"[input]\n{text}\n")
    with pytest.raises(UsageError) as refused:
        load(file)
    assert said in str(refused.value)
    assert "sesame" not in str(refused.value)


def test_an_engine_nobody_knows():
    with pytest.raises(UsageError, match="no engine is called 'mysql'"):
        read(Input(url="mysql://host/shop", table="lines"), Columns(), Shop())


def test_a_missing_extra_is_named_with_its_command(monkeypatch):
    monkeypatch.delitem(sys.modules, "reportgen.sources.engines.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MachineError) as missing:
        read(Input(url="postgres://host/shop", table="lines"), Columns(), Shop())
    assert "pip install 'reportgen[postgres]'" in str(missing.value)


def test_the_variable_of_the_password_must_be_there(monkeypatch):
    monkeypatch.delenv("SHOP_PASSWORD", raising=False)
    pytest.importorskip("psycopg")
    with pytest.raises(UsageError, match="the environment has no SHOP_PASSWORD"):
        read(Input(url="postgres://nowhere/shop", table="lines", password_env="SHOP_PASSWORD"), Columns(), Shop())


def test_the_command_line_names_a_table_behind_the_url():
    given = Input(path="a.csv", max_bad_rows=7).given(("duckdb://b.duckdb#shop.lines",))
    assert (given.url, given.table, given.path, given.max_bad_rows) == ("duckdb://b.duckdb", "shop.lines", (), 7)
    assert given.given(("c.csv",)) == Input(path=("c.csv",), max_bad_rows=7)
    with pytest.raises(UsageError, match="an engine is read alone"):
        given.given(("a.csv", "duckdb://b.duckdb#shop.lines"))


def test_init_and_doctor_look_at_a_table(database, tmp_path):
    spec = database()
    found = inspect(spec, Columns())
    text = proposal(found, [f"{spec.url}#{spec.table}"])
    (tmp_path / "config.toml").write_text(text)
    config = load(tmp_path / "config.toml")
    assert (config.input.url, config.input.table) == (spec.url, spec.table)
    assert config.columns.customer == "customer"
    check = {check.name: check for check in examine(tmp_path / "config.toml")}["Input"]
    assert (check.ok, check.detail) == (True, "DuckDB, shop.lines: 2 rows")
    (tmp_path / "config.toml").write_text(text.replace("shop.lines", "shop.lnies"))
    check = {check.name: check for check in examine(tmp_path / "config.toml")}["Input"]
    assert not check.ok
    assert "schema.table" in check.remedy


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL))
def test_the_examples_of_the_document_load(tmp_path, example):
    (tmp_path / "config.toml").write_text(example, encoding="utf-8")
    given = load(tmp_path / "config.toml").input
    assert given.url
    if given.url.startswith("duckdb"):
        assert given.url == f"duckdb://{tmp_path}/warehouse.duckdb"


@pytest.mark.parametrize("looked", [read, inspect])
def test_a_second_price_that_differs_is_asked_about(database, looked):
    select = f"SELECT *, price - 0.5 AS discounted_price FROM (VALUES {ROWS}) AS t({COLUMNS})"
    options = (Shop(),) if looked is read else ()
    with pytest.raises(InputError, match=r"“price” and “discounted_price” could each .* differ in 2 of 2 rows"):
        looked(database(select), Columns(), *options)
    assert read(database(select), Columns(price="discounted_price"), Shop())[0].raw_amount == 980
