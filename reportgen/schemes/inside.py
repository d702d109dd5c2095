"""Inside: conditions, scores and centres as expressions, so that the engine itself tells the group of each customer.

Tables have the axes by their names, whole numbers, money in units: see `axes.COLUMNS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from reportgen.schemes.axes import COLUMNS, Matrix
from reportgen.schemes.conditions import Comparison, Condition, Either, fold
from reportgen.schemes.scores import DERIVED, Scoring

Columns = Mapping[str, ir.IntegerValue]


@dataclass(frozen=True)
class Inside:
    """table: customers with all that decides about their group; group: which it is, of this table or a join with it.

    Two steps, since a score that stands in many conditions would be spelt out in each.
    """

    table: ir.Table
    group: Callable[[ir.Table], ir.StringValue]


Ruler: TypeAlias = Callable[[ir.Table], Inside]
"""Tells the group of each customer of a table that has `customer` and the axes as in a `CustomerTable`."""


def first_match(conditions: Sequence[Condition], ids: Sequence[str], columns: Columns, scale: int) -> ir.StringValue:
    """The id of the first condition that holds; the last id, which is that of the rest, where none does."""
    masks = (_mask(condition, columns, scale) for condition in conditions)
    cases = [(mask, ibis.literal(name)) for mask, name in zip(masks, ids, strict=False)]
    rest = ibis.literal(ids[-1]) if len(ids) > len(conditions) else ibis.null("string")
    return ibis.cases(*cases, else_=rest) if cases else rest


def axes(table: ir.Table) -> dict[str, ir.IntegerValue]:
    """Axis -> its column."""
    return {axis: table[column] for axis, column in COLUMNS.items()}


def scored(scoring: Scoring, values: ir.IntegerValue, beyond: Sequence[ir.BooleanValue] = ()) -> ir.IntegerValue:
    """The score of each of `values`, as `Scoring.apply`; `beyond`: who passed each edge, where that is known."""
    edges = beyond or [values > edge for edge in scoring.edges]
    passed = sum((edge.ifelse(1, 0) for edge in edges), ibis.literal(0, "int64"))
    return len(scoring.edges) + 1 - passed if scoring.axis == "R" else passed + 1


def derived(scores: Columns, rounding: str) -> dict[str, ir.IntegerValue]:
    """As `scores.derive`."""
    found = {}
    if {"F_score", "M_score"} <= scores.keys():
        total = scores["F_score"] + scores["M_score"]
        odd = total % 2
        half = ((total - odd) / 2).cast("int64")
        up = {"half-up": odd, "half-even": odd * (half % 2)}.get(rounding, ibis.literal(0, "int64"))
        found["FM_score"] = half + up
    if set(DERIVED["RFM_sum"]) <= scores.keys():
        found["RFM_sum"] = scores["R_score"] + scores["F_score"] + scores["M_score"]
        found["RFM_code"] = 100 * scores["R_score"] + 10 * scores["F_score"] + scores["M_score"]
    return found


def nearest(points: Sequence[ir.FloatingValue], centres: Matrix, ids: Sequence[str]) -> ir.StringValue:
    """The id of the nearest of `centres` (one row each), the first among equals."""
    distances = [
        sum(((point - float(value)) * (point - float(value)) for point, value in zip(points, centre, strict=True)), 0.0)
        for centre in centres
    ]
    least = ibis.least(*distances)
    return ibis.cases(*((distance <= least, ibis.literal(name)) for distance, name in zip(distances, ids, strict=True)))


def _mask(condition: Condition, columns: Columns, scale: int) -> ir.BooleanValue:
    """Where `condition` holds; one of many codes is looked up at once, since each mention repeats how it is made."""
    codes = _codes(condition)
    if codes is not None:
        return columns[codes[0].name].isin([int(code.number()) for code in codes])
    return fold(condition, lambda leaf: _compare(columns[leaf.name], leaf, scale))


def _codes(condition: Condition) -> Sequence[Comparison] | None:
    """The parts of `RFM_code == 554 or RFM_code == 555 …`; None for any other condition."""
    parts = condition.parts if isinstance(condition, Either) else (condition,)
    codes = [
        part for part in parts if isinstance(part, Comparison) and part.name == "RFM_code" and part.operator == "=="
    ]
    whole = [code for code in codes if code.number() == int(code.number())]
    return whole if len(whole) == len(parts) else None


def _compare(values: ir.IntegerValue, leaf: Comparison, scale: int) -> ir.BooleanValue:
    """As `proof`: with whole numbers, so that nothing is rounded."""
    bound = Fraction(leaf.number()) * (10**scale if leaf.name == "M" else 1)
    match leaf.operator:
        case "<":
            return values < ceil(bound)
        case "<=":
            return values <= floor(bound)
        case ">":
            return values > floor(bound)
        case ">=":
            return values >= ceil(bound)
    return (values >= ceil(bound)) & (values <= floor(bound))
