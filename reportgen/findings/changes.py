"""Changes: everything that compares the period with the one before and with the months before that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pandas as pd

from reportgen import periods
from reportgen.brief import PeriodTotals
from reportgen.brief.changes import SegmentBefore
from reportgen.findings.before import segments_before
from reportgen.findings.bridge import bridge, compared
from reportgen.findings.cohorts import cohorts
from reportgen.findings.drivers import Scales, drivers
from reportgen.findings.key_figures import key_figures
from reportgen.findings.ledger import period_totals
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
class Changes:
    """facts: fields of the Brief. before: group id -> segment.

    activity, previous: of this period and of the one before, see `findings.snapshots`
    """

    facts: Mapping[str, Any]
    activity: pd.DataFrame
    before: Mapping[str, SegmentBefore]
    previous: pd.DataFrame | None = None


def changes(books: Books, frame: Frame, time: Timeline, totals: PeriodTotals, groups: Sequence[Group]) -> Changes:
    """What changed until the end of the frame's period; `totals`: of the period; `groups`: the segments, in order."""
    start = periods.midnight_before(frame.period.start)
    now = activity(books.moments, start, frame.cutoff)
    months = [month.end.month for month in time.months]
    facts: dict[str, Any] = {
        "month_end": time.now.end.facts(),
        "previous_totals": None,
        "drivers": drivers(None, now, books.scales),
        "segment_trend": segment_trend(time.months, [group.id for group in groups], books.scale),
        "cohorts": cohorts(books.moments, frame.cutoff, months, frame.first),
        "key_figures": key_figures(books.ledger, totals, time.months[-1], groups, books.scale),
        **_year_before(books, frame, time, groups),
    }
    days = periods.previous(frame.period, frame.first, frame.last)
    previous = period_totals(books.ledger, *days, books.scale) if days else None
    if time.previous is None or previous is None:
        return Changes(facts, now, {})
    before = activity(books.moments, periods.midnight_before(previous.start), periods.midnight_after(previous.end))
    facts |= _against(books, time, groups, (previous, totals), (before, now))
    order = [group.id for group in groups]
    homes = segments_before((time.previous, time.now), (before, now), order, books.scale)
    return Changes(facts, now, homes, before)


def unsegmented(ledger: ir.Table, frame: Frame, totals: PeriodTotals, scale: int) -> dict[str, Any]:
    """The fields of the Brief that need no customers: the periods beside each other."""
    known = frame.period, frame.first, frame.last
    spans = {"previous": periods.previous(*known), "year_before": periods.year_before(*known)}
    facts: dict[str, Any] = {"key_figures": key_figures(ledger, totals, None, (), scale), "previous_totals": None}
    for name, days in spans.items():
        then = period_totals(ledger, *days, scale) if days else None
        if then is not None:
            figures = key_figures(ledger, then, None, (), scale)
            facts |= {"previous_totals" if name == "previous" else name: then, f"{name}_key_figures": figures}
    return facts


def _against(
    books: Books,
    time: Timeline,
    groups: Sequence[Group],
    totals: tuple[PeriodTotals, PeriodTotals],
    activities: tuple[pd.DataFrame, pd.DataFrame],
) -> dict[str, Any]:
    """The facts that compare with the previous period; `totals` and `activities` are (before, now)."""
    scale, order = books.scale, [group.id for group in groups]
    since = pd.Timestamp(periods.midnight_before(totals[1].start)).value // 1000
    customers = compared(*activities, time.now.frame["first"], since)
    before = time.previous
    if before is None:
        return {}
    homes = before.frame["segment"], time.now.frame["segment"]
    return {
        "previous_totals": totals[0],
        "previous_month_end": before.end.facts(),
        "previous_key_figures": key_figures(books.ledger, totals[0], time.months[-2], groups, scale),
        "migration": migrate(before, time.now, order, scale),
        "like_for_like": migrate(*time.equal, order, scale) if time.equal else None,
        "bridge": bridge(customers, totals, homes, order, scale),
        "drivers": drivers(*activities, books.scales),
    }


def _year_before(books: Books, frame: Frame, time: Timeline, groups: Sequence[Group]) -> dict[str, Any]:
    """The same days a year earlier, where they are on file: the first month of the trend ends there."""
    days = periods.year_before(frame.period, frame.first, frame.last)
    totals = period_totals(books.ledger, *days, books.scale) if days else None
    if totals is None:
        return {}
    then = next((month for month in time.months if month.end.month.start == totals.start), None)
    figures = key_figures(books.ledger, totals, then, groups, books.scale)
    return {"year_before": totals, "year_before_key_figures": figures}
