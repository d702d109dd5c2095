"""Track record: what customers did in the month after they stood in a segment.

At each past month-end a customer stands where the segments of now put him or her: by their cut points, or beside the
nearest of their centres, as in a brief's moves. Whether a customer bought is the ledger's answer, whatever the recipe.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import pandas as pd
from ibis import _

from reportgen import periods
from reportgen.evaluation import MonthTrack, SkippedMonth, Track, TrackRecord
from reportgen.findings import moments
from reportgen.findings.amounts import mean_money, money, share
from reportgen.findings.month_ends import MonthEnd, month_ends
from reportgen.judging.snapshots import Books, Snapshot
from reportgen.segmentation import Group
from reportgen.transactions import last_before_each

LEAST_HISTORY: Final = 3
"""Whole months of records before a month-end: with fewer, everybody is new and nobody is late."""
SHORT: Final = f"fewer than {LEAST_HISTORY} whole months of records before it"

Followed = dict[date, pd.DataFrame]
"""Month-end -> one row per group: index id; int64 `customers`, `bought`, `spend` in units of 10^-scale."""


@dataclass(frozen=True)
class Record:
    """The month-ends that could be followed, and those that couldn't."""

    followed: Followed
    skipped: tuple[SkippedMonth, ...]
    scale: int

    def of(self, groups: tuple[Group, ...]) -> tuple[Track, ...]:
        """The track of each of `groups`."""
        return tuple(self._track([group.id]) for group in groups)

    def facts(self, groups: tuple[Group, ...]) -> TrackRecord:
        """The record of all customers in `groups`."""
        return TrackRecord(
            month_ends=tuple(self.followed),
            skipped=self.skipped,
            everyone=self._track([group.id for group in groups]),
        )

    def _track(self, ids: list[str]) -> Track:
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


def track_record(books: Books, shot: Snapshot) -> Record:
    """Up to twelve month-ends before that of `shot`, in its segments."""
    frame = shot.frame
    months = periods.trend_months(frame.period.end, frame.first, frame.last, books.question.max_gap_days)
    latest = last_before_each(books.transactions, [periods.midnight_after(month.end) for month in months])
    past = [
        end
        for end, (_, after) in zip(
            month_ends(frame, shot.recipe.time, months, latest)[:-1], pairwise(months), strict=True
        )
        if not after.partial
    ]
    enough = [end for end in past if periods.whole_months(end.records, end.cutoff) >= LEAST_HISTORY]
    skipped = tuple(SkippedMonth(month_end=end.month.end, reason=SHORT) for end in past if end not in enough)
    return Record(_followed(books, shot, enough), skipped, books.transactions.scale)


def _followed(books: Books, shot: Snapshot, ends: list[MonthEnd]) -> Followed:
    """What the customers of each group at each of `ends` did in the month after it."""
    if not ends:
        return {}
    table = moments.moments(shot.history)
    stood = moments.snapshots(table, ends, shot.recipe, shot.customers, shot.segmentation)
    spend = _spend(books)
    return {then.end.month.end: _sums(then, spend) for then in stood}


def _sums(then: moments.Snapshot, spend: Mapping[date, "pd.Series[int]"]) -> pd.DataFrame:
    """One row per group that has customers at the month-end of `then`."""
    members = then.members["segment"]
    worth = spend.get(then.end.cutoff.date(), pd.Series(dtype="int64")).reindex(members.index)
    table = pd.DataFrame(
        {"customers": 1, "bought": worth.notna().astype("int64"), "spend": worth.fillna(0).astype("int64")}
    )
    return table.groupby(members.to_numpy()).sum()


def _spend(books: Books) -> Mapping[date, "pd.Series[int]"]:
    """First day of a month -> customer -> worth of the purchases in it that were not taken back in full by its end."""
    bought = books.ledger.filter(_.customer.notnull(), _.amount > 0).mutate(month=_.sold_at.truncate("M"))
    stood = bought.filter(_.cancelled_at.isnull() | (_.cancelled_at.truncate("M") > _.month))
    sums = stood.group_by("month", "customer").aggregate(spend=_.amount.sum().cast("int64"))
    frame = sums.to_pyarrow().to_pandas().set_index("customer")
    return {month.date(): rows["spend"] for month, rows in frame.groupby("month")}


def _month(day: date, table: pd.DataFrame, ids: list[str], scale: int) -> MonthTrack:
    sums = table.reindex(ids).fillna(0).astype("int64").sum()
    return MonthTrack(
        month_end=day,
        customers=int(sums["customers"]),
        bought=int(sums["bought"]),
        spend=money(int(sums["spend"]), scale),
    )
