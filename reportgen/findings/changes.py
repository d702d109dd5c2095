"""Changes: everything that compares the period with the one before and with the months before that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from reportgen import periods
from reportgen.brief.changes import SegmentBefore
from reportgen.findings.before import segments_before
from reportgen.findings.bridge import bridge, compared
from reportgen.findings.cohorts import cohorts
from reportgen.findings.drivers import Scales, drivers
from reportgen.findings.key_figures import key_figures
from reportgen.findings.ledger import PeriodBooks, period_books
from reportgen.findings.migration import migrate
from reportgen.findings.month_ends import Frame
from reportgen.findings.segment_trend import segment_trend
from reportgen.findings.snapshots import activity
from reportgen.findings.timeline import Timeline
from reportgen.segmentation import Group


@dataclass(frozen=True)
class Books:
    """ledger: every accepted line, rolled up; moments: those of customers as the recipe sees them; see `moments`.

    scales: of money and quantities
    """

    ledger: ir.Table
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
    """facts: fields of the Brief. before: group id -> segment.

    activity, previous: of this period and of the one before, see `findings.snapshots`
    """

    facts: Mapping[str, Any]
    activity: pd.DataFrame
    before: Mapping[str, SegmentBefore]
    previous: pd.DataFrame | None = None


def past(ledger: ir.Table, frame: Frame, scale: int) -> Past:
    """The past of the frame's period. Raises `InputError` if it has no line."""
    known = frame.period, frame.first, frame.last
    spans = [(frame.period.start, frame.period.end), periods.previous(*known), periods.year_before(*known)]
    told = iter(period_books(ledger, [days for days in spans if days], scale))
    now, previous, year_before = (next(told) if days else None for days in spans)
    if now is None:
        raise periods.no_records(frame.period.label, frame.first, frame.last)
    return Past(now, previous, year_before)


def changes(books: Books, frame: Frame, time: Timeline, then: Past, groups: Sequence[Group]) -> Changes:
    """What changed until the end of the frame's period since `then`; `groups`: the segments, in order."""
    start = periods.midnight_before(frame.period.start)
    now = activity(books.moments, start, frame.cutoff)
    months = [month.end.month for month in time.months]
    facts: dict[str, Any] = {
        "month_end": time.now.end.facts(),
        "previous_totals": None,
        "drivers": drivers(None, now, books.scales),
        "segment_trend": segment_trend(time.months, [group.id for group in groups], books.scale),
        "cohorts": cohorts(books.moments, frame.cutoff, months, frame.first),
        "key_figures": key_figures(then.now, time.months[-1], groups, books.scale),
        **_year_before(then.year_before, time, groups, books.scale),
    }
    if time.previous is None or then.previous is None:
        return Changes(facts, now, {})
    days = then.previous.totals
    before = activity(books.moments, periods.midnight_before(days.start), periods.midnight_after(days.end))
    facts |= _against(books, time, groups, (then.previous, then.now), (before, now))
    order = [group.id for group in groups]
    homes = segments_before((time.previous, time.now), (before, now), order, books.scale)
    return Changes(facts, now, homes, before)


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
    books: Books,
    time: Timeline,
    groups: Sequence[Group],
    told: tuple[PeriodBooks, PeriodBooks],
    activities: tuple[pd.DataFrame, pd.DataFrame],
) -> dict[str, Any]:
    """The facts that compare with the previous period; what the ledger `told` and `activities` are (before, now)."""
    scale, order = books.scale, [group.id for group in groups]
    totals = told[0].totals, told[1].totals
    since = pd.Timestamp(periods.midnight_before(totals[1].start)).value // 1000
    customers = compared(*activities, time.now.frame["first"], since)
    before = time.previous
    if before is None:
        return {}
    homes = before.frame["segment"], time.now.frame["segment"]
    return {
        "previous_totals": totals[0],
        "previous_month_end": before.end.facts(),
        "previous_key_figures": key_figures(told[0], time.months[-2], groups, scale),
        "migration": migrate(before, time.now, order, scale),
        "like_for_like": migrate(*time.equal, order, scale) if time.equal else None,
        "bridge": bridge(customers, totals, homes, order, scale),
        "drivers": drivers(*activities, books.scales),
    }


def _year_before(told: PeriodBooks | None, time: Timeline, groups: Sequence[Group], scale: int) -> dict[str, Any]:
    """The same days a year earlier, where they are on file: the first month of the trend ends there."""
    if told is None:
        return {}
    then = next((month for month in time.months if month.end.month.start == told.totals.start), None)
    return {"year_before": told.totals, "year_before_key_figures": key_figures(told, then, groups, scale)}
