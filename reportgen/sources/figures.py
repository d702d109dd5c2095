"""Figures: quantities and prices as exact integers, from text in any common notation.

Works on distinct values: a column has few of them, and each rule is then an expression over a small table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.sources.engine import printf

MOST_DECIMALS: Final = 6
_DIGITS: Final = 18
"""Digits that surely fit into a 64-bit integer."""
_EXACT_DIGITS: Final = 15
"""Decimal digits that a double surely keeps; more than these are traces of binary arithmetic."""

_CURRENCIES: Final = "EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|CAD|AUD|NZD|JPY|BRL|INR"
_NOISE: Final = rf"(?i)[\s\x{{a0}}\x{{2009}}\x{{202f}}'’\p{{Sc}}]|\b(?:{_CURRENCIES})\b"
_UNPAIRED: Final = r"^\(.*[^)]$|^[^(].*\)$|^[+-].*-$"
"""A parenthesis alone, or two signs: neither says whether the figure is negative."""
_TRACE: Final = r"(0{6,}|9{6,})[0-9]{0,3}$"
"""The end of 15.299999999999999 and of 0.30000000000000004, as programs print doubles into text."""
_NO_CENTS: Final = r"[.,](--?|[–—])$"
"""Of whole euros and francs: 12,- is no negative number."""
_NOT_FINITE: Final = r"(?i)^[+-]?(nan|inf|infinity|∞)$"

COMMA: Final = r"^\d*,(\d{1,2}|\d{4,})$|^\d{4,},\d+$|^0,\d+$|^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$"
"""Digits that prove a decimal comma."""
POINT: Final = (
    r"^\d*\.(\d{1,2}|\d{4,})$|^\d{4,}\.\d+$|^0\.\d+$|^\d{1,3}(,\d{3})+\.\d+$|^\d{1,3}(,\d{3}){2,}$"
    r"|^[1-9]\d?(,\d{2})+,\d{3}(\.\d+)?$"
)
"""Digits that prove a decimal point; 2,63,070.00 are lakhs, as in India."""
UNDECIDED: Final = r"^[1-9]\d{0,2}[,.]\d{3}$"
"""1,234 is either, and so is 1.234."""
CURRENCY: Final = (r"(\p{Sc})", rf"(?i)\b({_CURRENCIES})\b")
"""The sign and the code of the currency that a figure may stand in."""

_VALID: Final = {
    ".": r"^([1-9]\d{0,2}(,\d{3})+|[1-9]\d?(,\d{2})+,\d{3}|\d+)?(\.\d*)?(e[+-]?\d{1,2})?$",
    ",": r"^([1-9]\d{0,2}(\.\d{3})+|\d+)?(,\d*)?$",
}


def bare(text: ir.Value) -> ir.Value:
    """`text` without blanks, currency and signs: digits and marks, in lower case."""
    return _unsigned(_unmarked(text))


def parsed(keys: ir.Table, text: ir.Value, decimal: str, *, doubles: bool) -> ir.Table:
    """`keys` with `negative`, `whole`, `fraction` (digits, no zeros at its end), `reason` ("" if it is a number).

    doubles: what `text` shows are doubles, whose digits beyond the 15th mean nothing
    """
    # In steps: what a step mentions several times is written, and made, once.
    marked = keys.mutate(blank=text.isnull() | (text.strip() == ""), marked=_unmarked(text))
    bared = marked.mutate(digits=_unsigned(marked.marked))
    other = "," if decimal == "." else "."
    plain = _plain(bared.mutate(number=bared.digits.replace(other, "").replace(decimal, ".")), doubles=doubles)
    shown = plain.mutate(
        whole=plain.number.re_extract("^0*([0-9]*)", 1),
        fraction=plain.number.re_extract(r"\.([0-9]*)$", 1).re_replace("0+$", ""),
    )
    return shown.select(
        *keys.columns, "whole", "fraction", negative=_negative(shown.marked), reason=_why(shown, decimal)
    )


def _negative(marked: ir.Value) -> ir.Value:
    return marked.startswith("-") | marked.endswith("-") | marked.startswith("(")


def _why(shown: ir.Table, decimal: str) -> ir.Value:
    """Why a figure is no number; "" if it is one."""
    digits, marked = shown.digits, shown.marked
    valid = digits.re_search(_VALID[decimal]) & digits.re_search("[0-9]") & ~marked.re_search(_UNPAIRED)
    return ibis.cases(
        (shown.blank, "is missing"),
        (marked.re_search(_NOT_FINITE), "is not a finite number"),
        (~valid, "is not a number"),
        (shown.whole.length() + MOST_DECIMALS > _DIGITS, "is too large"),
        else_="",
    )


def rounded(table: ir.Table, decimals: int) -> ir.Table:
    """`parsed` numbers with at most so many decimals: half a unit and more is rounded away from zero.

    Digit by digit, as in a list of prices: 1.005 is 1.01 here, though the double of that name is less.
    """
    cut = ("0" + table.whole + (table.fraction + "0" * decimals).substr(0, decimals)).try_cast("int64")
    up = ibis.ifelse(table.fraction.substr(decimals, 1) >= "5", 1, 0)
    digits = (cut + up).cast("string").lpad(decimals + 1, "0")
    whole = digits.length() - decimals
    applies = (table.reason == "") & (table.fraction.length() > decimals)
    return table.mutate(
        whole=ibis.ifelse(applies, digits.substr(0, whole), table.whole),
        fraction=ibis.ifelse(applies, digits.substr(whole, decimals).re_replace("0+$", ""), table.fraction),
        rounded=applies,
    )


@dataclass(frozen=True)
class Scale:
    """Units of 10^-decimals; a figure with more than `most` decimals is refused."""

    decimals: int
    most: int


def scaled(table: ir.Table, scale: Scale) -> ir.Value:
    """The integer of a parsed number in units of the scale; null where it can't be held exactly."""
    fraction = (table.fraction + "0" * scale.decimals).substr(0, scale.decimals)
    size = ("0" + table.whole + fraction).try_cast("int64")
    fits = (table.reason == "") & (table.fraction.length() <= min(scale.decimals, scale.most))
    return ibis.ifelse(fits, ibis.ifelse(table.negative, -size, size), ibis.null("int64"))


def reason(table: ir.Table, scale: Scale, value: ir.Value) -> ir.Value:
    """Why a parsed number, of which `scaled` made `value`, can't be held in units of the scale; "" if it can."""
    return ibis.cases(
        (table.reason != "", table.reason),
        (table.fraction.length() > scale.most, f"has more than {scale.most} decimals"),
        (value.isnull(), "is too large"),
        else_="",
    )


def decimal_mark(comma: int, point: int, undecided: int) -> str | None:
    """The decimal mark by the rows that prove it; None if figures such as 1,234 or 1.234 could be either."""
    if comma or point:
        return "," if comma > point else "."
    return None if undecided else "."


def common_scale(found: Sequence[int], configured: int | None = None, least: int = 0) -> Scale:
    """The scale that holds every figure: as configured, else with as many decimals as any file needs."""
    if configured is None:
        return Scale(max(least, *found), MOST_DECIMALS)
    return Scale(max(least, configured), configured)


def _unmarked(text: ir.Value) -> ir.Value:
    return text.re_replace(_NOISE, "").replace("−", "-").re_replace(_NO_CENTS, "").lower()


def _unsigned(marked: ir.Value) -> ir.Value:
    return marked.re_replace(r"^[+(-]|[-)]$", "")


def _plain(figures: ir.Table, *, doubles: bool) -> ir.Table:
    """`figures` with their `number` without exponent, and without digits that only binary arithmetic made."""
    number = figures.number
    digits = number.re_replace(r"^[0.]+|\.|e.*$", "").length()
    inexact = (digits > _EXACT_DIGITS) & number.contains(".")
    if not doubles:
        fraction = number.re_extract(r"\.([0-9]*)$", 1)
        inexact &= number.contains("e") | ((fraction.length() > MOST_DECIMALS) & fraction.re_search(_TRACE))
    rounded = figures.mutate(number=ibis.ifelse(inexact, printf("%.15g", number.try_cast("float64")), number))
    number = rounded.number
    return rounded.mutate(
        number=ibis.ifelse(number.contains("e"), number.try_cast("decimal(38, 18)").cast("string"), number)
    )
