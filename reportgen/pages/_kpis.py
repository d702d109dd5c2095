"""Key figures of the title page, each with its change on the period before and what it was a year ago."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from reportgen.brief import Brief, PeriodTotals
from reportgen.brief.changes import TOP, KeyFigures
from reportgen.charts.share import leaders
from reportgen.pages._figures import identified, repeat_share, revenue_moved
from reportgen.wording import MINUS, Words, full_window
from reportgen.wording.claims import count_moved, few, mean_moved, share_moved
from reportgen.wording.facts import seasoned

LONG = 7
"""Characters of a value that fit at full size; a capital, as in JP¥278m, takes the room of two."""
NAMED = 30
"""Letters of the top segments' names that fit."""
UNCLEAR = "no clear change"
POINT = 0.01
"""A share of revenue that differs by less is not called changed."""


@dataclass(frozen=True)
class Kpi:
    """A figure: `tone` is "good", "bad" or "" (neither); `note`: what it was before, or is of; `year`: a year ago."""

    label: str
    value: str
    change: str = ""
    tone: str = ""
    note: str = ""
    year: str = ""

    @property
    def long(self) -> bool:
        """Whether the value needs smaller type to stand in a sixth of the page."""
        return len(self.value) + sum(letter.isupper() for letter in self.value) > LONG


@dataclass(frozen=True)
class Facts:
    """The figures of one period."""

    totals: PeriodTotals
    figures: KeyFigures | None


Value = Decimal | int | float
Moved = Callable[[Facts, Facts], bool]


@dataclass(frozen=True)
class Measure:
    """How a key figure is read from facts, shown, compared and told from chance."""

    label: str
    value: Callable[[Facts], Value | None]
    shown: Callable[[Value | None], str]
    change: Callable[[Value, Value], str]
    moved: Moved
    counted: Callable[[Facts], int]
    """The orders or customers that it rests on: of few, not even that nothing changed is said."""


def kpis(brief: Brief, words: Words) -> tuple[Kpi, ...]:
    """Revenue, customers, orders, order value, repeat rate, the top segments: four to six."""
    facts = _facts(brief)
    measures = _measures(words) if brief.segments else _of_all(words)
    made = [*(_kpi(measure, *facts, words) for measure in measures), _repeat(brief, facts, words),
            _top(brief, facts, words)]  # fmt: skip
    return tuple(kpi for kpi in made if kpi is not None)


def _facts(brief: Brief) -> tuple[Facts, Facts | None, Facts | None]:
    """This period, the one before, the year before."""
    before, year = brief.previous_totals, brief.year_before
    return (
        Facts(brief.period_totals, brief.key_figures),
        Facts(before, brief.previous_key_figures) if before else None,
        Facts(year, brief.year_before_key_figures) if year else None,
    )


def _measures(words: Words) -> tuple[Measure, ...]:
    return (
        Measure("Net revenue", lambda f: f.totals.revenue, words.compact, words.change, _revenue_moved, _all_orders),
        Measure("Active customers", lambda f: f.totals.customers, words.count, words.change,
                lambda a, b: count_moved(a.totals.customers, b.totals.customers), lambda f: f.totals.customers),
        Measure("Orders", _orders, words.count, words.change, lambda a, b: count_moved(_orders(a), _orders(b)),
                _orders),
        Measure("Average order value", lambda f: identified(f.totals).per_order, words.compact, words.change,
                _value_moved, _orders),
    )  # fmt: skip


def _of_all(words: Words) -> tuple[Measure, ...]:
    """Where nobody is segmented: all sales, with and without a customer number."""
    return (
        _measures(words)[0],
        Measure("Orders", _all_orders, words.count, words.change,
                lambda a, b: count_moved(a.totals.orders, b.totals.orders), _all_orders),
        Measure("Average order value", _value_of_all, words.compact, words.change, _value_of_all_moved, _all_orders),
        Measure("Without a customer number", lambda f: f.totals.guests.revenue_share, words.percent, _points(words),
                lambda _now, _then: False, _all_orders),
    )  # fmt: skip


def _value_of_all(facts: Facts) -> Decimal | None:
    return facts.figures.order_value if facts.figures else None


def _value_of_all_moved(now: Facts, then: Facts) -> bool:
    a, b = now.totals, then.totals
    return mean_moved(float(_value_of_all(now) or 0), float(_value_of_all(then) or 0), a.orders, b.orders)


def _all_orders(facts: Facts) -> int:
    return facts.totals.orders


def _orders(facts: Facts) -> int:
    return identified(facts.totals).orders


def _revenue_moved(now: Facts, then: Facts) -> bool:
    return revenue_moved(now.totals, then.totals)


def _value_moved(now: Facts, then: Facts) -> bool:
    a, b = identified(now.totals), identified(then.totals)
    return mean_moved(float(a.per_order or 0), float(b.per_order or 0), a.orders, b.orders)


def _kpi(measure: Measure, now: Facts, before: Facts | None, year: Facts | None, words: Words) -> Kpi:
    change, tone = _change(measure, now, before)
    return Kpi(
        measure.label,
        measure.shown(measure.value(now)),
        change,
        tone,
        _was(measure, now, before, words, unclear=change == UNCLEAR),
        _year(measure, now, year, words),
    )


def _change(measure: Measure, now: Facts, then: Facts | None) -> tuple[str, str]:
    """The change and whether it is good; within noise it is called none."""
    value, old = measure.value(now), measure.value(then) if then else None
    if then is None or value is None or value < 0 or old is None or old <= 0:
        return "", ""
    if not measure.moved(now, then):
        return "" if few(measure.counted(now), measure.counted(then)) else UNCLEAR, ""
    return measure.change(value, old), "good" if value > old else "bad"


def _was(measure: Measure, now: Facts, then: Facts | None, words: Words, *, unclear: bool) -> str:
    """What it was; where the change isn't clear, with the change all the same: "Aug £215k, +18.6%"."""
    value, old = measure.value(now), measure.value(then) if then else None
    if then is None or old is None:
        return ""
    was = f"{_span(then.totals, words)} {measure.shown(old)}"
    # Points would say no more than the two shares do.
    if value is None or measure.change != words.change or not unclear:
        return was
    change = measure.change(value, old)
    return f"{was}, {change}" if change[0] in {"+", MINUS} else was


def _span(totals: PeriodTotals, words: Words) -> str:
    whole = words.between(totals.start, totals.end) == words.month_name(totals.start)
    days = "" if whole else f"{totals.start.day}–{totals.end.day} "
    return f"{days}{words.short_month(totals.start)}"


def _year(measure: Measure, now: Facts, year: Facts | None, words: Words) -> str:
    """How far it is from the year before: "+21.8% on Nov 2010"; what it was, where it did not move."""
    if year is None or measure.value(year) is None:
        return ""
    name = f"{words.short_month(year.totals.start)} {year.totals.start.year}"
    change, tone = _change(measure, now, year)
    return f"{change} on {name}" if tone else f"{name} {measure.shown(measure.value(year))}"


def _repeat(brief: Brief, facts: tuple[Facts, Facts | None, Facts | None], words: Words) -> Kpi | None:
    """Buyers of the period who had bought before; where no history tells, the window's customers with two orders."""
    if brief.key_figures and brief.key_figures.repeat_rate is not None:
        measure = Measure("Repeat rate", _repeat_rate, words.percent, _points(words), _repeat_moved, _orders)
        now, before, year = facts
        kpi = _kpi(measure, now, before, year if year and seasoned(brief, year.totals.start) else None, words)
        if not kpi.note:
            return Kpi(kpi.label, kpi.value, note="of buyers bought before")
        if before and not seasoned(brief, before.totals.start):
            return Kpi(kpi.label, kpi.value, note=f"{kpi.note}; longer records lift it")
        return kpi
    share = repeat_share(brief)
    if share is None:
        return None
    months = full_window(brief)
    span = f"in {words.plural(months, 'month')}" if months else "on record"
    return Kpi("Repeat customers", words.percent(share), note=f"2+ orders {span}")


def _points(words: Words) -> Callable[[Value, Value], str]:
    return lambda now, then: words.points(float(now), float(then))


def _repeat_rate(facts: Facts) -> float | None:
    return facts.figures.repeat_rate if facts.figures else None


def _repeat_moved(now: Facts, then: Facts) -> bool:
    a, b = now.figures, then.figures
    if a is None or b is None:
        return False
    counts = ((f.returning_customers, f.returning_customers + f.first_time_customers) for f in (a, b))
    return share_moved(*next(counts), *next(counts))


def _top(brief: Brief, facts: tuple[Facts, Facts | None, Facts | None], words: Words) -> Kpi | None:
    """The share of revenue from Best and Big Spenders; in recipes without them, from the segments that lead."""
    top = [segment.name for segment in brief.segments if segment.archetype in TOP]
    if top and brief.key_figures and brief.key_figures.top_revenue_share is not None:
        measure = Measure("Top segments’ share", _top_share, words.percent, _points(words), _apart, _orders)
        now, before, year = facts
        kpi = _kpi(measure, now, before, year if year and not _shorter(now, year) else None, words)
        uneven = before is not None and (brief.period.partial or _shorter(now, before))
        change, tone = ("", "") if uneven else (kpi.change, kpi.tone)
        months = f" ({words.plural(_months(before), 'month')})" if before and _shorter(now, before) else ""
        names = ", ".join(top)
        named = names if len(names) <= NAMED else words.plural(len(top), "segment")
        note = f"{named}{'; ' if kpi.note else ''}{kpi.note}{months}"
        return Kpi(kpi.label, kpi.value, change, tone, note, kpi.year)
    leading = leaders(brief)
    if not leading or len(leading) == len(brief.segments):
        return None
    share = fsum(segment.revenue_share for segment in leading)
    label = f"From {words.joined([segment.name for segment in leading])}"
    return Kpi(label, words.percent(share), note="of segments’ revenue")


def _top_share(facts: Facts) -> float | None:
    return facts.figures.top_revenue_share if facts.figures else None


def _apart(now: Facts, then: Facts) -> bool:
    return abs((_top_share(now) or 0) - (_top_share(then) or 0)) >= POINT


def _months(facts: Facts) -> int:
    """Whole months of records behind the share."""
    end = facts.figures.month_end if facts.figures else None
    return end.history_months if end else 0


def _shorter(now: Facts, then: Facts) -> bool:
    """Whether the share then rests on fewer months: a longer history alone lifts the top."""
    return _months(then) < _months(now)
