"""Snapshots: the customers at each month-end, and their activity between, from `moments` alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Final

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis import _
from pyarrow import compute

from reportgen.brief.changes import Cause
from reportgen.cancellations import standing
from reportgen.customers import DAY, CustomerTable, figures, frequency, micros, monetary, needed, stays, unpaid, whole
from reportgen.findings.alignment import beside
from reportgen.findings.month_ends import MonthEnd
from reportgen.findings.month_sums import at_once
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
        return replace(self, frame=self.frame.assign(segment=_homes(found.members, self.frame)))


def snapshots(
    table: ir.Table, ends: Sequence[MonthEnd], recipe: Recipe, customers: CustomerTable, found: Segmentation
) -> tuple[Snapshot, ...]:
    """Everyone at each of `ends`, grouped as `found` groups `customers`."""

    def taken(end: MonthEnd, frame: pd.DataFrame) -> Snapshot:
        now = pd.Timestamp(end.as_of).value // 1000
        frame["recency"], frame["tenure"] = (now - frame["last"]) // DAY, (now - frame["first"]) // DAY
        inside = frame[stays(frame["frequency"], frame["monetary"], recipe.measures)]
        others = CustomerTable(_axes(inside, recipe.measures), customers.scale)
        frame["segment"] = _homes(assign(others, recipe, customers, found), frame)
        return Snapshot(end, frame, unpaid(recipe.measures))

    step = at_once(len(customers.frame))
    parts = (_measured(table, ends[first : first + step], recipe.measures) for first in range(0, len(ends), step))
    return tuple(map(taken, ends, chain.from_iterable(parts)))


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
    ))  # fmt: skip


def _homes(members: "pd.Series[str]", frame: pd.DataFrame) -> "pd.Series[str]":
    """The segment of each row of `frame`, null for none."""
    return beside(members.to_frame("segment"), frame.index)["segment"]


def _axes(frame: pd.DataFrame, measures: Measures) -> pd.DataFrame:
    """The recipe's R, F, M, T of the rows of `_measured`."""
    counted = frame.assign(orders=frame["frequency"], revenue=frame["monetary"])
    return counted.assign(frequency=frequency(counted, measures), monetary=monetary(counted, measures))[R_F_M_T]


def _measured(table: ir.Table, ends: Sequence[MonthEnd], measures: Measures) -> Iterator[pd.DataFrame]:
    """For each of `ends`, index customer; what each customer's lines say there; -1 for no order."""
    counted = figures(table, [end.span(place) for place, end in enumerate(ends)], measures)
    found = counted.select("place", "customer", **whole(counted, needed(measures))).rename(frequency="orders")
    rows = found.to_pyarrow()
    for place in range(len(ends)):
        yield _frame(rows.filter(compute.equal(rows["place"], place)).drop_columns(["place"]))


def _fetch(table: ir.Table) -> pd.DataFrame:
    return _frame(table.to_pyarrow())


def _frame(rows: pa.Table) -> pd.DataFrame:
    """`rows` by customer, ascending, with integers for sums of nothing (0) and for instants that never were (-1)."""
    frame: pd.DataFrame = rows.to_pandas()
    for instant in frame.columns.intersection(["first", "last"]):
        frame[instant] = micros(frame[instant])
    for name in frame.columns.difference(["customer"]):
        if frame[name].dtype != "int64":
            frame[name] = frame[name].fillna(0).astype("int64")
    return frame.set_index("customer").sort_index()
