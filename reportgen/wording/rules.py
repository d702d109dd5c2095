"""Rules: a condition such as `R <= 60 and M >= 1900` in words."""

import ast
from collections.abc import Callable
from decimal import Decimal

Format = Callable[[Decimal], str]

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
MIRRORED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "==", "!=": "!="}
DAYS = {
    "<=": "within {} days",
    "<": "less than {} days ago",
    ">=": "at least {} days ago",
    ">": "more than {} days ago",
    "==": "exactly {} days ago",
    "!=": "not {} days ago",
}
PHRASES: dict[str, dict[str, str]] = {
    "R": {sign: f"last order {phrase}" for sign, phrase in DAYS.items()},
    "T": {sign: f"first order {phrase}" for sign, phrase in DAYS.items()},
    "F": {
        "<=": "at most {} orders",
        "<": "fewer than {} orders",
        ">=": "{} or more orders",
        ">": "more than {} orders",
        "==": "{} orders",
        "!=": "not {} orders",
    },
    "M": {
        "<=": "at most {}",
        "<": "less than {}",
        ">=": "{} or more",
        ">": "more than {}",
        "==": "exactly {}",
        "!=": "not {}",
    },
}

LIMITS = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than"}
SPANS = {"R": "last order {} days ago", "T": "first order {} days ago", "F": "{} orders", "M": "{}"}


class _NotAConditionError(ValueError):
    """The text is something other than comparisons of R, F, M and T with numbers."""


def in_words(condition: str, *, count: Format, money: Format) -> str:
    """`condition` as a phrase: "last order within 60 days, 5 or more orders, £1,900 or more".

    Text that is not a condition over R, F, M and T comes back as it is.
    """
    try:
        return _phrase(ast.parse(condition, mode="eval").body, count, money)
    except (SyntaxError, _NotAConditionError):
        return condition


def _phrase(node: ast.expr, count: Format, money: Format) -> str:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return ", ".join(_part(value, count, money) for value in values)
        case ast.BoolOp(values=values):
            return ", or ".join(_phrase(value, count, money) for value in values)
        case ast.Compare():
            return _comparison(node, count, money)
        case _:
            raise _NotAConditionError


def _part(node: ast.expr, count: Format, money: Format) -> str:
    """A part of an "and": an "or" inside it is held together by "either"."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return "and either " + " or ".join(_phrase(value, count, money) for value in node.values)
    return _phrase(node, count, money)


def _comparison(node: ast.Compare, count: Format, money: Format) -> str:
    """`R <= 60`, `60 >= R`, or a chain such as `60 < R <= 180`."""
    terms = [node.left, *node.comparators]
    signs = [COMPARISONS.get(type(sign), "") for sign in node.ops]
    pairs = zip(terms, signs, terms[1:], strict=False)
    said = [_pair(left, sign, right, count, money) for left, sign, right in pairs]
    return said[0] if len(said) == 1 else _span(terms, signs, count, money)


def _span(terms: list[ast.expr], signs: list[str], count: Format, money: Format) -> str:
    """`60 < R <= 180`: "last order more than 60 and at most 180 days ago"."""
    match terms, signs:
        case [ast.Constant(value=low), ast.Name(id=axis), ast.Constant(value=high)], [first, second]:
            shown = money if axis == "M" else count
            lower, upper = LIMITS[MIRRORED[first]], LIMITS[second]
            span = f"{lower} {shown(Decimal(str(low)))} and {upper} {shown(Decimal(str(high)))}"
            return SPANS[axis].format(span)
        case _:
            raise _NotAConditionError


def _pair(left: ast.expr, sign: str, right: ast.expr, count: Format, money: Format) -> str:
    if isinstance(left, ast.Constant):
        left, sign, right = right, MIRRORED.get(sign, ""), left
    match left, right:
        case ast.Name(id=axis), ast.Constant(value=int() | float() as value) if sign in PHRASES.get(axis, {}):
            return _worded(axis, sign, Decimal(str(value)), count, money)
        case _:
            raise _NotAConditionError


def _worded(axis: str, sign: str, value: Decimal, count: Format, money: Format) -> str:
    phrase = PHRASES[axis][sign].format((money if axis == "M" else count)(value))
    return phrase.replace("orders", "order").replace("days", "day") if value == 1 and axis != "M" else phrase
