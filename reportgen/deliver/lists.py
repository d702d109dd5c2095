"""Customer lists: who is in which segment, and who is overdue, as CSV; and as data of the page that searches them."""

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from reportgen.brief.playbook import Account
from reportgen.customers import CustomerTable
from reportgen.deliver.csv import columns, decimals, table
from reportgen.segmentation import Segmentation, places

SCRIPT = b"window.reportgenCustomers = "
HEADER = ("customer", "segment", "recency", "frequency", "monetary")
OVERDUE = (
    "customer", "segment", "last_order", "days_since", "median_gap", "longest_gap", "orders", "revenue",
)  # fmt: skip


def customers(customers: CustomerTable, segmentation: Segmentation) -> bytes:
    """One row per segmented customer in ascending order of the id; recency in days, monetary exact."""
    import pyarrow as pa

    groups, frame = segmentation.groups, customers.frame
    names = pa.array([group.name for group in groups], pa.string())
    cells = (
        pa.array(frame.index),
        names.take(pa.array(places(segmentation.members, [group.id for group in groups]))),
        pa.array(frame["recency"]),
        pa.array(frame["frequency"]),
        decimals(frame["monetary"].to_numpy(), customers.scale),
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


def searchable(customers: CustomerTable, segmentation: Segmentation) -> bytes:
    """The same as a script of columns: a page opened from disk can load scripts, but no data.

    `segment` is a place in `segments`; monetary is exact in currency, as a number.
    """
    frame, places = customers.frame, {group.id: place for place, group in enumerate(segmentation.groups)}
    columns = {
        "segments": [group.name for group in segmentation.groups],
        "customer": frame.index.tolist(),
        "segment": segmentation.members.map(places).tolist(),
        "recency": frame["recency"].tolist(),
        "frequency": frame["frequency"].tolist(),
        "monetary": [units / 10**customers.scale for units in frame["monetary"].tolist()],
    }
    return _script(columns)


def without(content: bytes, customer: str) -> tuple[bytes, int]:
    """A list as `customers` or `searchable` makes it, without the rows of `customer`, and how many those were.

    A list of anything else stays as it is.
    """
    return _columns_without(content, customer) if content.startswith(SCRIPT) else _rows_without(content, customer)


def _rows_without(content: bytes, customer: str) -> tuple[bytes, int]:
    header, *rows = list(csv.reader(StringIO(content.decode(), newline=""))) or [[]]
    if HEADER[0] not in header:
        return content, 0
    place = header.index(HEADER[0])
    # The id may carry the apostrophe that keeps spreadsheets from running it.
    kept = [row for row in rows if customer not in {row[place], row[place].removeprefix("'")}]
    if len(kept) == len(rows):
        return content, 0
    text = StringIO()
    csv.writer(text).writerows([header, *kept])
    return text.getvalue().encode(), len(rows) - len(kept)


def _columns_without(content: bytes, customer: str) -> tuple[bytes, int]:
    columns = json.loads(content.removeprefix(SCRIPT).rstrip(b";\n"))
    ids = columns["customer"]
    kept = [place for place, id_ in enumerate(ids) if str(id_) != customer]
    if len(kept) == len(ids):
        return content, 0
    rows = {name: [columns[name][place] for place in kept] for name in columns if name != "segments"}
    return _script({**columns, **rows}), len(ids) - len(kept)


def _script(columns: dict[str, list[Any]]) -> bytes:
    return SCRIPT + f"{json.dumps(columns, separators=(',', ':'))};\n".encode()
