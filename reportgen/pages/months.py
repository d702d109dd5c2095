"""The period among its months: the trend, what makes the change, the months as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from reportgen.brief import Brief, Month
from reportgen.charts import ChartSpec
from reportgen.pages._figures import identified
from reportgen.wording import Claim, Unit, Words, title
from reportgen.wording.claims import amount_moved

PLACE = 50
NAME = "Month by month"
FEWEST = 3
"""Whole months in which a place tells something."""


@dataclass(frozen=True)
class MonthRow:
    """A line of the table over the months."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Context:
    """What `months.html.j2` prints."""

    title: str
    deck: str
    charts: tuple[ChartSpec, ...]
    months: tuple[str, ...]
    rows: tuple[MonthRow, ...]
    note: str


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None with less than two months, or where the title page has the trend."""
    if "trend" not in charts or "share" not in charts:
        return None
    unit = words.unit([month.revenue for month in brief.trend])
    return Context(
        title=title(*claims(brief, words), plain="Net revenue month by month"),
        deck="All sales, with and without a customer number, net of returns, whatever the recipe leaves out.",
        charts=tuple(charts[name] for name in ("trend", "segment_trend") if name in charts),
        months=tuple(words.short_month(m.month) + ("*" if m.partial else "") for m in brief.trend),
        rows=_rows(brief, unit, words),
        note=_note(brief),
    )


def _note(brief: Brief) -> str:
    made = ["* not complete."] if any(month.partial for month in brief.trend) else []
    if any(month.month_end.short for month in brief.segment_trend):
        made.append(
            "Segments in faint months rest on shorter records, which show too few regular and too many new customers."
        )
    return " ".join(made)


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """What of the change is identified customers', what guests'."""
    now, before = brief.period_totals, brief.previous_totals
    if before is None:
        return (_place(brief, words), _range(brief, words))
    known = identified(now).revenue - identified(before).revenue
    guests = now.guests.revenue - before.guests.revenue
    text = (
        f"Identified customers brought {words.compact(abs(known))} {_more(known)} than "
        f"{words.during(before.start, before.end)}, sales without a customer number {words.compact(abs(guests))} "
        f"{_more(guests)}"
    )
    who = "Identified customers" if now.guests.orders or before.guests.orders else "Customers"
    alone = f"{who} brought {words.compact(abs(known))} {_more(known)} than {words.during(before.start, before.end)}"
    both = bool(now.guests.orders and before.guests.orders)
    moved = amount_moved(float(now.revenue), float(before.revenue), now.orders, before.orders)
    return (
        Claim(text, holds=moved and both and bool(known) and bool(guests)),
        Claim(alone, holds=moved and not both and bool(known)),
        _place(brief, words),
        _range(brief, words),
    )


def _more(change: Decimal) -> str:
    return "more" if change > 0 else "less"


def _place(brief: Brief, words: Words) -> Claim:
    """Where the period stands among its months."""
    whole = _whole(brief)
    if len(whole) < FEWEST or brief.trend[-1].partial or brief.trend[-1].month != brief.period.start:
        return Claim("", holds=False)
    now = brief.trend[-1]
    above = now.revenue - median(whole)
    name, months = words.month(now.month), f"{words.plural(len(whole), 'whole month')} by net revenue"
    if not above:
        return Claim(f"{name} is the middle one of {months}", holds=True)
    place = 1 + sum(revenue > now.revenue for revenue in whole)
    named = {1: "the strongest", len(whole): "the weakest"}.get(place) or words.ordinal(place)
    side = "above" if above > 0 else "below"
    return Claim(f"{name} is {named} of {months}, {words.compact(abs(above))} {side} their median", holds=True)


def _range(brief: Brief, words: Words) -> Claim:
    """All that can be said of months none of which is the period."""
    whole = _whole(brief)
    if len(whole) < 2:  # noqa: PLR2004
        return Claim("", holds=False)
    low, high = words.compact(min(whole)), words.compact(max(whole))
    return Claim(f"Monthly net revenue lay between {low} and {high}", holds=low != high)


def _whole(brief: Brief) -> list[Decimal]:
    """Net revenue of the months that are complete."""
    return [month.revenue for month in brief.trend if not month.partial]


def _rows(brief: Brief, unit: Unit, words: Words) -> tuple[MonthRow, ...]:
    label = f", {unit.label}" if unit.label else ""

    def row(name: str, *cells: str) -> MonthRow:
        return MonthRow(name, cells)

    guests = any(month.guest_revenue for month in brief.trend)
    orders, customers = ("All orders", "Known customers") if guests else ("Orders", "Customers")
    made = [
        row(f"Net revenue{label}", *(words.in_unit(m.revenue, unit) for m in brief.trend)),
        row(orders, *(words.count(m.orders) for m in brief.trend)),
        row(customers, *(words.count(m.customers) for m in brief.trend)),
    ]
    if guests:
        made.append(row("No customer no.", *(words.percent(_guest_share(month), 0) for month in brief.trend)))
    return tuple(made)


def _guest_share(month: Month) -> Decimal | None:
    return month.guest_revenue / month.revenue if month.revenue > 0 else None
