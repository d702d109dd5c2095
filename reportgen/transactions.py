"""Transactions: the accepted lines of the ledger, as one Ibis table on the engine that holds them.

Takes what a source read; gives cleaning, pairing and the reconciliation as expressions that run there.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Final

import ibis
import ibis.expr.types as ir

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
class Rounded:
    """Rows whose price had more than so many `decimals`, and was rounded to them."""

    rows: int
    decimals: int


@dataclass(frozen=True)
class Transactions:
    """The ledger.

    lines: Ibis table with `SCHEMA`, mostly materialised; of a large Parquet file a view, which each query reads anew,
        and in which `customer` may be an int64 (`sources.in_place`)
    scale: decimals of `amount` (and of every sum of money)
    quantity_scale: decimals of `quantity`, 0 where all are whole
    raw_rows, raw_amount: data rows read and their worth; unparseable rows are worth 0
    removed: what left before `lines`, by reason: `rejected` (unparseable), `overlap` (repeated between files)
    optional: which of invoice, code, description, country, quantity the input had
    rounded: prices that the configuration had rounded, None where none was
    """

    lines: ir.Table
    scale: int
    quantity_scale: int
    raw_rows: int
    raw_amount: int
    removed: tuple[Removed, ...]
    optional: frozenset[str]
    rounded: Rounded | None = None

    @cached_property
    def days(self) -> tuple[tuple[datetime, datetime], ...]:
        """First and last instant of each day that has a line, ascending: one query, and every period is told by it."""
        lines = self.lines
        found = lines.group_by(day=lines.sold_at.date()).aggregate(first=lines.sold_at.min(), last=lines.sold_at.max())
        return tuple(sorted((row["first"], row["last"]) for row in found.to_pyarrow().to_pylist()))


def span(transactions: Transactions) -> tuple[datetime, datetime]:
    """First and last instant of the ledger. Raises `InputError` for an empty one."""
    days = transactions.days
    if not days:
        raise InputError(
            "the input holds no usable line", "Every row was left out or can't be read: see what was said of them."
        )
    return days[0][0], days[-1][1]


def months_on_file(transactions: Transactions) -> frozenset[date]:
    """The first day of each month that has a line."""
    return frozenset(first.date().replace(day=1) for first, _last in transactions.days)


def last_before(transactions: Transactions, midnight: datetime) -> datetime | None:
    """The last instant of the ledger before `midnight`, the beginning of a day."""
    place = bisect_left(transactions.days, midnight, key=itemgetter(1))
    return transactions.days[place - 1][1] if place else None


def last_before_each(transactions: Transactions, midnights: Sequence[datetime]) -> dict[datetime, datetime]:
    """Midnight -> the last instant of the ledger before it, for those of `midnights` that have one."""
    latest = {at: last_before(transactions, at) for at in midnights}
    return {at: last for at, last in latest.items() if last is not None}
