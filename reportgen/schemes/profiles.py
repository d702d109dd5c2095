"""Profiles: what a group's customers do, against all customers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pandas as pd

from reportgen.recipe import Axis
from reportgen.schemes.axes import COLUMNS

EVIDENCE: Final[Mapping[str, Axis]] = MappingProxyType({"r": "R", "f": "F", "m": "M", "t": "T"})
NAMES: Final = (*EVIDENCE, "share")
"""What the evidence of an archetype may speak of."""


@dataclass(frozen=True)
class Profile:
    """Means by axis (days, orders, money in units of 10^-scale) of a group and of the base, and the group's size."""

    customers: int
    share: float
    means: Mapping[Axis, float]
    base: Mapping[Axis, float]

    def relative(self, axis: Axis) -> float:
        """The group's mean over the base's: 1 = as all customers."""
        return self.means[axis] / self.base[axis] if self.base[axis] else 1.0

    def evidence(self) -> dict[str, float]:
        """The values of the names in `NAMES`; rounded, so that the last bits of a mean decide nothing."""
        relative = {name: round(self.relative(axis), 6) for name, axis in EVIDENCE.items()}
        return relative | {"share": round(self.share, 6)}


def profiles(sums: pd.DataFrame) -> dict[str, Profile]:
    """The profile of each group that has customers; `sums`: see `CustomerTable.sums`."""
    whole = sums.sum()
    base = _means(whole)
    return {
        str(group): Profile(int(row["customers"]), int(row["customers"]) / int(whole["customers"]), _means(row), base)
        for group, row in sums.iterrows()
        if row["customers"]
    }


def _means(sums: "pd.Series[int]") -> dict[Axis, float]:
    """Exact sums of whole numbers, divided once: independent of the order of rows."""
    return {axis: int(sums[column]) / int(sums["customers"]) for axis, column in COLUMNS.items()}
