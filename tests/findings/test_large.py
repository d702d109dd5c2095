"""What is done otherwise where rows or customers are many changes no figure."""

from datetime import datetime
from itertools import product

import duckdb
import msgspec
import pytest

from reportgen.brief import encode
from reportgen.config import Columns, Input, Shop
from reportgen.deliver import lists
from reportgen.findings import goods, month_sums, standings
from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from reportgen.sources import in_place, read
from tests.choosing import rest_slow
from tests.processes import write_shop

QUESTION = Question("2024-12", datetime(2025, 1, 15), 3, ("POST",), "GBP")
QUICK = (("double", "kmeans-4"),)
PAIRS = [*product(("double", "bigint", "varchar"), ("strategic", "kmeans-4", "codes-five"))]
TYPED = """
    copy (select * replace (cast({first} + cast(substr(CustomerID, 2) as int) as {customer}) as CustomerID)
          from read_csv('{csv}',
          types = {{'CustomerID': 'VARCHAR', 'StockCode': 'VARCHAR', 'InvoiceNo': 'VARCHAR'}})
          {more}) to '{file}' (format parquet)
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Makes a Parquet file of the shop with typed columns; customers have numbers."""
    folder = tmp_path_factory.mktemp("large")
    csv = write_shop(folder / "shop.csv")
    made = []

    def write(customer="double", more="", first=10_000):
        file = folder / f"shop-{len(made)}.parquet"
        made.append(file)
        with duckdb.connect() as engine:
            engine.execute(TYPED.format(csv=csv, customer=customer, file=file, more=more, first=first))
        return file

    return write


def transactions(file):
    return read(Input(path=str(file)), Columns(), Shop(timezone="Europe/London", currency="GBP"))[0]


def brief(file, recipe="strategic"):
    return compose(transactions(file), load(recipe), QUESTION).brief


@pytest.fixture
def large(monkeypatch):
    """Every file is a large one."""
    monkeypatch.setattr(in_place, "LEAST", 1)


@pytest.mark.parametrize(("customer", "recipe"), rest_slow(PAIRS, *QUICK))
def test_a_file_read_in_place_makes_the_same_brief(shop, monkeypatch, customer, recipe):
    file = shop(customer)
    copied = encode(brief(file, recipe))
    monkeypatch.setattr(in_place, "LEAST", 1)
    lines = transactions(file).lines
    assert lines.customer.type().is_string() == (customer == "varchar")
    assert encode(brief(file, recipe)) == copied


@pytest.mark.parametrize("recipe", rest_slow(["strategic", "grid-rf", "kmeans-4"], "grid-rf"))
def test_numbers_of_any_length_are_in_the_order_of_their_texts(shop, monkeypatch, recipe):
    file = shop("bigint", first=0)  # 2 stands behind 10, as in a list of texts
    copied = compose(transactions(file), load(recipe), QUESTION)
    monkeypatch.setattr(in_place, "LEAST", 1)
    there = compose(transactions(file), load(recipe), QUESTION)
    assert encode(there.brief) == encode(copied.brief)
    assert lists.customers(there.crowd) == lists.customers(copied.crowd)


def test_a_row_that_cannot_be_read_is_counted_in_place_too(shop, monkeypatch):
    bad = "union all by name select 'X1' as InvoiceNo, 'nan'::double as UnitPrice, 1 as Quantity"
    file = shop(more=bad + ", timestamp '2024-12-03 10:00' as InvoiceDate, 7.0 as CustomerID")
    copied = transactions(file)
    monkeypatch.setattr(in_place, "LEAST", 1)
    there = transactions(file)
    assert (there.raw_rows, there.raw_amount, there.removed) == (copied.raw_rows, copied.raw_amount, copied.removed)
    assert there.removed[0].rows == 1


UNTIDY = {
    "blanks and case": "' x1 ' as InvoiceNo, '85123a' as StockCode, 'lamp\t' as Description, '7' as CustomerID",
    "numbers as text": "'536.0' as InvoiceNo, '22.00' as StockCode, 'lamp' as Description, '7.0' as CustomerID",
    "nothing": "'' as InvoiceNo, ' ' as StockCode, '' as Description, 'NaN' as CustomerID",
    "no invoice": "null as InvoiceNo, 'A' as StockCode, null as Description, null as CustomerID",
    "no date": "'X1' as InvoiceNo, 'A' as StockCode, 'lamp' as Description, '7' as CustomerID, null as InvoiceDate",
    "a date far off": "'X1' as InvoiceNo, 'A' as StockCode, 'lamp' as Description, '7' as CustomerID, "
    "timestamp '1015-01-01' as InvoiceDate",
}


@pytest.mark.parametrize("case", rest_slow(UNTIDY, "blanks and case", "no date"))
def test_rows_that_need_a_look_read_the_same_in_place(shop, monkeypatch, case):
    untidy = UNTIDY[case]
    date = "" if "InvoiceDate" in untidy else ", timestamp '2024-12-03 10:00' as InvoiceDate"
    file = shop("varchar", f"union all by name select {untidy}, 2.5 as UnitPrice, 3 as Quantity{date}")
    names = ["invoice", "code", "description", "quantity", "price", "amount", "sold_at", "customer", "country"]

    def rows():
        found = transactions(file)
        return found.removed, found.lines.order_by("line").select(*names).to_pyarrow().to_pylist()

    copied = rows()
    monkeypatch.setattr(in_place, "LEAST", 1)
    assert rows() == copied


@pytest.mark.slow
@pytest.mark.parametrize("number", ["0", "-1", "'nan'::double"])
def test_numbers_that_stand_for_nobody_are_numbers_among_others(shop, monkeypatch, number):
    nobody = "union all by name select 'X1' as InvoiceNo, 1.0 as UnitPrice, 1 as Quantity, "
    file = shop(more=f"{nobody}timestamp '2024-12-03 10:00' as InvoiceDate, {number} as CustomerID")
    copied = encode(brief(file))
    monkeypatch.setattr(in_place, "LEAST", 1)
    found = transactions(file).lines
    assert found.customer.type().is_integer()
    assert found.filter(found.invoice == "X1").customer.to_pyarrow().to_pylist() == [None]
    assert encode(brief(file)) == copied


@pytest.mark.usefixtures("large")
def test_ids_that_are_no_whole_numbers_stay_text(shop):
    half = "union all by name select 'X1' as InvoiceNo, 1.0 as UnitPrice, 1 as Quantity, "
    file = shop(more=half + "timestamp '2024-12-03 10:00' as InvoiceDate, 7.5 as CustomerID")
    found = transactions(file).lines
    assert found.customer.type().is_string()
    assert "7.5" in found.customer.to_pyarrow().to_pylist()


@pytest.mark.slow
def test_one_month_end_after_the_other(shop, monkeypatch):
    file = shop()
    together = encode(brief(file))
    monkeypatch.setattr(standings, "AT_ONCE", 1)
    assert encode(brief(file)) == together


@pytest.mark.slow
def test_many_customers_are_resampled_in_groups_that_the_engine_makes(shop, monkeypatch):
    file = shop()
    plain = brief(file)
    monkeypatch.setattr(month_sums, "FEW", 0)
    grouped = brief(file)

    def exact(made):
        """All but what is drawn at random."""
        plays = [msgspec.structs.replace(play.sizing, low=None, high=None) for play in made.playbook.plays]
        return [(sizing.observed, sizing.bought, sizing.spend, sizing.order_value) for sizing in plays]

    assert exact(grouped) == exact(plain)
    assert grouped.segment_trend == plain.segment_trend
    assert [play.track for play in grouped.playbook.plays] == [play.track for play in plain.playbook.plays]


@pytest.mark.parametrize("text", [False, True])
def test_groups_of_customers_are_random_in_size(text):
    """Neighbours by id are not dealt in turn: group sizes vary as those of balls in urns."""
    import ibis

    ids = ibis.memtable({"customer": [str(n) if text else n for n in range(1_000_000, 1_040_000)]})
    sizes = ids.group_by(bag=month_sums._bag(ids.customer)).agg(n=ids.count()).to_pyarrow().to_pandas()["n"]
    assert sizes.sum() == 40_000
    assert sizes.var() == pytest.approx(20, rel=0.3)


def test_ids_draw_alike_as_numbers_and_as_text():
    import ibis

    ids = ibis.memtable({"customer": [1, 77, 12345678, 9_012_345_678, *range(1_000_000, 1_002_000)]})
    bags = ids.select(number=month_sums._bag(ids.customer), text=month_sums._bag(ids.customer.cast("string")))
    found = bags.to_pyarrow().to_pandas()
    assert found["number"].equals(found["text"])


@pytest.mark.slow
def test_products_beyond_the_candidates_are_counted_where_they_matter(shop, monkeypatch):
    file = shop()
    plain = encode(brief(file))
    monkeypatch.setattr(goods, "_candidates", lambda _sums, _sizes: {"nothing"})
    assert encode(brief(file)) == plain
