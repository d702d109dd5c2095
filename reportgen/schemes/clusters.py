"""Segments by clustering: k-means, Ward or a Gaussian mixture on R, F, M, named from their evidence."""

from collections.abc import Callable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from reportgen.brief import Candidate, Clustering
from reportgen.customers import CustomerTable, held
from reportgen.customers.held import HeldCustomers
from reportgen.errors import RecipeError
from reportgen.recipe import Clusters, Recipe
from reportgen.schemes import inside as engine
from reportgen.schemes.axes import COLUMNS, Matrix, decimals
from reportgen.schemes.labels import refuse_repeats
from reportgen.schemes.profiles import Profile, profiles
from reportgen.segmentation import Division, Group, Segmentation
from reportgen.tally import Values

_ALGORITHMS: Final[Mapping[str, str]] = MappingProxyType(
    {"k-means": "k-means", "ward": "hierarchical (Ward)", "gaussian-mixture": "Gaussian mixture"}
)

SAMPLE: Final = 200_000
"""Of customers that the engine holds, so many tell where centres lie: inertia is as low, in less time."""
_DECIMALS: Final = 6
"""Customers whose scaled values agree to this many decimals are one point to a clustering."""


def validate(recipe: Recipe) -> None:
    """Refuse what no data can mend. Raises `RecipeError`."""
    clusters = _settings(recipe)
    if clusters.k is None and clusters.k_min > clusters.k_max:
        raise RecipeError(f"recipe {recipe.id}, clusters.k_min: {clusters.k_min} is above k_max, {clusters.k_max}")
    for key in ("algorithms", "inputs"):
        if not getattr(clusters, key):
            raise RecipeError(f"recipe {recipe.id}, clusters.{key}: name at least one")
        refuse_repeats(f"recipe {recipe.id}, clusters.{key}", getattr(clusters, key))
    refuse_repeats(f"recipe {recipe.id}, clusters.published, label", [row.label for row in clusters.published])


def segment(customers: CustomerTable, recipe: Recipe) -> Segmentation:
    """The partition of `customers` into clusters, the highest mean monetary first. Raises `RecipeError`."""
    from reportgen.schemes import fitting  # SciPy takes a second, and rules don't need it

    clusters = _settings(recipe)
    fit = fitting.fit(points(customers, recipe), clusters)
    numbers = pd.Series(fit.labels.astype(str), index=customers.frame.index)
    found = profiles(customers.sums(numbers))
    groups, ids = _named(found, recipe, lambda number: _first(fit.labels, int(number)))
    return Segmentation(
        groups=groups,
        members=numbers.map(ids).astype("str").rename("segment"),
        clustering=_clustering(clusters, fit.candidates),
        notes=(*_empty_notes(groups, fit.candidates), *fitting.sampled(len(numbers), clusters)),
    )


def divide(customers: HeldCustomers, recipe: Recipe) -> tuple[Division, engine.Ruler]:
    """The clusters of a sample, which all of `customers` join, with what puts each into one. Raises `RecipeError`."""
    from reportgen.schemes import fitting

    clusters, sample = _settings(recipe), customers.sample(SAMPLE)
    fit = fitting.fit(points(sample, recipe), clusters)
    numbers = pd.Series(fit.labels.astype(str), index=sample.frame.index)
    told = _ruler(sample, numbers, clusters)(customers.table)
    found = profiles(held.sums(told.table.mutate(group=told.group(told.table)), "group"))
    groups, ids = _named(found, recipe, int)
    notes = _empty_notes(groups, fit.candidates), _sampled(len(customers), len(numbers)), fitting.sampled(
        len(numbers), clusters)  # fmt: skip
    division = Division(
        groups=groups, clustering=_clustering(clusters, fit.candidates), notes=tuple(chain.from_iterable(notes))
    )
    return division, _ruler(sample, numbers.map(ids), clusters)


def _named(
    found: Mapping[str, Profile], recipe: Recipe, first: Callable[[str], int]
) -> tuple[tuple[Group, ...], dict[str, str]]:
    """The groups, the highest mean monetary first and equal ones by `first`; number of a cluster -> id of its group."""
    from reportgen.schemes import naming

    ordered = sorted(found, key=lambda number: (-found[number].means["M"], first(number)))
    groups = naming.groups([found[number] for number in ordered], recipe)
    return groups, {number: group.id for number, group in zip(ordered, groups, strict=True)}


def _sampled(customers: int, drawn: int) -> tuple[str, ...]:
    told = (
        f"Clusters are found on {drawn:,} of {customers:,} customers, drawn at equal distances in the order of their "
        "ids; each of all customers joins the nearest centre."
    )
    return (told,) if drawn < customers else ()


def ruler(customers: CustomerTable, recipe: Recipe, found: Segmentation) -> engine.Ruler:
    """What tells of any customer in the engine which group's centre is nearest, on the scale of `customers`."""
    return _ruler(customers, found.members, _settings(recipe))


def _ruler(customers: CustomerTable, members: "pd.Series[str]", clusters: Clusters) -> engine.Ruler:
    from reportgen.schemes import fitting

    base = _values(customers, clusters)
    centres = pd.DataFrame(fitting.scaled(base, clusters)).groupby(members.to_numpy()).mean()
    shapes = fitting.shapes(base, clusters)
    units = [float(10 ** decimals(customers, axis)) for axis in clusters.inputs]

    def inside(table: ir.Table) -> engine.Inside:
        columns = (table[COLUMNS[axis]] / unit for axis, unit in zip(clusters.inputs, units, strict=True))
        points = {
            f"point_{place}": shape.inside(column)
            for place, (shape, column) in enumerate(zip(shapes, columns, strict=True))
        }

        def group(joined: ir.Table) -> ir.StringValue:
            return engine.nearest([joined[name] for name in points], centres.to_numpy(), list(centres.index))

        return engine.Inside(table.mutate(**points), group)

    return inside


def points(customers: CustomerTable, recipe: Recipe) -> Matrix:
    """Customers x inputs as the clustering sees them: transformed and scaled. Raises `RecipeError` for too few."""
    from reportgen.schemes import fitting

    clusters = _settings(recipe)
    found = fitting.scaled(_values(customers, clusters), clusters)
    _need_variety(found, clusters, recipe.id)
    _refuse_constants(found, clusters, recipe.id)
    return found


def _settings(recipe: Recipe) -> Clusters:
    if recipe.clusters is None:
        raise RecipeError(f"recipe {recipe.id} has no [clusters]")
    return recipe.clusters


def _values(customers: CustomerTable, clusters: Clusters) -> Matrix:
    """Customers x inputs, in days, orders and currency."""
    columns = [customers.frame[COLUMNS[axis]] / 10 ** decimals(customers, axis) for axis in clusters.inputs]
    return np.column_stack(columns).astype(np.float64)


def _need_variety(points: Matrix, clusters: Clusters, recipe: str) -> None:
    """At least one distinct profile per cluster."""
    distinct = len(np.unique(points.round(_DECIMALS), axis=0))
    key, most = ("k", clusters.k) if clusters.k else ("k_max", clusters.k_max)
    if most > distinct:
        raise RecipeError(
            f"recipe {recipe}, clusters.{key}: {most} clusters of {distinct} different customers",
            f"Set {key} to {distinct} or fewer, or take a longer window.",
        )


def _refuse_constants(points: Matrix, clusters: Clusters, recipe: str) -> None:
    """An input that is the same for all tells nobody apart, and has no scale."""
    for axis, spread in zip(clusters.inputs, np.ptp(points, axis=0), strict=True):
        if spread == 0:
            raise RecipeError(
                f"recipe {recipe}, clusters.inputs: every customer has the same {axis}",
                f"Leave {axis} out of `inputs`, or take a longer window.",
            )


def _first(labels: Values, number: int) -> int:
    """Place of a cluster's first customer: breaks ties of mean monetary."""
    return int(np.argmax(labels == number))


def _empty_notes(groups: tuple[Group, ...], candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    """A sentence where the algorithm left clusters without customers."""
    k = next(candidate.k for candidate in candidates if candidate.chosen)
    return (f"Of {k} clusters, {k - len(groups)} hold no customer.",) if len(groups) < k else ()


def _clustering(clusters: Clusters, candidates: tuple[Candidate, ...]) -> Clustering:
    chosen = next(candidate for candidate in candidates if candidate.chosen)
    return Clustering(
        algorithm=_ALGORITHMS[chosen.algorithm],
        k=chosen.k,
        inputs=clusters.inputs,
        transform=clusters.transform,
        scale=clusters.scale,
        seed=clusters.seed,
        starts=clusters.starts,
        inertia=chosen.inertia,
        candidates=candidates,
    )
