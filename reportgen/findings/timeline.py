"""The timeline: the customers at every month-end of the trend, all grouped as the period's are."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from reportgen import periods
from reportgen.brief import Period
from reportgen.customers import CustomerTable
from reportgen.findings.month_ends import Frame, like_for_like, month_ends
from reportgen.findings.snapshots import Snapshot, snapshots
from reportgen.recipe import Recipe
from reportgen.segmentation import Segmentation
from reportgen.transactions import Transactions, last_before_each


@dataclass(frozen=True)
class Timeline:
    """months: a snapshot for each month of the trend, the last one the period's.

    previous: that of the previous month-end, None without a previous period
    equal: the previous and this one over windows of equal length, None unless history is shorter than the window
    """

    months: tuple[Snapshot, ...]
    previous: Snapshot | None
    equal: tuple[Snapshot, Snapshot] | None

    @property
    def now(self) -> Snapshot:
        """The period's own."""
        return self.months[-1]


@dataclass(frozen=True)
class Grouping:
    """What a timeline repeats at each month-end: the recipe, and what it found on the period's customers."""

    recipe: Recipe
    customers: CustomerTable
    found: Segmentation


def timeline(
    transactions: Transactions, moments: ir.Table, frame: Frame, months: Sequence[Period], grouping: Grouping
) -> Timeline:
    """The timeline of `months` to the end of the frame's period, from one pass over the `moments`."""
    latest = last_before_each(transactions, [periods.midnight_after(month.end) for month in months])
    ends = month_ends(frame, grouping.recipe.time, tuple(months), latest)
    compares = periods.previous(frame.period, frame.first, frame.last) is not None
    equal = like_for_like(frame, ends[-2], ends[-1]) if compares else None
    taken = snapshots(moments, [*ends, *(equal or ())], grouping.recipe, grouping.customers, grouping.found)
    own = [*taken[: len(ends) - 1], taken[len(ends) - 1].as_found(grouping.found)]
    return Timeline(tuple(own), own[-2] if compares else None, (taken[-2], taken[-1]) if equal else None)
