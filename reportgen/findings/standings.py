"""Standings: everyone on file at month-ends, segmented by the engine as the period's customers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen import schemes
from reportgen.customers import COUNTED, MEAN_OF, CustomerTable, figures
from reportgen.findings.month_ends import MonthEnd
from reportgen.recipe import Measures, Recipe
from reportgen.segmentation import Segmentation, places

AT_ONCE: Final = 1_500_000
"""Customers x month-ends of one query."""
NONE: Final = ""
"""Stands for no segment."""


@dataclass(frozen=True)
class Grouping:
    """What is repeated at each month-end: the recipe, and what it found on the period's customers."""

    recipe: Recipe
    customers: CustomerTable
    found: Segmentation


def standings(moments: ir.Table, ends: Mapping[int, MonthEnd], grouping: Grouping) -> ir.Table:
    """Everyone with a line on file before each of `ends`, whose keys are places; one row per place and customer.

    month          first instant of the month after
    segment        `NONE` for those in none
    worth, placed  worth of the window's lines (units), and orders in it; lines: how many
    revenue        worth of the month's lines (units)
    first          instant of the first purchase on file, null without one
    """
    recipe = grouping.recipe
    counted = figures(moments, [end.span(place) for place, end in ends.items()], recipe.measures)
    instants = pd.DataFrame({"place": list(ends), "as_of": [end.as_of for end in ends.values()]})
    dated = counted.inner_join(ibis.memtable(instants), "place")
    measured = dated.select(
        "place",
        "customer",
        "revenue",
        "lines",
        "first",
        worth=dated.monetary,
        placed=dated.orders,
        recency=_days(dated.last, dated.as_of, dated.place, ends),
        tenure=_days(dated.first, dated.as_of, dated.place, ends),
        frequency=dated[COUNTED[recipe.measures.frequency]],
        monetary=_monetary(dated, recipe.measures),
    )
    least = 1 if recipe.measures.customers == "positive" else 0
    known = measured.mutate(stays=(measured.placed > 0) & (measured.worth >= least))
    found = schemes.inside(known, recipe, grouping.customers, grouping.found)
    cutoffs = ibis.memtable(pd.DataFrame({"place": list(ends), "month": [end.cutoff for end in ends.values()]}))
    dated = found.table.inner_join(cutoffs, "place")
    segment = dated.stays.ifelse(found.group(dated), NONE).fill_null(NONE)
    return dated.select("place", "month", "customer", "worth", "placed", "lines", "revenue", "first", segment=segment)


@dataclass(frozen=True)
class Shelf:
    """The `standings` at month-ends, by place: made once where they are few, and for each use where they are many."""

    moments: ir.Table
    grouping: Grouping
    kept: ir.Table | None

    def at(self, ends: Mapping[int, MonthEnd]) -> ir.Table:
        """Those at `ends`."""
        if self.kept is None:
            return standings(self.moments, ends, self.grouping)
        return self.kept.filter(_.place.isin(list(ends)))

    @property
    def at_once(self) -> int:
        """Month-ends of one query."""
        return at_once(len(self.grouping.customers.frame))


def shelf(moments: ir.Table, ends: Mapping[int, MonthEnd], grouping: Grouping) -> Shelf:
    """The standings at `ends`."""
    few = len(ends) <= at_once(len(grouping.customers.frame))
    return Shelf(moments, grouping, standings(moments, ends, grouping).cache() if few and ends else None)


def at_once(customers: int) -> int:
    """Month-ends of one query for so many customers."""
    return max(1, AT_ONCE // max(1, customers))


def homes(found: Segmentation) -> ir.Table:
    """The customers of `found` in the engine: customer, `place` of its group in the order of the groups."""
    order = [group.id for group in found.groups]
    placed = places(found.members, order).astype("int8")
    return ibis.memtable(pd.DataFrame({"customer": found.members.index, "place": placed}))


def as_found(standing: ir.Table, found: Segmentation) -> ir.Table:
    """`standing` of the period's own end, in the clusters of `found`: one may lie beside the nearest centre."""
    if found.clustering is None:
        return standing
    members = ibis.memtable(pd.DataFrame({"member": found.members.index, "cluster": found.members.to_numpy()}))
    placed = standing.left_join(members, standing.customer == members.member)
    return placed.mutate(segment=placed.cluster.fill_null(NONE)).select(standing.columns)


def _days(since: ir.TimestampValue, as_of: ir.TimestampValue, place: ir.Value, ends: Mapping[int, MonthEnd]) -> Any:  # noqa: ANN401  Ibis
    """Whole days: midnights between, less one where the time of day is later than that of `as_of`."""
    clocks = {at: _clock(end.as_of) for at, end in ends.items()}
    day = since.truncate("D")
    odd = [(place == at, day + ibis.interval(microseconds=clock // timedelta(microseconds=1)))
           for at, clock in clocks.items() if clock]  # fmt: skip
    same = ibis.cases(*odd, else_=day) if odd else day
    return as_of.date().delta(since.date(), unit="day") - (since > same).ifelse(1, 0)


def _clock(instant: datetime) -> timedelta:
    return instant - instant.replace(hour=0, minute=0, second=0, microsecond=0)


def _monetary(dated: ir.Table, measures: Measures) -> ir.IntegerValue:
    """M as `customers.monetary`; means are rounded half to even."""
    worth = dated.monetary if measures.worth == "net" else dated.gross
    if measures.monetary == "sum":
        return worth
    count = dated[MEAN_OF[measures.monetary]].nullif(0)
    rest = worth % count
    mean = ((worth - rest) / count).cast("int64")
    return mean + ((2 * rest > count) | ((2 * rest == count) & (mean % 2 == 1))).ifelse(1, 0)
