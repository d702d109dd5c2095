"""The timeline: the customers at every month-end of the trend, all grouped as the period's are."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from reportgen import periods
from reportgen.brief import Period
from reportgen.findings.month_ends import Frame, like_for_like, month_ends
from reportgen.findings.month_sums import NONE, Grouping, Standing, Sums, by_place, month_sums, monthly
from reportgen.findings.snapshots import Snapshot, snapshots
from reportgen.transactions import Transactions, last_before_each


@dataclass(frozen=True)
class Timeline:
    """months: the customers at the end of each month of the trend, added up; the last one is the period's.

    rows: the same by units of customers, with what they did in the month after, see `month_sums`; without the last
    now: the customers themselves; previous: at the previous month-end, None without a previous period
    equal: the previous and this one over windows of equal length, None unless history is shorter than the window
    """

    months: tuple[Standing, ...]
    rows: pd.DataFrame
    now: Snapshot
    previous: Snapshot | None
    equal: tuple[Snapshot, Snapshot] | None


def timeline(
    transactions: Transactions, moments: ir.Table, frame: Frame, months: Sequence[Period], grouping: Grouping
) -> Timeline:
    """The timeline of `months` to the end of the frame's period."""
    latest = last_before_each(transactions, [periods.midnight_after(month.end) for month in months])
    ends = month_ends(frame, grouping.recipe.time, tuple(months), latest)
    compares = periods.previous(frame.period, frame.first, frame.last) is not None
    equal = like_for_like(frame, ends[-2], ends[-1]) if compares else None
    wanted = [*ends[-2:], *(equal or ())] if compares else [ends[-1]]
    taken = snapshots(moments, wanted, grouping.recipe, grouping.customers, grouping.found)
    now = taken[int(compares)].as_found(grouping.found)
    rows = month_sums(moments, ends[:-1], grouping, monthly(moments))
    found = by_place(rows)
    past = [Standing(end, found.get(place, {})) for place, end in enumerate(ends[:-1])]
    return Timeline(
        months=(*past, _standing(now)),
        rows=rows,
        now=now,
        previous=taken[0] if compares else None,
        equal=(taken[-2], taken[-1]) if equal else None,
    )


def _standing(now: Snapshot) -> Standing:
    counted = now.frame[["monetary", "revenue"]].assign(customers=1)
    added = counted.groupby(now.frame["segment"].fillna(NONE))[["customers", "monetary", "revenue"]].sum()
    return Standing(now.end, {segment: Sums(*sums) for segment, *sums in added.itertuples(name=None)})
