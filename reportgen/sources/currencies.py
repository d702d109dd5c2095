"""Currencies: what the figures of an input stand in; a brief has one."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from reportgen.errors import InputError
from reportgen.sources.toml import inline_table

SIGNS: Final = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY", "₽": "RUB", "₴": "UAH", "₪": "ILS", "₩": "KRW", "₱": "PHP",
    "฿": "THB",
}  # fmt: skip
SHARED: Final = {
    "$": frozenset((
        "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "BRL", "ARS", "CLP", "COP", "UYU", "DOP", "JMD", "TTD",
        "BBD", "BZD", "BND", "FJD", "NAD",
    )),
    "¥": frozenset(("JPY", "CNY")),
}  # fmt: skip
"""Signs that several currencies have."""
_CODE: Final = re.compile("[A-Z]{3}")
KINDS: Final = ("currency", "tender")
"""Of columns that hold currencies by what they are called; where there is one of the first, the others may differ."""
_USUAL: Final = re.compile(
    "EUR|USD|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|INR|BRL|CNY|MXN|ZAR|SGD|HKD|AED|ILS|KRW"
)
_UNSET: Final = frozenset(("", "0", "nan", "null", "none", "n/a", "-"))


def digits(code: str | None) -> int:
    """Decimals that the currency has; amounts are never kept at fewer."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(code) if code else 0


@dataclass(frozen=True)
class Stated:
    """The signs and codes that a column holds, and its header; "" if there is none."""

    marks: frozenset[str]
    header: str


NOWHERE: Final = Stated(frozenset(), "")


def of_columns(values: Mapping[str, Collection[str]], headers: Mapping[str, str]) -> Stated:
    """In what prices stand by columns: key, which begins with the kind (see `columns.asides`), -> values, -> header."""
    marks = {key: frozenset(each.upper() for each in every if each not in _UNSET) for key, every in values.items()}
    sure = {key: each for key, each in marks.items() if key.startswith("currency_") and each}
    if sure:
        return Stated(frozenset[str]().union(*sure.values()), headers[next(iter(sure))])
    likely = {key: each for key, each in marks.items() if _holds_currencies(key, each)}
    several = {key: each for key, each in likely.items() if len(each) > 1}
    # Of a store and of an order: which of them the prices stand in, nobody knows; each is the same in all rows.
    known = several or (likely if len({*likely.values()}) == 1 else {})
    return next((Stated(each, headers[key]) for key, each in known.items()), NOWHERE)


def _holds_currencies(key: str, marks: frozenset[str]) -> bool:
    """Whether a column holds nothing but currencies: codes of three letters that a usual one is among, or signs."""
    known = {mark for mark in marks if mark in SIGNS or mark in SHARED or _CODE.fullmatch(mark)}
    named = key.startswith("tender_") and bool(marks) and not any(re.search(r"\d", mark) for mark in marks)
    return named or (len(marks) > 1 and known == marks and _are_codes(marks))


def _are_codes(marks: frozenset[str]) -> bool:
    codes = {mark for mark in marks if mark.isascii() and mark.isalpha()}
    if codes and not any(map(_USUAL.fullmatch, codes)):
        return False
    from babel.numbers import list_currencies

    return codes <= list_currencies()


def refuse(marks: Mapping[str, frozenset[str]], shop: str | None, header: str = "") -> None:
    """Refuse several currencies, and another one than the shop's.

    marks: name of a file or table -> the signs and codes in it; shop: ISO 4217; header: of a column that holds some.
    Raises `InputError`.
    """
    found = frozenset[str]().union(*marks.values())
    by = f", by the column {header}" if header else ""
    named = " and ".join(name for name, each in marks.items() if each)
    if _several(found):
        raise InputError(
            f"{named}: prices stand in {' and in '.join(sorted(found))}{by}",
            "A brief has one currency: convert them first, or read only the rows in one of them."
            + _others(found, header),
        )
    known = frozenset(mark for mark in found if mark in SIGNS or mark in SHARED or _CODE.fullmatch(mark))
    if shop and known and _several(known | {shop}):
        raise InputError(
            f"{named}: prices stand in {' or '.join(sorted(known))}, and [shop] currency is {shop}",
            f'Correct [shop] currency = "{SIGNS.get(min(known), min(known))}", or read the file that is meant.',
        )


def _others(marks: frozenset[str], header: str) -> str:
    """How the rows in another currency are left out by a column."""
    if not header:
        return ""
    return f" Rows in another one are left out as by [input] leave_out = {inline_table({header: sorted(marks)[1:]})}."


def _several(marks: frozenset[str]) -> bool:
    kinds = {SIGNS.get(mark, mark) for mark in marks if mark.isascii() or mark in SIGNS or mark in SHARED}
    for sign, codes in SHARED.items():
        if kinds & codes:
            kinds.discard(sign)
    return len(kinds) > 1
