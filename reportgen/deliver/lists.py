"""Customer lists: who is in which segment, and who is overdue, as CSV; and as data of the page that searches them."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatch
from io import StringIO
from typing import TYPE_CHECKING, Any

from reportgen.brief.playbook import Account
from reportgen.deliver.csv import columns, decimals, table
from reportgen.deliver.spool import Spool
from reportgen.names import CUSTOMERS, SEARCHED, WATCH_LIST

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from reportgen.findings.crowd import InEngine, InMemory

PART = "customers-{:03}.csv"
Write = Callable[["ir.Table", Callable[[bytes], None]], None]
"""Gives the texts of a table's column `line`, each with its end, to who takes them."""
SCRIPT = b"window.reportgenCustomers = "
HEADER = ("customer", "segment", "recency", "frequency", "monetary")
OVERDUE = (
    "customer", "segment", "last_order", "days_since", "median_gap", "longest_gap", "orders", "revenue",
)  # fmt: skip


def customers(crowd: "InMemory") -> dict[str, bytes]:
    """`CUSTOMERS`: one row per segmented customer in ascending order of the id; recency in days, monetary exact."""
    return {CUSTOMERS: _rows(crowd.rows(), crowd)}


def parts(crowd: "InEngine", write: "Write") -> dict[str, Spool]:
    """The same of customers that the engine holds: it writes files of as many rows as a spreadsheet opens."""
    found = {}
    for number, rows in enumerate(crowd.parts(), 1):
        spool = found[PART.format(number)] = Spool()
        spool.append(table(HEADER, ()))
        write(_lines(rows, crowd), spool.append)
    return found


def holds_customers(name: str) -> bool:
    """Whether the file `name` of an edition lists customers, in whatever form."""
    return name in {CUSTOMERS, SEARCHED, WATCH_LIST} or is_part(name)


def is_part(name: str) -> bool:
    """Whether the file `name` of an edition is one of several that list the customers."""
    return fnmatch(name, PART.replace("{:03}", "*"))


def _lines(rows: "ir.Table", crowd: "InEngine") -> "ir.Table":
    """`line`: each of `rows` as `_rows` writes it, in ascending order of the id."""
    from reportgen.deliver import csv_in_engine as cells

    line = cells.row(
        (
            cells.text(rows.customer.cast("string")),
            cells.named(rows.place, [group.name for group in crowd.division.groups]),
            cells.number(rows.recency),
            cells.number(rows.frequency),
            cells.exact(rows.monetary, crowd.customers.scale),
        )
    )
    return rows.select("customer", line=line).order_by("customer").select("line")


def _rows(frame: "pd.DataFrame", crowd: "InMemory") -> bytes:
    import pyarrow as pa

    names = pa.array([group.name for group in crowd.division.groups], pa.string())
    cells = (
        pa.array(frame["customer"]),
        names.take(pa.array(frame["place"])),
        pa.array(frame["recency"]),
        pa.array(frame["frequency"]),
        decimals(frame["monetary"].to_numpy(), crowd.customers.scale),
    )
    return columns(HEADER, cells)


def watch_list(accounts: Sequence[Account], names: Mapping[str, str]) -> bytes:
    """One row per account overdue, most revenue first; gaps in days, revenue exact. `names`: segment id -> name."""
    rows = (
        (
            account.customer,
            names[account.segment],
            account.last_order.isoformat(),
            account.days_since,
            account.median_gap,
            account.longest_gap,
            account.orders,
            account.revenue,
        )
        for account in accounts
    )
    return table(OVERDUE, rows)


def searchable(crowd: "InMemory") -> bytes:
    """The same as a script of columns: a page opened from disk can load scripts, but no data.

    `segment` is a place in `segments`; monetary is exact in currency, as a number.
    """
    frame = crowd.rows()
    columns = {
        "segments": [group.name for group in crowd.division.groups],
        "customer": frame["customer"].tolist(),
        "segment": frame["place"].tolist(),
        "recency": frame["recency"].tolist(),
        "frequency": frame["frequency"].tolist(),
        "monetary": [units / 10**crowd.customers.scale for units in frame["monetary"].tolist()],
    }
    return _script(columns)


def without(content: bytes, customer: str) -> tuple[bytes, int]:
    """A list as `customers` or `searchable` makes it, without the rows of `customer`, and how many those were.

    A list of anything else stays as it is.
    """
    return _columns_without(content, customer) if content.startswith(SCRIPT) else _rows_without(content, customer)


def same(listed: str, customer: str) -> bool:
    """Whether both are one id; an address however it is typed, since older lists have it as it was typed."""
    return listed == customer or ("@" in customer and listed.lower() == customer.lower())


def _rows_without(content: bytes, customer: str) -> tuple[bytes, int]:
    header, *rows = list(csv.reader(StringIO(content.decode(), newline=""))) or [[]]
    if HEADER[0] not in header:
        return content, 0
    place = header.index(HEADER[0])
    # The id may carry the apostrophe that keeps spreadsheets from running it.
    kept = [row for row in rows if not _of(row[place : place + 1], customer)]
    if len(kept) == len(rows):
        return content, 0
    text = StringIO()
    csv.writer(text).writerows([header, *kept])
    return text.getvalue().encode(), len(rows) - len(kept)


def _of(cell: list[str], customer: str) -> bool:
    """Whether the id in `cell`, empty where a line is too short for one, is that of `customer`."""
    return any(same(id_.removeprefix("'"), customer) or id_ == customer for id_ in cell)


def _columns_without(content: bytes, customer: str) -> tuple[bytes, int]:
    columns = json.loads(content.removeprefix(SCRIPT).rstrip(b";\n"))
    ids = columns["customer"]
    kept = [place for place, id_ in enumerate(ids) if not same(str(id_), customer)]
    if len(kept) == len(ids):
        return content, 0
    rows = {name: [columns[name][place] for place in kept] for name in columns if name != "segments"}
    return _script({**columns, **rows}), len(ids) - len(kept)


def _script(columns: dict[str, list[Any]]) -> bytes:
    return SCRIPT + f"{json.dumps(columns, separators=(',', ':'))};\n".encode()
