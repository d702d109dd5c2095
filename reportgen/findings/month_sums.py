"""Month sums: the customers at many month-ends, segmented and added up by the engine; what comes back is small.

Customers x month-ends is the largest table of all. Nobody needs its rows, so it is only ever a step of a query; where
customers are many, one month-end is looked at after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.cancellations import standing_at_month_end
from reportgen.findings.month_ends import MonthEnd
from reportgen.findings.standings import NONE, Shelf
from reportgen.moments import with_orders

FEW: Final = 100_000
"""Up to so many customers, each is a unit of resampling; of more, `BAGS` random groups of them are."""
BAGS: Final = 2_000
_COUNTS: Final = ("place", "customers", "monetary", "revenue", "bought", "orders", "spend")
_EMPTY: Final = pd.DataFrame(
    {name: pd.Series(dtype="str") for name in ("unit", "segment")}
    | {name: pd.Series(dtype="int64") for name in _COUNTS}
)
_PRIME: Final = 1_000_037
"""One less than a multiple of three, so that each cube has one root; the cubes fit into 64 bits."""


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


def month_sums(found: Shelf, ends: Mapping[int, MonthEnd], after: ir.Table) -> pd.DataFrame:
    """One row per place of `ends`, unit and segment (`NONE` for none); int64 columns.

    customers; monetary: worth of their window, revenue: of their month (units); bought: how many of them bought in the
    month after, in how many orders, what they spent there; `after`: see `monthly`
    """
    unit = _.customer if len(found.grouping.crowd.customers) <= FEW else None
    places, step = list(ends), found.at_once
    made = []
    for first in range(0, len(places), step):
        some = {place: ends[place] for place in places[first : first + step]}
        made.append(_added_up(found.at(some), some, after, unit))
    return pd.concat(made or [_EMPTY], ignore_index=True).sort_values(["place", "unit", "segment"], ignore_index=True)


def by_place(rows: pd.DataFrame) -> dict[int, dict[str, Sums]]:
    """The `rows` of `month_sums` added up: place -> segment -> sums."""
    found: dict[int, dict[str, Sums]] = {}
    added = rows.groupby(["place", "segment"])[list(Sums._fields)].sum()
    for (place, segment), *sums in added.itertuples(name=None):
        found.setdefault(place, {})[segment] = Sums(*sums)
    return found


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


def _bag(customer: ir.Value) -> ir.IntegerValue:
    """One of `BAGS`, by the cube of the id: neighbours by id joined at the same time, and aren't dealt in turn."""
    number = _digits(customer.abs()) if customer.type().is_integer() else _number(customer)
    rest = number % _PRIME
    return rest * rest * rest % _PRIME % BAGS


def _digits(number: ir.IntegerValue) -> ir.IntegerValue:
    """As `_number` of its digits, so that ids draw alike whether an export has them as numbers or as text."""
    return sum(((48 + number // 10 ** (7 - place) % 10) * 37**place for place in range(8)), 0)


def _number(text: ir.StringValue) -> ir.IntegerValue:
    """A number of the last characters of `text`."""
    last = ("0" * 8 + text).right(8)
    return sum((last.substr(place, 1).ascii_str().cast("int64") * 37**place for place in range(8)), 0)
