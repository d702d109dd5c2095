"""Currencies: what the figures of an input stand in; a brief has one."""

import re
from collections.abc import Mapping
from typing import Final

from reportgen.errors import InputError

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


def digits(code: str | None) -> int:
    """Decimals that the currency has; amounts are never kept at fewer."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(code) if code else 0


def refuse(marks: Mapping[str, frozenset[str]], shop: str | None) -> None:
    """Refuse several currencies, and another one than the shop's.

    marks: name of a file or table -> the signs and codes in it; shop: ISO 4217. Raises `InputError`.
    """
    found = frozenset[str]().union(*marks.values())
    named = " and ".join(name for name, each in marks.items() if each)
    if _several(found):
        raise InputError(
            f"{named}: prices stand in {' and in '.join(sorted(found))}",
            "A brief has one currency: convert them first, or read only the rows in one of them.",
        )
    known = frozenset(mark for mark in found if mark in SIGNS or mark in SHARED or _CODE.fullmatch(mark))
    if shop and known and _several(known | {shop}):
        raise InputError(
            f"{named}: prices stand in {' or '.join(sorted(known))}, and [shop] currency is {shop}",
            f'Correct [shop] currency = "{SIGNS.get(min(known), min(known))}", or read the file that is meant.',
        )


def _several(marks: frozenset[str]) -> bool:
    kinds = {SIGNS.get(mark, mark) for mark in marks if mark.isascii() or mark in SIGNS or mark in SHARED}
    for sign, codes in SHARED.items():
        if kinds & codes:
            kinds.discard(sign)
    return len(kinds) > 1
