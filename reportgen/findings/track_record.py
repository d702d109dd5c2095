"""Track records: past month-ends followed by what their customers did in the month after, added up by segment.

Who stood where comes from the caller: an evaluation segments each month-end anew, a brief by this period's cut points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from reportgen import periods
from reportgen.brief.track import MonthTrack, SkippedMonth, Track
from reportgen.findings.amounts import mean_money, money, share
from reportgen.findings.month_ends import MonthEnd
from reportgen.findings.month_sums import Sums

LEAST_HISTORY: Final = 3
"""Whole months of records before a month-end: with fewer, everybody is new and nobody is late."""
SHORT: Final = f"fewer than {LEAST_HISTORY} whole months of records before it"

Followed = dict[date, Mapping[str, Sums]]
"""Month-end -> segment -> its customers, and what they bought in the month after."""


@dataclass(frozen=True)
class Record:
    """The month-ends that could be followed, and those that couldn't."""

    followed: Followed
    skipped: tuple[SkippedMonth, ...]
    scale: int

    def track(self, ids: list[str]) -> Track:
        """The groups `ids` together."""
        months = tuple(_month(day, table, ids, self.scale) for day, table in self.followed.items())
        bought, spend = sum(month.bought for month in months), sum(month.spend for month in months)
        customers = sum(month.customers for month in months)
        return Track(
            customers=customers,
            bought=bought,
            share=share(bought, customers) if customers else None,
            spend=money(0, self.scale) + spend,
            spend_per_buyer=mean_money(int(spend * 10**self.scale), bought, self.scale),
            months=months,
        )


def followable(ends: Sequence[MonthEnd]) -> tuple[tuple[MonthEnd, ...], tuple[SkippedMonth, ...]]:
    """Those of `ends` that a whole month follows, with enough records before; and those with too few."""
    past = [end for end, after in pairwise(ends) if not after.month.partial]
    enough = tuple(end for end in past if periods.whole_months(end.records, end.cutoff) >= LEAST_HISTORY)
    return enough, tuple(SkippedMonth(month_end=end.month.end, reason=SHORT) for end in past if end not in enough)


def _month(day: date, segments: Mapping[str, Sums], ids: list[str], scale: int) -> MonthTrack:
    own = [segments.get(name, Sums()) for name in ids]
    customers, bought = sum(sums.customers for sums in own), sum(sums.bought for sums in own)
    return MonthTrack(
        month_end=day,
        customers=customers,
        bought=bought,
        spend=money(sum(sums.spend for sums in own), scale),
        share=share(bought, customers) if customers else None,
    )
