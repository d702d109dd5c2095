"""Segmentation: a partition of the customers, proven when it is made."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from reportgen.brief import Clustering, CutPoint
from reportgen.errors import GateError


@dataclass(frozen=True)
class Group:
    """A segment: its place in the fixed order is its place in the tuple that holds it.

    archetype: key into the recipe's vocabulary: meaning, action, evidence
    rule: the rule in words, "" for a cluster
    published: the label a document gave to it, if any
    """

    id: str
    name: str
    archetype: str
    rule: str = ""
    published: str | None = None


@dataclass(frozen=True, kw_only=True)
class Division:
    """How customers are told apart.

    groups: in fixed order; empty ones are kept
    cut_points: named cut points and score edges as used
    clustering: how clusters were made, None for rules
    notes: what the reader of the method page must know (dead rules, ties, local optima)
    """

    groups: tuple[Group, ...]
    cut_points: tuple[CutPoint, ...] = ()
    clustering: Clustering | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Segmentation(Division):
    """Which customer is in which group.

    members: customer (text, the table's index, same order) -> group id
    """

    members: "pd.Series[str]"

    def prove(self, customers: pd.Index) -> "Segmentation":
        """Itself, if it puts each of `customers` into exactly one group. Raises `GateError`."""
        if not self.members.index.equals(customers) or not self.members.index.is_unique:
            raise GateError("the segmentation does not cover the customers exactly once")
        if stray := set(self.members.unique()) - {group.id for group in self.groups}:
            raise GateError(f"customers stand in groups that do not exist: {', '.join(sorted(map(str, stray)))}")
        return self


def nobody(customers: pd.Index) -> Segmentation:
    """The segmentation of no `customers`: no group either, since cut points and clusters come from customers."""
    return Segmentation(groups=(), members=pd.Series(index=customers, dtype="str", name="segment")).prove(customers)


def places(segments: "pd.Series[str]", order: Sequence[str]) -> npt.NDArray[np.int64]:
    """The place of each of `segments` in `order`, -1 for none; by a dictionary it takes thirty times as long."""
    found = compute.index_in(pa.array(segments, pa.large_string()), value_set=pa.array(order, pa.large_string()))
    return np.asarray(found.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)
