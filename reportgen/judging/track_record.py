"""Track record: what customers did in the month after they stood in a segment.

At each past month-end a customer stands where the segments of now put him or her: by their cut points, or beside the
nearest of their centres, as in a brief's moves. Whether a customer bought is the ledger's answer, whatever the recipe.
"""

from dataclasses import dataclass

import ibis.expr.types as ir
from ibis import _

from reportgen import periods
from reportgen.brief.track import Track
from reportgen.cancellations import standing_at_month_end
from reportgen.evaluation import TrackRecord
from reportgen.findings import track_record as shared
from reportgen.findings.crowd import InMemory
from reportgen.findings.month_ends import MonthEnd, month_ends
from reportgen.findings.month_sums import by_place, month_sums
from reportgen.findings.standings import Grouping, shelf
from reportgen.judging.snapshots import Material, Snapshot
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


def track_record(material: Material, shot: Snapshot) -> Record:
    """Up to twelve month-ends before that of `shot`, in its segments."""
    frame = shot.frame
    asked = material.question
    months = periods.trend_months(frame.period.end, frame.first, frame.last, asked.now, asked.max_gap_days)
    latest = last_before_each(material.transactions, [periods.midnight_after(month.end) for month in months])
    ends = month_ends(frame, shot.recipe.time, months, latest)
    followed, skipped = shared.followable(ends)
    return Record(_followed(material, shot, followed), skipped, material.transactions.scale)


def _followed(material: Material, shot: Snapshot, ends: tuple[MonthEnd, ...]) -> shared.Followed:
    """What the customers of each group at each of `ends` did in the month after it."""
    places, people = dict(enumerate(ends)), InMemory(shot.customers, shot.segmentation)
    stood = shelf(shot.history, places, Grouping(shot.recipe, people, people.ruler(shot.recipe)))
    found = by_place(month_sums(stood, places, _spend(material)))
    return {end.month.end: found.get(place, {}) for place, end in enumerate(ends)}


def _spend(material: Material) -> ir.Table:
    """Purchases of each customer in each month that were not taken back in full by its end, and their worth."""
    bought = material.lines.filter(_.customer.notnull(), _.amount > 0).mutate(month=_.sold_at.truncate("M"))
    stood = bought.filter(standing_at_month_end(_))
    return stood.group_by("month", "customer").aggregate(orders=_.count(), bought=_.amount.sum().cast("int64"))
