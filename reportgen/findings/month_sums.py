"""Month sums: the customers at many month-ends, segmented and added up by the engine; what comes back is small.

Customers x month-ends is the largest table of all. Nobody needs its rows, so it is only ever a step of a query; where
customers are many, one month-end is looked at after the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen import schemes
from reportgen.cancellations import standing_at_month_end
from reportgen.customers import COUNTED, MEAN_OF, CustomerTable, figures
from reportgen.findings.month_ends import MonthEnd
from reportgen.moments import with_orders
from reportgen.recipe import Measures, Recipe
from reportgen.segmentation import Segmentation

AT_ONCE: Final = 1_500_000
"""Customers x month-ends of one query."""
FEW: Final = 100_000
"""Up to so many customers, each is a unit of resampling; of more, `BAGS` random groups of them are."""
BAGS: Final = 2_000
NONE: Final = ""
"""Stands for no segment."""
_COUNTS: Final = ("place", "customers", "monetary", "revenue", "bought", "orders", "spend")
_EMPTY: Final = pd.DataFrame(
    {name: pd.Series(dtype="str") for name in ("unit", "segment")}
    | {name: pd.Series(dtype="int64") for name in _COUNTS}
)
_PRIME: Final = 1_000_037
"""One less than a multiple of three, so that each cube has one root; the cubes fit into 64 bits."""


@dataclass(frozen=True)
class Grouping:
    """What is repeated at each month-end: the recipe, and what it found on the period's customers."""

    recipe: Recipe
    customers: CustomerTable
    found: Segmentation


class Sums(NamedTuple):
    """Some customers at a month-end, see `month_sums`; what follows is 0 where no month does."""

    customers: int = 0
    monetary: int = 0
    revenue: int = 0
    bought: int = 0
    spend: int = 0


@dataclass(frozen=True)
class Standing:
    """The customers at a month-end by segment, those in none under `NONE`; segments without any may be missing."""

    end: MonthEnd
    sums: Mapping[str, Sums]

    @property
    def members(self) -> Mapping[str, Sums]:
        """Those of the segments alone."""
        return {segment: sums for segment, sums in self.sums.items() if segment != NONE}


def month_sums(moments: ir.Table, ends: Sequence[MonthEnd], grouping: Grouping, after: ir.Table) -> pd.DataFrame:
    """One row per place of `ends`, unit and segment (`NONE` for none); int64 columns.

    customers; monetary: worth of their window, revenue: of their month (units); bought: how many of them bought in the
    month after, in how many orders, what they spent there; `after`: see `monthly`
    """
    step = at_once(len(grouping.customers.frame))
    unit = _.customer if len(grouping.customers.frame) <= FEW else None
    made = []
    for first in range(0, len(ends), step):
        some = dict(enumerate(ends[first : first + step], first))
        made.append(_added_up(_standings(moments, some, grouping), some, after, unit))
    return pd.concat(made or [_EMPTY], ignore_index=True).sort_values(["place", "unit", "segment"], ignore_index=True)


def by_place(rows: pd.DataFrame) -> dict[int, dict[str, Sums]]:
    """The `rows` of `month_sums` added up: place -> segment -> sums."""
    found: dict[int, dict[str, Sums]] = {}
    added = rows.groupby(["place", "segment"])[list(Sums._fields)].sum()
    for (place, segment), *sums in added.itertuples(name=None):
        found.setdefault(place, {})[segment] = Sums(*sums)
    return found


def at_once(customers: int) -> int:
    """Month-ends of one query for so many customers."""
    return max(1, AT_ONCE // max(1, customers))


def monthly(table: ir.Table) -> ir.Table:
    """What each customer bought in each month: customer, month (its first instant), orders, bought.

    Purchases are kept ones that stood at the end of their month; bought is their worth (units).
    """
    stood = _stood(table)
    sums = stood.group_by("customer", "month").aggregate(alone=_.orders.sum(), bought=_.bought.sum())
    return with_orders(sums, _stood(table.filter(table.split)))


def _stood(moments: ir.Table) -> ir.Table:
    """Those with purchases that stood at the end of their `month`."""
    dated = moments.filter(_.purchases > 0).mutate(month=_.sold_at.truncate("M"))
    return dated.filter(standing_at_month_end(_))


def _standings(moments: ir.Table, ends: Mapping[int, MonthEnd], grouping: Grouping) -> ir.Table:
    """Everyone with a line on file before each of `ends`: place, month after, customer, segment, worth, revenue."""
    recipe = grouping.recipe
    counted = figures(moments, [end.span(place) for place, end in ends.items()], recipe.measures)
    instants = pd.DataFrame({"place": list(ends), "as_of": [end.as_of for end in ends.values()]})
    dated = counted.inner_join(ibis.memtable(instants), "place")
    measured = dated.select(
        "place",
        "customer",
        "revenue",
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
    return dated.mutate(segment=dated.stays.ifelse(found.group(dated), NONE).fill_null(NONE))


def _added_up(standings: ir.Table, ends: Mapping[int, MonthEnd], after: ir.Table, unit: Any) -> pd.DataFrame:  # noqa: ANN401  `ibis._`
    """By place, unit and segment, with what happened in the month after."""
    then = after.filter(_.month.isin([end.cutoff for end in ends.values()]))
    joined = standings.left_join(then, ["customer", "month"])
    known = joined.mutate(unit=_bag(joined.customer) if unit is None else unit)
    sums = known.group_by("place", "unit", "segment").aggregate(
        customers=_.count(),
        monetary=_.worth.sum(),
        revenue=_.revenue.sum(),
        bought=(_.orders > 0).sum(),
        orders=_.orders.sum(),
        spend=_.bought.sum(),
    )
    frame: pd.DataFrame = sums.to_pyarrow().to_pandas()
    numbers = frame.columns.difference(["unit", "segment"])
    frame[numbers] = frame[numbers].fillna(0).astype("int64")
    return frame


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


def _bag(customer: ir.Value) -> ir.IntegerValue:
    """One of `BAGS`, by the cube of the id: neighbours by id joined at the same time, and aren't dealt in turn."""
    number = customer.abs() if customer.type().is_integer() else _number(customer)
    rest = number % _PRIME
    return rest * rest * rest % _PRIME % BAGS


def _number(text: ir.StringValue) -> ir.IntegerValue:
    """A number of the last characters of `text`."""
    last = ("0" * 8 + text).right(8)
    return sum((last.substr(place, 1).ascii_str().cast("int64") * 37**place for place in range(8)), 0)
