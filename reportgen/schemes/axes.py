"""The axes of a segmentation as whole numbers: days, orders, and money in units of 10^-scale."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from reportgen.customers import Customers, CustomerTable
from reportgen.recipe import Axis, Measures
from reportgen.tally import Values

Matrix: TypeAlias = npt.NDArray[np.float64]

COLUMNS: Final[Mapping[Axis, str]] = MappingProxyType(
    {"R": "recency", "F": "frequency", "M": "monetary", "T": "tenure"}
)
SCORES: Final[Mapping[str, Axis]] = MappingProxyType({f"{axis}_score": axis for axis in COLUMNS})
LOWEST: Final[Mapping[str, int]] = MappingProxyType({"R": 0, "F": 1, "M": 1, "T": 0} | dict.fromkeys(SCORES, 1))
"""The smallest value that a segmented customer can have by the default measures."""


def lowest(measures: Measures) -> Mapping[str, int]:
    """The smallest values by `measures`: money can be zero for who stays with a net of zero, and as a rounded mean."""
    zero = measures.customers == "not-negative" or measures.monetary != "sum"
    return {**LOWEST, "M": 0} if zero else LOWEST


def axis_values(customers: CustomerTable, axis: Axis) -> Values:
    """The customers' values on `axis`, in the table's order."""
    return customers.frame[COLUMNS[axis]].to_numpy(dtype=np.int64)


def decimals(customers: Customers, axis: str) -> int:
    """Decimals of the whole numbers on `axis`: the money's scale for M, else 0."""
    return customers.scale if axis == "M" else 0
