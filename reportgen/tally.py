"""Tally: whole numbers of many customers or lines, each value once with how many have it; its quantiles are exact."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Self

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """values: each once, ascending; counts: how many have it, at least 1 (int64 both)."""

    values: Values
    counts: Values

    @classmethod
    def of(cls, values: Iterable[int], counts: Iterable[int] | None = None) -> Self:
        """That of `values` in any order, which occur once each time they stand there, or `counts` times."""
        given = np.asarray(values, dtype=np.int64)
        if counts is None:
            return cls(*np.unique(given, return_counts=True))
        order = np.argsort(given, kind="stable")
        return cls(given[order], np.asarray(counts, dtype=np.int64)[order])

    @cached_property
    def _ends(self) -> Values:
        return np.cumsum(self.counts)

    def __len__(self) -> int:
        """How many there are, repeats included."""
        return int(self._ends[-1]) if self._ends.size else 0

    def at(self, place: int) -> int:
        """The value at `place` (from 0) of all in ascending order."""
        return int(self.values[np.searchsorted(self._ends, place, side="right")])

    def below(self, value: int) -> int:
        """How many are smaller than `value`."""
        place = int(np.searchsorted(self.values, value))
        return int(self._ends[place - 1]) if place else 0

    @property
    def largest(self) -> int:
        """The largest value."""
        return int(self.values[-1])

    def sum(self) -> int:
        """The sum of all."""
        return int((self.values * self.counts).sum())

    def quantile(self, share: Fraction, method: str = "linear") -> Fraction:
        """The `share` quantile, exact: interpolated, or the "lower" or "higher" value beside it; of at least one."""
        return quantile(self.at, len(self), share, method)


def quantile(at: Callable[[int], int], count: int, share: Fraction, method: str = "linear") -> Fraction:
    """As `Tally.quantile`, of `count` numbers that are `at` their places (from 0) in ascending order."""
    place = share * (count - 1)
    low, high = at(floor(place)), at(min(floor(place) + 1, count - 1))
    between = {"lower": Fraction(0), "higher": Fraction(ceil(place) - floor(place))}.get(method, place % 1)
    return low + between * (high - low)
