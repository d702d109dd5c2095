"""Calibration: the cut points that a recipe finds in data, fixed so that every month is measured alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Final

import msgspec

from reportgen.config import Cuts
from reportgen.errors import UsageError
from reportgen.findings.crowd import Crowd, crowd
from reportgen.recipe import Axis, Cut, Recipe, Score
from reportgen.schemes.conditions import MOST, countable

REMEDY: Final = "Mend [cuts] in the configuration, or remove it and run `reportgen calibrate`."


@dataclass(frozen=True)
class Calibration:
    """What calibrating changes: cut points (None: there was none) and customers per segment, each (before, after)."""

    cuts: Cuts
    points: Mapping[str, tuple[Decimal | None, Decimal]]
    customers: Mapping[str, tuple[int, int]]

    def text(self) -> str:
        """As lines for people."""
        total = sum(after for _, after in self.customers.values())
        return "\n".join(
            (
                f"Cut points of {self.cuts.recipe} on {self.cuts.period} ({total:,} customers):",
                *(f"  {name:<24} {_change(*pair)}" for name, pair in self.points.items()),
                "Customers per segment:",
                *(f"  {name:<24} {_change(*pair)}" for name, pair in self.customers.items()),
            )
        )


def need_cut_points(recipe: Recipe) -> None:
    """Refuse a recipe without cut points that follow data, and those that can't be fixed. Raises `UsageError`."""
    if not any(_relative(recipe)):
        raise UsageError(
            f"recipe {recipe.id} has no cut points that follow the data: there is nothing to fix",
            "Cut points belong to rules with quantiles; clusters and literal rules have none.",
        )
    split = [axis for axis, score in recipe.scores.items() if score.ties == "customer"]
    if split:
        raise UsageError(
            f"recipe {recipe.id}, scores.{split[0]}: ties split by customer have no cut points that could be fixed",
            'Set ties = "share" in the recipe.',
        )


def computed(recipe: Recipe, found: Crowd, period: str) -> Cuts:
    """The cut points that `recipe` `found`."""
    points = found.division.cut_points
    names, axes = _relative(recipe)
    return Cuts(
        recipe=recipe.id,
        period=period,
        values={point.name: point.value for point in points if point.name in names},
        scores={str(axis): tuple(p.value for p in points if p.name.startswith(f"{axis} part ")) for axis in axes},
    )


def fixed(recipe: Recipe, cuts: Cuts) -> Recipe:
    """`recipe` with `cuts` in place of what it would find. Raises `UsageError` if they are not its own."""
    if cuts.recipe != recipe.id:
        raise UsageError(f"[cuts]: they belong to recipe {cuts.recipe}, and report.recipe is {recipe.id}", REMEDY)
    _refuse_strangers("values", cuts.values, list(recipe.cuts))
    _refuse_strangers("scores", cuts.scores, [str(axis) for axis in recipe.scores])
    _refuse_gaps(recipe, cuts)
    for number in (*cuts.values.values(), *chain.from_iterable(cuts.scores.values())):
        if not countable(number):
            raise UsageError(f"[cuts]: {number} can't be compared: {MOST}", REMEDY)
    for axis, score in recipe.scores.items():
        if axis in cuts.scores:
            _check_ends(axis, cuts.scores[axis], score)
    points = {
        name: Cut(axis=cut.axis, value=cuts.values[name]) if name in cuts.values else cut
        for name, cut in recipe.cuts.items()
    }
    scores = {
        axis: msgspec.structs.replace(score, at=cuts.scores[axis], closed="right") if axis in cuts.scores else score
        for axis, score in recipe.scores.items()
    }
    note = f"The cut points were fixed on the figures of {cuts.period or 'an earlier period'} and hold for every month."
    return msgspec.structs.replace(recipe, cuts=points, scores=scores, notes=(*recipe.notes, note))


def compared(recipe: Recipe, found: Crowd, old: Cuts | None, new: Cuts) -> Calibration:
    """What `new` cut points change for the customers `found`, against the `old` ones of this recipe or its own."""
    before = _before(recipe, found, old)
    after = crowd(found.customers, fixed(recipe, new))
    known = {point.name: point.value for point in before.division.cut_points}
    counts = before.sums["customers"], after.sums["customers"]
    fresh = {point.name: point.value for point in after.division.cut_points}
    return Calibration(
        cuts=new,
        points={name: (known.get(name), value) for name, value in fresh.items() if name in _names(new)},
        customers={
            group.name: (int(counts[0].get(group.id, 0)), int(counts[1].get(group.id, 0)))
            for group in after.division.groups
        },
    )


def _before(recipe: Recipe, found: Crowd, old: Cuts | None) -> Crowd:
    """`found` by the `old` cut points; by its own where the recipe has changed since, so that they don't fit it."""
    if old is None:
        return found
    try:
        measured = fixed(recipe, old)
    except UsageError:
        return found
    return crowd(found.customers, measured)


def _relative(recipe: Recipe) -> tuple[list[str], list[Axis]]:
    """Names of the cut points, and axes of the scores, that follow the data."""
    names = [name for name, cut in recipe.cuts.items() if cut.quantile is not None]
    axes = [axis for axis, score in recipe.scores.items() if score.at is None]
    return names, axes


def _names(cuts: Cuts) -> set[str]:
    parts = {f"{axis} part {place}" for axis, ends in cuts.scores.items() for place in range(1, len(ends) + 1)}
    return {*cuts.values, *parts}


def _refuse_strangers(table: str, given: Mapping[str, object], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            there = f"It has {', '.join(known)}." if known else "It has none."
            raise UsageError(f"[cuts.{table}] {name}: the recipe has no such cut point", f"{there} {REMEDY}")


def _refuse_gaps(recipe: Recipe, cuts: Cuts) -> None:
    """Cut points that aren't fixed would follow each month, beside a note that they don't."""
    names, axes = _relative(recipe)
    missing = [*(name for name in names if name not in cuts.values), *(str(a) for a in axes if a not in cuts.scores)]
    if missing:
        raise UsageError(f"[cuts]: {', '.join(missing)} of the recipe {recipe.id} isn't fixed there", REMEDY)


def _check_ends(axis: str, ends: tuple[Decimal, ...], score: Score) -> None:
    most = score.parts() - 1
    short = len(ends) < most and score.ties != "drop"
    if short or len(ends) > most or list(ends) != sorted(ends):
        raise UsageError(f"[cuts.scores] {axis}: the recipe needs {most} cut points, in ascending order", REMEDY)


def _change(before: object, after: object) -> str:
    return f"{after:,}" if before is None or before == after else f"{after:,} (was {before:,})"
