"""The segments' trend: each month of it by segment, as customers stood at that month's end."""

from collections.abc import Sequence

from reportgen.brief.changes import SegmentMonth, SegmentPoint
from reportgen.findings.amounts import money
from reportgen.findings.snapshots import Snapshot

_NONE = ""


def segment_trend(months: Sequence[Snapshot], order: Sequence[str], scale: int) -> tuple[SegmentMonth, ...]:
    """One entry per snapshot; `order`: group ids."""
    return tuple(
        SegmentMonth(
            month=snapshot.end.month.start,
            partial=snapshot.end.month.partial,
            month_end=snapshot.end.facts(),
            segments=_points(snapshot, order, scale),
        )
        for snapshot in months
    )


def _points(snapshot: Snapshot, order: Sequence[str], scale: int) -> tuple[SegmentPoint, ...]:
    homes = snapshot.frame["segment"].fillna(_NONE).to_numpy()
    sums = snapshot.frame.assign(customers=1)[["customers", "revenue", "monetary"]].groupby(homes).sum()
    found = sums.reindex([*order, _NONE], fill_value=0).to_dict("records")
    return tuple(
        SegmentPoint(
            segment=segment,
            customers=row["customers"],
            revenue=money(row["revenue"], scale),
            window_revenue=money(row["monetary"], scale),
        )
        for segment, row in zip([*order, None], found, strict=True)
    )
