"""The SQL that each engine is asked, one file per expression and dialect: read it where a change shows up.

BigQuery and Snowflake are compiled for and not run; the others are run by the tests beside this one.
"""

from datetime import datetime

import pytest
import sqlglot
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from reportgen.brief import encode
from reportgen.config import Columns, Input, Shop
from reportgen.customers import held
from reportgen.deliver.lists import parts
from reportgen.deliver.spool import digest
from reportgen.errors import UsageError
from reportgen.findings import crowd
from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from reportgen.sources.engines import COMPILED, connect, reading
from reportgen.sources.writing import write
from tests.engines.recording import DIALECTS, Recorder, Shuffling
from tests.processes import write_shop

QUESTION = Question("2024-12", datetime(2025, 1, 15), 3, ("POST", "DOT*"), "GBP")
RECIPES = ("strategic", "ranges-rfm", "engagement")
HELD = ("grid-rf", "kmeans-4")
"""Asked of customers that the engine holds, too."""


class Sql(SingleFileSnapshotExtension):
    """A file with readable SQL."""

    _write_mode = WriteMode.TEXT
    file_extension = "sql"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return write_shop(tmp_path_factory.mktemp("shop") / "shop.csv")


def told(shop, recorder):
    """The brief of each recipe, and lists; of what `recorder` was asked."""
    recorder.con.execute(f"CREATE TABLE lines AS FROM read_csv('{shop}', types = {{'CustomerID': 'VARCHAR'}})")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "connect", lambda _spec: recorder)
        transactions, _ = reading.read(Input(url="duckdb://shop", table="lines"), Columns(), Shop(currency="GBP"))
    made = [compose(transactions, load(recipe), QUESTION) for recipe in RECIPES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(held, "MANY", 0)
        patch.setattr(crowd, "PART", 40)
        made += [compose(transactions, load(recipe), QUESTION) for recipe in HELD]
        lists = [digest(part) for each in made[-2:] for part in parts(each.crowd, write).values()]
    return [*(encode(each.brief) for each in made), lists]


@pytest.fixture(scope="module")
def recorder(shop):
    """All that some recipes ask of a shop."""
    made = Recorder()
    told(shop, made)
    return made


@pytest.mark.engines
@pytest.mark.parametrize("seed", [1, 2])
def test_an_engine_may_answer_in_any_order(shop, recorder, seed):
    shuffling = Shuffling(seed)
    assert told(shop, shuffling) == told(shop, Recorder())
    assert shuffling.sql("postgres") == recorder.sql("postgres")


@pytest.mark.engines
@pytest.mark.parametrize("dialect", DIALECTS)
def test_sql(recorder, dialect, snapshot):
    texts = recorder.sql(dialect)
    assert len(texts) > 30
    for name, text in texts.items():
        sqlglot.parse_one(text, read=DIALECTS[dialect].compiler.dialect)
        assert text == snapshot(extension_class=Sql, name=name)


@pytest.mark.parametrize("scheme", COMPILED)
def test_what_is_only_compiled_for_is_not_connected_to(scheme):
    with pytest.raises(UsageError, match="was never run there"):
        connect(Input(url=f"{scheme}://project/dataset", table="lines"))
