"""Customers: takes cleaned lines, gives one row per customer as of an instant, and those that can't be segmented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.cancellations import standing
from reportgen.recipe import Measures
from reportgen.transactions import Removed

DAY: Final = 86_400 * 10**6
"""In microseconds."""
COUNTED: Final = {"invoices": "orders", "lines": "order_lines", "days": "days"}
"""Column that holds the frequency."""
MEAN_OF: Final = {"mean-per-order": "orders", "mean-per-day": "days"}
"""Column that a mean divides by."""


@dataclass(frozen=True)
class CustomerTable:
    """R, F, M of every customer to be segmented (at least one order, net as the recipe's measures ask).

    frame: index `customer` (text, ascending), columns
        recency    int64, whole days from the last order to as-of
        frequency  int64, what the recipe counts: orders, lines or days; at least 1
        monetary   int64, what the recipe measures, in units of 10^-scale
        tenure     int64, whole days from the first order on file to as-of, >= recency
        orders     int64, distinct invoices, at least 1
        revenue    int64, worth of all lines, in units; what the ledger ties to
      schemes see the first four alone
    scale: decimals of `monetary` and `revenue`
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


@dataclass(frozen=True)
class Instants:
    """Lines at or after `cutoff` aren't known yet; recency and tenure count back from `as_of`."""

    cutoff: datetime
    as_of: datetime


def purchases(lines: ir.Table, cutoff: datetime) -> ir.Table:
    """The lines that are purchases as of `cutoff`: worth more than zero and not cancelled in full before it."""
    return lines.filter(lines.amount > 0, standing(lines, cutoff), lines.sold_at < cutoff)


def measure(cleaned: ir.Table, ledger: ir.Table, at: Instants, scale: int, measures: Measures) -> Measured:
    """R, F, M over `cleaned`, tenure over the whole `ledger`. Every line counts for revenue, so that it ties."""
    ordered = _ordering(cleaned, at.cutoff, measures)
    frame = _fetch(_money(cleaned)).join(_fetch(_orders(ordered)))
    if needs_days(measures):
        frame = frame.join(_fetch(_days(ordered)))
    frame = frame.join(_fetch(_first_order(_ordering(ledger, at.cutoff, measures))))
    without, unpaid = frame["orders"].isna(), _unpaid(frame["revenue"], measures)
    keep = frame[~without & ~unpaid]
    removed = (
        _removed("no-purchase-left", "Customers with no purchase left", frame[without]),
        _removed(*_UNPAID[measures.customers], frame[~without & unpaid]),
    )
    segmented = int(keep["rows"].sum()), int(keep["revenue"].sum())
    return Measured(CustomerTable(_table(keep, at.as_of, measures), scale), removed, segmented)


def stays(orders: "pd.Series[int]", revenue: "pd.Series[int]", measures: Measures) -> "pd.Series[bool]":
    """Who is segmented: customers with an order and a net as asked for."""
    return (orders > 0) & ~_unpaid(revenue, measures)


def needs_days(measures: Measures) -> bool:
    """Whether the distinct days of orders must be counted: the dearest of all counts."""
    return "days" in (measures.frequency, MEAN_OF.get(measures.monetary))


def frequency(frame: pd.DataFrame, measures: Measures) -> "pd.Series[int]":
    """F from the columns `orders` and, as the measures need, `order_lines` or `days`."""
    return frame[COUNTED[measures.frequency]].astype("int64")


def monetary(frame: pd.DataFrame, measures: Measures) -> "pd.Series[int]":
    """M (units) from the columns `revenue` or `gross`, and `orders` or `days`; means are rounded half to even."""
    worth = frame["revenue" if measures.worth == "net" else "gross"].astype("int64")
    if measures.monetary == "sum":
        return worth
    count = frame[MEAN_OF[measures.monetary]].astype("int64")
    mean, rest = worth // count, worth % count
    return mean + ((2 * rest > count) | ((2 * rest == count) & (mean % 2 == 1))).astype("int64")


def micros(instants: "pd.Series[pd.Timestamp]") -> "pd.Series[int]":
    """Microseconds since 1970; -1 for no instant."""
    # Here, not in the engine: seconds are a float on one, rounded on the next, 32 bits on a third.
    return instants.astype("datetime64[us]").fillna(_NEVER).astype("int64")


def unpaid(measures: Measures) -> Literal["net-not-positive", "net-negative"]:
    """The step at which those leave whose net is not as asked for."""
    return _UNPAID[measures.customers][0]


_NEVER: Final = pd.Timestamp(-1, unit="us")
_UNPAID: Final[Mapping[str, tuple[Literal["net-not-positive", "net-negative"], str]]] = {
    "positive": ("net-not-positive", "Customers whose net is zero or below"),
    "not-negative": ("net-negative", "Customers whose net is below zero"),
}


def _unpaid(revenue: "pd.Series[int]", measures: Measures) -> "pd.Series[bool]":
    return revenue <= 0 if measures.customers == "positive" else revenue < 0


def _removed(step: str, label: str, gone: pd.DataFrame) -> Removed:
    return Removed(step, label, int(gone["rows"].sum()), int(gone["revenue"].sum()))


def _ordering(lines: ir.Table, cutoff: datetime, measures: Measures) -> ir.Table:
    """The lines that make an order."""
    return purchases(lines, cutoff) if measures.orders == "purchases" else lines.filter(lines.sold_at < cutoff)


def _money(lines: ir.Table) -> ir.Table:
    known = lines.filter(_.customer.notnull())
    return known.group_by("customer").aggregate(rows=_.count(), revenue=_.amount.sum())


def _orders(ordered: ir.Table) -> ir.Table:
    # Two levels (orders, then customers) instead of count(distinct): the same figures, in less time and memory.
    orders = ordered.group_by("customer", "invoice").aggregate(
        sold_at=_.sold_at.max(), lines=_.count(), gross=_.amount.sum(where=_.amount > 0).fill_null(0)
    )
    return orders.group_by("customer").aggregate(
        orders=_.count(), last=_.sold_at.max(), order_lines=_.lines.sum(), gross=_.gross.sum()
    )


def _days(ordered: ir.Table) -> ir.Table:
    return ordered.group_by("customer").aggregate(days=_.sold_at.date().nunique())


def _first_order(ordered: ir.Table) -> ir.Table:
    known = ordered.filter(_.customer.notnull())
    return known.group_by("customer").aggregate(first=_.sold_at.min())


def _fetch(table: ir.Table) -> pd.DataFrame:
    """`table`, one row per customer, indexed by customer in ascending order of its text."""
    frame: pd.DataFrame = table.to_pyarrow().to_pandas().set_index("customer").sort_index()
    return frame


def _table(frame: pd.DataFrame, as_of: datetime, measures: Measures) -> pd.DataFrame:
    now = pd.Timestamp(as_of).value // 1000
    return pd.DataFrame(
        {
            "recency": (now - micros(frame["last"])) // DAY,
            "frequency": frequency(frame, measures),
            "monetary": monetary(frame, measures),
            "tenure": (now - micros(frame["first"])) // DAY,
            "orders": frame["orders"].astype("int64"),
            "revenue": frame["revenue"].astype("int64"),
        }
    )
