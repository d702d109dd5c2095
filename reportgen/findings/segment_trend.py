"""The segments' trend: each month of it by segment, as customers stood at that month's end."""

from collections.abc import Sequence

from reportgen.brief.changes import SegmentMonth, SegmentPoint
from reportgen.findings.amounts import money
from reportgen.findings.month_sums import NONE, Standing


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
    found = month.sums.reindex([*order, NONE], fill_value=0).to_dict("records")
    return tuple(
        SegmentPoint(
            segment=segment,
            customers=row["customers"],
            revenue=money(row["revenue"], scale),
            window_revenue=money(row["monetary"], scale),
        )
        for segment, row in zip([*order, None], found, strict=True)
    )
