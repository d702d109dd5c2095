"""Cohorts: of the customers who first bought in a month, who bought in each later month."""

from collections.abc import Sequence
from datetime import date, datetime

import ibis
import ibis.expr.types as ir
from ibis import _

from reportgen.brief import Period
from reportgen.brief.changes import Cohort
from reportgen.cancellations import standing
from reportgen.findings.amounts import share


def cohorts(moments: ir.Table, cutoff: datetime, months: Sequence[Period], first: datetime) -> tuple[Cohort, ...]:
    """A cohort for each of `months`; `first`: the first instant on file. Purchases are those that stand at `cutoff`."""
    active = _active(moments, cutoff)
    starts = [month.start for month in months]
    return tuple(
        _cohort(start, [active.get((start, month), 0) for month in starts[place:]], first.date())
        for place, start in enumerate(starts)
    )


def _active(moments: ir.Table, cutoff: datetime) -> dict[tuple[date, date], int]:
    """(month of the first purchase, month) -> customers who bought in it."""
    bought = moments.filter(_.on_file > 0, _.sold_at < cutoff, standing(_, cutoff))
    monthly = bought.mutate(month=_.sold_at.truncate("M")).select("customer", "month").distinct()
    dated = monthly.mutate(first=_.month.min().over(ibis.window(group_by="customer")))
    counts = dated.group_by("first", "month").aggregate(customers=_.count()).to_pyarrow().to_pylist()
    return {(row["first"].date(), row["month"].date()): row["customers"] for row in counts}


def _cohort(month: date, active: Sequence[int], first: date) -> Cohort:
    return Cohort(
        month=month,
        first_on_file=month == first.replace(day=1),
        customers=active[0],
        active=tuple(active),
        shares=tuple(share(count, active[0]) for count in active) if active[0] else (),
    )
