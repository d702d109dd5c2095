"""Proof of a rule table: every customer that can exist falls somewhere, and every rule catches some of them.

The rules compare whole numbers with literals, so they are constant inside the cells that the literals cut out of
each axis; evaluating one point of every cell decides both questions for all customers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, prod
from typing import Final

import numpy as np
import numpy.typing as npt

from reportgen.schemes.axes import COLUMNS, LOWEST
from reportgen.schemes.conditions import Comparison, Condition, comparisons, fold
from reportgen.schemes.scores import DERIVED, Scoring, derive
from reportgen.tally import Values

Mask = npt.NDArray[np.bool_]
Interval = tuple[int, int | None]
"""First and last whole number, None = no end."""

MOST_CELLS: Final = 200_000


class TooManyCellsError(ValueError):
    """The table has too many literals to be proved."""


@dataclass(frozen=True)
class Proof:
    """dead: places of the rules that never fire. rest: what no rule catches, as boxes (axis -> interval)."""

    dead: tuple[int, ...]
    rest: tuple[Mapping[str, Interval], ...]


def mask(condition: Condition, columns: Mapping[str, Values], scale: int) -> Mask:
    """Where `condition` holds. `columns`: whole numbers by name, M in units of 10^-scale; compared exactly."""
    return fold(condition, lambda leaf: _compare(columns[leaf.name], leaf, _bound(leaf, scale)))


def _bound(leaf: Comparison, scale: int) -> Fraction:
    return Fraction(leaf.number()) * (10**scale if leaf.name == "M" else 1)


def _compare(values: Values, leaf: Comparison, bound: Fraction) -> Mask:
    match leaf.operator:
        case "<":
            return np.asarray(values < ceil(bound))
        case "<=":
            return np.asarray(values <= floor(bound))
        case ">":
            return np.asarray(values > floor(bound))
        case ">=":
            return np.asarray(values >= ceil(bound))
    return np.asarray((values >= ceil(bound)) & (values <= floor(bound)))


def first_match(conditions: Iterable[Condition], columns: Mapping[str, Values], scale: int) -> Values:
    """The place of the first condition that holds for each row; the number of conditions where none does."""
    masks = [mask(condition, columns, scale) for condition in conditions]
    rows = len(next(iter(columns.values())))
    places: Values = np.argmax(np.vstack([*masks, np.ones(rows, dtype=np.bool_)]), axis=0).astype(np.int64)
    return places


@dataclass(frozen=True)
class World:
    """What is known about customers before looking at them.

    scale: decimals of money
    parts: best score by name, where any score is possible with any value
    scorings: of the other scores, which follow from their axis; rounding: of FM_score
    lowest: the smallest value by name
    """

    scale: int
    parts: Mapping[str, int] = field(default_factory=dict)
    scorings: tuple[Scoring, ...] = ()
    rounding: str = "half-up"
    lowest: Mapping[str, int] = field(default_factory=lambda: LOWEST)


def prove(conditions: Sequence[Condition], world: World) -> Proof:
    """What the ordered `conditions` catch. Raises `TooManyCellsError`."""
    scale, parts = world.scale, world.parts
    starts = _starts(conditions, world)
    cells = _cells(starts)
    columns = cells | {f"{scoring.axis}_score": scoring.apply(cells[scoring.axis]) for scoring in world.scorings}
    columns |= derive(columns, world.rounding)
    possible = _possible(cells, starts)
    caught = np.where(possible, first_match(conditions, columns, scale), -1)
    fired = set(np.unique(caught).tolist())
    rest = _boxes({name: column[caught == len(conditions)] for name, column in cells.items()}, starts, parts)
    return Proof(tuple(place for place in range(len(conditions)) if place not in fired), rest)


def _starts(conditions: Sequence[Condition], world: World) -> dict[str, list[int]]:
    """The first whole number of each interval on each axis that matters."""
    starts: dict[str, set[int]] = {"R": set()}
    starts |= {scoring.axis: {edge + 1 for edge in scoring.edges} for scoring in world.scorings}
    leaves = [leaf for condition in conditions for leaf in comparisons(condition)]
    made_of = {part for leaf in leaves for part in DERIVED.get(leaf.name, ())}
    starts |= {name: set(range(1, best + 1)) for name, best in world.parts.items() if name in made_of}
    for leaf in leaves:
        if leaf.name in COLUMNS or leaf.name in world.parts:
            starts.setdefault(leaf.name, set()).update(_ends(leaf, world.scale))
    return {name: _ascending(found, world.lowest[name], world.parts.get(name)) for name, found in starts.items()}


def _ascending(starts: set[int], lowest: int, last: int | None) -> list[int]:
    """`starts` from the lowest on, up to the last number there is."""
    return sorted({lowest} | {start for start in starts if lowest < start and (last is None or start <= last)})


def _ends(leaf: Comparison, scale: int) -> set[int]:
    bound = _bound(leaf, scale)
    after, at = floor(bound) + 1, ceil(bound)
    return {"<": {at}, ">=": {at}, "<=": {after}, ">": {after}}.get(leaf.operator, {at, after})


def _cells(starts: Mapping[str, list[int]]) -> dict[str, Values]:
    """One column per axis, one row per cell: the first point of the cell."""
    if prod(len(found) for found in starts.values()) > MOST_CELLS:
        raise TooManyCellsError("it compares with too many different numbers to be proved; use fewer")
    grid = np.meshgrid(*(np.array(found, dtype=np.int64) for found in starts.values()), indexing="ij")
    return {name: column.ravel() for name, column in zip(starts, grid, strict=True)}


def _possible(cells: Mapping[str, Values], starts: Mapping[str, list[int]]) -> Mask:
    """Cells that hold a customer who can exist: the first purchase isn't later than the last one, T >= R."""
    rows = len(next(iter(cells.values())))
    if not {"R", "T"} <= cells.keys():
        return np.ones(rows, dtype=np.bool_)
    ends = np.append(np.array(starts["T"][1:], dtype=np.int64) - 1, np.iinfo(np.int64).max)
    return np.asarray(ends[np.searchsorted(starts["T"], cells["T"])] >= cells["R"])


def _boxes(
    cells: Mapping[str, Values], starts: Mapping[str, list[int]], parts: Mapping[str, int]
) -> tuple[Mapping[str, Interval], ...]:
    """The cells as few boxes: neighbours that differ in one axis only are joined, axis by axis."""
    names = list(cells)
    rows = zip(*(column.tolist() for column in cells.values()), strict=True)
    boxes = [
        tuple(_interval(starts[name], start, parts.get(name)) for name, start in zip(names, row, strict=True))
        for row in rows
    ]
    for place in range(len(names)):
        boxes = _joined(boxes, place)
    return tuple(dict(zip(names, box, strict=True)) for box in sorted(boxes, key=lambda box: [low for low, _ in box]))


def _interval(starts: list[int], start: int, last: int | None) -> Interval:
    following = starts.index(start) + 1
    return start, starts[following] - 1 if following < len(starts) else last


def _joined(boxes: list[tuple[Interval, ...]], place: int) -> list[tuple[Interval, ...]]:
    """`boxes` with those joined that touch along the axis at `place` and agree in all others."""
    joined: list[tuple[Interval, ...]] = []
    for box in sorted(boxes, key=lambda box: ([_key(side) for side in _others(box, place)], box[place][0])):
        last = joined[-1] if joined else None
        if last and _others(last, place) == _others(box, place) and last[place][1] == box[place][0] - 1:
            joined[-1] = (*box[:place], (last[place][0], box[place][1]), *box[place + 1 :])
        else:
            joined.append(box)
    return joined


def _others(box: tuple[Interval, ...], place: int) -> tuple[Interval, ...]:
    return box[:place] + box[place + 1 :]


def _key(side: Interval) -> tuple[int, float]:
    return side[0], float("inf") if side[1] is None else side[1]
