"""Labels against evidence: does a name fit the customers who carry it, and why not."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from reportgen.brief import Label
from reportgen.errors import RecipeError
from reportgen.recipe import Archetype, Measures, Recipe
from reportgen.schemes.conditions import COMPARE, Comparison, ConditionError, comparisons, fold, parse
from reportgen.schemes.profiles import EVIDENCE, NAMES, Profile, profiles
from reportgen.segmentation import Group
from reportgen.wording.measures import nouns
from reportgen.wording.rules import LIMITS


def fits(archetype: Archetype, profile: Profile) -> bool:
    """Whether the archetype's evidence holds for the profile."""
    found = profile.evidence()
    return bool(fold(parse(archetype.evidence, NAMES), lambda leaf: np.bool_(_holds(leaf, found))))


def checks(sums: pd.DataFrame, groups: Sequence[Group], recipe: Recipe) -> dict[str, Label]:
    """The check of every group with customers, by group id: its published label, or else its own name.

    sums: of the customers of each group, see `CustomerTable.sums`
    """
    archetypes = {archetype.id: archetype for archetype in recipe.vocabulary}
    found = profiles(sums)
    return {
        group.id: judge(_label(group), archetypes[claimed(group, recipe)], found[group.id], recipe.measures)
        for group in groups
        if group.id in found
    }


def judge(label: str, archetype: Archetype, profile: Profile, measures: Measures) -> Label:
    """`label`, which claims `archetype`, against the evidence; the reason names what speaks against it, or for it."""
    found = profile.evidence()
    fitting = fits(archetype, profile)
    leaves = comparisons(parse(archetype.evidence, NAMES))
    asks = not fitting and "not " not in archetype.evidence
    telling: dict[str, Comparison] = {}
    for leaf in leaves:
        if fitting or not _holds(leaf, found):
            telling.setdefault(leaf.name, leaf)
    reasons = [_reason(name, profile, measures) + (_asked(leaf) if asks else "") for name, leaf in telling.items()]
    return Label(label=label, fits=fitting, reason="; ".join(reasons))


def _label(group: Group) -> str:
    return group.published or group.name


def claimed(group: Group, recipe: Recipe) -> str:
    """Id of the archetype that the group's published label claims, or else its own."""
    published = recipe.clusters.published if recipe.clusters else ()
    return next((row.archetype for row in published if row.label == group.published), group.archetype)


def validate(recipe: Recipe) -> None:
    """Refuse a vocabulary whose evidence can't be read, and names outside it. Raises `RecipeError`."""
    for archetype in recipe.vocabulary:
        try:
            parse(archetype.evidence, NAMES)
        except ConditionError as error:
            raise RecipeError(f"recipe {recipe.id}, vocabulary, {archetype.id}, evidence: {error}") from error
    known = [archetype.id for archetype in recipe.vocabulary]
    refuse_repeats(f"recipe {recipe.id}, vocabulary, id", known)
    refuse_repeats(f"recipe {recipe.id}, vocabulary, name", [archetype.name for archetype in recipe.vocabulary])
    for place, name in _used(recipe):
        if name not in known:
            raise RecipeError(
                f"recipe {recipe.id}, {place}: there is no archetype `{name}`",
                f"The vocabulary has {', '.join(known)}.",
            )


def refuse_repeats(place: str, names: Sequence[str]) -> None:
    """Raise `RecipeError` at `place` if a name stands in `names` twice."""
    if repeated := sorted(name for name, count in Counter(names).items() if count > 1):
        raise RecipeError(f"{place}: `{repeated[0]}` is there twice", "Each must be there once.")


def _used(recipe: Recipe) -> list[tuple[str, str]]:
    """Every mention of an archetype: where, and its id."""
    used = [(f"segment {rule.id}, archetype", rule.archetype) for rule in recipe.segments]
    used += [(f"vocabulary, {kind.id}, compare", name) for kind in recipe.vocabulary for name in kind.compare]
    if recipe.clusters:
        used += [("clusters.vocabulary", name) for name in recipe.clusters.vocabulary]
        used += [(f"clusters.published, {row.label}, archetype", row.archetype) for row in recipe.clusters.published]
    return used


def _holds(leaf: Comparison, found: Mapping[str, float]) -> bool:
    return COMPARE[leaf.operator](found[leaf.name], float(leaf.number()))


def _asked(leaf: Comparison) -> str:
    """What the archetype's evidence asks for: " (at most 0.7 times that is asked)"."""
    limit, number = LIMITS.get(leaf.operator, "exactly"), float(leaf.number())
    match leaf.name:
        case "share":
            asked = f"{number * 100:g}%"
        case "m":
            asked = f"{number:g} times"
        case _:
            asked = "that" if number == 1 else f"{number:g} times that"
    return f" ({limit} {asked} is asked)"


def _reason(name: str, profile: Profile, measures: Measures) -> str:
    """One piece of evidence in words, group against base."""
    if name == "share":
        return f"{profile.share * 100:.1f}% of customers"
    axis = EVIDENCE[name]
    mean, base = profile.means[axis], profile.base[axis]
    match axis:
        case "R":
            return f"last bought {mean:.0f} days ago on average, against {base:.0f} for all"
        case "F":
            return f"{mean:.1f} {nouns(measures).many} on average, against {base:.1f} for all"
        case "T":
            return f"first bought {mean:.0f} days ago on average, against {base:.0f} for all"
    return f"average {nouns(measures).spend} {profile.relative('M'):.2g} times that of all"
