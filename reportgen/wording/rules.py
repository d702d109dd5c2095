"""Rules: a condition such as `R <= 60 and M >= 1900` in words."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reportgen.wording.measures import Nouns

Format = Callable[[Decimal], str]

SIGNS: dict[type[ast.cmpop], str] = {ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.Eq: "=="}
MIRRORED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "=="}
OPPOSITE = {"<=": ">", "<": ">=", ">=": "<", ">": "<=", "==": "!=", "!=": "=="}
DAYS = {
    "<=": "within {} days",
    "<": "less than {} days ago",
    ">=": "at least {} days ago",
    ">": "more than {} days ago",
    "==": "exactly {} days ago",
    "!=": "not {} days ago",
}
COUNTS = {
    "<=": "at most {}",
    "<": "fewer than {}",
    ">=": "{} or more",
    ">": "more than {}",
    "==": "{}",
    "!=": "not {}",
}
AMOUNTS = {**COUNTS, "<": "less than {}", "==": "exactly {}"}
SCORES = {**AMOUNTS, "<=": "{} or less", "<": "below {}", ">": "above {}", "==": "{}"}
FIRST_LAST = {"R": "last order", "T": "first order"}
SCORED = {
    "R_score": "recency score",
    "F_score": "frequency score",
    "M_score": "spend score",
    "T_score": "tenure score",
    "FM_score": "mean of frequency and spend scores",
    "RFM_sum": "sum of scores",
    "RFM_code": "scores (R F M)",
}
LIMITS = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than"}
LISTED = 12
"""Score codes that a rule names; of more, the number is told."""


class _NotAConditionError(ValueError):
    """The text is something other than comparisons of axes and scores with numbers."""


def in_words(condition: str, *, count: Format, money: Format, nouns: Nouns) -> str:
    """`condition` as a phrase: "last order within 60 days, 5 or more orders, £1,900 or more".

    Text that is not a condition comes back as it is.
    """
    try:
        return _Speaker(count, money, nouns).phrase(_positive(ast.parse(condition, mode="eval").body))
    except (SyntaxError, _NotAConditionError):
        return condition


@dataclass(frozen=True)
class _Is:
    """`name sign value`."""

    name: str
    sign: str
    value: Decimal


@dataclass(frozen=True)
class _OneOf:
    """`name` is one of `values`."""

    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True)
class _Span:
    """A chain such as `60 < R <= 180`: both hold of one name."""

    low: _Is
    high: _Is


@dataclass(frozen=True)
class _And:
    parts: tuple["_Said", ...]


@dataclass(frozen=True)
class _Or:
    parts: tuple["_Said", ...]


_Said = _Is | _OneOf | _Span | _And | _Or


def _positive(node: ast.expr, *, negated: bool = False) -> _Said:
    """`node`, or what holds where it doesn't."""
    match node:
        case ast.UnaryOp(ast.Not(), operand):
            return _positive(operand, negated=not negated)
        case ast.BoolOp(sign, values):
            parts = tuple(_positive(value, negated=negated) for value in values)
            return _And(parts) if isinstance(sign, ast.And) != negated else _merged(parts)
        case ast.Compare(left, signs, rights):
            terms = [left, *rights]
            links = [_link(*link) for link in zip(terms[:-1], signs, terms[1:], strict=True)]
            return _chain(links) if not negated else _opposite(links)
    raise _NotAConditionError


def _link(left: ast.expr, sign: ast.cmpop, right: ast.expr) -> _Is:
    symbol = SIGNS.get(type(sign), "")
    match left, right:
        case ast.Name(name), ast.Constant(int() | float() as value) if symbol:
            return _Is(name, symbol, Decimal(str(value)))
        case ast.Constant(int() | float() as value), ast.Name(name) if symbol:
            return _Is(name, MIRRORED[symbol], Decimal(str(value)))
    raise _NotAConditionError


def _chain(links: list[_Is]) -> _Said:
    match links:
        case [one]:
            return one
        case [first, second] if first.name == second.name and first.sign in LIMITS and second.sign in LIMITS:
            return _Span(first, second)
    return _And(tuple(links))


def _opposite(links: list[_Is]) -> _Said:
    parts = tuple(_Is(link.name, OPPOSITE[link.sign], link.value) for link in links)
    return parts[0] if len(parts) == 1 else _Or(parts)


def _merged(parts: tuple[_Said, ...]) -> _Said:
    """`parts` joined by "or"; those that differ in the value of their last equality alone are one."""
    alike: dict[object, list[tuple[_Said, ...]]] = {}
    for part in parts:
        terms = part.parts if isinstance(part, _And) else (part,)
        *head, last = terms
        key = (*head, last.name) if isinstance(last, _Is) and last.sign == "==" else part
        alike.setdefault(key, []).append(terms)
    found = tuple(_joined(group) for group in alike.values())
    return _Or(found) if len(found) > 1 else found[0]


def _joined(group: list[tuple[_Said, ...]]) -> _Said:
    """One term list, or several that agree but for the value of the last."""
    *head, last = group[0]
    if len(group) > 1 and isinstance(last, _Is):
        last = _OneOf(last.name, tuple(end.value for *_, end in group if isinstance(end, _Is)))
    return _And((*head, last)) if head else last


@dataclass(frozen=True)
class _Speaker:
    """Says a condition with these formats and nouns."""

    count: Format
    money: Format
    nouns: Nouns

    def phrase(self, said: _Said) -> str:
        match said:
            case _And(parts):
                return ", ".join(self._part(part) for part in parts)
            case _Or(parts):
                several = any(isinstance(part, _And) for part in parts)
                return ("; or " if several else ", or ").join(self.phrase(part) for part in parts)
            case _OneOf():
                return self._one_of(said)
            case _Span():
                return self._span(said)
            case _Is():
                return self._is(said)

    def _part(self, part: _Said) -> str:
        """A part of an "and": an "or" inside it is held together by "either"."""
        if isinstance(part, _Or):
            return "and either " + " or ".join(self.phrase(value) for value in part.parts)
        return self.phrase(part)

    def _is(self, said: _Is) -> str:
        name, sign, shown = said.name, said.sign, self._shown(said)
        match name:
            case "R" | "T":
                phrase = f"{FIRST_LAST[name]} {DAYS[sign].format(shown)}"
                return phrase.replace("days", "day") if said.value == 1 else phrase
            case "F":
                return self.nouns.counted(0 if sign == ">=" else float(said.value), COUNTS[sign].format(shown))
            case "M":
                return self._worth(AMOUNTS[sign].format(shown))
        return f"{_scored(name)} {SCORES[sign].format(shown)}"

    def _span(self, span: _Span) -> str:
        """`60 < R <= 180`: "last order more than 60 and at most 180 days ago"; `3 <= R_score <= 4`: "… 3 to 4"."""
        low, high = sorted((span.low, span.high), key=lambda end: end.sign.startswith("<"))
        name, shown = low.name, (self._shown(low), self._shown(high))
        between = f"{LIMITS[low.sign]} {shown[0]} and {LIMITS[high.sign]} {shown[1]}"
        match name:
            case "R" | "T":
                return f"{FIRST_LAST[name]} {between} days ago"
            case "F":
                return self.nouns.counted(0, between)
            case "M":
                return self._worth(between)
        return f"{_scored(name)} {f'{shown[0]} to {shown[1]}' if low.sign + high.sign == '>=<=' else between}"

    def _one_of(self, said: _OneOf) -> str:
        code = said.name == "RFM_code"
        found = [self._shown(_Is(said.name, "==", value)) for value in (said.values if code else sorted(said.values))]
        if code:
            more = f" and {len(found) - LISTED} more" if len(found) > LISTED + 1 else ""
            return f"{SCORED[said.name]} {', '.join(found[: LISTED if more else None])}{more}"
        listed = f"{', '.join(found[:-1])} or {found[-1]}"
        match said.name:
            case "R" | "T":
                return f"{FIRST_LAST[said.name]} {listed} days ago"
            case "F":
                return self.nouns.counted(0, listed)
            case "M":
                return self._worth(f"exactly {listed}")
        return f"{_scored(said.name)} {listed}"

    def _worth(self, phrase: str) -> str:
        """Money that is not simply the customer's revenue is named."""
        return phrase if self.nouns.total else f"{self.nouns.money} {phrase}"

    def _shown(self, said: _Is) -> str:
        if said.name == "RFM_code":
            return str(said.value)  # a code is no number: no separators
        return (self.money if said.name == "M" else self.count)(said.value)


def _scored(name: str) -> str:
    if name not in SCORED:
        raise _NotAConditionError
    return SCORED[name]
