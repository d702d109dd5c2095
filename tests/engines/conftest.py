import csv

import duckdb
import pytest

from reportgen.config import Input
from reportgen.sources.engines import connect
from reportgen.sources.engines.duckdb import DuckDB
from reportgen.sources.engines.remote import Traffic
from tests.engines import cluster, postgres
from tests.ledgers import REAL
from tests.processes import write_shop

TYPES = {
    "InvoiceNo": "text", "StockCode": "text", "Description": "text", "Quantity": "bigint", "InvoiceDate": "timestamp",
    "UnitPrice": "double precision", "CustomerID": "text", "Country": "text",
}  # fmt: skip


@pytest.fixture(scope="session")
def programs():
    """The folder of PostgreSQL's programs."""
    found = postgres.folder()
    if found is None:
        pytest.skip("there is no PostgreSQL server on this machine; `make engines` installs it")
    return found


@pytest.fixture(scope="session")
def server(programs):
    """A server with the shop in `sales.lines`."""
    with postgres.running(programs) as running:
        fill(running, "sales.lines")
        yield running


@pytest.fixture(scope="session")
def postgres_url(server):
    """The url of a role that may read `sales.lines`."""
    return server.url()


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory):
    """The same shop as CSV."""
    return write_shop(tmp_path_factory.mktemp("shop") / "shop.csv")


def fill(server, table, file=None, types=TYPES, user="reader"):
    """Makes `table`, which `user` may read, of a CSV file; of the shop without one."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    server.sql(
        f"DROP TABLE IF EXISTS {table}", f"CREATE TABLE {table} ({columns})", f"GRANT SELECT ON {table} TO {user}"
    )
    with server.connect() as connection:
        source = file or write_shop(server.place / "shop.csv")
        named = ", ".join(f'"{name}"' for name in header(source))
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN CSV HEADER") as copy:
            copy.write(source.read_bytes())


def header(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines))


@pytest.fixture(scope="session")
def real_table(server):
    """The table of the real file."""
    file = server.place / "real.csv"
    duckdb.connect().execute(f"COPY (FROM '{REAL}') TO '{file}' (HEADER)")
    fill(server, "sales.online_retail", file, TYPES | {"CustomerID": "double precision"})
    file.unlink()
    return "sales.online_retail"


@pytest.fixture(scope="session")
def spark():
    """A session on two workers."""
    if (missing := cluster.missing()) is not None:
        pytest.skip(f"there is no {missing} on this machine; `make engines` installs it")
    with cluster.running() as session:
        yield session


def in_memory():
    """DuckDB as engines are."""
    made = DuckDB()
    made.traffic = Traffic()
    made.do_connect()
    return made


def on_postgres(request):
    return connect(Input(url=request.getfixturevalue("postgres_url"), table="sales.lines"))


def on_spark(request):
    request.getfixturevalue("spark")
    return connect(Input(url="spark://", factory="tests.engines.cluster:session", table="lines"))


ENGINES = {"duckdb": lambda _request: in_memory(), "postgres": on_postgres, "spark": on_spark}


@pytest.fixture(
    scope="module",
    params=[
        "duckdb",
        pytest.param("postgres", marks=pytest.mark.engines),
        pytest.param("spark", marks=[pytest.mark.engines, cluster.quiet]),
    ],
)
def engine(request):
    """Each engine in turn."""
    made = ENGINES[request.param](request)
    yield made
    made.end()
