"""Names for clusters, from their evidence: a cluster's number carries no meaning."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from reportgen.recipe import Archetype, Axis, Published, Recipe
from reportgen.schemes.labels import fits
from reportgen.schemes.profiles import Profile
from reportgen.segmentation import Group

_QUALIFIERS: Final = {
    2: ("higher spend", "lower spend"),
    3: ("highest spend", "middle spend", "lowest spend"),
}
_MEASURED: Final[tuple[Axis, ...]] = ("R", "F", "M")


def groups(ordered: Sequence[Profile], recipe: Recipe) -> tuple[Group, ...]:
    """A named group for each profile. `ordered`: by mean monetary, descending; names are unique."""
    archetypes = [_archetype(profile, _candidates(recipe)) for profile in ordered]
    labels = _published(ordered, recipe.clusters.published if recipe.clusters else ())
    total = Counter(archetype.id for archetype in archetypes)
    seen: Counter[str] = Counter()
    named = []
    for place, archetype in enumerate(archetypes):
        qualifier = _qualifier(seen[archetype.id], total[archetype.id])
        seen[archetype.id] += 1
        named.append(_group(archetype, qualifier, labels.get(place)))
    return tuple(named)


def _candidates(recipe: Recipe) -> list[Archetype]:
    """The archetypes that may name a cluster, in the order in which their evidence is tried."""
    chosen = recipe.clusters.vocabulary if recipe.clusters else ()
    by_id = {archetype.id: archetype for archetype in recipe.vocabulary}
    return [by_id[name] for name in chosen] or list(recipe.vocabulary)


def _archetype(profile: Profile, candidates: Sequence[Archetype]) -> Archetype:
    """The first archetype whose evidence holds; the last one where none does."""
    return next((archetype for archetype in candidates if fits(archetype, profile)), candidates[-1])


def _qualifier(place: int, total: int) -> str:
    """What tells clusters of one name apart: their place by mean spend."""
    if total == 1:
        return ""
    return _QUALIFIERS[total][place] if total in _QUALIFIERS else f"spend rank {place + 1}"


def _group(archetype: Archetype, qualifier: str, label: str | None) -> Group:
    name = f"{archetype.name}, {qualifier}" if qualifier else archetype.name
    suffix = "-" + qualifier.replace(" ", "-") if qualifier else ""
    return Group(id=archetype.id + suffix, name=name, archetype=archetype.id, published=label)


def _published(ordered: Sequence[Profile], rows: Sequence[Published]) -> dict[int, str]:
    """Place of a profile -> the published label whose own profile is nearest; a label goes to one cluster only.

    Profiles are compared relative to their base, on a log scale, so that no unit and no other month matters.
    """
    if not rows:
        return {}
    here = np.log1p([[profile.relative(axis) for axis in _MEASURED] for profile in ordered])
    there = np.log1p(_relative(rows))
    distance = ((here[:, None, :] - there[None, :, :]) ** 2).sum(axis=2).round(9)
    places, labels = linear_sum_assignment(distance)
    return {int(place): rows[label].label for place, label in zip(places, labels, strict=True)}


def _relative(rows: Sequence[Published]) -> list[list[float]]:
    """Each row's means over those of all published customers."""
    base = {axis: _weighted(rows, axis) for axis in _MEASURED}
    return [[_mean(row)[axis] / base[axis] for axis in _MEASURED] for row in rows]


def _weighted(rows: Sequence[Published], axis: Axis) -> float:
    return sum(_mean(row)[axis] * row.customers for row in rows) / sum(row.customers for row in rows)


def _mean(row: Published) -> Mapping[Axis, float]:
    return {"R": row.recency, "F": row.frequency, "M": row.monetary}
