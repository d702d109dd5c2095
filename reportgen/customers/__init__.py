"""Customers: takes moments, gives one row per customer as of an instant, and those that can't be segmented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, Literal, Protocol, TypeAlias, TypeVar

import ibis
import ibis.expr.types as ir
import pandas as pd

from reportgen.cancellations import standing
from reportgen.moments import with_orders
from reportgen.recipe import Measures
from reportgen.tally import Tally
from reportgen.transactions import Removed

DAY: Final = 86_400 * 10**6
"""In microseconds."""
COUNTED: Final = {"invoices": "orders", "lines": "order_lines", "days": "days"}
"""Column that holds the frequency."""
MEAN_OF: Final = {"mean-per-order": "orders", "mean-per-day": "days"}
"""Column that a mean divides by."""


Span: TypeAlias = Mapping[str, int | datetime]


class Customers(Protocol):
    """Customers to be segmented, in memory or in the engine, as far as cut points and scores follow from them."""

    @property
    def scale(self) -> int:
        """Decimals of money."""
        ...

    def __len__(self) -> int:
        """How many they are."""
        ...

    def tally(self, column: str) -> Tally:
        """Their values in `column`: recency, frequency, monetary, tenure, orders or revenue."""
        ...

    def nth(self, column: str, value: int, place: int) -> str:
        """Of those with this `value` in `column`, the customer at `place` (from 0) in the order of the ids."""
        ...


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

    def __len__(self) -> int:
        """See `Customers`."""
        return len(self.frame)

    def tally(self, column: str) -> Tally:
        """See `Customers`."""
        return Tally.of(self.frame[column])

    def nth(self, column: str, value: int, place: int) -> str:
        """See `Customers`."""
        found: str = self.frame.index[self.frame[column] == value].sort_values()[place]
        return found

    def sums(self, members: "pd.Series[str]") -> pd.DataFrame:
        """By group of `members` (same index), ascending: `customers`, and the sum of each column (int64)."""
        found = self.frame.groupby(members.to_numpy(), sort=True)
        return found.sum().assign(customers=found.size())


People_co = TypeVar("People_co", bound=Customers, covariant=True)


@dataclass(frozen=True)
class Measured(Generic[People_co]):
    """The customers to segment, and what left because its customer has no purchase or no positive net.

    segmented: lines and worth (units) of the customers that stay
    """

    customers: People_co
    removed: tuple[Removed, ...]
    segmented: tuple[int, int]


@dataclass(frozen=True)
class Instants:
    """The window begins at `begin`; lines at or after `cutoff` aren't known yet; R and T count back from `as_of`."""

    begin: datetime
    cutoff: datetime
    as_of: datetime


def purchases(lines: ir.Table, cutoff: datetime) -> ir.Table:
    """The lines that are purchases as of `cutoff`: worth more than zero and not cancelled in full before it."""
    return lines.filter(lines.amount > 0, standing(lines, cutoff), lines.sold_at < cutoff)


def figures(moments: ir.Table, spans: Sequence[Span], measures: Measures) -> ir.Table:
    """What the `moments` of each customer say at each of `spans` (`place`, `begin`, `start`, `cutoff`).

    By place and customer; of the window, but for `first` and `revenue` (that of the month that begins at `start`).
    """
    at = _at_each(moments, spans)
    all_ = measures.orders == "all"
    ordered, lines = _ordered(at, measures), at.lines if all_ else at.purchases
    counts: dict[str, ir.Value] = {"alone": at.orders.sum(where=ordered)}
    if all_:
        counts = {"orders": at.invoice.nunique(where=ordered)}
    if needs_days(measures):
        counts["days"] = at.sold_at.date().nunique(where=ordered)
    sums = at.group_by("place", "customer").aggregate(
        monetary=at.amount.sum(where=at.sold_at >= at.begin),
        lines=at.lines.sum(where=at.sold_at >= at.begin),
        revenue=at.amount.sum(where=at.sold_at >= at.start),
        order_lines=lines.sum(where=ordered),
        gross=at.bought.sum(where=ordered),
        last=at.sold_at.max(where=ordered),
        first=at.sold_at.min(where=None if all_ else standing(at, at.cutoff) & (at.on_file > 0)),
        **counts,
    )
    if all_:
        return sums
    # Filtered first, so that the engine doesn't keep the whole join for two uses of it.
    few = _at_each(moments.filter(moments.split), spans)
    return with_orders(sums, few.filter(_ordered(few, measures)))


def _at_each(moments: ir.Table, spans: Sequence[Span]) -> ir.Table:
    """The moments that are known at each of `spans`, with its columns."""
    if len(spans) > 1:
        table = ibis.memtable(pd.DataFrame(spans))
        return moments.inner_join(table, moments.sold_at < table.cutoff)
    (span,) = spans  # a join with one row takes half as long again as a condition
    kinds = {name: "int64" if isinstance(value, int) else "timestamp" for name, value in span.items()}
    known = moments.filter(moments.sold_at < ibis.literal(span["cutoff"], "timestamp"))
    return known.mutate(**{name: ibis.literal(value, kinds[name]) for name, value in span.items()})


def needed(measures: Measures) -> tuple[str, ...]:
    """The columns of `figures` that R, F, M and the rules who stays are told from."""
    counted = COUNTED[measures.frequency], MEAN_OF.get(measures.monetary, "orders")
    gross = ("gross",) if measures.worth == "gross" else ()
    return tuple(dict.fromkeys(("monetary", "lines", "revenue", "last", "first", "orders", *counted, *gross)))


def _ordered(at: ir.Table, measures: Measures) -> ir.BooleanValue:
    """Whether a moment makes an order of the window."""
    ordering = at.lines > 0 if measures.orders == "all" else standing(at, at.cutoff) & (at.purchases > 0)
    return ordering & (at.sold_at >= at.begin)


def measure(moments: ir.Table, at: Instants, scale: int, measures: Measures) -> Measured[CustomerTable]:
    """R, F, M over the window, tenure over the whole ledger. Every line counts for revenue, so that it ties."""
    return told(counted(moments, at, measures), at.as_of, scale, measures)


def counted(moments: ir.Table, at: Instants, measures: Measures) -> ir.Table:
    """What the window holds of each customer with a line in it: `needed`, the worth of all lines as `revenue`."""
    span: Span = {"place": 0, "begin": at.begin, "start": at.begin, "cutoff": at.cutoff}
    found = figures(moments, [span], measures)
    names = [name for name in needed(measures) if name != "revenue"]
    return found.filter(found["lines"] > 0).select("customer", *names).rename(revenue="monetary")


def told(counts: ir.Table, as_of: datetime, scale: int, measures: Measures) -> Measured[CustomerTable]:
    """As `measure`, of the rows of `counted`."""
    frame = _fetch(counts)
    without, unpaid = frame["orders"] == 0, _unpaid(frame["revenue"], measures)
    gone = without | unpaid
    keep = frame[~gone] if gone.any() else frame
    removed = (
        _removed(*NO_PURCHASE, frame[without]),
        _removed(*UNPAID[measures.customers], frame[~without & unpaid]),
    )
    segmented = int(keep["lines"].sum()), int(keep["revenue"].sum())
    return Measured(CustomerTable(_table(keep, as_of, measures), scale), removed, segmented)


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
    whole: pd.Series[int] = instants.astype("datetime64[us]").astype("int64")
    return whole.where(instants.notna(), -1) if instants.hasnans else whole


def unpaid(measures: Measures) -> Literal["net-not-positive", "net-negative"]:
    """The step at which those leave whose net is not as asked for."""
    return UNPAID[measures.customers][0]


NO_PURCHASE: Final = ("no-purchase-left", "Customers with no purchase left")
UNPAID: Final[Mapping[str, tuple[Literal["net-not-positive", "net-negative"], str]]] = {
    "positive": ("net-not-positive", "Customers whose net is zero or below"),
    "not-negative": ("net-negative", "Customers whose net is below zero"),
}
"""Step and label of those who bought and leave."""


def _unpaid(revenue: "pd.Series[int]", measures: Measures) -> "pd.Series[bool]":
    return revenue <= 0 if measures.customers == "positive" else revenue < 0


def _removed(step: str, label: str, gone: pd.DataFrame) -> Removed:
    return Removed(step, label, int(gone["lines"].sum()), int(gone["revenue"].sum()))


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
