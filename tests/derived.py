"""The figures that pages derive from the Brief: each by its own formula here, under the paths that it is made from.

A page that prints a new sum, difference or ratio declares it here; until then its number counts as one from nowhere.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from statistics import median
from typing import Any

from reportgen.brief import Brief, HeatMap, PeriodTotals
from reportgen.brief.changes import MonthEnd
from reportgen.wording.facts import seasoned
from tests.derived_playbook import playbook

Found = Iterator[tuple[str, Any]]

BOUGHT = ("reactivated", "expansion", "contraction", "lapsed")
STATED = {
    "noise in standard deviations": 2, "fewest orders or customers": 30, "days of silence": 90, "orders of a regular":
    5, "half a year": 6,
}  # fmt: skip
"""Numbers that the pages state as their own rules."""


def derived(brief: Brief) -> Found:
    """Formula and value of every derived figure."""
    yield from STATED.items()
    for part in (kept, periods, segments, spread, heat_map, months, movement, cohorts, dates, playbook):
        yield from part(brief)


def ratio(part: Any, whole: Any) -> float | None:
    return float(part) / float(whole) if whole else None


def kept(brief: Brief) -> Found:
    first, last = brief.reconciliation[0], brief.reconciliation[-1]
    yield "reconciliation: rows kept ÷ rows", ratio(last.rows, first.rows)
    yield "reconciliation: amount kept ÷ amount", ratio(last.amount, first.amount)


def periods(brief: Brief) -> Found:
    names = ("period_totals", "previous_totals", "year_before")
    known = {name: totals for name in names if (totals := getattr(brief, name))}
    rows = {name: dict(identified(totals)) for name, totals in known.items()}
    for name, row in rows.items():
        yield from ((f"{name}: {what}", value) for what, value in row.items())
    for one, other in combinations(rows, 2):
        for what, value in rows[one].items():
            then = rows[other][what]
            if value is not None and then is not None:
                yield f"{what} of {one} − {other}", value - then
                yield f"{what} of {one} ÷ {other} − 1", (ratio(value, then) or 1) - 1


def identified(totals: PeriodTotals) -> Found:
    revenue, orders = totals.revenue - totals.guests.revenue, totals.orders - totals.guests.orders
    yield "revenue", totals.revenue
    yield "guests.revenue", totals.guests.revenue
    yield "customers", totals.customers
    yield "revenue − guests.revenue", revenue
    yield "orders − guests.orders", orders
    yield "revenue ÷ orders", totals.revenue / totals.orders if totals.orders else None
    yield "(revenue − guests.revenue) ÷ orders", revenue / orders if orders else None


def segments(brief: Brief) -> Found:
    made, totals = brief.segments, brief.totals
    active, brought = sum(s.active_customers for s in made), sum((s.period_revenue for s in made), Decimal(0))
    once = ratio(sum((s.one_order_share or 0) * s.customers for s in made), totals.customers)
    yield "Σ active_customers", active
    yield "Σ active_customers ÷ customers", ratio(active, totals.customers)
    yield "Σ period_revenue", brought
    yield "Σ revenue ÷ Σ orders", ratio(totals.revenue, totals.orders)
    yield "customers with one order ÷ customers", once
    yield "customers with more ÷ customers", None if once is None else 1 - once
    for s in made:
        yield f"{s.id}: customers − active_customers", s.customers - s.active_customers
        yield f"{s.id}: active_customers ÷ customers", ratio(s.active_customers, s.customers)
        yield f"{s.id}: period_revenue ÷ Σ", ratio(s.period_revenue, brought)
        yield from ((f"{s.id}: mean, rounded", round(mean, 1)) for mean in (s.recency_mean, s.frequency_mean) if mean)
        yield from ((f"{s.id}: lift, rounded", round(product.lift, 1)) for product in s.products)
    for count in (1, 2, 3):
        for some in combinations(made, count):
            yield "Σ customer_share of some", sum(s.customer_share for s in some)
            yield "Σ revenue_share of some", sum(s.revenue_share for s in some)
    yield "label_checks that fail", sum(bool(s.label_check and not s.label_check.fits) for s in made)
    yield from changes(brief)


def changes(brief: Brief) -> Found:
    known = [s.before for s in brief.segments if s.before]
    for name in ("customers_change", "revenue_change", "period_revenue_change"):
        whole = sum((getattr(before, name) for before in known), Decimal(0))
        yield f"Σ {name}", whole
        yield from ((f"{name} ÷ Σ", ratio(getattr(before, name), whole)) for before in known)
    medians = sorted((s.monetary_median for s in brief.segments if s.monetary_median), reverse=True)
    yield from (("monetary_median ÷ the next", round(a / b)) for a, b in pairwise(medians) if b > 0)


def spread(brief: Brief) -> Found:
    """Every run of neighbouring columns, and the last whole value of each."""
    for part in brief.distributions:
        bins = part.bins
        yield from ((f"{part.axis}: high − 1", b.high - 1) for b in bins if b.high)
        for low, high in combinations(range(len(bins) + 1), 2):
            some = bins[low:high]
            name = f"{part.axis}: bins {low} … {high - 1}"
            yield f"{name}: Σ customers ÷ all", ratio(sum(b.customers for b in some), brief.totals.customers)
            yield f"{name}: Σ revenue ÷ all", ratio(sum(b.revenue for b in some), brief.totals.revenue)


def heat_map(brief: Brief) -> Found:
    """Every rectangle of the map, and the last whole value of each band."""
    heat = brief.heat_map
    yield from (("heat_map: high − 1", band.high - 1) for band in (*heat.recency, *heat.frequency) if band.high)
    for rows in combinations(range(len(heat.recency) + 1), 2):
        for columns in combinations(range(len(heat.frequency) + 1), 2):
            customers, revenue = rectangle(heat, rows, columns)
            yield f"heat_map: Σ customers of {rows} x {columns}", customers
            yield f"heat_map: Σ revenue of {rows} x {columns}", revenue
            yield f"heat_map: Σ customers of {rows} x {columns} ÷ all", ratio(customers, brief.totals.customers)
            yield f"heat_map: Σ revenue of {rows} x {columns} ÷ all", ratio(revenue, brief.totals.revenue)


def rectangle(heat: HeatMap, rows: tuple[int, int], columns: tuple[int, int]) -> tuple[int, Decimal]:
    cells = [c for c in heat.cells if c.recency in range(*rows) and c.frequency in range(*columns)]
    return sum(c.customers for c in cells), sum((c.revenue for c in cells), Decimal(0))


def months(brief: Brief) -> Found:
    for month in brief.trend:
        yield f"{month.month}: guest_revenue ÷ revenue", ratio(month.guest_revenue, month.revenue)
    for one, other in combinations(brief.trend, 2):
        yield f"trend: revenue of {one.month} − {other.month}", one.revenue - other.revenue
    for month in brief.segment_trend:
        for one, other in combinations(month.segments, 2):
            yield f"segment_trend: {month.month}: {one.segment} − {other.segment}", one.revenue - other.revenue
    first = brief.trend[0].month if brief.trend else None
    whole = sorted(month.revenue for month in brief.trend if not month.partial)
    yield "whole months of the trend", len(whole)
    for place, revenue in enumerate(reversed(whole), start=1):
        yield "place of a month in the trend", place
        yield "trend: revenue of a month − median", revenue - median(whole)
    yield "panels of segment_trend", range(len(brief.segments)) if first else ()


def movement(brief: Brief) -> Found:
    if brief.bridge:
        amount = {item.kind: item.amount for item in brief.bridge.items}
        yield "bridge: new + reactivated", amount["new"] + amount["reactivated"]
        yield "bridge: expansion + contraction", amount["expansion"] + amount["contraction"]
        lines, then = brief.bridge.segments, brief.previous_totals
        now_rest = brief.bridge.now - sum((each.now for each in lines), brief.period_totals.guests.revenue)
        before_rest = brief.bridge.before - sum((each.before for each in lines), then.guests.revenue)
        yield from (("bridge: now − Σ now − guests", now_rest), ("bridge: before − Σ before − guests", before_rest))
        for line in (*brief.bridge.segments, *brief.bridge.segments_before):
            count = {item.kind: item.customers for item in line.items}
            again = count["expansion"] + count["contraction"]
            yield f"bridge: {line.segment}: expansion + contraction", again
            yield f"bridge: {line.segment}: expansion + contraction + lapsed", again + count["lapsed"]
            yield f"bridge: {line.segment}: again ÷ bought", ratio(again, again + count["lapsed"])
        yield from returned(brief)
    if brief.migration:
        for departure in brief.migration.departures:
            gone = (departure.down_share or 0) + (departure.left_share or 0)
            yield f"migration: {departure.segment}: down_share + left_share", gone
    yield from exchanges(brief)


def exchanges(brief: Brief) -> Found:
    """How segments grew between the month-ends, and what each gave another one less what it took."""
    for found in filter(None, (brief.migration, brief.like_for_like)):
        inside = [(bool(move.target) - bool(move.source)) * move.customers for move in found.moves]
        yield "all segments: now − before", sum(inside)
        for segment in found.order:
            came = Counter({move.source: move.customers for move in found.moves if move.target == segment})
            went = Counter({move.target: move.customers for move in found.moves if move.source == segment})
            yield from ((f"{segment}: customers", total) for total in (came.total(), went.total()))
            more = came.total() - went.total()
            yield from ((f"{segment}: came − went", more), (f"{segment}: came − went, unsigned", abs(more)))
            yield from ((f"{segment}: from {other}", abs(came[other] - went[other])) for other in {*came, *went})


def returned(brief: Brief) -> Found:
    """Sums over the segments a month ago."""
    lines = [line for line in brief.bridge.segments_before if line.segment]
    count = {kind: sum(i.customers for line in lines for i in line.items if i.kind == kind) for kind in BOUGHT}
    again = count["expansion"] + count["contraction"]
    before, now = (sum((getattr(line, at) for line in lines), Decimal(0)) for at in ("before", "now"))
    yield from (("then: Σ", value) for value in (before, now, now - before, again, again + count["lapsed"]))
    yield from (
        ("then: Σ reactivated", count["reactivated"]),
        ("then: again ÷ bought", ratio(again, again + count["lapsed"])),
    )
    yield "then: Σ customers", sum(s.before.customers for s in brief.segments if s.before)
    late = {s.id: s.before.customers for s in brief.segments if s.before and s.archetype in {"at-risk", "lost"}}
    back = [i for line in lines if line.segment in late for i in line.items if i.kind == "reactivated"]
    yield "late: Σ customers", sum(late.values())
    yield "late: Σ reactivated customers", sum(item.customers for item in back)
    yield "late: Σ reactivated amount", sum((item.amount for item in back), Decimal(0))


def cohorts(brief: Brief) -> Found:
    """The average of cohorts that began after the records did, over their complete months."""
    last = len(brief.cohorts) - brief.period.partial
    known = [(at, cohort) for at, cohort in enumerate(brief.cohorts) if not cohort.first_on_file]
    for place in range(1, len(brief.cohorts)):
        some = [cohort for at, cohort in known if at + place < last]
        yield f"cohorts: month {place}", place
        active, customers = sum(c.active[place] for c in some), sum(c.customers for c in some)
        yield f"cohorts: Σ active[{place}] ÷ Σ customers", ratio(active, customers)
    earlier = [cohort.customers for cohort in brief.cohorts[:-1] if seasoned(brief, cohort.month)]
    yield "cohorts: mean of customers, rounded", round(sum(earlier) / len(earlier)) if earlier else None
    yield "cohorts: how many", len(earlier)


def dates(brief: Brief) -> Found:
    ends: list[MonthEnd | None] = [brief.month_end, brief.previous_month_end]
    ends += [end for found in (brief.migration, brief.like_for_like) if found for end in (found.before, found.now)]
    yield from (("the day before as_of", (end.as_of - timedelta(microseconds=1)).date()) for end in ends if end)
    start = brief.period.start
    yield "the month a year before", start.replace(year=start.year - 1, day=1)
    yield "the numbers of segments", range(1, len(brief.segments) + 1)
