"""The condition language: `R <= 60 and (F >= 5 or M >= high)`.

Names are compared with numbers or named cut points; chains, `and`, `or`, `not` and parentheses combine them.
Numbers are exact: they are read as decimals from the text and never become floats.
"""

import ast
import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from types import MappingProxyType
from typing import Final, Protocol, Self, TypeVar

_OPERATORS: Final = MappingProxyType({ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=="})
_FLIPPED: Final = MappingProxyType({"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="})
COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}
)


MOST: Final = "numbers go up to 1,000,000,000,000"


def countable(number: Decimal) -> bool:
    """Whether `number` is one, and small enough to be counted in hundredths and less."""
    return number.is_finite() and abs(number) <= 10**12


class ConditionError(ValueError):
    """A condition that isn't one; the message quotes the offending part."""


@dataclass(frozen=True)
class Comparison:
    """`name operator value`; the value is a number, or the name of a cut point until `resolve` replaces it."""

    name: str
    operator: str
    value: Decimal | str

    def number(self) -> Decimal:
        """The value. Raises `ConditionError` while it is still a cut point's name."""
        if isinstance(self.value, str):
            raise ConditionError(f"the cut point `{self.value}` has no value yet")
        return self.value


@dataclass(frozen=True)
class Both:
    """All of the parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Either:
    """At least one of the parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Negation:
    """Not the part."""

    part: "Condition"


Condition = Comparison | Both | Either | Negation


class Truth(Protocol):
    """A truth value or an array of them."""

    def __and__(self, other: Self, /) -> Self: ...
    def __or__(self, other: Self, /) -> Self: ...
    def __invert__(self) -> Self: ...


T = TypeVar("T", bound=Truth)


def parse(text: str, names: Collection[str], cuts: Mapping[str, str] = MappingProxyType({})) -> Condition:
    """The condition in `text` over `names`, with `cuts` (cut point -> its axis). Raises `ConditionError`."""
    try:
        return _Reader(text.strip(), names, cuts).read(_tree(text.strip()))
    except (RecursionError, MemoryError) as error:
        raise ConditionError("it is nested too deeply") from error


def _tree(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:  # of a null character, older Pythons say it by the second
        part = (getattr(error, "text", None) or text).strip()
        raise ConditionError(f"`{part}` is no condition; write for example `R <= 60 and F >= 5`") from error


@dataclass(frozen=True)
class _Reader:
    """Turns the nodes of a Python expression into a condition; what isn't on the list is refused."""

    text: str
    names: Collection[str]
    cuts: Mapping[str, str]

    def read(self, node: ast.expr) -> Condition:
        match node:
            case ast.BoolOp(ast.And(), values):
                return Both(tuple(self.read(value) for value in values))
            case ast.BoolOp(ast.Or(), values):
                return Either(tuple(self.read(value) for value in values))
            case ast.UnaryOp(ast.Not(), operand):
                return Negation(self.read(operand))
            case ast.Compare(left, operators, rights):
                return self.chain([left, *rights], operators)
        raise ConditionError(f"`{self.source(node)}` can't stand here; compare {self.choices()} with a number")

    def chain(self, terms: list[ast.expr], operators: list[ast.cmpop]) -> Condition:
        """`60 < R <= 180` as `R > 60 and R <= 180`."""
        links = tuple(
            self.link(left, sign, right) for left, sign, right in zip(terms[:-1], operators, terms[1:], strict=True)
        )
        return links[0] if len(links) == 1 else Both(links)

    def link(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> Comparison:
        if type(sign) not in _OPERATORS:
            raise ConditionError(f"`{self.text}` compares by something else than <, <=, >, >=, ==")
        symbol = _OPERATORS[type(sign)]
        if isinstance(left, ast.Name) and left.id in self.names:
            return self.comparison(left.id, symbol, right)
        if isinstance(right, ast.Name) and right.id in self.names:
            return self.comparison(right.id, _FLIPPED[symbol], left)
        raise ConditionError(f"`{self.source(left)}`: one side of a comparison must be one of {self.choices()}")

    def comparison(self, name: str, symbol: str, value: ast.expr) -> Comparison:
        match value:
            case ast.Constant(int() | float() as number) if not isinstance(number, bool):
                return Comparison(name, symbol, self.number(value))
            case ast.Name(cut) if cut in self.cuts:
                if self.cuts[cut] != name:
                    raise ConditionError(
                        f"`{cut}` is a cut point of {self.cuts[cut]}, it can't be compared with {name}"
                    )
                return Comparison(name, symbol, cut)
        known = f" or a cut point ({', '.join(self.cuts)})" if self.cuts else ""
        raise ConditionError(f"`{self.source(value)}` is no number{known}")

    def number(self, node: ast.expr) -> Decimal:
        try:
            return Decimal(self.source(node))
        except ArithmeticError as error:
            raise ConditionError(f"`{self.source(node)}` is no decimal number") from error

    def source(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or self.text

    def choices(self) -> str:
        return ", ".join(self.names)


def resolve(condition: Condition, values: Mapping[str, Decimal]) -> Condition:
    """`condition` with the names of cut points replaced by their `values`."""
    match condition:
        case Comparison(name, symbol, str() as cut):
            return Comparison(name, symbol, values[cut])
        case Both(parts):
            return Both(tuple(resolve(part, values) for part in parts))
        case Either(parts):
            return Either(tuple(resolve(part, values) for part in parts))
        case Negation(part):
            return Negation(resolve(part, values))
    return condition


def fold(condition: Condition, leaf: Callable[[Comparison], T]) -> T:
    """The truth of `condition`, given that of each comparison."""
    match condition:
        case Both(parts):
            return reduce(operator.and_, (fold(part, leaf) for part in parts))
        case Either(parts):
            return reduce(operator.or_, (fold(part, leaf) for part in parts))
        case Negation(part):
            return ~fold(part, leaf)
        case Comparison():
            return leaf(condition)


def comparisons(condition: Condition) -> tuple[Comparison, ...]:
    """Every comparison in `condition`, in the order written."""
    match condition:
        case Both(parts) | Either(parts):
            return tuple(found for part in parts for found in comparisons(part))
        case Negation(part):
            return comparisons(part)
        case Comparison():
            return (condition,)


def spell(text: str, values: Mapping[str, Decimal]) -> str:
    """`text` with the names of cut points replaced by plain numbers: `M >= high` as `M >= 1900`."""
    return re.sub(r"[A-Za-z_]\w*", lambda word: plain(values[word[0]]) if word[0] in values else word[0], text.strip())


def plain(value: Decimal) -> str:
    """`value` without exponent or trailing zeros: 1900, 0.5."""
    return f"{value.normalize():f}"
