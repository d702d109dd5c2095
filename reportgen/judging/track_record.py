"""Track record: what customers did in the month after they stood in a segment.

Each past month-end is segmented as of then, by the recipe's own rules (its quantiles are those of then; a clustering
keeps its algorithm and number of clusters). Whether a customer bought is the ledger's answer, whatever the recipe.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import pandas as pd
from ibis import _

from reportgen import periods
from reportgen.brief import Period
from reportgen.customers import purchases
from reportgen.errors import InputError, RecipeError
from reportgen.evaluation import MonthTrack, SkippedMonth, Track, TrackRecord
from reportgen.findings.amounts import mean_money, money, share
from reportgen.findings.month_ends import Frame
from reportgen.judging.snapshots import Books, snapshot
from reportgen.recipe import Recipe
from reportgen.segmentation import Group

LEAST_HISTORY: Final = 3
"""Whole months of records before a month-end: with fewer, everybody is new and nobody is late."""

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
        """The record of all customers, and of those whose segment is none of `groups`."""
        ids = {name for table in self.followed.values() for name in table.index}
        return TrackRecord(
            month_ends=tuple(self.followed),
            skipped=self.skipped,
            everyone=self._track(sorted(ids)),
            elsewhere=self._track(sorted(ids - {group.id for group in groups})),
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


def track_record(books: Books, recipe: Recipe, frame: Frame) -> Record:
    """Up to twelve month-ends before the end of `frame`; `recipe` has its algorithm and k chosen."""
    followed: Followed = {}
    skipped = []
    for month, after in _pairs(books, frame):
        try:
            _need_history(frame, month)
            followed[month.end] = _follow(books, recipe, month, after)
        except (RecipeError, InputError) as error:
            skipped.append(SkippedMonth(month_end=month.end, reason=error.message))
    return Record(followed, tuple(skipped), books.transactions.scale)


def _pairs(books: Books, frame: Frame) -> Iterator[tuple[Period, Period]]:
    """Each past month and the whole month after it."""
    months = periods.trend_months(frame.period.end, frame.first, frame.last, books.question.max_gap_days)
    return ((month, after) for month, after in pairwise(months) if not after.partial)


def _follow(books: Books, recipe: Recipe, month: Period, after: Period) -> pd.DataFrame:
    """What the customers of each group at the end of `month` did in the month `after`."""
    shot = snapshot(books.at(month.label), recipe)
    spend = _spend(books, after).reindex(shot.segmentation.members.index)
    table = pd.DataFrame(
        {"customers": 1, "bought": spend.notna().astype("int64"), "spend": spend.fillna(0).astype("int64")}
    )
    return table.groupby(shot.segmentation.members.to_numpy()).sum()


def _need_history(frame: Frame, month: Period) -> None:
    months = periods.whole_months(periods.month_of_records(frame.first), periods.midnight_after(month.end))
    if months < LEAST_HISTORY:
        raise InputError(f"fewer than {LEAST_HISTORY} whole months of records before it")


def _spend(books: Books, after: Period) -> "pd.Series[int]":
    """Customer -> worth of the purchases in the month `after` that were not taken back in full by its end."""
    lines = books.ledger.filter(_.sold_at >= periods.midnight_before(after.start), _.customer.notnull())
    bought = purchases(lines, periods.midnight_after(after.end))
    found = bought.group_by("customer").aggregate(spend=_.amount.sum()).to_pyarrow().to_pandas()
    spend: pd.Series[int] = found.set_index("customer")["spend"].astype("int64")
    return spend


def _month(day: date, table: pd.DataFrame, ids: list[str], scale: int) -> MonthTrack:
    sums = table.reindex(ids).fillna(0).astype("int64").sum()
    return MonthTrack(
        month_end=day,
        customers=int(sums["customers"]),
        bought=int(sums["bought"]),
        spend=money(int(sums["spend"]), scale),
    )
