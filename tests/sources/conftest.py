import os
from pathlib import Path

import pytest

from reportgen import config, sources

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"


@pytest.fixture
def csv(tmp_path):
    """Write a CSV file; lines without a header get the UCI one."""

    def write(*lines, name="input.csv", header=HEADER, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("".join(f"{line}\n" for line in (header, *lines) if line is not None).encode(encoding))
        return path

    return write


@pytest.fixture
def read():
    """Read files with options of `[input]`, `columns`, and facts of the shop; gives the transactions."""

    def reading(*paths, columns=None, timezone=None, currency=None, notes=None, **options):
        spec = config.Input(path=tuple(str(path) for path in paths), **options)
        say = notes.append if notes is not None else lambda _note: None
        shop = config.Shop(timezone=timezone, currency=currency)
        return sources.read(spec, config.Columns(**columns or {}), shop, say=say)[0]

    return reading


@pytest.fixture
def rows():
    """Lines of transactions as a sorted list of dictionaries without `line`."""

    def listing(transactions):
        found = transactions.lines.drop("line").to_pyarrow().to_pylist()
        return sorted(found, key=repr)

    return listing


@pytest.fixture(scope="session")
def real_file():
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("REPORTGEN_DATA", root.parent / "shared" / "data"))
    path = folder / "online_retail.parquet"
    if not path.exists():
        pytest.skip(f"the real data are not in {folder}")
    return path
