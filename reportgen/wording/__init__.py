"""Words: how numbers, dates and findings read, for one locale and currency.

Sentences and dates are English; figures and money follow the locale. Nothing here knows a segment or a page.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from babel import dates, numbers

from reportgen.brief import Brief, Period
from reportgen.wording import formats
from reportgen.wording.claims import Claim, title
from reportgen.wording.formats import FIGURES, MINUS, NBSP
from reportgen.wording.measures import Nouns, capital, customer_of, nouns
from reportgen.wording.rules import in_words

__all__ = [
    "MINUS",
    "NBSP",
    "NONE",
    "Claim",
    "Nouns",
    "Unit",
    "Words",
    "capital",
    "customer_of",
    "full_window",
    "nouns",
    "title",
]

NONE = "–"
"""Stands where a figure does not apply."""
TABLE_WIDTH = 100_000
"""Columns whose largest figure reaches it are printed in thousands (or millions …)."""

FRACTIONS = 100
THOUSAND = 1_000
"""Figures in sentences have no decimals from here on."""
SMALL_SHARE, NEARLY = Decimal("0.0995"), Decimal("0.995")
"""Shares below the one have a decimal in sentences; from the other on they would be rounded to all."""

Number = int | float | Decimal


@dataclass(frozen=True)
class Unit:
    """The unit of a table column of money: figures are divided by `divisor`; `label` goes into its head."""

    divisor: int
    label: str


def _decimal(value: Number) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact or Decimal(0)  # a zero has no sign


def _significant(value: Decimal, figures: int = FIGURES) -> Decimal:
    """`value` rounded half-even to `figures` significant figures; 0 stays 0."""
    if not value:
        return Decimal(0)
    exponent = value.adjusted() - figures + 1
    return value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_EVEN) if exponent < 0 else _whole(value, exponent)


def _whole(value: Decimal, exponent: int) -> Decimal:
    step = Decimal(1).scaleb(exponent)
    return (value / step).to_integral_value(ROUND_HALF_EVEN) * step


def full_window(brief: Brief) -> int | None:
    """The months of the segments' window; None where it is all history, or where records begin inside it."""
    months = brief.method.window_months
    return months if months and brief.method.history_months >= months else None


@dataclass(frozen=True)
class Words:
    """Formats for `locale` ("en_GB"), `currency` (ISO 4217, None: plain numbers) and the ledger's `scale`.

    Every method takes None for a figure that does not apply and answers with a dash.
    letters: those that can be shown; where they lack the currency's sign, its code stands for it. None: all of them
    """

    locale: str = "en_GB"
    currency: str | None = None
    scale: int = 2
    letters: frozenset[str] | None = None

    @property
    def language(self) -> str:
        """The language tag of the text: English, of the locale's country where that speaks it."""
        return self.locale.replace("_", "-") if self.locale.startswith("en") else "en"

    @property
    def symbol(self) -> str:
        """The sign of the currency, "" if unknown."""
        return self._legible(formats.sign(self.currency, self.locale)) if self.currency else ""

    # --- numbers ---------------------------------------------------------------------------------------

    def count(self, value: Number | None, digits: int = 0) -> str:
        """A plain number with `digits` decimals: "1,662"."""
        if value is None:
            return NONE
        return formats.decimals(_decimal(value), digits, self.locale)

    def figure(self, value: Number | None) -> str:
        """A number with at most one decimal, none where it is whole: "2", "13.5"."""
        return self.figures([value])(value)

    def figures(self, values: Sequence[Number | None]) -> Callable[[Number | None], str]:
        """A format for a column of `values`: all of them with one decimal, if any of them has one as a `figure`."""
        digits = max((_places(_decimal(value)) for value in values if value is not None), default=0)
        return lambda value: self.count(value, digits)

    def percent(self, share: Number | None, digits: int = 1) -> str:
        """A share (0 … 1) with fixed decimals, for columns: "13.4%"; never 0 % unless none: "<0.1%"."""
        if share is None:
            return NONE
        exact, least = _decimal(share), Decimal(1).scaleb(-digits - 2)
        faint = 0 < exact <= least / 2
        text = formats.percent(least if faint else exact, digits, self.locale)
        return f"<{text}" if faint else text

    def about(self, share: Number | None) -> str:
        """A share for a sentence: whole from 10 %, one decimal below: "64%", "4.7%"; 0 % and 100 % of none and all."""
        if share is None:
            return NONE
        exact = _decimal(share)
        if NEARLY <= exact < 1:
            return self.percent(min(exact, Decimal("0.999")))
        return self.percent(exact, 0 if not exact or abs(exact) >= SMALL_SHARE else 1).replace("<", "under ")

    def change(self, now: Number, before: Number | None) -> str:
        """The relative change with its sign: "+36.5%"; a dash where there was nothing, or less, before."""
        if before is None or before <= 0:
            return NONE
        relative = _decimal(now) / _decimal(before) - 1
        digits = 0 if abs(relative) >= 1 else 1
        return self.signed(relative, lambda share: formats.percent(_decimal(share), digits, self.locale))

    def points(self, now: float | None, before: float | None) -> str:
        """The difference of two shares: "−3.7 points"."""
        if now is None or before is None:
            return NONE
        return self.signed(100 * (now - before), lambda value: self.count(value, 1)) + " points"

    def signed(self, value: Number | None, shown: Callable[[Number], str] | None = None) -> str:
        """A difference with its sign, always: "+5", "−3", "0"."""
        if value is None:
            return NONE
        text = (shown or self.count)(abs(_decimal(value)))
        return ("+" if value > 0 else MINUS) + text if formats.tells(text) else text

    def ordinal(self, value: int) -> str:
        """Such as "1st", "12th", "23rd"."""
        last = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{self.count(value)}{'th' if value % 100 in {11, 12, 13} else last}"

    # --- money -----------------------------------------------------------------------------------------

    def money(self, amount: Number | None) -> str:
        """Exact at the ledger's scale: "£1,461,756.25"."""
        return self._money(amount, self.scale)

    def whole(self, amount: Number | None) -> str:
        """To whole units of currency: "£3,614"."""
        return self._money(amount, 0)

    def price(self, amount: Number | None) -> str:
        """A price per piece, in the decimals that the currency has: "£2.95"."""
        usual = numbers.get_currency_precision(self.currency) if self.currency else 2
        return self._money(amount, min(usual, self.scale))

    def exact(self, amounts: Sequence[Decimal]) -> Callable[[Number | None], str]:
        """A format for a column of `amounts`, without the sign of the currency: as few decimals as all can spare."""
        usual = numbers.get_currency_precision(self.currency) if self.currency else 0
        needed = (-int(amount.normalize().as_tuple().exponent) for amount in amounts)
        digits = max([min(usual, self.scale), *needed])
        return lambda amount: self.count(amount, digits)

    def compact(self, amount: Number | None) -> str:
        """For sentences and marks, three significant figures: "£1.46m", "£5.70m", "£412k", "£634"; but "£5"."""
        if amount is None:
            return NONE
        text = self._briefly(amount)
        return formats.filled_up(text, self.locale) if abs(_decimal(amount)) >= THOUSAND else text

    def _briefly(self, amount: Number) -> str:
        rounded = _significant(_decimal(amount))
        text = self._legible(formats.short(rounded, self.currency, self.locale))
        if rounded and not re.search(r"[^\d.,\s\u00a0−]", text.replace(self.symbol or " ", "")):
            return self._money(rounded, 0 if abs(rounded) >= FRACTIONS or rounded == round(rounded) else 2)
        return text

    def unit(self, amounts: Sequence[Number]) -> Unit:
        """The unit that keeps a column of `amounts` narrow: whole currency, thousands, millions or billions."""
        largest = max((abs(_decimal(amount)) for amount in amounts), default=Decimal(0))
        for divisor, suffix in ((1, ""), (1_000, "k"), (1_000_000, "m")):
            if largest < divisor * TABLE_WIDTH:
                return Unit(divisor, f"{self.symbol}{suffix}")
        return Unit(1_000_000_000, f"{self.symbol}bn")

    def in_unit(self, amount: Number | None, unit: Unit) -> str:
        """`amount` in `unit`, whole: "1,462"."""
        return NONE if amount is None else self.count(_decimal(amount) / unit.divisor)

    def _money(self, amount: Number | None, digits: int) -> str:
        if amount is None:
            return NONE
        if not self.currency:
            return self.count(amount, digits)
        return self._legible(formats.money(_decimal(amount), digits, self.currency, self.locale))

    def _legible(self, text: str) -> str:
        if self.letters is None or not self.currency or self.letters.issuperset(text.replace(NBSP, "")):
            return text
        sign = re.escape(formats.sign(self.currency, self.locale))
        before = re.sub(rf"{sign}(?=\d)", f"{self.currency}{NBSP}", text)
        return re.sub(sign, self.currency, re.sub(rf"(?<=\w){sign}", f"{NBSP}{self.currency}", before))

    # --- time ------------------------------------------------------------------------------------------

    def date(self, day: dt.date) -> str:
        """Such as "30 November 2011"."""
        return dates.format_date(day, "long", locale=_text_locale(self.locale))

    def short_date(self, day: dt.date) -> str:
        """Such as "30 Nov 2011"."""
        return dates.format_date(day, "medium", locale=_text_locale(self.locale))

    def month(self, day: dt.date) -> str:
        """Such as "November 2011"."""
        return dates.format_skeleton("yMMMM", day, locale=_text_locale(self.locale))

    def month_name(self, day: dt.date) -> str:
        """Such as "November"."""
        return dates.format_date(day, "LLLL", locale=_text_locale(self.locale))

    def short_month(self, day: dt.date) -> str:
        """Such as "Nov"."""
        return dates.format_date(day, "LLL", locale=_text_locale(self.locale))

    def period(self, period: Period) -> str:
        """A whole calendar month by its name, anything else by its first and last day."""
        if re.fullmatch(r"\d{4}-\d\d", period.label):
            return self.month(period.start)
        return f"{self.date(period.start)} to {self.date(period.end)}"

    def between(self, start: dt.date, end: dt.date) -> str:
        """The short name of a span: "October" for a whole month, "1 to 9 November" within one, else both dates."""
        if (start.year, start.month) != (end.year, end.month):
            return f"{self.short_date(start)} to {self.short_date(end)}"
        whole = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
        return self.month_name(start) if whole else f"{start.day} to {end.day} {self.month_name(start)}"

    def window(self, brief: Brief) -> str:
        """What the figures of the segments cover: "in the 12 months to 30 November 2011", as far as records reach."""
        if months := full_window(brief):
            return f"in the {self.plural(months, 'month')} to {self.date(brief.period.end)}"
        return f"from {self.date(max(brief.method.window_start, brief.data.first))} to {self.date(brief.period.end)}"

    def revenue_name(self, brief: Brief) -> str:
        """The revenue of the window, as a noun: "12-month revenue", or "revenue"."""
        months = full_window(brief)
        return f"{self.count(months)}-month revenue" if months else "revenue"

    def net(self, brief: Brief) -> str:
        """What customers' revenue is: "net revenue", or "revenue before returns" where the recipe drops these."""
        return "net revenue" if brief.method.returns == "net" else "revenue before returns"

    def short(self, value: Number | None) -> str:
        """An edge, without the currency: "1.5k", "1m"."""
        return NONE if value is None else replace(self, currency=None)._briefly(value)  # noqa: SLF001 -- its own

    def during(self, start: dt.date, end: dt.date) -> str:
        """Such as "in October", "from 1 to 9 November"."""
        span = self.between(start, end)
        return f"in {span}" if span == self.month_name(start) else f"from {span}"

    # --- words -----------------------------------------------------------------------------------------

    def plural(self, value: Number, one: str, many: str | None = None) -> str:
        """Such as "1 customer", "2 customers"."""
        return f"{self.count(value)} {one if value == 1 else many or one + 's'}"

    def joined(self, parts: Sequence[str]) -> str:
        """Such as "A, B and C"."""
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""

    def rule(self, condition: str, named: Nouns) -> str:
        """A rule's condition in words; what is not a condition stays as it is."""
        return in_words(condition, count=self.figure, money=self._threshold, nouns=named)

    def filters(self) -> dict[str, Callable[..., str]]:
        """The formats by the names that templates use."""
        named = (
            self.count, self.figure, self.percent, self.about, self.signed, self.money, self.whole,
            self.compact, self.date, self.short_date, self.month, self.short_month, self.in_unit,
        )  # fmt: skip
        return {method.__name__: method for method in named}

    def _threshold(self, amount: Number) -> str:
        whole = _decimal(amount) == round(_decimal(amount))
        return self._money(amount, 0 if whole else self.scale)


def _places(value: Decimal) -> int:
    return 0 if value == round(value) or abs(value) >= FRACTIONS else 1


@cache
def _text_locale(locale: str) -> str:
    """Dates stand in sentences: they are English, as the locale's country writes it if that speaks it."""
    return locale if locale.startswith("en") else "en_GB"
