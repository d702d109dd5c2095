"""Clusters: how well the recipe's algorithm separates customers for each k, and why k is what it is."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from sklearn import metrics
from threadpoolctl import threadpool_limits

from reportgen.customers import CustomerTable
from reportgen.evaluation import ClusterQuality, Quality
from reportgen.recipe import Clusters, Recipe
from reportgen.schemes import clusters as scheme
from reportgen.schemes import fitting
from reportgen.schemes.axes import Matrix
from reportgen.tally import Values

K: Final = range(2, 11)
DIGITS: Final = 4


def cluster_quality(customers: CustomerTable, recipe: Recipe, settled: Recipe) -> ClusterQuality | None:
    """The quality of each k; None for rules. `settled`: `recipe` with its algorithm and k chosen."""
    asked, chosen = recipe.clusters, settled.clusters
    if asked is None or chosen is None or chosen.k is None:
        return None
    points = scheme.points(customers, settled)
    distinct = len(np.unique(points, axis=0))
    tried = sorted({k for k in K if k < distinct} | {chosen.k})
    qualities = _qualities(points, chosen, tried)
    return ClusterQuality(
        algorithm=chosen.algorithms[0],
        k=chosen.k,
        why=_why(asked, chosen.k, qualities),
        sample=fitting.SILHOUETTE_SAMPLE if len(points) > fitting.SILHOUETTE_SAMPLE else None,
        qualities=qualities,
    )


def _qualities(points: Matrix, clusters: Clusters, numbers: Sequence[int]) -> tuple[Quality, ...]:
    labellings = [labels for labels, _ in fitting.assign(points, clusters, clusters.algorithms[0], numbers)]
    apart = fitting.separation(points, labellings, clusters.seed)
    with threadpool_limits(limits=1):
        rows = zip(numbers, labellings, apart, strict=True)
        return tuple(_quality(points, labels, silhouette, k, clusters) for k, labels, silhouette in rows)


def _quality(points: Matrix, labels: Values, silhouette: float | None, k: int, clusters: Clusters) -> Quality:
    known = silhouette is not None
    return Quality(
        k=k,
        silhouette=silhouette,
        davies_bouldin=round(float(metrics.davies_bouldin_score(points, labels)), DIGITS) if known else None,
        calinski_harabasz=round(float(metrics.calinski_harabasz_score(points, labels)), 2) if known else None,
        inertia=_inertia(points, labels),
        chosen=k == clusters.k,
    )


def _inertia(points: Matrix, labels: Values) -> float:
    parts = (points[labels == label] for label in np.unique(labels))
    return round(float(sum(((part - part.mean(axis=0)) ** 2).sum() for part in parts)), 2)


def _why(asked: Clusters, k: int, qualities: tuple[Quality, ...]) -> str:
    """Where k comes from, and whether the silhouette agrees."""
    best = max(qualities, key=lambda quality: (quality.silhouette or -1.0, -quality.k))
    if asked.k is None:
        reason = f"k = {k} has the best silhouette of k = {asked.k_min} … {asked.k_max}"
        reason += f" over {' and '.join(asked.algorithms)}" if len(asked.algorithms) > 1 else ""
    else:
        reason = f"k = {k} is set by the recipe"
    if best.k == k or best.silhouette is None:
        return f"{reason}; no other k of 2 … 10 separates better."
    return f"{reason}; k = {best.k} would separate best (silhouette {best.silhouette:.3f})."
