"""Apache Spark on two workers: the same brief from lakes and tables, and what comes of everything that breaks."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import psutil
import pytest

from reportgen.brief import encode
from reportgen.config import Columns, Input, Shop
from reportgen.customers import held
from reportgen.errors import InputError, MachineError, UsageError
from reportgen.findings.compose import compose
from reportgen.findings.crowd import InEngine
from reportgen.recipes import load
from reportgen.sources import close, read
from reportgen.sources.engines import connect
from tests.engines import cluster
from tests.engines.test_same_brief import SHOP, listed, made, question
from tests.ledgers import REAL, needs_real
from tests.processes import ROOT, reportgen, start

SESSION = "tests.engines.cluster:session"
pytestmark = [pytest.mark.engines, cluster.quiet]


def lake(place, source, columns="*"):
    """Lines as a lake of Parquet, one folder per month; the text that Spark knows it by."""
    duckdb.execute(
        f"COPY (SELECT {columns}, year(InvoiceDate) AS year, month(InvoiceDate) AS month FROM {source})"
        f" TO '{place}' (FORMAT parquet, PARTITION_BY (year, month))"
    )
    return f"parquet.`{place}`"


def there(table, timezone="Europe/London"):
    return read(
        Input(url="spark://", factory=SESSION, table=table), Columns(), Shop(timezone=timezone, currency="GBP")
    )[0]


def read_csv(file):
    return f"read_csv('{file}', types = {{'CustomerID': 'VARCHAR'}})"


@pytest.fixture(scope="module")
def shop_lake(tmp_path_factory, shop_file):
    return lake(tmp_path_factory.mktemp("lake") / "lines", read_csv(shop_file))


@pytest.fixture(scope="module")
def from_file(shop_file):
    """The shop as CSV."""
    return read(Input(path=str(shop_file)), Columns(), Shop(timezone="Europe/London", currency="GBP"))[0]


@pytest.mark.parametrize("recipe", ["strategic", "kmeans-4"])
def test_a_lake_of_a_shop(spark, shop_lake, from_file, recipe):
    transactions = there(shop_lake)
    assert made(transactions, recipe, SHOP) == made(from_file, recipe, SHOP)
    close(transactions, lambda _note: None)


@needs_real
def test_a_lake_of_the_real_file(spark, tmp_path, real):
    transactions = there(lake(tmp_path / "lines", f"'{REAL}'"))
    for recipe in ("strategic", "kmeans-4"):
        assert made(transactions, recipe, question("2011-11")) == made(real, recipe, question("2011-11"))
    close(transactions, lambda _note: None)


@pytest.mark.parametrize("recipe", ["grid-rf", "kmeans-4"])
def test_customers_that_spark_holds(spark, shop_lake, from_file, monkeypatch, recipe):
    plain = compose(from_file, load(recipe), SHOP)
    monkeypatch.setattr(held, "MANY", 0)
    transactions = there(shop_lake)
    found = compose(transactions, load(recipe), SHOP)
    assert isinstance(found.crowd, InEngine)
    assert encode(found.brief) == encode(plain.brief)
    assert listed(found.crowd) == listed(plain.crowd)
    close(transactions, lambda _note: None)


def test_a_table_of_the_catalog_with_decimals(spark, shop_lake, from_file):
    spark.sql("CREATE DATABASE IF NOT EXISTS sales")
    spark.sql(
        "CREATE TABLE sales.lines AS SELECT InvoiceNo, StockCode, Description, CAST(Quantity AS SMALLINT) AS Quantity,"
        f" InvoiceDate, CAST(UnitPrice AS DECIMAL(18, 4)) AS UnitPrice, CustomerID, Country FROM {shop_lake}"
    )
    transactions = there("sales.lines")
    assert made(transactions, "strategic", SHOP) == made(from_file, "strategic", SHOP)
    close(transactions, lambda _note: None)


def test_instants_with_a_zone_become_the_wall_clock(spark, tmp_path):
    moment = "TIMESTAMP '2011-07-01 12:00:00+00:00'"
    query = f"SELECT 'a' AS CustomerID, 1 AS Quantity, 1.5 AS UnitPrice, {moment} AS InvoiceDate"
    spec = Input(url="spark://", factory=SESSION, query=query)
    transactions = read(spec, Columns(), Shop(timezone="Europe/London", currency="GBP"))[0]
    assert str(transactions.lines.sold_at.max().to_pyarrow().as_py()) == "2011-07-01 13:00:00"
    close(transactions, lambda _note: None)


def test_a_session_is_given_back_as_it_was(spark, shop_lake):
    spark.range(3).createOrReplaceTempView("lines")
    before = spark.conf.get("spark.sql.session.timeZone"), kept(spark)
    transactions = there(shop_lake)
    compose(transactions, load("strategic"), SHOP)
    assert kept(spark)[1] > before[1][1]
    close(transactions, lambda _note: None)
    assert (spark.conf.get("spark.sql.session.timeZone"), kept(spark)) == before
    assert spark.table("lines").count() == 3
    spark.catalog.dropTempView("lines")


def kept(spark):
    """The views of a session, and how much its workers keep."""
    views = {table.name for table in spark.catalog.listTables() if table.isTemporary}
    return {name for name in views if "memtable" not in name}, len(spark.sparkContext._jsc.getPersistentRDDs())


def workers():
    """The processes that hold the data."""
    from pyspark import SparkContext

    below = psutil.Process(SparkContext._gateway.proc.pid).children(recursive=True)
    return [process for process in below if "CoarseGrainedExecutorBackend" in " ".join(command(process))]


def command(process):
    """The command line of `process`; of one that has ended, or waits to be reaped, nothing."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def kill(processes):
    for process in processes:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.faults("Spark: a worker is lost in the middle", "another one holds the same: the brief is made")
def test_a_lost_worker_is_made_up_for(spark, shop_lake, from_file):
    transactions = there(shop_lake)
    kill(workers()[:1])
    assert made(transactions, "strategic", SHOP) == made(from_file, "strategic", SHOP)
    close(transactions, lambda _note: None)


@pytest.mark.faults("Spark: all workers are lost in the middle", "exit code 3, and it says so")
def test_all_workers_lost_end_the_run(spark, shop_lake):
    transactions = there(shop_lake)
    kill(workers())
    with pytest.raises(InputError, match="workers were lost in the middle of the run"):
        compose(transactions, load("strategic"), SHOP)
    close(transactions, lambda _note: None)


@pytest.mark.faults("Spark: there is no such table, path or column", "exit code 3 with what to correct")
@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("sales.nothing", "there is no such table"),
        ("parquet.`/nowhere/lines`", "there is nothing at that path"),
        ("sales lines of", "doesn't understand"),
    ],
)
def test_what_is_not_there_is_said(spark, table, words):
    with pytest.raises(InputError, match=words):
        there(table)


@pytest.mark.faults("Spark: files of a lake differ in their types", "exit code 3, and it says so")
def test_types_that_differ_within_a_lake(spark, tmp_path, shop_file):
    table = lake(tmp_path / "lines", read_csv(shop_file))
    odd = next((tmp_path / "lines").rglob("*.parquet"))
    duckdb.execute(f"COPY (SELECT * REPLACE ('many' AS Quantity) FROM '{odd}') TO '{odd.with_name('z.parquet')}'")
    odd.unlink()
    with pytest.raises(InputError, match=r"its columns have other types|holds text, and is to be the quantity"):
        there(table)


@pytest.mark.faults("Spark: a file of the lake may not be read", "exit code 3, and it says so")
def test_a_file_that_may_not_be_read(spark, tmp_path, shop_file):
    table = lake(tmp_path / "lines", read_csv(shop_file))
    closed = next((tmp_path / "lines").rglob("*.parquet"))
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("root may read everything")
    with pytest.raises(InputError, match="may not read it"):
        there(table)


def test_a_run_by_url_says_nothing_of_spark_but_what_it_fetched(spark, tmp_path, shop_lake):
    done = reportgen("run", "--input", f"spark://local[2]#{shop_lake}", "--output", tmp_path, "--period", "2024-12",
                     "--format", "json", cwd=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "2024-12" / "brief.json").is_file()
    assert "From Apache Spark: " in done.stdout + done.stderr
    assert "WARN" not in done.stdout + done.stderr
    assert not list(tmp_path.glob("*spark*")), "its warehouse belongs among the temporary files"


def test_on_one_machine_spark_writes_the_lists(tmp_path, shop_lake, from_file):
    script = f"""
from reportgen.config import Columns, Input, Shop
from reportgen.customers import held
from reportgen.findings import crowd
from reportgen.findings.compose import compose
from reportgen.recipes import load
from reportgen.sources import read
from tests.engines.test_same_brief import SHOP, listed
held.MANY, crowd.PART = 0, 40
spec = Input(url="spark://local[2]", table="{shop_lake}")
lines = read(spec, Columns(), Shop(timezone="Europe/London", currency="GBP"))[0]
found = compose(lines, load("grid-rf"), SHOP)
fetched = lines.lines.get_backend().traffic.rows
open("listed.csv", "wb").write(listed(found.crowd))
print("fetched", lines.lines.get_backend().traffic.rows - fetched)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    header, *rows = listed(compose(from_file, load("grid-rf"), SHOP).crowd).splitlines(keepends=True)
    written = (tmp_path / "listed.csv").read_bytes().splitlines(keepends=True)
    assert written.count(header) == -(-len(rows) // 40)
    assert [line for line in written if line != header] == rows
    assert f"fetched {written.count(header) - 1}" in done.stdout, "only where a list is cut crosses the wire"


def test_on_one_machine_staged_lines_lie_in_files_until_the_end(tmp_path, shop_lake):
    script = f"""
import tempfile, pathlib
from reportgen.config import Columns, Input, Shop
from reportgen.sources import close, read
spec = Input(url="spark://local[2]", table="{shop_lake}")
lines = read(spec, Columns(), Shop(timezone="Europe/London", currency="GBP"))[0]
there = lambda: len(list(pathlib.Path(tempfile.gettempdir()).glob("reportgen-*/*/*.parquet")))
print("staged", there() > 0, lines.lines.count().to_pyarrow().as_py() > 0)
close(lines, print)
print("left", there())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "TMPDIR": str(tmp_path)})  # fmt: skip
    assert "staged True True" in done.stdout, done.stderr
    assert "left 0" in done.stdout


@pytest.mark.faults("Spark: its Java machine ends in the middle", "exit code 3 without a traceback, nothing written")
def test_a_java_machine_that_ends(tmp_path, shop_lake):
    run = start("run", "--input", f"spark://local[2]#{shop_lake}", "--output", tmp_path / "out", cwd=tmp_path)
    said = ""
    while "Computing" not in said:
        line = run.stderr.readline()
        assert line, said
        said += line
    [java] = [each for each in psutil.Process(run.pid).children(recursive=True) if "java" in each.name()]
    java.kill()
    rest = run.communicate(timeout=120)[1]
    assert run.returncode == 3
    assert "Traceback" not in rest
    assert "Java machine ended in the middle of the run" in rest
    assert not (tmp_path / "out").exists()


def test_a_run_that_fails_writes_nothing(tmp_path):
    done = reportgen(
        "run", "--input", "spark://local[2]#parquet.`/nowhere`", "--output", tmp_path / "out", cwd=tmp_path
    )
    assert done.returncode == 3
    assert "there is nothing at that path" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.faults("Spark: the master is away", "exit code 3 after a minute, and nothing is written")
def test_a_master_that_is_away(tmp_path):
    done = reportgen("run", "--input", "spark://127.0.0.1:1#lines", "--output", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert "can't be reached at spark://127.0.0.1:1" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.faults("Spark: Java is missing", "exit code 6 with the command that installs it")
def test_java_is_asked_for(tmp_path):
    bare = {"JAVA_HOME": "", "PATH": str(Path(sys.executable).parent)}
    done = reportgen("run", "--input", "spark://local[2]#lines", cwd=tmp_path, **bare)
    assert done.returncode == 6
    assert "apt install openjdk-17-jre-headless" in done.stderr


def test_pyspark_is_asked_for(monkeypatch):
    monkeypatch.delitem(sys.modules, "reportgen.sources.engines.spark", raising=False)
    monkeypatch.setitem(sys.modules, "ibis.backends.pyspark", None)
    with pytest.raises(MachineError, match="isn't installed") as found:
        connect(Input(url="spark://local[2]", table="lines"))
    assert "pip install 'reportgen[spark]'" in found.value.remedy


@pytest.mark.parametrize(
    ("factory", "words"), [("tests.nowhere:session", "can't be called"), ("pathlib:Path", "gives no SparkSession")]
)
def test_a_factory_must_give_a_session(factory, words):
    with pytest.raises(UsageError, match=words):
        connect(Input(url="spark://", factory=factory, table="lines"))
