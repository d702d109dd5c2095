"""Spread: how recency, frequency and monetary are distributed over the segmented customers, in readable bands."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

import pandas as pd

from reportgen.brief import Band, Bin, Cell, Distribution, HeatMap
from reportgen.findings.amounts import MEAN, mean_money, money
from reportgen.findings.crowd import Crowd
from reportgen.tally import Tally

Axis = Literal["recency", "frequency", "monetary"]

AXES: Final[tuple[Axis, ...]] = ("recency", "frequency", "monetary")
MOST_BINS: Final = 13
MONTH: Final = 30
ORDERS: Final = (1, 2, 3, 4, 5, 6, 11, 21, 51)
MAP_DAYS: Final = (0, 30, 60, 90, 180, 365)
MAP_ORDERS: Final = (1, 2, 3, 5, 10)
_NOTHING: Final[dict[Hashable, int]] = {"customers": 0, "revenue": 0}


def distributions(crowd: Crowd) -> tuple[Distribution, ...]:
    """One distribution per axis; none without customers."""
    if not len(crowd.customers):
        return ()
    counts = {axis: crowd.counts(axis) for axis in AXES}
    tallies = {axis: Tally.of(found[axis], found["customers"]) for axis, found in counts.items()}
    edges: dict[Axis, list[int]] = {
        "recency": _day_edges(tallies["recency"].largest),
        "frequency": [edge for edge in ORDERS if edge <= tallies["frequency"].largest],
        "monetary": _money_edges(tallies["monetary"]),
    }
    scale = crowd.customers.scale
    return tuple(_distribution(counts[axis], tallies[axis], axis, starts, scale) for axis, starts in edges.items())


def heat_map(crowd: Crowd) -> HeatMap:
    """Customers and revenue by recency and frequency band; every cell is there, empty ones with zeros."""
    counts = crowd.counts("recency", "frequency")
    row = pd.cut(counts["recency"], [*MAP_DAYS, float("inf")], right=False, labels=False)
    column = pd.cut(counts["frequency"], [*MAP_ORDERS, float("inf")], right=False, labels=False)
    sums = counts.groupby([row, column])[["customers", "revenue"]].sum().to_dict("index")
    return HeatMap(
        recency=_bands(MAP_DAYS),
        frequency=_bands(MAP_ORDERS),
        cells=tuple(
            _cell(i, j, sums.get((i, j), _NOTHING), crowd.customers.scale)
            for i in range(len(MAP_DAYS))
            for j in range(len(MAP_ORDERS))
        ),
    )


def _cell(row: int, column: int, sums: Mapping[Hashable, int], scale: int) -> Cell:
    revenue = money(int(sums["revenue"]), scale)
    return Cell(recency=row, frequency=column, customers=int(sums["customers"]), revenue=revenue)


def _bands(starts: tuple[int, ...]) -> tuple[Band, ...]:
    return tuple(Band(low=low, high=high) for low, high in pairwise((*starts, None)) if low is not None)


def _day_edges(longest: int) -> list[int]:
    """Bands of 30 days, or as many times 30 as keep their number readable."""
    step = MONTH * -(-(longest + 1) // (MONTH * MOST_BINS))
    return list(range(0, longest + 1, step))


def _money_edges(tally: Tally) -> list[int]:
    """1-2-5 steps from the 2nd to the 98th percentile, in units; the tails join the outer bands."""
    low, high = (int(tally.quantile(Fraction(percent, 100), "lower")) for percent in (2, 98))
    steps = [factor * 10**power for power in range(len(str(high)) + 1) for factor in (1, 2, 5)]
    inner = [step for step in steps if low < step <= high]
    return [0, *inner[-(MOST_BINS - 1) :]]


def _distribution(counts: pd.DataFrame, tally: Tally, axis: Axis, starts: list[int], money_scale: int) -> Distribution:
    scale = money_scale if axis == "monetary" else 0
    place = pd.cut(counts[axis], [*starts, float("inf")], right=False, labels=False)
    sums = counts.groupby(place)[["customers", "revenue"]].sum().to_dict("index")
    bins = []
    for number, (low, high) in enumerate(pairwise((*starts, None))):
        found = sums.get(number, _NOTHING)
        bins.append(
            Bin(
                low=None if low is None else money(low, scale),
                high=None if high is None else money(high, scale),
                customers=int(found["customers"]),
                revenue=money(int(found["revenue"]), money_scale),
            )
        )
    lower, median, upper = (_quartile(tally, quarter, scale) for quarter in (1, 2, 3))
    mean = mean_money(tally.sum(), len(tally), scale) or Decimal(0)
    return Distribution(
        axis=axis, bins=tuple(bins), lower_quartile=lower, median=median, upper_quartile=upper, mean=mean
    )


def _quartile(tally: Tally, quarter: int, scale: int) -> Decimal:
    return mean_money(tally.quantile(Fraction(quarter, 4)), 1, scale) or Decimal(0).quantize(MEAN)
