"""Customers: takes cleaned lines, gives one row per customer as of an instant, and those that can't be segmented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.transactions import Removed

DAY: Final = 86_400


@dataclass(frozen=True)
class CustomerTable:
    """R, F, M of every customer to be segmented (at least one purchase, monetary above zero).

    frame: index `customer` (text, ascending), columns
        recency    int64, whole days from the last purchase to as-of
        frequency  int64, distinct purchase invoices, at least 1
        monetary   int64, revenue in units of 10^-scale, above 0
        tenure     int64, whole days from the first purchase on file to as-of, >= recency
    scale: decimals of `monetary`
    """

    frame: pd.DataFrame
    scale: int


@dataclass(frozen=True)
class Measured:
    """The customers to segment, and what left because its customer has no purchase or no positive net.

    segmented: lines and worth (units) of the customers that stay
    """

    customers: CustomerTable
    removed: tuple[Removed, ...]
    segmented: tuple[int, int]


def purchases(lines: ir.Table, cutoff: datetime) -> ir.Table:
    """The lines that are purchases as of `cutoff`: worth more than zero and not cancelled in full before it."""
    standing = lines.cancelled_at.isnull() | (lines.cancelled_at >= cutoff)
    return lines.filter(lines.amount > 0, standing, lines.sold_at < cutoff)


def measure(cleaned: ir.Table, ledger: ir.Table, cutoff: datetime, as_of: datetime, scale: int) -> Measured:
    """R, F, M over `cleaned`, tenure over the whole `ledger` before `cutoff`, recency and tenure back from `as_of`.

    Cancelled purchases count for neither R nor F; every line counts for M, so that M ties to the ledger.
    """
    frame = _fetch(_money(cleaned)).join(_fetch(_orders(purchases(cleaned, cutoff))))
    frame = frame.join(_fetch(_first_purchase(purchases(ledger, cutoff))))
    keep, removed = frame, []
    for step, label, test in _UNSEGMENTED:
        lost = test(keep)
        gone = keep[lost]
        removed.append(Removed(step, label, int(gone["rows"].sum()), int(gone["monetary"].sum())))
        keep = keep[~lost]
    segmented = int(keep["rows"].sum()), int(keep["monetary"].sum())
    return Measured(CustomerTable(_table(keep, as_of), scale), tuple(removed), segmented)


_UNSEGMENTED: Final[tuple[tuple[str, str, Callable[[pd.DataFrame], "pd.Series[bool]"]], ...]] = (
    ("no-purchase-left", "Customers with no purchase left", lambda frame: frame["frequency"].isna()),
    ("net-not-positive", "Customers whose net is zero or below", lambda frame: frame["monetary"] <= 0),
)


def _money(lines: ir.Table) -> ir.Table:
    known = lines.filter(_.customer.notnull())
    return known.group_by("customer").aggregate(rows=_.count(), monetary=_.amount.sum())


def _orders(bought: ir.Table) -> ir.Table:
    # Two levels (orders, then customers) instead of count(distinct): the same figures, in less time and memory.
    orders = bought.group_by("customer", "invoice").aggregate(sold_at=_.sold_at.max())
    return orders.group_by("customer").aggregate(frequency=_.count(), last=_.sold_at.max().epoch_seconds())


def _first_purchase(bought: ir.Table) -> ir.Table:
    known = bought.filter(_.customer.notnull())
    return known.group_by("customer").aggregate(first=_.sold_at.min().epoch_seconds())


def _fetch(table: ir.Table) -> pd.DataFrame:
    """`table`, one row per customer, indexed by customer in ascending order of its text."""
    frame: pd.DataFrame = table.to_pyarrow().to_pandas().set_index("customer").sort_index()
    return frame


def _table(frame: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    # Engines disagree on differences of timestamps in days; seconds since the epoch are the same everywhere.
    now = pd.Timestamp(as_of).value // 10**9
    return pd.DataFrame(
        {
            "recency": (now - frame["last"].astype("int64")) // DAY,
            "frequency": frame["frequency"].astype("int64"),
            "monetary": frame["monetary"].astype("int64"),
            "tenure": (now - frame["first"].astype("int64")) // DAY,
        }
    )
