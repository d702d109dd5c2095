"""Figures as text: the same ones stand on paper, on screen and in charts of two sizes, and are formatted once."""

import re
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, numbers

MINUS = "−"
NBSP = "\u00a0"
"""A space at which no line ends."""
FIGURES = 3
"""Significant figures of a number in a sentence."""
YEN = "¥"
DIRECTIONS = (0x200E, 0x200F, 0x061C)
"""Marks of the direction of writing."""
SHORT = ("", "k", "m", "bn", "tn")
"""Powers of a thousand."""
REMEMBERED = 10_000
"""Figures whose text is kept."""


@lru_cache(REMEMBERED)
def decimals(value: Decimal, digits: int, locale: str) -> str:
    """A number with so many `digits` behind the point."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _tidy(numbers.format_decimal(value, format=pattern, locale=locale))


@lru_cache(REMEMBERED)
def percent(share: Decimal, digits: int, locale: str) -> str:
    """A share (0 … 1) in per cent."""
    pattern = Locale.parse(locale).percent_formats[None].pattern
    pattern = pattern.replace("0", "0" + ("." + "0" * digits if digits else ""))
    return _tidy(numbers.format_percent(share, format=pattern, locale=locale))


@cache
def sign(currency: str, locale: str) -> str:
    """The sign of a currency (ISO 4217)."""
    return _tidy(numbers.get_currency_symbol(currency, locale))


@lru_cache(REMEMBERED)
def money(amount: Decimal, digits: int, currency: str, locale: str) -> str:
    """An amount with the sign of its currency."""
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.split(";")[0]
    pattern = re.sub(r"0\.0+", "0" + ("." + "0" * digits if digits else ""), pattern)
    return _tidy(numbers.format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False))


@lru_cache(REMEMBERED)
def short(rounded: Decimal, currency: str | None, locale: str) -> str:
    """`rounded` in thousands, millions and so on, in figures as the locale writes them."""
    # The text is English: "mil" of a Spanish locale would read as millions, "tn" of a Swedish one as trillions.
    if locale.startswith("en"):
        return _short_english(rounded, currency, locale)
    power = min(max(rounded.adjusted(), 0) // 3, len(SHORT) - 1)
    value = rounded.scaleb(-3 * power)
    digits = 2 if value != round(value) else 0
    text = money(value, digits, currency, locale) if currency else decimals(value, digits, locale)
    return re.sub(r"(\d(?:.*\d)?)", lambda number: _shortest(number[1]) + SHORT[power], text, count=1)


def _shortest(number: str) -> str:
    """`number` without a last zero after its point."""
    return number[:-1] if re.search(r"\D\d0$", number) else number


def _short_english(rounded: Decimal, currency: str | None, locale: str) -> str:
    if currency:
        text = numbers.format_compact_currency(rounded, currency, locale=locale, fraction_digits=2)
    else:
        text = numbers.format_compact_decimal(rounded, locale=locale, fraction_digits=2)
    letters = {"K": "k", "M": "m", "B": "bn", "T": "tn"}
    return _tidy(re.sub(r"(?<=\d)[KMBT]", lambda letter: letters[letter[0]], text))


@lru_cache(REMEMBERED)
def filled_up(text: str, locale: str) -> str:
    """`text` with zeros up to `FIGURES` digits: beside £6.37m stands £5.70m, as exact as the other."""
    point = numbers.get_decimal_symbol(locale)
    # Between its first and its last digit: what parts thousands is a sign of the locale, such as ’ or a blank.
    number = re.search(r"\d(?:.*\d)?", text)
    if number is None or (missing := FIGURES - sum(map(str.isdecimal, number[0]))) <= 0:
        return text
    filled = number[0] + ("" if point in number[0] else point) + "0" * missing
    return text[: number.start()] + filled + text[number.end() :]


def _tidy(text: str) -> str:
    """True minus sign, none before what rounds to zero; half-width yen, no narrow spaces that typefaces lack.

    The text is English: marks of the direction of writing are left out.
    """
    plain = text.translate(dict.fromkeys(DIRECTIONS)).replace("-", MINUS if tells(text) else "")
    return plain.replace("￥", YEN).replace("\u202f", NBSP)


def tells(text: str) -> bool:
    """Whether a formatted figure has a digit that isn't zero."""
    return any(int(character) for character in text if character.isdecimal())
