"""Snapshots: the customers at each month-end, and their activity between, from `moments` alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief.changes import Cause
from reportgen.cancellations import standing
from reportgen.customers import DAY, CustomerTable, figures, frequency, micros, monetary, stays, unpaid
from reportgen.findings.month_ends import MonthEnd
from reportgen.recipe import Measures, Recipe
from reportgen.schemes import assign
from reportgen.segmentation import Segmentation

R_F_M_T: Final = ["recency", "frequency", "monetary", "tenure"]


@dataclass(frozen=True)
class Snapshot:
    """The customers at a month-end.

    frame: index customer (ascending; everyone with a line on file), columns
        segment    text, null for those in none; recency, tenure: whole days
        monetary   int64, worth of the window's lines (units); lines: how many; frequency: orders in the window
        revenue    int64, worth of the month's lines (units)
        first      int64, microseconds since 1970 of the first purchase on file, -1 without one
    unpaid: why those who bought stand in none
    """

    end: MonthEnd
    frame: pd.DataFrame
    unpaid: Cause

    @property
    def members(self) -> pd.DataFrame:
        """The rows of customers in a segment."""
        return self.frame[self.frame["segment"].notna()]

    def as_found(self, found: Segmentation) -> "Snapshot":
        """With the segments of `found` itself: a clustering may have put a customer beside the nearest centre."""
        return replace(self, frame=self.frame.assign(segment=found.members.reindex(self.frame.index)))


def snapshots(
    table: ir.Table, ends: Sequence[MonthEnd], recipe: Recipe, customers: CustomerTable, found: Segmentation
) -> tuple[Snapshot, ...]:
    """Everyone at each of `ends`, grouped as `found` groups `customers`."""
    frame = _measured(table, ends, recipe.measures)
    now = frame["place"].map(dict(enumerate(pd.Timestamp(end.as_of).value // 1000 for end in ends)))
    frame["recency"], frame["tenure"] = (now - frame["last"]) // DAY, (now - frame["first"]) // DAY
    inside = stays(frame["frequency"], frame["monetary"], recipe.measures)
    others = CustomerTable(_axes(frame[inside], recipe.measures), customers.scale)
    frame["segment"] = None
    frame.loc[inside.to_numpy(), "segment"] = assign(others, recipe, customers, found).to_numpy()
    why = unpaid(recipe.measures)
    return tuple(Snapshot(end, frame[frame["place"] == place], why) for place, end in enumerate(ends))


def customers_of(snapshot: Snapshot, measures: Measures, scale: int) -> CustomerTable:
    """The customers in a segment of `snapshot`, as a scheme segments them."""
    members = snapshot.members
    counted = members.assign(orders=members["frequency"], revenue=members["monetary"])
    return CustomerTable(_axes(members, measures).join(counted[["orders", "revenue"]]), scale)


def activity(table: ir.Table, start: datetime, cutoff: datetime) -> pd.DataFrame:
    """Customers with a kept line from `start` until before `cutoff`: index customer, ascending; int64 columns.

    revenue (units), orders, bought (units) and items (units of quantity) of the purchases that stood at `cutoff`.
    """
    stood = (_.purchases > 0) & standing(_, cutoff)
    within = table.filter(_.sold_at >= start, _.sold_at < cutoff, _.lines > 0)
    return _fetch(within.group_by("customer").aggregate(
        revenue=_.amount.sum(),
        orders=_.invoice.nunique(where=stood),
        bought=_.bought.sum(where=stood),
        items=_.items.sum(where=stood),
    )).set_index("customer").sort_index()  # fmt: skip


def _axes(frame: pd.DataFrame, measures: Measures) -> pd.DataFrame:
    """The recipe's R, F, M, T of the rows of `_measured`."""
    counted = frame.assign(orders=frame["frequency"], revenue=frame["monetary"])
    return counted.assign(frequency=frequency(counted, measures), monetary=monetary(counted, measures))[R_F_M_T]


def _measured(table: ir.Table, ends: Sequence[MonthEnd], measures: Measures) -> pd.DataFrame:
    """Index customer; `place` of the month-end and what each customer's lines say there; -1 for no order."""
    spans = ibis.memtable(pd.DataFrame([end.span(place) for place, end in enumerate(ends)]))
    return (
        _fetch(figures(table, spans, measures).rename(frequency="orders"))
        .sort_values(["place", "customer"])
        .set_index("customer")
    )


def _fetch(table: ir.Table) -> pd.DataFrame:
    """`table` with integers for sums of nothing (0) and for instants that never were (-1)."""
    frame: pd.DataFrame = table.to_pyarrow().to_pandas()
    for instant in frame.columns.intersection(["first", "last"]):
        frame[instant] = micros(frame[instant])
    numbers = frame.columns.difference(["customer"])
    frame[numbers] = frame[numbers].fillna(0).astype("int64")
    return frame
