"""Regrouping: the same recipe on changed customers, as bare group numbers; the names don't matter here.

A clustering keeps the algorithm and the number of clusters that were chosen: what is judged is where its borders lie.
"""

from collections.abc import Callable

import msgspec
import numpy as np

from reportgen.customers import CustomerTable
from reportgen.recipe import Recipe
from reportgen.schemes import clusters, segment
from reportgen.segmentation import Segmentation
from reportgen.tally import Values

Regroup = Callable[[CustomerTable], Values]
"""The group number of each customer, in the table's order (ascending by id). Raises `RecipeError`."""


def chosen(recipe: Recipe, segmentation: Segmentation) -> Recipe:
    """`recipe` with its choice of algorithm and k made as `segmentation` made it."""
    if recipe.clusters is None or segmentation.clustering is None:
        return recipe
    best = next(candidate for candidate in segmentation.clustering.candidates if candidate.chosen)
    algorithm = next(name for name in recipe.clusters.algorithms if name == best.algorithm)
    settled = msgspec.structs.replace(recipe.clusters, algorithms=(algorithm,), k=best.k)
    return msgspec.structs.replace(recipe, clusters=settled)


def regroup(recipe: Recipe) -> Regroup:
    """How a recipe whose choices are made groups customers."""
    return _by_clusters(recipe) if recipe.clusters else lambda customers: codes(segment(customers, recipe))


def codes(segmentation: Segmentation) -> Values:
    """The place of each customer's group among the groups."""
    places = {group.id: place for place, group in enumerate(segmentation.groups)}
    return np.asarray(segmentation.members.map(places), dtype=np.int64)


def _by_clusters(recipe: Recipe) -> Regroup:
    from reportgen.schemes import fitting

    settings = recipe.clusters
    if settings is None or settings.k is None:
        raise ValueError(f"recipe {recipe.id}: the number of clusters is not chosen yet")
    algorithm, k = settings.algorithms[0], settings.k
    return lambda customers: fitting.assign(clusters.points(customers, recipe), settings, algorithm, [k])[0][0]
