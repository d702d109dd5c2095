"""Scores 1 (worst) … n (best), by equal parts or literal cut points, and what is derived from them.

Equal values share a score unless a recipe says otherwise, so the order of rows can't matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from types import MappingProxyType
from typing import Final

import numpy as np

from reportgen.brief import FIXED, CutPoint
from reportgen.customers import Customers
from reportgen.errors import RecipeError
from reportgen.recipe import Axis, Recipe, Score
from reportgen.schemes.axes import COLUMNS, decimals
from reportgen.schemes.conditions import MOST, countable
from reportgen.tally import Tally, Values, quantile

DERIVED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "FM_score": ("F_score", "M_score"),
        "RFM_sum": ("R_score", "F_score", "M_score"),
        "RFM_code": ("R_score", "F_score", "M_score"),
    }
)
"""Names made of scores: the rounded mean of F and M, the sum, and the digits R, F, M as one number."""


@dataclass(frozen=True)
class Scoring:
    """How an axis is scored.

    edges: the largest value of each part but the last, ascending, repeats allowed; places where ties are split
    ends: the same in the axis's whole numbers
    by_customer: values are first ranked, equal ones by customer id
    """

    axis: Axis
    edges: tuple[int, ...]
    ends: tuple[int, ...] = ()
    by_customer: bool = False
    origin: str = ""

    def apply(self, values: Values) -> Values:
        """The score of each value; for recency (few days are good) the parts count down."""
        return self._parts(_ranks(values) if self.by_customer else values)

    def _parts(self, ranked: Values) -> Values:
        """The score of each of `ranked`: values, or places where ties are split."""
        passed = np.searchsorted(np.array(self.edges, dtype=np.int64), ranked, side="left").astype(np.int64)
        return len(self.edges) + 1 - passed if self.axis == "R" else passed + 1

    def lasts(self, customers: Customers) -> list[tuple[int, str] | None]:
        """Value and id of the last of `customers` in each part but the top one; None for a part without any."""
        column = COLUMNS[self.axis]
        tally = customers.tally(column)
        values = [tally.at(edge - 1) if edge else None for edge in self.edges]
        return [
            None if value is None else (value, customers.nth(column, value, edge - 1 - tally.below(value)))
            for edge, value in zip(self.edges, values, strict=True)
        ]

    def cut_points(self, scale: int) -> tuple[CutPoint, ...]:
        """The upper ends of the parts in the axis's unit."""
        return tuple(
            CutPoint(
                name=f"{self.axis} part {place}", axis=self.axis, value=Decimal(end).scaleb(-scale), origin=self.origin
            )
            for place, end in enumerate(self.ends or self.edges, 1)
        )

    def unreached(self, tally: Tally) -> tuple[int, ...]:
        """The scores that none of the values of `tally` gets."""
        places = [1, *self.edges, *(edge + 1 for edge in self.edges)]  # the first and the last one of each part
        seen = np.clip(places, 1, len(tally)) if self.by_customer else tally.values
        return tuple(sorted(set(range(1, len(self.edges) + 2)) - set(self._parts(seen).tolist())))


def names(recipe: Recipe) -> tuple[str, ...]:
    """The names of scores that the recipe's conditions may use."""
    own = tuple(f"{axis}_score" for axis in recipe.scores)
    return own + tuple(name for name, made_of in DERIVED.items() if set(made_of) <= set(own))


def derive(scores: Mapping[str, Values], rounding: str) -> dict[str, Values]:
    """The names of `DERIVED` that can be made of `scores`."""
    found = {}
    if {"F_score", "M_score"} <= scores.keys():
        total = scores["F_score"] + scores["M_score"]
        up = {"half-up": total % 2, "half-even": total % 2 * (total // 2 % 2)}.get(rounding, np.zeros_like(total))
        found["FM_score"] = total // 2 + up
    if set(DERIVED["RFM_sum"]) <= scores.keys():
        found["RFM_sum"] = scores["R_score"] + scores["F_score"] + scores["M_score"]
        found["RFM_code"] = 100 * scores["R_score"] + 10 * scores["F_score"] + scores["M_score"]
    return found


def validate(recipe: Recipe) -> None:
    """Refuse literal cut points that do not ascend. Raises `RecipeError`."""
    for axis, score in recipe.scores.items():
        if wrong := [point for point in (*(score.at or ()), score.shift) if not countable(point)]:
            raise RecipeError(f"recipe {recipe.id}, scores.{axis}: {wrong[0]} can't be compared: {MOST}")
        if any(low >= high for low, high in pairwise(score.at or ())):
            raise RecipeError(
                f"recipe {recipe.id}, scores.{axis}.at: cut points overlap", "Write each once, in ascending order."
            )


def fit(scores: Mapping[Axis, Score], customers: Customers, recipe: str) -> tuple[Scoring, ...]:
    """The scoring of each axis on these customers. Raises `RecipeError` where values are too few for the parts."""
    return tuple(_fit_axis(axis, score, customers, recipe) for axis, score in scores.items())


def _fit_axis(axis: Axis, score: Score, customers: Customers, recipe: str) -> Scoring:
    if score.at is not None:
        unit = 10 ** decimals(customers, axis)
        return Scoring(axis, _whole((Fraction(point) * unit for point in score.at), score), origin=FIXED)
    shift = Fraction(score.shift) * 10 ** decimals(customers, axis)
    parts, tally = score.quantiles, customers.tally(COLUMNS[axis])
    if (distinct := len(tally.values)) < 2:  # noqa: PLR2004
        raise RecipeError(
            f"recipe {recipe}, scores.{axis}: every customer has the same {axis}, {tally.at(0)}; no part is better",
            f"Leave {axis} out, set literal cut points by `at`, or take a longer window.",
        )
    if distinct < parts and score.ties == "share":
        raise RecipeError(
            f"recipe {recipe}, scores.{axis}.quantiles: {axis} has {distinct} distinct values, fewer than {parts}",
            f"Ask for {distinct} parts or fewer, set literal cut points by `at`, or say how ties part by `ties`.",
        )
    origin = f"upper limits of {parts} equal parts"
    shares = [Fraction(part, parts) for part in range(1, parts)]
    if score.ties == "customer":
        count = len(tally)
        edges = _whole((quantile(lambda place: place + 1, count, share, score.method) for share in shares), score)
        ends = tuple(tally.at(max(edge, 1) - 1) for edge in edges)
        return Scoring(axis, edges, ends, by_customer=True, origin=f"{origin}; ties split by customer id")
    points = [tally.quantile(share, score.method) + shift for share in shares]
    if score.ties == "drop":
        points = sorted({point for point in points if tally.values[0] < point < tally.values[-1]})
    return Scoring(axis, _whole(points, score), origin=origin)


def _whole(points: Iterable[Fraction], score: Score) -> tuple[int, ...]:
    """The largest whole number below each cut point; the point itself counts if the part is closed right."""
    return tuple(floor(point) if score.closed == "right" else ceil(point) - 1 for point in points)


def _ranks(values: Values) -> Values:
    """1 … n by value; equal values in the order of the table, which is that of the customer ids."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.argsort(values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks


def notes(scorings: tuple[Scoring, ...], customers: Customers) -> tuple[str, ...]:
    """What the reader must know of ties: scores that nobody can reach, equal values with different scores."""
    unreached = tuple(
        f"No customer can have the {scoring.axis} score {', '.join(map(str, missing))}: "
        "too many share one value, and equal values share a score."
        for scoring in scorings
        if (missing := scoring.unreached(customers.tally(COLUMNS[scoring.axis])))
    )
    split = tuple(
        f"Customers with the same {scoring.axis} can have different {scoring.axis} scores: "
        "the recipe splits ties by customer id, so that parts have equal size."
        for scoring in scorings
        if scoring.by_customer
    )
    return unreached + split


def cut_points(scorings: tuple[Scoring, ...], customers: Customers) -> tuple[CutPoint, ...]:
    """The edges of all scorings in days, orders and currency."""
    return tuple(point for scoring in scorings for point in scoring.cut_points(decimals(customers, scoring.axis)))
