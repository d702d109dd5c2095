"""Stability: whether another draw of customers would be segmented the same way.

The bootstrap of Hennig (2007): customers are drawn with replacement and segmented anew; each segment is compared with
its best match by the Jaccard index, over the customers that were drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix

from reportgen.customers import CustomerTable
from reportgen.errors import RecipeError
from reportgen.evaluation import Band, Stability
from reportgen.judging.regrouping import Regroup
from reportgen.recipe import Recipe
from reportgen.schemes.axes import Matrix
from reportgen.tally import Values

RESAMPLES: Final = 50
DIGITS: Final = 4
UNSTABLE, STABLE, HIGHLY_STABLE = 0.60, 0.75, 0.85


@dataclass(frozen=True)
class Found:
    """`segments`: group number -> mean Jaccard index; groups that no resample held are missing."""

    facts: Stability
    segments: dict[int, float]


def stability(customers: CustomerTable, groups: Values, recipe: Recipe, regroup: Regroup, seed: int) -> Found:
    """The bootstrap of `groups`, the group number of each of `customers`, segmented again by `regroup`."""
    matches: dict[int, list[float]] = {}
    indices = []
    for drawn, found in _resamples(customers, regroup, seed):
        indices.append(adjusted_rand_score(groups[drawn], found))
        for group, best in zip(np.unique(groups[drawn]).tolist(), _best(groups[drawn], found), strict=True):
            matches.setdefault(group, []).append(best)
    facts = Stability(
        resamples=len(indices),
        failed=RESAMPLES - len(indices),
        rand_index=_mean(indices) if indices else None,
        note=note(recipe),
    )
    return Found(facts, {group: _mean(values) for group, values in sorted(matches.items())})


def band(jaccard: float) -> Band:
    """Below 0.60 unstable, up to 0.75 doubtful, above stable, above 0.85 highly stable."""
    if jaccard > STABLE:
        return "highly stable" if jaccard > HIGHLY_STABLE else "stable"
    return "doubtful" if jaccard >= UNSTABLE else "unstable"


def note(recipe: Recipe) -> str:
    """What the reader must know of the figures."""
    if recipe.clusters:
        return "Each resample is clustered anew, with the same algorithm and number of clusters."
    follows = [cut.quantile is not None for cut in recipe.cuts.values()]
    if any(follows) or any(score.at is None for score in recipe.scores.values()):
        return "Each resample finds its own quantiles as cut points."
    return "All cut points are literal: another draw of customers can't move anybody."


def _resamples(customers: CustomerTable, regroup: Regroup, seed: int) -> Iterator[tuple[Values, Values]]:
    """The distinct customers (places) of each resample and their new groups; some can't be segmented."""
    count = len(customers.frame)
    for number in range(RESAMPLES):
        places = np.sort(np.random.default_rng([seed, number]).integers(0, count, count))
        try:
            found = regroup(_resampled(customers, places))
        except RecipeError:
            continue
        drawn, first = np.unique(places, return_index=True)
        yield drawn, found[first]


def _resampled(customers: CustomerTable, places: Values) -> CustomerTable:
    """The customers at `places`, one row per draw, under ids that keep their order."""
    frame = customers.frame.iloc[places]
    return CustomerTable(frame.set_axis([f"{place:09d}" for place in range(len(frame))], axis=0), customers.scale)


def _best(before: Values, after: Values) -> list[float]:
    """The Jaccard index of each group before with the group after that it shares most with."""
    shared: Matrix = contingency_matrix(before, after).astype(np.float64)
    union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    return [float(best) for best in (shared / union).max(axis=1)]


def _mean(values: list[float]) -> float:
    return round(float(np.mean(values)), DIGITS)
