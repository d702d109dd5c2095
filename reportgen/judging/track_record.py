"""Track record: what customers did in the month after they stood in a segment.

At each past month-end a customer stands where the segments of now put him or her: by their cut points, or beside the
nearest of their centres, as in a brief's moves. Whether a customer bought is the ledger's answer, whatever the recipe.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from ibis import _

from reportgen import periods
from reportgen.brief.track import Track
from reportgen.cancellations import standing_at_month_end
from reportgen.evaluation import TrackRecord
from reportgen.findings import snapshots
from reportgen.findings import track_record as shared
from reportgen.findings.month_ends import MonthEnd, month_ends
from reportgen.judging.snapshots import Books, Snapshot
from reportgen.segmentation import Group
from reportgen.transactions import last_before_each


@dataclass(frozen=True)
class Record(shared.Record):
    """The record of a recipe."""

    def of(self, groups: tuple[Group, ...]) -> tuple[Track, ...]:
        """The track of each of `groups`."""
        return tuple(self.track([group.id]) for group in groups)

    def facts(self, groups: tuple[Group, ...]) -> TrackRecord:
        """The record of all customers in `groups`."""
        return TrackRecord(
            month_ends=tuple(self.followed),
            skipped=self.skipped,
            everyone=self.track([group.id for group in groups]),
        )


def track_record(books: Books, shot: Snapshot) -> Record:
    """Up to twelve month-ends before that of `shot`, in its segments."""
    frame = shot.frame
    months = periods.trend_months(frame.period.end, frame.first, frame.last, books.question.max_gap_days)
    latest = last_before_each(books.transactions, [periods.midnight_after(month.end) for month in months])
    ends = month_ends(frame, shot.recipe.time, months, latest)
    followed, skipped = shared.followable(ends)
    return Record(_followed(books, shot, followed), skipped, books.transactions.scale)


def _followed(books: Books, shot: Snapshot, ends: tuple[MonthEnd, ...]) -> shared.Followed:
    """What the customers of each group at each of `ends` did in the month after it."""
    if not ends:
        return {}
    stood = snapshots.snapshots(shot.history, ends, shot.recipe, shot.customers, shot.segmentation)
    spend = _spend(books)
    return {then.end.month.end: _sums(then, spend) for then in stood}


def _sums(then: snapshots.Snapshot, spend: Mapping[date, "pd.Series[int]"]) -> pd.DataFrame:
    """One row per group that has customers at the month-end of `then`."""
    members = then.members["segment"]
    worth = spend.get(then.end.cutoff.date(), pd.Series(dtype="int64")).reindex(members.index)
    return shared.added_up(members, worth.notna().astype("int64"), worth.fillna(0).astype("int64"))


def _spend(books: Books) -> Mapping[date, "pd.Series[int]"]:
    """First day of a month -> customer -> worth of the purchases in it that were not taken back in full by its end."""
    bought = books.ledger.filter(_.customer.notnull(), _.amount > 0).mutate(month=_.sold_at.truncate("M"))
    stood = bought.filter(standing_at_month_end(_))
    sums = stood.group_by("month", "customer").aggregate(spend=_.amount.sum().cast("int64"))
    frame = sums.to_pyarrow().to_pandas().set_index("customer")
    return {month.date(): rows["spend"] for month, rows in frame.groupby("month")}
