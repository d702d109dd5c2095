"""The same brief, byte for byte, from a file and from the engine that holds the same lines."""

from datetime import datetime

import pytest

from reportgen.brief import encode
from reportgen.config import Columns, Input, Shop
from reportgen.customers import held
from reportgen.deliver import lists
from reportgen.deliver.spool import chunks
from reportgen.findings.compose import Question, compose
from reportgen.findings.crowd import InEngine, InMemory
from reportgen.names import CUSTOMERS
from reportgen.recipes import load, names
from reportgen.sources import close, read
from reportgen.sources.writing import write
from tests.engines.conftest import TYPES, fill
from tests.ledgers import needs_real

pytestmark = pytest.mark.engines
SHOP = Question("2024-12", datetime(2025, 1, 15), 3, ("POST",), "GBP")


def question(period):
    return Question(period, datetime(2012, 1, 1), 3, ("POST", "DOT", "M", "D", "BANK CHARGES"), "GBP")


def made(transactions, recipe, asked):
    """brief.json, with all that compares: trend, migration, playbook."""
    brief = compose(transactions, load(recipe), asked).brief
    assert brief.previous_totals
    assert brief.playbook
    return encode(brief)


def there(url, table, columns=None):
    """The transactions of a table, and what is said when the engine is let go."""
    return read(Input(url=url, table=table), columns or Columns(), Shop(timezone="Europe/London", currency="GBP"))[0]


def listed(crowd):
    """The lists of customers as files, one after the other; the engine writes those of its own."""
    if isinstance(crowd, InMemory):
        return lists.customers(crowd)[CUSTOMERS]
    return b"".join(b"".join(chunks(part)) for part in lists.parts(crowd, write).values())


@pytest.fixture(scope="module")
def from_file(shop_file):
    """The shop as CSV."""
    return read(Input(path=str(shop_file)), Columns(), Shop(timezone="Europe/London", currency="GBP"))[0]


@pytest.mark.parametrize("recipe", [entry.id for entry in names()])
def test_a_shop_on_postgres(postgres_url, from_file, recipe):
    transactions = there(postgres_url, "sales.lines")
    assert made(transactions, recipe, SHOP) == made(from_file, recipe, SHOP)
    close(transactions, lambda _note: None)


@pytest.mark.parametrize("recipe", ["strategic", "grid-rf", "kmeans-4"])
def test_customers_that_postgres_holds(postgres_url, from_file, monkeypatch, recipe):
    plain = compose(from_file, load(recipe), SHOP)
    transactions = there(postgres_url, "sales.lines")
    monkeypatch.setattr(held, "MANY", 0)
    found = compose(transactions, load(recipe), SHOP)
    assert isinstance(found.crowd, InEngine)
    assert encode(found.brief) == encode(plain.brief)
    assert listed(found.crowd) == listed(plain.crowd)
    close(transactions, lambda _note: None)


@needs_real
@pytest.mark.parametrize("recipe", ["strategic", "kmeans-4"])
def test_the_real_file_on_postgres(server, real_table, real, recipe):
    transactions = there(server.url(), real_table)
    assert made(transactions, recipe, question("2011-11")) == made(real, recipe, question("2011-11"))
    close(transactions, lambda _note: None)


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("UnitPrice", "numeric"), ("UnitPrice", "numeric(18, 4)"), ("UnitPrice", "real"),
        ("Quantity", "numeric(12, 2)"), ("Quantity", "smallint"), ("InvoiceDate", "timestamptz"),
        ("CustomerID", "char(12)"), ("StockCode", "varchar(20)"),
    ],
)  # fmt: skip
def test_the_type_of_a_column_makes_no_difference(server, from_file, column, kind):
    # The shop's winter has no summer time: instants in UTC are London's.
    fill(server, "sales.typed", types=TYPES | {column: kind})
    transactions = there(server.url(), "sales.typed")
    mine, other = transactions.lines.to_pyarrow().to_pandas(), from_file.lines.to_pyarrow().to_pandas()
    order = ["invoice", "code", "sold_at", "quantity"]
    if kind == "timestamptz":
        mine, other = (frame.drop(columns="sold_at") for frame in (mine, other))
        order.remove("sold_at")
    mine, other = (frame.drop(columns="line").sort_values(order, ignore_index=True) for frame in (mine, other))
    assert transactions.scale == from_file.scale
    assert mine.equals(other)
    close(transactions, lambda _note: None)


def test_what_crosses_the_wire_grows_with_customers_not_with_lines(server, shop_file):
    """Eleven times the lines of the same customers: hardly a row more is fetched. Even numbers are refused."""
    server.sql(
        "DROP TABLE IF EXISTS sales.manifold",
        "CREATE TABLE sales.manifold AS SELECT t.* FROM sales.lines t, generate_series(1, 11)",
        "GRANT SELECT ON sales.manifold TO reader",
    )
    fetched = []
    for table in ("sales.lines", "sales.manifold"):
        transactions = there(server.url(), table)
        compose(transactions, load("strategic"), SHOP)
        fetched.append(transactions.lines.get_backend().traffic.rows)
        close(transactions, lambda _note: None)
    assert fetched[1] <= fetched[0] * 1.02
