"""Rows of CSV that an engine makes of its columns: character for character those of `csv.columns`."""

from collections.abc import Sequence
from functools import reduce
from operator import add, or_
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.deliver.csv import FORMULA, written

_MARKS: Final = (",", '"', "\r", "\n")
"""What makes a cell stand in quotes."""


def row(cells: Sequence[ir.StringValue]) -> ir.StringValue:
    """One row without its end, of `text`, `number`, `exact` and `named` cells, of which none is null."""
    parts = [part for cell in cells for part in (",", cell)][1:]
    return reduce(add, parts)


def text(value: ir.StringValue) -> ir.StringValue:
    """A text, in quotes where it needs them, and with an apostrophe where a spreadsheet would run it."""
    safe = ibis.ifelse(value.substr(0, 1).isin(FORMULA), "'" + value, value)
    marked = reduce(or_, (safe.contains(mark) for mark in _MARKS))
    return ibis.ifelse(marked, '"' + safe.replace('"', '""') + '"', safe)


def named(place: ir.IntegerValue, names: Sequence[str]) -> ir.StringValue:
    """The name at each `place`."""
    return ibis.cases(*((place == number, written(name)) for number, name in enumerate(names)), else_="")


def number(value: ir.IntegerValue) -> ir.StringValue:
    """An integer."""
    return value.cast("string")


def exact(units: ir.IntegerValue, places: int) -> ir.StringValue:
    """Units of 10^-places as exact decimals."""
    if not places:
        return number(units)
    digits = number(units.abs()).lpad(places + 1, "0")
    sign = ibis.ifelse(units < 0, "-", "")
    return sign + digits.substr(0, digits.length() - places) + "." + digits.right(places)
