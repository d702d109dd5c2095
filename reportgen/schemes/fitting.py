"""Fitting of clusterings by scikit-learn and SciPy; imported only when a recipe clusters, since it takes a second.

Everything runs on one thread and customers come ascending by id, so that sums of floats have one order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import ibis.expr.types as ir
import numpy as np
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.cluster import KMeans
from sklearn.metrics import pairwise_distances_argmin
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import MinMaxScaler, PowerTransformer, RobustScaler, StandardScaler
from threadpoolctl import threadpool_limits

from reportgen.brief import Candidate
from reportgen.recipe import Clusters
from reportgen.schemes.axes import Matrix
from reportgen.schemes.silhouettes import silhouettes
from reportgen.tally import Values

SILHOUETTE_SAMPLE: Final = 20_000
WARD_SAMPLE: Final = 5_000
"""Ward needs a distance for every pair: 5,000 customers are 100 MB."""
_ROUNDS: Final = 1_000
_SCALERS: Final = MappingProxyType({"standard": StandardScaler, "min-max": MinMaxScaler, "robust": RobustScaler})


@dataclass(frozen=True)
class Fit:
    """The chosen clustering: labels 0 … k-1 per row, and every candidate that was tried, one of them chosen."""

    labels: Values
    candidates: tuple[Candidate, ...]


def fit(points: Matrix, clusters: Clusters) -> Fit:
    """The clustering of `points` (customers x inputs, scaled): the one asked for, or the best silhouette of all."""
    numbers = [clusters.k] if clusters.k else range(clusters.k_min, clusters.k_max + 1)
    tried = [
        (algorithm, k, *made)
        for algorithm in clusters.algorithms
        for k, made in zip(numbers, assign(points, clusters, algorithm, numbers), strict=True)
    ]
    apart = separation(points, [labels for _, _, labels, _ in tried], clusters.seed)
    best = max(range(len(tried)), key=lambda place: (apart[place] or 0.0, -place))
    candidates = tuple(
        Candidate(algorithm=algorithm, k=k, silhouette=apart[place], inertia=inertia, chosen=place == best)
        for place, (algorithm, k, _, inertia) in enumerate(tried)
    )
    return Fit(tried[best][2], candidates)


def sampled(customers: int, clusters: Clusters) -> tuple[str, ...]:
    """What of a clustering of so many `customers` rests on a sample, in sentences."""
    drawn = "drawn by customer id, so that the order of rows does not matter"
    made = []
    if "ward" in clusters.algorithms and customers > WARD_SAMPLE:
        made.append(
            f"Ward’s clusters are made from a sample of {WARD_SAMPLE:,} of {customers:,} customers, {drawn}; "
            "the others join the nearest centroid."
        )
    if customers > SILHOUETTE_SAMPLE:
        made.append(f"Silhouettes look at a sample of {SILHOUETTE_SAMPLE:,} of {customers:,} customers, {drawn}.")
    return tuple(made)


def scaled(values: Matrix, clusters: Clusters) -> Matrix:
    """`values` (customers x inputs) transformed and scaled as the recipe says."""
    with threadpool_limits(limits=1):
        shaped = _transformed(values, clusters.transform)
        if clusters.scale == "none":
            return shaped
        return np.asarray(_SCALERS[clusters.scale]().fit_transform(shaped), dtype=np.float64)


@dataclass(frozen=True)
class Shape:
    """What is done to one input: transform (with the exponent of Box-Cox, None where it is constant), offset, unit."""

    transform: str
    power: float | None
    offset: float
    unit: float

    def inside(self, values: ir.FloatingValue) -> ir.FloatingValue:
        """The same as an expression."""
        shaped = values if self.transform == "none" else (values + 1).ln()
        if self.power:
            shaped = ((values + 1) ** self.power - 1) / self.power
        return (shaped - self.offset) / self.unit


def shapes(base: Matrix, clusters: Clusters) -> tuple[Shape, ...]:
    """What `scaled` does to each input, with the parameters of `base`."""
    powers: list[float | None] = [None] * base.shape[1]
    varied = np.ptp(base, axis=0) > 0
    if clusters.transform == "box-cox" and varied.any():
        found = PowerTransformer("box-cox", standardize=False).fit(base[:, varied] + 1).lambdas_
        for place, power in zip(np.flatnonzero(varied), found, strict=True):
            powers[place] = float(power)
    # Two points tell a straight line.
    ends = np.array([np.zeros(base.shape[1]), np.ones(base.shape[1])])
    if clusters.scale != "none":
        scaler = _SCALERS[clusters.scale]().fit(_transformed(base, clusters.transform))
        ends = np.asarray(scaler.transform(ends), dtype=np.float64)
    units = 1 / (ends[1] - ends[0])
    offsets = -ends[0] * units
    rows = zip(powers, offsets.tolist(), units.tolist(), strict=True)
    return tuple(Shape(clusters.transform, *row) for row in rows)


def _transformed(values: Matrix, transform: str) -> Matrix:
    """Constant inputs have no exponent of Box-Cox, and stay as they are."""
    if transform == "none":
        return values
    shaped: Matrix = np.log1p(values)
    varied = np.ptp(values, axis=0) > 0
    if transform == "box-cox" and varied.any():
        power = PowerTransformer("box-cox", standardize=False)
        shaped[:, varied] = power.fit_transform(values[:, varied] + 1)
    return shaped


def assign(
    points: Matrix, clusters: Clusters, algorithm: str, numbers: Sequence[int]
) -> list[tuple[Values, float | None]]:
    """For each of `numbers` k the labels 0 … k-1, and their inertia where the algorithm minimises it."""
    with threadpool_limits(limits=1):
        match algorithm:
            case "ward":
                return [(labels, None) for labels in _ward(points, clusters.seed, numbers)]
            case "gaussian-mixture":
                return [(_mixture(points, clusters, k), None) for k in numbers]
            case _:
                return [_k_means(points, clusters, k) for k in numbers]


def _k_means(points: Matrix, clusters: Clusters, k: int) -> tuple[Values, float]:
    model = KMeans(n_clusters=k, random_state=clusters.seed, n_init=clusters.starts).fit(points)
    return model.labels_.astype(np.int64), round(float(model.inertia_), 2)


def _mixture(points: Matrix, clusters: Clusters, k: int) -> Values:
    model = GaussianMixture(n_components=k, random_state=clusters.seed, n_init=clusters.starts, max_iter=_ROUNDS)
    labels: Values = model.fit_predict(points).astype(np.int64)
    return labels


def _ward(points: Matrix, seed: int, numbers: Sequence[int]) -> list[Values]:
    """Ward on all points, or on a sample whose centroids the others join; one tree is cut for each of `numbers`."""
    sample = _drawn(points, seed, WARD_SAMPLE) if len(points) > WARD_SAMPLE else points
    cuts = cut_tree(linkage(sample, method="ward"), n_clusters=list(numbers)).astype(np.int64).T
    return [labels if sample is points else _joined(points, sample, labels) for labels in cuts]


def _joined(points: Matrix, sample: Matrix, labels: Values) -> Values:
    """The nearest centroid of the `labels` of the `sample`, for all points."""
    centroids = np.stack([sample[labels == label].mean(axis=0) for label in np.unique(labels)])
    found: Values = pairwise_distances_argmin(points, centroids).astype(np.int64)
    return found


def _drawn(points: Matrix, seed: int, size: int) -> Matrix:
    """`size` of `points`, in their order."""
    chosen: Matrix = points[np.random.default_rng(seed).choice(len(points), size, replace=False, shuffle=False)]
    return chosen


def separation(points: Matrix, labellings: Sequence[Values], seed: int) -> list[float | None]:
    """The mean silhouettes, to 4 decimals; None where there is nothing to compare."""
    with threadpool_limits(limits=1):
        found = silhouettes(points, labellings, SILHOUETTE_SAMPLE, seed)
    return [None if one is None else round(one, 4) for one in found]
