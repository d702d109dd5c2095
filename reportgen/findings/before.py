"""Before: each segment at the previous month-end, beside what it is now."""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.brief.changes import SegmentBefore
from reportgen.findings.alignment import sums_beside
from reportgen.findings.amounts import SHARE_DIGITS, money, share
from reportgen.findings.snapshots import Snapshot
from reportgen.segmentation import places


def segments_before(
    snapshots: tuple[Snapshot, Snapshot],
    activities: tuple[pd.DataFrame, pd.DataFrame],
    order: Sequence[str],
    scale: int,
) -> Mapping[str, SegmentBefore]:
    """Group id -> the segment before, empty ones included; both arguments are (before, now), see `snapshots`."""
    before, now = (
        _sizes(snapshot.members, activity, order) for snapshot, activity in zip(snapshots, activities, strict=True)
    )
    totals = _total(before), _total(now)
    return {
        group: _segment(then, since, totals, scale)
        for group, then, since in zip(order, before.to_dict("records"), now.to_dict("records"), strict=True)
    }


def _sizes(members: pd.DataFrame, activity: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Index group: customers, window revenue, active customers and revenue in the period (units)."""
    acted = sums_beside(activity[["orders", "revenue"]], members.index)
    frame = pd.DataFrame(
        {"customers": 1, "monetary": members["monetary"], "active": acted["orders"] > 0, "period": acted["revenue"]}
    )
    return _by_place(frame, places(members["segment"], order), order)


def _by_place(frame: pd.DataFrame, found: npt.NDArray[np.int64], order: Sequence[str]) -> pd.DataFrame:
    sums = frame.groupby(found).sum().reindex(range(len(order)), fill_value=0).astype("int64")
    return sums.set_axis(list(order))


def _total(sizes: pd.DataFrame) -> Mapping[str, int]:
    return {column: int(sizes[column].sum()) for column in ("customers", "monetary")}


def _segment(
    then: Mapping[Hashable, int],
    now: Mapping[Hashable, int],
    totals: tuple[Mapping[str, int], Mapping[str, int]],
    scale: int,
) -> SegmentBefore:
    shares = [share(sizes["monetary"], total["monetary"]) for sizes, total in zip((then, now), totals, strict=True)]
    return SegmentBefore(
        customers=then["customers"],
        customer_share=share(then["customers"], totals[0]["customers"]),
        revenue=money(then["monetary"], scale),
        revenue_share=shares[0],
        active_customers=then["active"],
        period_revenue=money(then["period"], scale),
        customers_change=now["customers"] - then["customers"],
        revenue_change=money(now["monetary"] - then["monetary"], scale),
        period_revenue_change=money(now["period"] - then["period"], scale),
        revenue_share_change=round(shares[1] - shares[0], SHARE_DIGITS),
    )
