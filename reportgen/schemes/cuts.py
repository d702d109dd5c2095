"""Cut points: exact quantiles of whole numbers, rounded up so that a manager understands them."""

import keyword
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import Final

from reportgen.brief import FIXED, CutPoint
from reportgen.customers import Customers
from reportgen.errors import RecipeError
from reportgen.recipe import Axis, Cut, Recipe
from reportgen.schemes.axes import COLUMNS, LOWEST
from reportgen.schemes.conditions import MOST, countable
from reportgen.wording.measures import nouns

_WORDS: Final[Mapping[Axis, str]] = MappingProxyType({"R": "recency", "F": "frequency", "T": "tenure"})


def round_up(value: Fraction, digits: int) -> Decimal:
    """`value` (0 or more) rounded up to `digits` significant digits: 1,907 to 2,000 with one or two."""
    if value == 0:
        return Decimal(0)
    exponent = len(str(floor(value))) - digits if value >= 1 else _leading_zeros(value) - digits
    unit = Fraction(10) ** exponent
    units = -(-value // unit)
    return (Decimal(units) * Decimal(10) ** exponent).quantize(Decimal(10) ** min(exponent, 0), ROUND_CEILING)


def _leading_zeros(value: Fraction) -> int:
    """0 for 0.1 … 0.99, -1 for 0.01 …: the place of the first digit of a value below one."""
    zeros = 0
    while value * 10 < 1:
        value, zeros = value * 10, zeros - 1
    return zeros


def find(recipe: Recipe, customers: Customers) -> tuple[CutPoint, ...]:
    """The cut points of a recipe on these customers, in days, orders and currency."""
    named = {**_WORDS, "M": nouns(recipe.measures).spend}
    return tuple(_cut_point(name, cut, customers, named[cut.axis]) for name, cut in recipe.cuts.items())


def _cut_point(name: str, cut: Cut, customers: Customers, measure: str) -> CutPoint:
    if cut.quantile is None:
        return CutPoint(name=name, axis=cut.axis, value=cut.value or Decimal(0), origin=FIXED)
    value = customers.tally(COLUMNS[cut.axis]).quantile(Fraction(str(cut.quantile)))
    value = value / 10**customers.scale if cut.axis == "M" else Fraction(ceil(value))
    origin = f"quantile {cut.quantile} of {measure}, rounded up to {cut.digits} digits"
    return CutPoint(name=name, axis=cut.axis, value=round_up(value, cut.digits), origin=origin)


def validate(recipe: Recipe) -> None:
    """Refuse cut points without a place, and names that mean something else. Raises `RecipeError`."""
    for name, cut in recipe.cuts.items():
        if (cut.value is None) == (cut.quantile is None):
            raise RecipeError(f"recipe {recipe.id}, cuts.{name}: give either `value` or `quantile`")
        if cut.value is not None and not countable(cut.value):
            raise RecipeError(f"recipe {recipe.id}, cuts.{name}.value: {cut.value} can't be compared: {MOST}")
        if name in LOWEST or not name.isidentifier() or keyword.iskeyword(name):
            raise RecipeError(f"recipe {recipe.id}, cuts.{name}: take another name, of letters, digits and _")
