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
from reportgen.findings.ledger import period_totals
from reportgen.findings.migration import migrate
from reportgen.findings.moments import activity
from reportgen.findings.month_ends import Frame
from reportgen.findings.timeline import Timeline


@dataclass(frozen=True)
class Books:
    """ledger: every accepted line, with `cancelled_at`; moments: see `findings.moments`; scale: decimals of money."""

    ledger: ir.Table
    moments: ir.Table
    scale: int


@dataclass(frozen=True)
class Changes:
    """facts: fields of the Brief. activity: of this period, see `findings.moments`. before: group id -> segment."""

    facts: Mapping[str, Any]
    activity: pd.DataFrame
    before: Mapping[str, SegmentBefore]


def changes(books: Books, frame: Frame, time: Timeline, totals: PeriodTotals, order: Sequence[str]) -> Changes:
    """What changed until the end of the frame's period; `totals`: of the period; `order`: group ids."""
    moments, scale = books.moments, books.scale
    start = periods.midnight_before(frame.period.start)
    now = activity(moments, start, frame.cutoff)
    facts: dict[str, Any] = {"month_end": time.now.end.facts(), "previous_totals": None}
    days = periods.previous(frame.period, frame.first, frame.last)
    previous = period_totals(books.ledger, *days, scale) if days else None
    if time.previous is None or previous is None:
        return Changes(facts, now, {})
    before = activity(moments, periods.midnight_before(previous.start), periods.midnight_after(previous.end))
    customers = compared(before, now, time.now.frame["first"], pd.Timestamp(start).value // 10**9)
    homes = time.previous.frame["segment"], time.now.frame["segment"]
    facts |= {
        "previous_totals": previous,
        "previous_month_end": time.previous.end.facts(),
        "migration": migrate(time.previous, time.now, order, scale),
        "like_for_like": migrate(*time.equal, order, scale) if time.equal else None,
        "bridge": bridge(customers, (previous, totals), homes, order, scale),
    }
    return Changes(facts, now, segments_before((time.previous, time.now), (before, now), order, scale))
