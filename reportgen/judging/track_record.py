"""Track record: what customers did in the month after they stood in a segment.

Each past month-end is segmented as of then, by the recipe's own rules (its quantiles are those of then; a clustering
keeps its algorithm and number of clusters). Whether a customer bought is the ledger's answer, whatever the recipe.
"""

from dataclasses import dataclass

import pandas as pd
from ibis import _

from reportgen import periods
from reportgen.brief import Period
from reportgen.brief.track import SkippedMonth, Track
from reportgen.customers import purchases
from reportgen.errors import InputError, RecipeError
from reportgen.evaluation import TrackRecord
from reportgen.findings import track_record as shared
from reportgen.findings.month_ends import Frame
from reportgen.judging.snapshots import Books, snapshot
from reportgen.recipe import Recipe
from reportgen.segmentation import Group


@dataclass(frozen=True)
class Record(shared.Record):
    """The record of a recipe."""

    def of(self, groups: tuple[Group, ...]) -> tuple[Track, ...]:
        """The track of each of `groups`."""
        return tuple(self.track([group.id]) for group in groups)

    def facts(self, groups: tuple[Group, ...]) -> TrackRecord:
        """The record of all customers, and of those whose segment is none of `groups`."""
        ids = {name for table in self.followed.values() for name in table.index}
        return TrackRecord(
            month_ends=tuple(self.followed),
            skipped=self.skipped,
            everyone=self.track(sorted(ids)),
            elsewhere=self.track(sorted(ids - {group.id for group in groups})),
        )


def track_record(books: Books, recipe: Recipe, frame: Frame) -> Record:
    """Up to twelve month-ends before the end of `frame`; `recipe` has its algorithm and k chosen."""
    followed: shared.Followed = {}
    skipped = []
    months = periods.trend_months(frame.period.end, frame.first, frame.last, books.question.max_gap_days)
    for month, after in shared.pairs(months):
        try:
            shared.need_history(frame.first, month)
            followed[month.end] = _follow(books, recipe, month, after)
        except (RecipeError, InputError) as error:
            skipped.append(SkippedMonth(month_end=month.end, reason=error.message))
    return Record(followed, tuple(skipped), books.transactions.scale)


def _follow(books: Books, recipe: Recipe, month: Period, after: Period) -> pd.DataFrame:
    """What the customers of each group at the end of `month` did in the month `after`."""
    shot = snapshot(books.at(month.label), recipe)
    members = shot.segmentation.members
    spend = _spend(books, after).reindex(members.index)
    return shared.added_up(members, spend.notna().astype("int64"), spend.fillna(0).astype("int64"))


def _spend(books: Books, after: Period) -> "pd.Series[int]":
    """Customer -> worth of the purchases in the month `after` that were not taken back in full by its end."""
    lines = books.ledger.filter(_.sold_at >= periods.midnight_before(after.start), _.customer.notnull())
    bought = purchases(lines, periods.midnight_after(after.end))
    found = bought.group_by("customer").aggregate(spend=_.amount.sum()).to_pyarrow().to_pandas()
    spend: pd.Series[int] = found.set_index("customer")["spend"].astype("int64")
    return spend
