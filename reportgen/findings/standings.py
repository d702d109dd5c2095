"""Standings: everyone on file at month-ends, segmented by the engine as the period's customers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.customers import COUNTED, figures
from reportgen.customers.held import later, monetary, time_of_day, whole_days
from reportgen.findings.crowd import Crowd
from reportgen.findings.month_ends import MonthEnd
from reportgen.recipe import Recipe
from reportgen.schemes.inside import Ruler

AT_ONCE: Final = 1_500_000
"""Customers x month-ends of one query."""
NONE: Final = ""
"""Stands for no segment."""


@dataclass(frozen=True)
class Grouping:
    """What is repeated at each month-end: the recipe, and what it found on the period's customers, the `crowd`."""

    recipe: Recipe
    crowd: Crowd
    ruler: Ruler


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
        monetary=monetary(dated, dated.monetary, recipe.measures),
    )
    least = 1 if recipe.measures.customers == "positive" else 0
    known = measured.mutate(stays=(measured.placed > 0) & (measured.worth >= least))
    found = grouping.ruler(known)
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
        return at_once(len(self.grouping.crowd.customers))


def shelf(moments: ir.Table, ends: Mapping[int, MonthEnd], grouping: Grouping) -> Shelf:
    """The standings at `ends`."""
    few = len(ends) <= at_once(len(grouping.crowd.customers))
    return Shelf(moments, grouping, standings(moments, ends, grouping).cache() if few and ends else None)


def at_once(customers: int) -> int:
    """Month-ends of one query for so many customers."""
    return max(1, AT_ONCE // max(1, customers))


def as_found(standing: ir.Table, crowd: Crowd) -> ir.Table:
    """`standing` of the period's own end, in the clusters of the `crowd`: one may lie beside the nearest centre."""
    if crowd.division.clustering is None:
        return standing
    homes = crowd.homes.rename(member="customer", home="place")
    placed = standing.left_join(homes, standing.customer == homes.member)
    clusters = [(placed.home == place, group.id) for place, group in enumerate(crowd.division.groups)]
    return placed.mutate(segment=ibis.cases(*clusters, else_=NONE)).select(standing.columns)


def _days(since: ir.TimestampValue, as_of: ir.TimestampValue, place: ir.Value, ends: Mapping[int, MonthEnd]) -> Any:  # noqa: ANN401  Ibis
    clocks = {at: time_of_day(end.as_of) for at, end in ends.items()}
    odd = [(place == at, later(since, clock)) for at, clock in clocks.items() if clock]
    day = since.truncate("D")
    return whole_days(since, as_of.date(), ibis.cases(*odd, else_=day) if odd else day)
