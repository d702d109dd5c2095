"""Exact money and shares for the Brief, from integers in units of 10^-scale."""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

MEAN: Final = Decimal("0.0001")
SHARE_DIGITS: Final = 10
"""Shares are ratios of exact integers; rounding only keeps the file readable."""


def money(units: int, scale: int) -> Decimal:
    """`units` of 10^-scale as an exact amount at that scale."""
    return Decimal(int(units)).scaleb(-scale)


def mean_money(units: int | Fraction, count: int, scale: int) -> Decimal | None:
    """The mean amount at 4 places, half-even; None of nothing."""
    if not count:
        return None
    ratio = Fraction(units) / count / 10**scale
    return (Decimal(ratio.numerator) / Decimal(ratio.denominator)).quantize(MEAN, ROUND_HALF_EVEN)


def share(part: int, whole: int) -> float:
    """Part / whole, 0 of nothing."""
    return round(part / whole, SHARE_DIGITS) if whole else 0.0


def mean(total: int, count: int) -> float | None:
    """The mean of whole numbers at 4 places; None of nothing."""
    return round(total / count, 4) if count else None
