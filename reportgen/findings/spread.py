"""Spread: how recency, frequency and monetary are distributed over the segmented customers, in readable bands."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.brief import Band, Bin, Cell, Distribution, HeatMap
from reportgen.customers import CustomerTable
from reportgen.findings.amounts import MEAN, mean_money, money

Axis = Literal["recency", "frequency", "monetary"]

MOST_BINS: Final = 13
MONTH: Final = 30
ORDERS: Final = (1, 2, 3, 4, 5, 6, 11, 21, 51)
MAP_DAYS: Final = (0, 30, 60, 90, 180, 365)
MAP_ORDERS: Final = (1, 2, 3, 5, 10)


def distributions(customers: CustomerTable) -> tuple[Distribution, ...]:
    """One distribution per axis; none without customers."""
    if customers.frame.empty:
        return ()
    edges: dict[Axis, list[int]] = {
        "recency": _day_edges(int(customers.frame["recency"].max())),
        "frequency": [edge for edge in ORDERS if edge <= customers.frame["frequency"].max()],
        "monetary": _money_edges(customers),
    }
    return tuple(_distribution(customers, axis, starts) for axis, starts in edges.items())


def heat_map(customers: CustomerTable) -> HeatMap:
    """Customers and revenue by recency and frequency band; every cell is there, empty ones with zeros."""
    frame = customers.frame
    row = pd.cut(frame["recency"], [*MAP_DAYS, float("inf")], right=False, labels=False)
    column = pd.cut(frame["frequency"], [*MAP_ORDERS, float("inf")], right=False, labels=False)
    sums = frame.groupby([row, column])["revenue"].agg(["size", "sum"]).to_dict("index")
    return HeatMap(
        recency=_bands(MAP_DAYS),
        frequency=_bands(MAP_ORDERS),
        cells=tuple(
            _cell(i, j, sums.get((i, j), {"size": 0, "sum": 0}), customers.scale)
            for i in range(len(MAP_DAYS))
            for j in range(len(MAP_ORDERS))
        ),
    )


def _cell(row: int, column: int, sums: Mapping[Hashable, int], scale: int) -> Cell:
    revenue = money(sums["sum"], scale)
    return Cell(recency=row, frequency=column, customers=int(sums["size"]), revenue=revenue)


def _bands(starts: tuple[int, ...]) -> tuple[Band, ...]:
    return tuple(Band(low=low, high=high) for low, high in pairwise((*starts, None)) if low is not None)


def _day_edges(longest: int) -> list[int]:
    """Bands of 30 days, or as many times 30 as keep their number readable."""
    step = MONTH * -(-(longest + 1) // (MONTH * MOST_BINS))
    return list(range(0, longest + 1, step))


def _money_edges(customers: CustomerTable) -> list[int]:
    """1-2-5 steps from the 2nd to the 98th percentile, in units; the tails join the outer bands."""
    values = customers.frame["monetary"]
    low, high = (int(values.quantile(q, interpolation="lower")) for q in (0.02, 0.98))
    steps = [factor * 10**power for power in range(len(str(high)) + 1) for factor in (1, 2, 5)]
    inner = [step for step in steps if low < step <= high]
    return [0, *inner[-(MOST_BINS - 1) :]]


def _distribution(customers: CustomerTable, axis: Axis, starts: list[int]) -> Distribution:
    values, scale = customers.frame[axis], customers.scale if axis == "monetary" else 0
    place = pd.cut(values, [*starts, float("inf")], right=False, labels=False)
    sums = customers.frame.groupby(place)["revenue"].agg(["size", "sum"]).to_dict("index")
    bins = []
    for number, (low, high) in enumerate(pairwise((*starts, None))):
        found = sums.get(number, {"size": 0, "sum": 0})
        bins.append(
            Bin(
                low=None if low is None else money(low, scale),
                high=None if high is None else money(high, scale),
                customers=int(found["size"]),
                revenue=money(found["sum"], customers.scale),
            )
        )
    ordered = np.sort(values.to_numpy())
    lower, median, upper = (_quantile(ordered, q, scale) for q in (1, 2, 3))
    mean = mean_money(int(values.sum()), len(values), scale) or Decimal(0)
    return Distribution(
        axis=axis, bins=tuple(bins), lower_quartile=lower, median=median, upper_quartile=upper, mean=mean
    )


def _quantile(ordered: "npt.NDArray[np.int64]", quarter: int, scale: int) -> Decimal:
    """The quartile of values in ascending order by linear interpolation, exact."""
    place = Fraction((len(ordered) - 1) * quarter, 4)
    low = place.__floor__()
    high = min(low + 1, len(ordered) - 1)
    exact = int(ordered[low]) + (int(ordered[high]) - int(ordered[low])) * (place - low)
    return mean_money(exact, 1, scale) or Decimal(0).quantize(MEAN)
