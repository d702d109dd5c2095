"""Segments by rule: the first condition that holds, in the order of matching; the rest has a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from reportgen.customers import Customers, CustomerTable
from reportgen.customers.held import HeldCustomers
from reportgen.errors import RecipeError
from reportgen.recipe import Axis, Recipe, SegmentRule
from reportgen.schemes import cuts, proof, scores
from reportgen.schemes import inside as engine
from reportgen.schemes.axes import COLUMNS, SCORES, axis_values, lowest
from reportgen.schemes.conditions import (
    MOST,
    Condition,
    ConditionError,
    comparisons,
    countable,
    parse,
    resolve,
    spell,
)
from reportgen.schemes.labels import refuse_repeats
from reportgen.segmentation import Division, Group, Segmentation
from reportgen.tally import Values

REST: Final = "all others"
MANY: Final = 100
"""Segments that a recipe may have; their places are held as small numbers."""
_MOST_DIGIT: Final = 9
_FINEST: Final = 6
"""Decimals of money that a proof without data assumes."""


def validate(recipe: Recipe) -> None:
    """Refuse what no data can mend: unknown names, a missing rest, dead rules. Raises `RecipeError`."""
    if len(recipe.segments) > MANY:
        raise RecipeError(
            f"recipe {recipe.id}: there are {len(recipe.segments)} segments", f"A brief tells at most {MANY} apart."
        )
    refuse_repeats(f"recipe {recipe.id}, segments, id", [rule.id for rule in recipe.segments])
    refuse_repeats(f"recipe {recipe.id}, segments, name", [rule.name for rule in recipe.segments])
    scores.validate(recipe)
    for rule in recipe.segments:
        _check_codes(recipe, rule)
    rules, rest = _ordered(recipe)
    conditions = [_parsed(recipe, rule) for rule in rules]
    standin = _standins(recipe)
    if standin is None:
        return
    parts = {f"{axis}_score": score.parts() for axis, score in recipe.scores.items()}
    world = proof.World(_FINEST, parts, rounding=recipe.fm_rounding, lowest=lowest(recipe.measures))
    found = _proved(recipe, [resolve(condition, standin) for condition in conditions], world)
    if found.dead:
        dead = rules[found.dead[0]]
        raise RecipeError(
            f"recipe {recipe.id}, segment {dead.id}: the rule `{_text(dead)}` can never fire",
            "The rules before it catch everyone it would catch, or it contradicts itself; change it or `match_order`.",
        )
    _need_home(recipe, rest, found, _FINEST)


@dataclass(frozen=True)
class _Rules:
    """The rules of a recipe with their numbers, in the order of matching; the last of `ids` may be the rest."""

    scorings: tuple[scores.Scoring, ...]
    conditions: list[Condition]
    ids: list[str]


def segment(customers: CustomerTable, recipe: Recipe) -> Segmentation:
    """The partition of `customers` by the recipe's rules. Raises `RecipeError`."""
    found, rules = _fit(customers, recipe)
    own = {f"{score.axis}_score": score.apply(axis_values(customers, score.axis)) for score in rules.scorings}
    columns = _columns(customers, recipe, own)
    return Segmentation(**vars(found), members=_members(customers, rules, columns))


def divide(customers: HeldCustomers, recipe: Recipe) -> tuple[Division, engine.Ruler]:
    """The same of customers in the engine, with what puts each into a group. Raises `RecipeError`."""
    found, _ = _fit(customers, recipe)
    return found, ruler(customers, recipe, found)


def _fit(customers: Customers, recipe: Recipe) -> tuple[Division, _Rules]:
    """The groups of `recipe`, proved to hold every customer, by numbers that follow from `customers`."""
    points = cuts.find(recipe, customers)
    values = {point.name: point.value for point in points}
    scorings = scores.fit(recipe.scores, customers, recipe.id)
    rules, rest = _ordered(recipe)
    made = _resolved(recipe, scorings, values)
    found = _proved(recipe, made.conditions, _world(customers, recipe, scorings))
    _need_home(recipe, rest, found, customers.scale)
    division = Division(
        groups=tuple(_group(rule, values) for rule in recipe.segments),
        cut_points=(*points, *scores.cut_points(scorings, customers)),
        notes=(*_dead_notes(rules, found), *scores.notes(scorings, customers)),
    )
    return division, made


def _resolved(recipe: Recipe, scorings: tuple[scores.Scoring, ...], values: Mapping[str, Decimal]) -> _Rules:
    rules, rest = _ordered(recipe)
    conditions = [resolve(_parsed(recipe, rule), values) for rule in rules]
    return _Rules(scorings, conditions, [rule.id for rule in (rules if rest is None else [*rules, rest])])


def ruler(customers: Customers, recipe: Recipe, found: Division) -> engine.Ruler:
    """What tells the group of any customer in the engine by the cut points and score edges of `customers`."""
    scorings = scores.fit(recipe.scores, customers, recipe.id)
    rules = _resolved(recipe, scorings, {point.name: point.value for point in found.cut_points})
    lasts = {scoring.axis: scoring.lasts(customers) for scoring in scorings if scoring.by_customer}
    scale = customers.scale

    def inside(table: ir.Table) -> engine.Inside:
        scored = _scored(table, scorings, lasts)
        known = scored | engine.derived(scored, recipe.fm_rounding)

        def group(joined: ir.Table) -> ir.StringValue:
            columns = engine.axes(joined) | {name: joined[name] for name in known}
            return engine.first_match(rules.conditions, rules.ids, columns, scale)

        return engine.Inside(table.mutate(**known) if known else table, group)

    return inside


def _scored(
    table: ir.Table, scorings: tuple[scores.Scoring, ...], lasts: Mapping[Axis, Sequence[tuple[int, str] | None]]
) -> dict[str, ir.IntegerValue]:
    """The scores of the customers of `table`; `lasts`: axis -> the last customer of each part where ties are split."""
    made, axes = {}, engine.axes(table)
    for scoring in scorings:
        own = axes[scoring.axis]
        beyond = [_beyond(table, own, last) for last in lasts.get(scoring.axis, ())]
        made[f"{scoring.axis}_score"] = engine.scored(scoring, own, beyond)
    return made


def _beyond(table: ir.Table, own: ir.IntegerValue, last: tuple[int, str] | None) -> ir.BooleanValue:
    """Who comes after the `last` customer of a part: by value, equal ones by id."""
    if last is None:
        return ibis.literal(value=True)
    value, customer = last
    return (own > value) | ((own == value) & (table.customer > customer))


def _members(customers: CustomerTable, rules: _Rules, columns: Mapping[str, Values]) -> "pd.Series[str]":
    """Customer -> id of the first rule that holds, or of the rest."""
    ids = np.array(rules.ids, dtype=object)
    matched = proof.first_match(rules.conditions, columns, customers.scale)
    return pd.Series(ids[matched], index=customers.frame.index, dtype="str", name="segment")


def _need_home(recipe: Recipe, rest: SegmentRule | None, found: proof.Proof, scale: int) -> None:
    if rest is None and found.rest:
        raise RecipeError(
            f"recipe {recipe.id}: no rule catches customers with {describe(found.rest[0], scale)}",
            "Add a segment without `when` for the rest.",
        )


def describe(box: Mapping[str, proof.Interval], scale: int) -> str:
    """A box of the proof in words: `R 61–180, F 1–2, M 910 or more`."""
    return ", ".join(_side(name, *interval, scale if name == "M" else 0) for name, interval in box.items())


def _side(name: str, low: int, high: int | None, scale: int) -> str:
    first, last = (None if end is None else f"{Decimal(end).scaleb(-scale).normalize():f}" for end in (low, high))
    if last is None:
        return f"{name} {first} or more"
    return f"{name} {first}" if first == last else f"{name} {first}–{last}"


def _ordered(recipe: Recipe) -> tuple[list[SegmentRule], SegmentRule | None]:
    """The rules in the order of matching, and the rest."""
    by_id = {rule.id: rule for rule in recipe.segments}
    rests = [rule for rule in recipe.segments if not _text(rule)]
    named = [rule.id for rule in recipe.segments if _text(rule)]
    if len(rests) > 1:
        raise RecipeError(
            f"recipe {recipe.id}: segments {rests[0].id} and {rests[1].id} both lack `when`",
            "Only one segment can be the rest.",
        )
    order = recipe.match_order or named
    if sorted(order) != sorted(named):
        raise RecipeError(
            f"recipe {recipe.id}, match_order: it must name each segment with a `when` once",
            f"These are: {', '.join(named)}.",
        )
    return [by_id[name] for name in order], rests[0] if rests else None


def _parsed(recipe: Recipe, rule: SegmentRule) -> Condition:
    names = (*COLUMNS, *scores.names(recipe))
    key = "codes" if rule.codes else "when"
    try:
        made = parse(_text(rule), names, {name: cut.axis for name, cut in recipe.cuts.items()})
    except ConditionError as error:
        raise RecipeError(f"recipe {recipe.id}, segment {rule.id}, {key}: {error}", _missing(rule, names)) from error
    for leaf in comparisons(made):
        if isinstance(leaf.value, Decimal) and not countable(leaf.value):
            raise RecipeError(f"recipe {recipe.id}, segment {rule.id}, {key}: {leaf.value} is too large: {MOST}")
    return made


def _missing(rule: SegmentRule, names: tuple[str, ...]) -> str:
    """What to do about the first score that the rule names and the recipe lacks."""
    needed = (part for name, parts in scores.DERIVED.items() if name in _text(rule) for part in parts)
    used = (name for name in SCORES if name in _text(rule))
    missing = next((name for name in (*needed, *used) if name not in names), None)
    return f"Define it by [scores.{SCORES[missing]}]." if missing else ""


def _check_codes(recipe: Recipe, rule: SegmentRule) -> None:
    """Each code has one digit for each of R, F, M, none above the best score; else 1, 11, 1 would be 2, 1, 1."""
    best = [recipe.scores[axis].parts() if axis in recipe.scores else 9 for axis in ("R", "F", "M")]
    if max(best) > _MOST_DIGIT and "RFM_code" in _text(rule):
        raise RecipeError(
            f"recipe {recipe.id}, segment {rule.id}, {'codes' if rule.codes else 'when'}: a score of {max(best)} has "
            "two digits",
            f"A code has one for each of R, F, M: write `when`, such as R_score == {max(best)}, or ask for "
            f"{_MOST_DIGIT} parts or fewer.",
        )
    for code in rule.codes:
        digits = [int(digit) for digit in code if digit in "0123456789"]
        fits = len(code) == len(digits) == len(best) and all(1 <= d <= b for d, b in zip(digits, best, strict=True))
        if not fits:
            raise RecipeError(
                f"recipe {recipe.id}, segment {rule.id}, codes: `{code}` is no score code",
                f'A code has the scores of R, F and M as digits, from "111" to "{"".join(map(str, best))}".',
            )


def _standins(recipe: Recipe) -> dict[str, Decimal] | None:
    """Values for the cut points, to prove a table without data: quantiles in their order.

    None where quantiles and literals meet on an axis: how they are ordered depends on the data.
    """
    relative = {cut.axis for cut in recipe.cuts.values() if cut.quantile is not None}
    rules = [_parsed(recipe, rule) for rule in recipe.segments if _text(rule)]
    literals = {leaf.name for rule in rules for leaf in comparisons(rule) if not isinstance(leaf.value, str)}
    if relative & (literals | {cut.axis for cut in recipe.cuts.values() if cut.quantile is None}):
        return None
    quantiles = sorted({cut.quantile for cut in recipe.cuts.values() if cut.quantile is not None})
    return {
        name: Decimal(10 * quantiles.index(cut.quantile) + 10) if cut.quantile is not None else cut.value or Decimal(0)
        for name, cut in recipe.cuts.items()
    }


def _proved(recipe: Recipe, conditions: list[Condition], world: proof.World) -> proof.Proof:
    try:
        return proof.prove(conditions, world)
    except proof.TooManyCellsError as error:
        raise RecipeError(f"recipe {recipe.id}, segments: {error}") from error


def _world(customers: Customers, recipe: Recipe, scorings: tuple[scores.Scoring, ...]) -> proof.World:
    """Scores follow from their axis, but for those whose ties are split."""
    split = {f"{scoring.axis}_score": len(scoring.edges) + 1 for scoring in scorings if scoring.by_customer}
    known = tuple(scoring for scoring in scorings if not scoring.by_customer)
    return proof.World(customers.scale, split, known, recipe.fm_rounding, lowest(recipe.measures))


def _columns(customers: CustomerTable, recipe: Recipe, found: Mapping[str, Values]) -> dict[str, Values]:
    """The axes, the scores found on them, and what is derived from those."""
    columns = {axis: axis_values(customers, axis) for axis in COLUMNS}
    return columns | dict(found) | scores.derive(found, recipe.fm_rounding)


def _text(rule: SegmentRule) -> str:
    """The rule as one condition, "" for the rest."""
    codes = " or ".join(f"RFM_code == {code}" for code in rule.codes)
    return " or ".join(part for part in (rule.when.strip(), codes) if part)


def _group(rule: SegmentRule, values: Mapping[str, Decimal]) -> Group:
    return Group(rule.id, rule.name, rule.archetype, spell(_text(rule), values) or REST)


def _dead_notes(rules: list[SegmentRule], found: proof.Proof) -> tuple[str, ...]:
    return tuple(
        f"With these cut points no customer can be in {rules[place].name}: the rules before it leave nothing for it."
        for place in found.dead
    )
