"""Schemes: how a recipe groups customers. One file each, found by the table of the recipe that it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from reportgen.customers import CustomerTable
from reportgen.customers.held import HeldCustomers
from reportgen.errors import RecipeError
from reportgen.recipe import Recipe
from reportgen.schemes import clusters, cuts, labels, rules
from reportgen.schemes.inside import Ruler
from reportgen.segmentation import Division, Segmentation


@dataclass(frozen=True)
class Scheme:
    """validate: refuses a recipe that no data can mend. segment: the partition of the customers.

    ruler: what tells the group of any other customer in the engine, by what made the partition of the given ones.
    divide: the partition of customers that the engine holds, by such a ruler.
    """

    validate: Callable[[Recipe], None]
    segment: Callable[[CustomerTable, Recipe], Segmentation]
    ruler: Callable[[CustomerTable, Recipe, Segmentation], Ruler]
    divide: Callable[[HeldCustomers, Recipe], tuple[Division, Ruler]]


SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(
    {
        "segments": Scheme(rules.validate, rules.segment, rules.ruler, rules.divide),
        "clusters": Scheme(clusters.validate, clusters.segment, clusters.ruler, clusters.divide),
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


def ruler(customers: CustomerTable, recipe: Recipe, found: Segmentation) -> Ruler:
    """What tells the group that any customer would be in under `found`, the segmentation of `customers`.

    By the cut points and score edges found on `customers`; for clusters by the nearest centre of its groups.
    """
    return _scheme(recipe).ruler(customers, recipe, found)


def divide(customers: HeldCustomers, recipe: Recipe) -> tuple[Division, Ruler]:
    """The groups of `customers` (at least one) by `recipe`, and what puts each into one. Raises `RecipeError`."""
    return _scheme(recipe).divide(customers, recipe)


def _scheme(recipe: Recipe) -> Scheme:
    """The one scheme whose table the recipe fills."""
    filled = [key for key in SCHEMES if getattr(recipe, key)]
    if len(filled) != 1:
        raise RecipeError(
            f"recipe {recipe.id} has {' and '.join(filled) or 'no way to group customers'}",
            f"Give exactly one of {', '.join(SCHEMES)}.",
        )
    return SCHEMES[filled[0]]
