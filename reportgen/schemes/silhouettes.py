"""Silhouettes of many clusterings of the same points: their distances take longest, and are made once for all.

Rousseeuw (1987): how much nearer a point lies to its own cluster than to the next one, -1 … 1; here their means.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from sklearn import config_context
from sklearn.metrics import pairwise_distances_chunked

from reportgen.schemes.axes import Matrix
from reportgen.tally import Values

_MEBIBYTES: Final = 64
"""Distances at a time: they are added up by clusters before the next are made, since all would take gigabytes."""


def silhouettes(points: Matrix, labellings: Sequence[Values], sample: int, seed: int) -> list[float | None]:
    """The mean silhouette of each of `labellings`; None where there is nothing to compare.

    points: customers x inputs; beyond `sample` points, so many drawn by `seed` are looked at, as scikit-learn does.
    """
    chosen: slice | Values = slice(None)
    if len(points) > sample:
        chosen = np.random.RandomState(seed).permutation(len(points))[:sample]
    each = [np.unique(labels[chosen], return_inverse=True)[1] for labels in labellings]
    members = [np.eye(labels.max() + 1)[labels] for labels in each]
    together = np.hstack(members)
    with config_context(working_memory=_MEBIBYTES):
        sums = np.vstack(
            list(pairwise_distances_chunked(points[chosen], reduce_func=lambda some, _start: some @ together))
        )
    parts = np.split(sums, np.cumsum([one.shape[1] for one in members])[:-1], axis=1)
    return [_mean(*known) for known in zip(parts, each, strict=True)]


def _mean(sums: Matrix, labels: Values) -> float | None:
    """`sums`: of the distances of each point to those of each cluster."""
    sizes = np.bincount(labels)
    if not 1 < len(sizes) < len(labels):
        return None
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    others = sums / sizes
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    # A point alone in its cluster, and one that lies on all others, counts 0.
    wider = np.maximum(own, nearest)
    known = (sizes[labels] > 1) & (wider > 0)
    return float(np.divide(nearest - own, wider, out=np.zeros(len(labels)), where=known).mean())
