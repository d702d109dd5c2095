"""Transactions: the accepted lines of the ledger, as one Ibis table on the engine that holds them.

Takes what a source read; gives cleaning, pairing and the reconciliation as expressions that run there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import ibis
import ibis.expr.types as ir
from ibis import _

from reportgen.errors import InputError

SCHEMA: Final = ibis.schema(
    {
        "line": "int64",
        "invoice": "string",
        "code": "string",
        "description": "string",
        "quantity": "int64",
        "price": "int64",
        "amount": "int64",
        "sold_at": "timestamp",
        "customer": "string",
        "country": "string",
    }
)
"""One row per accepted line.

line         unique number of the line; carries no meaning, orders nothing
invoice      text; never null (without an invoice column: customer and timestamp make one order)
code         product code in upper case, null if the input has none
description  trimmed, null if missing
quantity     in units of 10^-quantity_scale
price        unit price in units of 10^-price_scale
amount       quantity x price, in units of 10^-scale; integers, so that sums are exact on every engine
sold_at      local time of the shop, no zone
customer     trimmed text, "17850.0" as "17850"; null for a guest
country      trimmed, null if missing
"""


@dataclass(frozen=True)
class Removed:
    """Lines that never became transactions: how many, and what they were worth (units of 10^-scale)."""

    step: str
    label: str
    rows: int
    amount: int


@dataclass(frozen=True)
class Transactions:
    """The ledger.

    lines: Ibis table with `SCHEMA`, materialised: reading it twice is cheap
    scale: decimals of `amount` (and of every sum of money)
    quantity_scale: decimals of `quantity`, 0 where all are whole
    raw_rows, raw_amount: data rows read and their worth; unparseable rows are worth 0
    removed: what left before `lines`, by reason: `rejected` (unparseable), `overlap` (repeated between files)
    optional: which of invoice, code, description, country, quantity the input had
    """

    lines: ir.Table
    scale: int
    quantity_scale: int
    raw_rows: int
    raw_amount: int
    removed: tuple[Removed, ...]
    optional: frozenset[str]


def span(transactions: Transactions) -> tuple[datetime, datetime]:
    """First and last instant of the ledger. Raises `InputError` for an empty one."""
    lines = transactions.lines
    row = lines.aggregate(first=lines.sold_at.min(), last=lines.sold_at.max()).to_pyarrow().to_pylist()[0]
    if row["first"] is None:
        raise InputError("the input holds no usable line")
    return row["first"], row["last"]


def months_on_file(transactions: Transactions) -> frozenset[date]:
    """The first day of each month that has a line."""
    months = transactions.lines.select(month=_.sold_at.truncate("M")).distinct()
    return frozenset(month.date() for month in months.to_pyarrow().column("month").to_pylist())


def last_before(transactions: Transactions, instant: datetime) -> datetime | None:
    """The last instant of the ledger before `instant`."""
    lines = transactions.lines
    last: datetime | None = lines.filter(lines.sold_at < instant).sold_at.max().to_pyarrow().as_py()
    return last


def last_before_each(transactions: Transactions, instants: Sequence[datetime]) -> dict[datetime, datetime]:
    """Instant -> the last instant of the ledger before it, for those of `instants` that have one."""
    lines = transactions.lines
    latest = {f"at_{place}": lines.sold_at.max(where=lines.sold_at < at) for place, at in enumerate(instants)}
    row = lines.aggregate(**latest).to_pyarrow().to_pylist()[0]
    return {at: row[f"at_{place}"] for place, at in enumerate(instants) if row[f"at_{place}"] is not None}
