"""Changes: everything that compares the period with the one before and with the months before that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from reportgen import periods
from reportgen.brief.changes import SegmentBefore
from reportgen.findings.before import segments_before
from reportgen.findings.books import PeriodBooks, period_books
from reportgen.findings.bridge import bridge
from reportgen.findings.cohorts import cohorts
from reportgen.findings.crossing import activity, by_segment
from reportgen.findings.drivers import Scales, drivers
from reportgen.findings.key_figures import key_figures
from reportgen.findings.migration import migrate
from reportgen.findings.month_ends import Frame
from reportgen.findings.segment_trend import segment_trend
from reportgen.findings.timeline import Timeline
from reportgen.segmentation import Group


@dataclass(frozen=True)
class Books:
    """rolled: every accepted line, rolled up; moments: those of customers as the recipe sees them; see `moments`.

    scales: of money and quantities
    """

    rolled: ir.Table
    moments: ir.Table
    scales: Scales

    @property
    def scale(self) -> int:
        """Decimals of money."""
        return self.scales.money


@dataclass(frozen=True)
class Past:
    """What the ledger tells of the period, of the one before and of the same days a year earlier, as far as it can."""

    now: PeriodBooks
    previous: PeriodBooks | None
    year_before: PeriodBooks | None


@dataclass(frozen=True)
class Changes:
    """facts: fields of the Brief.

    doings, before: group id -> sums of its rows of the `crossing`, and the segment at the month-end before
    """

    facts: Mapping[str, Any]
    doings: Mapping[str, Mapping[str, int]]
    before: Mapping[str, SegmentBefore]


def past(rolled: ir.Table, frame: Frame, scale: int) -> Past:
    """The past of the frame's period. Raises `InputError` if it has no line."""
    known = frame.period, frame.first, frame.last
    spans = [(frame.period.start, frame.period.end), periods.previous(*known), periods.year_before(*known)]
    told = iter(period_books(rolled, [days for days in spans if days], scale))
    now, previous, year_before = (next(told) if days else None for days in spans)
    if now is None:
        raise periods.no_records(frame.period.label, frame.first, frame.last)
    return Past(now, previous, year_before)


def changes(books: Books, frame: Frame, time: Timeline, then: Past, groups: Sequence[Group]) -> Changes:
    """What changed until the end of the frame's period since `then`; `groups`: the segments, in order."""
    order = [group.id for group in groups]
    facts: dict[str, Any] = {
        "month_end": time.months[-1].end.facts(),
        "previous_totals": None,
        "drivers": drivers(None, activity(time.crossed), books.scales),
        "segment_trend": segment_trend(time.months, order, books.scale),
        "cohorts": cohorts(books.moments, frame.cutoff, [month.end.month for month in time.months], frame.first),
        "key_figures": key_figures(then.now, time.months[-1], groups, books.scale),
        **_year_before(then.year_before, time, groups, books.scale),
    }
    homes = by_segment(time.crossed, "target", order)
    if then.previous is None:
        return Changes(facts, homes, {})
    facts |= _against(books.scales, time, groups, then.previous, then.now)
    return Changes(facts, homes, segments_before(time.crossed, order, books.scale))


def unsegmented(then: Past, scale: int) -> dict[str, Any]:
    """The fields of the Brief that need no customers: the periods beside each other."""
    facts: dict[str, Any] = {"key_figures": key_figures(then.now, None, (), scale), "previous_totals": None}
    if then.previous:
        facts["previous_totals"] = then.previous.totals
        facts["previous_key_figures"] = key_figures(then.previous, None, (), scale)
    if then.year_before:
        facts["year_before"] = then.year_before.totals
        facts["year_before_key_figures"] = key_figures(then.year_before, None, (), scale)
    return facts


def _against(
    scales: Scales, time: Timeline, groups: Sequence[Group], before: PeriodBooks, now: PeriodBooks
) -> dict[str, Any]:
    """The facts that compare with the previous period."""
    scale, order, rows = scales.money, [group.id for group in groups], time.crossed
    ends = time.months[-2].end, time.months[-1].end
    return {
        "previous_totals": before.totals,
        "previous_month_end": ends[0].facts(),
        "previous_key_figures": key_figures(before, time.months[-2], groups, scale),
        "migration": migrate(rows, ends, time.unpaid, order, scale),
        "like_for_like": migrate(time.equal[1], time.equal[0], time.unpaid, order, scale) if time.equal else None,
        "bridge": bridge(rows, (before.totals, now.totals), order, scale),
        "drivers": drivers(activity(rows, "_before"), activity(rows), scales),
    }


def _year_before(told: PeriodBooks | None, time: Timeline, groups: Sequence[Group], scale: int) -> dict[str, Any]:
    """The same days a year earlier, where they are on file: the first month of the trend ends there."""
    if told is None:
        return {}
    then = next((month for month in time.months if month.end.month.start == told.totals.start), None)
    return {"year_before": told.totals, "year_before_key_figures": key_figures(told, then, groups, scale)}
