"""Scores 1 (worst) … n (best) by equal parts. Equal values share a score, so the order of rows can't matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np

from reportgen.brief import CutPoint
from reportgen.customers import CustomerTable
from reportgen.errors import RecipeError
from reportgen.recipe import Axis, Score
from reportgen.schemes.axes import Values, axis_values, decimals
from reportgen.schemes.cuts import quantile


@dataclass(frozen=True)
class Scoring:
    """How an axis is scored. `edges`: the largest value of each part but the last, ascending, repeats allowed."""

    axis: Axis
    edges: tuple[int, ...]

    def apply(self, values: Values) -> Values:
        """The score of each value; for recency (few days are good) the parts count down."""
        passed = np.searchsorted(np.array(self.edges, dtype=np.int64), values, side="left").astype(np.int64)
        return len(self.edges) + 1 - passed if self.axis == "R" else passed + 1

    def cut_points(self, scale: int) -> tuple[CutPoint, ...]:
        """The edges in the axis's unit."""
        parts = len(self.edges) + 1
        return tuple(
            CutPoint(
                name=f"{self.axis} part {place}",
                axis=self.axis,
                value=Decimal(edge).scaleb(-scale),
                origin=f"upper end of part {place} of {parts} equal parts",
            )
            for place, edge in enumerate(self.edges, 1)
        )

    def unreached(self, values: Values) -> tuple[int, ...]:
        """The scores that none of `values` gets."""
        return tuple(sorted(set(range(1, len(self.edges) + 2)) - set(self.apply(values).tolist())))


def fit(scores: Mapping[Axis, Score], customers: CustomerTable, recipe: str) -> tuple[Scoring, ...]:
    """The scoring of each axis on these customers. Raises `RecipeError` where values are too few for the parts."""
    return tuple(_fit_axis(axis, score.quantiles, customers, recipe) for axis, score in scores.items())


def _fit_axis(axis: Axis, parts: int, customers: CustomerTable, recipe: str) -> Scoring:
    values = axis_values(customers, axis)
    if (distinct := len(np.unique(values))) < parts:
        raise RecipeError(
            f"recipe {recipe}, scores.{axis}.quantiles: "
            f"{axis} has {distinct} distinct values, too few for {parts} parts",
            f"Ask for {distinct} parts or fewer, or group by conditions on {axis}.",
        )
    return Scoring(axis, tuple(floor(quantile(values, Fraction(part, parts))) for part in range(1, parts)))


def notes(scorings: tuple[Scoring, ...], customers: CustomerTable) -> tuple[str, ...]:
    """A sentence for each axis with scores that nobody can reach."""
    return tuple(
        f"No customer can have the {scoring.axis} score {', '.join(map(str, missing))}: "
        "too many share one value, and equal values share a score."
        for scoring in scorings
        if (missing := scoring.unreached(axis_values(customers, scoring.axis)))
    )


def cut_points(scorings: tuple[Scoring, ...], customers: CustomerTable) -> tuple[CutPoint, ...]:
    """The edges of all scorings in days, orders and currency."""
    return tuple(point for scoring in scorings for point in scoring.cut_points(decimals(customers, scoring.axis)))
