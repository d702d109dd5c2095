"""Month-ends: the instants at which segments are measured, each over its own window, and what their windows hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from reportgen import periods
from reportgen.brief import Period, changes
from reportgen.recipe import Time


@dataclass(frozen=True)
class Frame:
    """When: the period, the first instant after it, the instant R counts back from, the window.

    first, last: of the ledger; latest: its last instant before `cutoff`
    """

    period: Period
    first: datetime
    last: datetime
    latest: datetime
    cutoff: datetime
    as_of: datetime
    start: datetime
    months: int | None

    def until(self, cutoff: datetime, as_of: datetime) -> datetime:
        """Where the records before `cutoff` end: a last purchase before its midnight does not cut the month short."""
        return as_of if as_of >= cutoff else min(cutoff, periods.midnight_after(self.last.date()))


@dataclass(frozen=True)
class MonthEnd:
    """One instant to measure at.

    month: the month that ends there; start: its first instant
    cutoff: lines before it count; as_of: R and T count back from it; begin: first instant of the window
    records, until: where the records begin and end; short: they begin inside the window
    """

    month: Period
    cutoff: datetime
    as_of: datetime
    begin: datetime
    records: datetime
    until: datetime
    short: bool

    @property
    def start(self) -> datetime:
        """The first instant of the month."""
        return periods.midnight_before(self.month.start)

    @property
    def history_months(self) -> int:
        """Whole months of records inside the window."""
        return periods.whole_months(max(self.begin, self.records), self.until)

    def span(self, place: int) -> dict[str, int | datetime]:
        """A row of the `spans` of `customers.figures`."""
        return {"place": place, "begin": self.begin, "start": self.start, "cutoff": self.cutoff}

    def facts(self) -> changes.MonthEnd:
        """As the Brief has it."""
        return changes.MonthEnd(
            as_of=self.as_of,
            window_start=self.begin,
            history_months=self.history_months,
            short=self.short,
            through=self.month.end,
        )


def month_ends(
    frame: Frame, time: Time, months: tuple[Period, ...], latest: Mapping[datetime, datetime]
) -> tuple[MonthEnd, ...]:
    """The ends of `months`, the last one that of `frame`; `latest`: cutoff -> last record before it."""
    return (*(_month_end(frame, time, month, latest) for month in months[:-1]), _now(frame, time, months[-1]))


def like_for_like(frame: Frame, before: MonthEnd, now: MonthEnd) -> tuple[MonthEnd, MonthEnd] | None:
    """Both month-ends over windows of one length, that of the history behind `before`.

    None unless records begin inside the window of `before`, or less than a month of it is left.
    """
    months = before.history_months
    if not before.short or not months:
        return None
    length = before.as_of - before.records

    def cut(end: MonthEnd) -> MonthEnd:
        begin = periods.months_back(end.as_of, months) if frame.months else end.as_of - length
        return replace(end, begin=begin, short=False)

    return cut(before), cut(now)


def _now(frame: Frame, time: Time, month: Period) -> MonthEnd:
    records = periods.month_of_records(frame.first)
    until = frame.until(frame.cutoff, frame.as_of)
    return MonthEnd(month, frame.cutoff, frame.as_of, frame.start, records, until, _short(frame, time, frame.start))


def _month_end(frame: Frame, time: Time, month: Period, latest: Mapping[datetime, datetime]) -> MonthEnd:
    cutoff = periods.midnight_after(month.end)
    # A recipe's fixed instant moves back with the month-end: R there must not count from a day long after it.
    fixed = periods.is_instant(time.reference)
    as_of = (
        cutoff + (frame.as_of - frame.cutoff) if fixed else periods.reference(time.reference, cutoff, latest[cutoff])
    )
    begin = (
        frame.first if frame.period.label == periods.ALL else periods.window_start(time.window, as_of, frame.first)[0]
    )
    begin = min(begin, periods.midnight_before(month.start))
    records, until = periods.month_of_records(frame.first), frame.until(cutoff, as_of)
    return MonthEnd(month, cutoff, as_of, begin, records, until, _short(frame, time, begin))


def _short(frame: Frame, time: Time, begin: datetime) -> bool:
    whole = periods.ALL in {frame.period.label, time.window}
    return not whole and begin < periods.month_of_records(frame.first)
