"""Before: each segment at the previous month-end, beside what it is now."""

from collections.abc import Mapping, Sequence

import pandas as pd

from reportgen.brief.changes import SegmentBefore
from reportgen.findings.amounts import SHARE_DIGITS, money, share
from reportgen.findings.crossing import by_segment


def segments_before(rows: pd.DataFrame, order: Sequence[str], scale: int) -> Mapping[str, SegmentBefore]:
    """Group id -> the segment before, empty ones included, by the `rows` of a `crossing`."""
    before, now = by_segment(rows, "source", order), by_segment(rows, "target", order)
    totals = _total(before, "worth_before"), _total(now, "worth")
    return {group: _segment(before[group], now[group], totals, scale) for group in order}


def _total(sums: Mapping[str, Mapping[str, int]], worth: str) -> tuple[int, int]:
    """Customers of all segments, and what they are worth."""
    return sum(row["customers"] for row in sums.values()), sum(row[worth] for row in sums.values())


def _segment(
    then: Mapping[str, int], now: Mapping[str, int], totals: tuple[tuple[int, int], tuple[int, int]], scale: int
) -> SegmentBefore:
    shares = share(then["worth_before"], totals[0][1]), share(now["worth"], totals[1][1])
    return SegmentBefore(
        customers=then["customers"],
        customer_share=share(then["customers"], totals[0][0]),
        revenue=money(then["worth_before"], scale),
        revenue_share=shares[0],
        active_customers=then["active_before"],
        period_revenue=money(then["revenue_before"], scale),
        customers_change=now["customers"] - then["customers"],
        revenue_change=money(now["worth"] - then["worth_before"], scale),
        period_revenue_change=money(now["revenue"] - then["revenue_before"], scale),
        revenue_share_change=round(shares[1] - shares[0], SHARE_DIGITS),
    )
