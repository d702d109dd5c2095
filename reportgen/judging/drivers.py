"""Drivers: what tells the segments apart, as a small decision tree, and how the measures go together."""

from dataclasses import dataclass, replace
from itertools import combinations
from math import floor
from typing import Any, Final

import numpy as np
from scipy.stats import spearmanr
from sklearn.tree import DecisionTreeClassifier

from reportgen.customers import CustomerTable
from reportgen.evaluation import Correlation, Drivers, Importance, Leaf
from reportgen.findings.amounts import share
from reportgen.recipe import Axis
from reportgen.schemes.axes import COLUMNS, Matrix, axis_values, decimals
from reportgen.segmentation import Group
from reportgen.tally import Values

DEPTH: Final = 3
DIGITS: Final = 4
AXES: Final[tuple[Axis, ...]] = tuple(COLUMNS)
NAMES: Final = ("recency", "frequency", "monetary", "tenure", "order value")


@dataclass(frozen=True)
class Box:
    """Customers at a place of the tree: whole numbers `low` … `high` per axis where it ends, and how many per group."""

    low: dict[Axis, int]
    high: dict[Axis, int]
    groups: Values

    def winner(self) -> int:
        """The largest group, the first among equals."""
        return int(self.groups.argmax())


def drivers(customers: CustomerTable, groups: Values, names: tuple[Group, ...]) -> Drivers:
    """The tree that tells `groups` (numbers into `names`) apart, on whole days, orders and money; the correlations."""
    values = np.column_stack([axis_values(customers, axis) // 10 ** decimals(customers, axis) for axis in AXES])
    model = DecisionTreeClassifier(max_depth=DEPTH, random_state=0).fit(values, groups)
    boxes = _boxes(model.tree_, 0, Box({}, {}, np.empty(0, dtype=np.int64)))
    return Drivers(
        fidelity=share(sum(int(box.groups.max()) for box in boxes), len(groups)),
        largest=share(int(np.bincount(groups).max()), len(groups)),
        leaves=tuple(_leaf(box, names[int(model.classes_[box.winner()])]) for box in boxes),
        importance=tuple(
            Importance(axis=axis, share=round(float(part), DIGITS))
            for axis, part in zip(AXES, model.feature_importances_, strict=True)
        ),
        correlations=_correlations(customers),
    )


def _boxes(tree: Any, node: int, box: Box) -> list[Box]:  # noqa: ANN401  scikit-learn's compiled tree
    """The leaves below `node`; two that end in the same group are one."""
    counts = np.rint(tree.value[node][0] * tree.n_node_samples[node]).astype(np.int64)
    here = replace(box, groups=counts)
    if tree.children_left[node] == tree.children_right[node]:
        return [here]
    axis, cut = AXES[tree.feature[node]], floor(tree.threshold[node])
    below = _boxes(tree, tree.children_left[node], replace(box, high={**box.high, axis: cut}))
    above = _boxes(tree, tree.children_right[node], replace(box, low={**box.low, axis: cut + 1}))
    found = [*below, *above]
    return [here] if len({part.winner() for part in found}) == 1 else found


def _leaf(box: Box, group: Group) -> Leaf:
    return Leaf(
        when=" and ".join(_side(box, axis) for axis in AXES if axis in {**box.low, **box.high}),
        segment=group.id,
        name=group.name,
        customers=int(box.groups.sum()),
        hits=int(box.groups.max()),
    )


def _side(box: Box, axis: Axis) -> str:
    """The box's extent on `axis` as a condition on days, orders or money; £99.50 is 99 to the tree, and below 100."""
    low, high = box.low.get(axis), box.high.get(axis)
    below = "" if high is None else f"< {high + 1}" if axis == "M" else f"<= {high}"
    if low is None or high is None:
        return f"{axis} {below}" if low is None else f"{axis} >= {low}"
    return f"{axis} == {low}" if low == high and axis != "M" else f"{low} <= {axis} {below}"


def _correlations(customers: CustomerTable) -> tuple[Correlation, ...]:
    """Of every two measures."""
    frame = customers.frame
    measures: Matrix = frame[[*COLUMNS.values()]].to_numpy(dtype=np.float64)
    measures = np.column_stack([measures, frame["revenue"] / frame["orders"]])
    return tuple(
        Correlation(one=NAMES[one], other=NAMES[other], rank=_rank(measures[:, one], measures[:, other]))
        for one, other in combinations(range(len(NAMES)), 2)
    )


def _rank(one: Matrix, other: Matrix) -> float | None:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return round(float(spearmanr(one, other).statistic), DIGITS)
