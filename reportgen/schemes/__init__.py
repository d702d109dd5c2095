"""Schemes: how a recipe groups customers. One file each, found by the table of the recipe that it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import ibis.expr.types as ir

from reportgen.customers import CustomerTable
from reportgen.errors import RecipeError
from reportgen.recipe import Recipe
from reportgen.schemes import clusters, cuts, labels, rules
from reportgen.schemes.inside import Inside
from reportgen.segmentation import Segmentation


@dataclass(frozen=True)
class Scheme:
    """validate: refuses a recipe that no data can mend. segment: the partition of the customers.

    inside: the group of each of other customers, in an engine's table, by what made the partition of the given ones.
    """

    validate: Callable[[Recipe], None]
    segment: Callable[[CustomerTable, Recipe], Segmentation]
    inside: Callable[[ir.Table, Recipe, CustomerTable, Segmentation], Inside]


SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(
    {
        "segments": Scheme(rules.validate, rules.segment, rules.inside),
        "clusters": Scheme(clusters.validate, clusters.segment, clusters.inside),
    }
)


def validate(recipe: Recipe) -> None:
    """Check whatever can be checked without customers. Raises `RecipeError`."""
    cuts.validate(recipe)
    labels.validate(recipe)
    _scheme(recipe).validate(recipe)


def segment(customers: CustomerTable, recipe: Recipe) -> Segmentation:
    """The proved partition of `customers` (at least one) by `recipe`. Raises `RecipeError`."""
    if customers.frame.empty:
        raise RecipeError(f"recipe {recipe.id}: there is no customer to segment")
    ordered = CustomerTable(customers.frame.sort_index(), customers.scale)  # k-means depends on the order of customers
    found = _scheme(recipe).segment(ordered, recipe)
    members = found.members.reindex(customers.frame.index)
    return replace(found, members=members).prove(customers.frame.index)


def inside(table: ir.Table, recipe: Recipe, customers: CustomerTable, found: Segmentation) -> Inside:
    """The group that each customer of `table` would be in under `found`, the segmentation of `customers`.

    By the cut points and score edges found on `customers`; for clusters by the nearest centre of its groups. `table`
    has `customer`, and the axes as in a `CustomerTable`.
    """
    return _scheme(recipe).inside(table, recipe, customers, found)


def _scheme(recipe: Recipe) -> Scheme:
    """The one scheme whose table the recipe fills."""
    filled = [key for key in SCHEMES if getattr(recipe, key)]
    if len(filled) != 1:
        raise RecipeError(
            f"recipe {recipe.id} has {' and '.join(filled) or 'no way to group customers'}",
            f"Give exactly one of {', '.join(SCHEMES)}.",
        )
    return SCHEMES[filled[0]]
