"""The timeline: the customers at every month-end of the trend, all grouped as the period's are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from reportgen import periods
from reportgen.brief import Period
from reportgen.brief.changes import Cause
from reportgen.customers import unpaid
from reportgen.findings.crossing import Doings, crossing
from reportgen.findings.month_ends import Frame, MonthEnd, like_for_like, month_ends
from reportgen.findings.month_sums import Standing, Sums, by_place, month_sums, monthly
from reportgen.findings.standings import Grouping, Shelf, as_found, shelf
from reportgen.transactions import Transactions, last_before_each


@dataclass(frozen=True)
class Timeline:
    """months: the customers at the end of each month of the trend, added up; the last one is the period's.

    rows: the same by units of customers, with what they did in the month after, see `month_sums`; without the last
    crossed: everyone from the previous month-end to this one, see `crossing`; from nowhere without a previous period
    equal: both over windows of equal length, with their `crossing`, None unless history is shorter than the window
    unpaid: why those who bought stand in no segment
    """

    months: tuple[Standing, ...]
    rows: pd.DataFrame
    crossed: pd.DataFrame
    equal: tuple[tuple[MonthEnd, MonthEnd], pd.DataFrame] | None
    unpaid: Cause


def timeline(
    transactions: Transactions, frame: Frame, months: Sequence[Period], grouping: Grouping, acted: Doings
) -> Timeline:
    """The timeline of `months` to the end of the frame's period."""
    latest = last_before_each(transactions, [periods.midnight_after(month.end) for month in months])
    ends = month_ends(frame, grouping.recipe.time, tuple(months), latest)
    compares = periods.previous(frame.period, frame.first, frame.last) is not None
    equal = like_for_like(frame, ends[-2], ends[-1]) if compares else None
    walk = _walk((*ends, *(equal or ())), grouping, acted)
    now = len(ends) - 1
    past = dict(enumerate(ends[:-1]))
    crossed = walk.crossed(now - 1 if compares else None, now)
    rows = month_sums(walk.found, past, monthly(acted.moments))
    sums = by_place(rows)
    return Timeline(
        months=(
            *(Standing(end, sums.get(place, {})) for place, end in past.items()),
            Standing(ends[-1], _now(crossed)),
        ),
        rows=rows,
        crossed=crossed,
        equal=(equal, walk.over(now + 1, now + 2)) if equal else None,
        unpaid=walk.unpaid,
    )


@dataclass(frozen=True)
class _Walk:
    """From one of the `ends` to another, by their places."""

    ends: Mapping[int, MonthEnd]
    found: Shelf
    acted: Doings

    def crossed(self, before: int | None, now: int) -> pd.DataFrame:
        """With the period's own segments now."""
        here = as_found(self._at(now), self.found.grouping.crowd)
        return crossing(here, None if before is None else self._at(before), self.acted, self.unpaid)

    def over(self, before: int, now: int) -> pd.DataFrame:
        """With segments measured anew at both."""
        return crossing(self._at(now), self._at(before), self.acted, self.unpaid)

    @property
    def unpaid(self) -> Cause:
        return unpaid(self.found.grouping.recipe.measures)

    def _at(self, place: int) -> ir.Table:
        return self.found.at({place: self.ends[place]})


def _walk(ends: Sequence[MonthEnd], grouping: Grouping, acted: Doings) -> _Walk:
    places = dict(enumerate(ends))
    return _Walk(places, shelf(acted.moments, places, grouping), acted)


def _now(crossed: pd.DataFrame) -> dict[str, Sums]:
    """Segment -> its sums at the period's end."""
    sums = crossed.groupby("target")[["customers", "worth", "month"]].sum()
    return {
        segment: Sums(customers=customers, monetary=worth, revenue=month)
        for segment, customers, worth, month in sums.itertuples(name=None)
    }
