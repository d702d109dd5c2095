"""The segments' trend: each month of it by segment, as customers stood at that month's end."""

from collections.abc import Sequence

from reportgen.brief.changes import SegmentMonth, SegmentPoint
from reportgen.findings.amounts import money
from reportgen.findings.month_sums import Standing, Sums
from reportgen.findings.standings import NONE


def segment_trend(months: Sequence[Standing], order: Sequence[str], scale: int) -> tuple[SegmentMonth, ...]:
    """One entry per month; `order`: group ids."""
    return tuple(
        SegmentMonth(
            month=month.end.month.start,
            partial=month.end.month.partial,
            month_end=month.end.facts(),
            segments=_points(month, order, scale),
        )
        for month in months
    )


def _points(month: Standing, order: Sequence[str], scale: int) -> tuple[SegmentPoint, ...]:
    found = [(segment, month.sums.get(segment or NONE, Sums())) for segment in (*order, None)]
    return tuple(
        SegmentPoint(
            segment=segment,
            customers=sums.customers,
            revenue=money(sums.revenue, scale),
            window_revenue=money(sums.monetary, scale),
        )
        for segment, sums in found
    )
