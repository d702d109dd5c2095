"""Periods: which days a brief covers, whether the records fill them, and the instant it is computed as of."""

import calendar
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from reportgen.brief import FIRST_RECORD_BY_DAY, Period
from reportgen.errors import InputError, NoRecordsError, RecipeError, UsageError

LAST, ALL = "last", "all"
MONTH = r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])"
"""A month as labels and names of editions have it: "2011-11"."""
RANGE = ".."
"""Between the first and the last month of a range."""
TREND_MONTHS = 13

EARLIEST, LATEST = 1900, 2200
"""Years that an instant may lie in: nanoseconds since 1970 end in 2262."""
NAMED = 6
"""Months that a message lists by name."""


@dataclass(frozen=True)
class Records:
    """What is on file: its first and last instant, and the months (their first days) that have records."""

    first: datetime
    last: datetime
    months: frozenset[date]


def resolve(label: str, records: Records, now: datetime, max_gap_days: int) -> Period:
    """The period named `label` ("2011-11", "last", "all") of `records`.

    "last" is the latest complete month with records, or the latest month begun, partial, where none is complete. A
    month is complete if it is over, a record lies after its end or the last one at most `max_gap_days` before it, and
    the first month on file only if it has records by its third day. Records of days to come complete nothing.
    Raises `UsageError` for another label, `InputError` for a month without records.
    """
    first, last = records.first, records.last
    if label == ALL:
        return Period(label=ALL, start=first.date(), end=last.date(), partial=False)
    if label == LAST:
        begun = sorted(day for day in records.months if day <= now.date()) or [min(records.months)]
        months = [_month(day, first, last, now, max_gap_days) for day in begun]
        return next((month for month in reversed(months) if not month.partial), months[-1])
    start = _parse(label)
    if start > now.date():
        raise _to_come(label, "lies", now)
    if start not in records.months:
        raise no_records(label, first, last, records.months)
    return _month(start, first, last, now, max_gap_days)


def named(label: str) -> tuple[str, ...]:
    """The periods that `label` names: the months of a range such as "2010-12..2011-11", oldest first; else itself.

    Raises `UsageError`.
    """
    if RANGE not in label:
        if label not in {LAST, ALL}:
            _parse(label)
        return (label,)
    first, last = (_bound(part, label) for part in label.split(RANGE, 1))
    if last < first:
        raise UsageError(
            f"{label!r} ends before it begins", f"Write the earlier month first: {last:%Y-%m}{RANGE}{first:%Y-%m}."
        )
    return tuple(f"{month:%Y-%m}" for month in _month_starts(first, last))


def refuse_empty(labels: Collection[str], on_file: Collection[date], now: datetime) -> None:
    """Refuses `labels` where one of them is a month to come, or not among those `on_file` (first days of months).

    Raises `InputError`, `NoRecordsError`.
    """
    months = {label: _parse(label) for label in labels if label not in {LAST, ALL}}
    if coming := [label for label, month in months.items() if month > now.date()]:
        raise _to_come(_listed(coming), "lie" if coming[1:] else "lies", now)
    if empty := [label for label, month in months.items() if month not in on_file]:
        raise NoRecordsError(
            f"there are no records of {_listed(empty)}", f"Choose months that have some: {_ranges(on_file)}."
        )


def is_month(label: str) -> bool:
    """Whether `label` is a month: neither "last" nor "all", nor a range."""
    return re.fullmatch(MONTH, label) is not None


def before(day: date) -> str:
    """The month before that of `day`."""
    return f"{months_back(midnight_before(day), 1):%Y-%m}"


def no_records(label: str, first: datetime, last: datetime, months: Collection[date] = ()) -> NoRecordsError:
    """The error of a period without a single line; `months` (first days) are those that have some."""
    start = _parse(label)
    before = max((month for month in months if month < start), default=None)
    after = min((month for month in months if month > start), default=None)
    nearest = [f"{month:%Y-%m}" for month in (before, after) if month]
    months_have = "months that have" if len(nearest) > 1 else "month that has"
    have = f"; the nearest {months_have} some: {' and '.join(nearest)}" if nearest else ""
    return NoRecordsError(
        f"{label} has no records: they run from {first.date().isoformat()} to {last.date().isoformat()}{have}",
        "Choose a month that has some, `--period last` for the latest complete one, or `--period all`.",
    )


def _to_come(label: str, lies: str, now: datetime) -> InputError:
    return InputError(
        f"{label} {lies} in the future: today is {now.date().isoformat()}",
        "Choose a month that has begun, or `--period last` for the latest complete one; --now stands for the clock.",
    )


def month_of_records(first: datetime) -> datetime:
    """Where history begins: the month of the first record if it has some by its third day, else that record."""
    return midnight_before(first.date().replace(day=1)) if first.day <= FIRST_RECORD_BY_DAY else first


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_back(moment: datetime, months: int) -> datetime:
    """`moment` moved `months` calendar months back; the day is cut to the length of the month it lands in."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=years, month=month + 1, day=min(moment.day, calendar.monthrange(years, month + 1)[1]))


def interval(start: date, end: date) -> tuple[datetime, datetime]:
    """The first instant of the days `start` … `end`, and the first one after them."""
    return midnight_before(start), midnight_after(end)


def midnight_after(day: date) -> datetime:
    """The instant that ends `day`."""
    return midnight_before(day) + timedelta(days=1)


def midnight_before(day: date) -> datetime:
    """The instant that begins `day`."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  local time of the shop, no zone


def trend_months(end: date, first: datetime, last: datetime, now: datetime, max_gap_days: int) -> tuple[Period, ...]:
    """Up to 13 months of records, the last one that of `end`, cut to it."""
    starts = _month_starts(first.date(), end)[-TREND_MONTHS:]
    months = [_month(start, first, last, now, max_gap_days) for start in starts]
    return (*months[:-1], msgspec.structs.replace(months[-1], end=end))


def previous(period: Period, first: datetime, last: datetime) -> tuple[date, date] | None:
    """First and last day to compare `period` with: the month before, for a partial one the same days of it.

    None for the whole history, and where the month before is not on file from its start.
    """
    if period.label == ALL or month_of_records(first) > months_back(midnight_before(period.start), 1):
        return None
    start = months_back(midnight_before(period.start), 1).date()
    return start, _same_days(period, start, last)


def reference(rule: str, cutoff: datetime, last: datetime) -> datetime:
    """The instant that recency counts back from; `last` is the last record before `cutoff`.

    `rule`: "period-end", "last-purchase + N days", or an ISO instant. Raises `RecipeError`.
    """
    if rule == "period-end":
        return cutoff
    if match := re.fullmatch(r"last-purchase \+ (\d{1,4}) days?", rule):
        return last + timedelta(days=int(match[1]))
    try:
        instant = datetime.fromisoformat(rule)
    except ValueError:
        raise RecipeError(
            f"time.reference: {rule!r} is no reference",
            'It is "period-end", "last-purchase + 1 day" or an instant such as "2011-12-10T00:00".',
        ) from None
    if not EARLIEST <= instant.year <= LATEST:
        raise RecipeError(f"time.reference: {rule!r} lies outside the years {EARLIEST} to {LATEST}")
    if instant.tzinfo:
        raise RecipeError(
            f"time.reference: {rule!r} names a time zone", "Records carry the shop's local time: leave the zone out."
        )
    return instant


def is_instant(rule: str) -> bool:
    """Whether the reference `rule` is an instant, rather than relative to the period."""
    return rule != "period-end" and not rule.startswith("last-purchase")


def year_before(period: Period, first: datetime, last: datetime) -> tuple[date, date] | None:
    """First and last day of `period` a year earlier, for a partial one the same days of it.

    None for the whole history, and where they are not on file from their start.
    """
    start = months_back(midnight_before(period.start), 12)
    if period.label == ALL or month_of_records(first) > start:
        return None
    return start.date(), _same_days(period, start.date(), last)


def window_start(rule: str, as_of: datetime, first: datetime) -> tuple[datetime, int | None]:
    """First instant of the window `rule` ("all", "12 months", "90 days") before `as_of`, and its length in months."""
    if rule == "all":
        return first, None
    match = re.fullmatch(r"(\d{1,4}) (month|day)s?", rule)
    if match is None or int(match[1]) == 0:
        raise RecipeError(f"time.window: {rule!r} is no window", 'It is "all", or such as "12 months" or "90 days".')
    if match[2] == "day":
        return as_of - timedelta(days=int(match[1])), None
    return months_back(as_of, int(match[1])), int(match[1])


def whole_months(start: datetime, end: datetime) -> int:
    """Whole calendar months from the day of `start` to `end`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))


def _parse(label: str) -> date:
    if RANGE in label:
        raise UsageError(f"{label!r}: one period is asked for here", "Ranges of months are for `reportgen run` alone.")
    if not is_month(label):
        raise UsageError(
            f"{label!r} is no period",
            "A period is a month such as 2011-11, or `last`, or `all`; of `reportgen run`, also months such as "
            f"2010-12{RANGE}2011-11.",
        )
    return _start(label)


def _bound(text: str, label: str) -> date:
    if not is_month(text):
        raise UsageError(
            f"{label!r} is no range of months: {text!r} is no month", "Write two months, such as 2010-12..2011-11."
        )
    return _start(text)


def _start(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _listed(labels: Sequence[str]) -> str:
    """The first ones by name."""
    more = len(labels) - NAMED
    return ", ".join(labels[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _ranges(months: Collection[date]) -> str:
    """`months` as ranges: "2010-12..2011-03, 2011-05"."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and month_end(runs[-1][-1]) + timedelta(days=1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]:%Y-%m}" + (f"{RANGE}{run[-1]:%Y-%m}" if run[1:] else "") for run in runs)


def _same_days(period: Period, start: date, last: datetime) -> date:
    """The last day of the month of `start` to compare with `period`: for a partial one, that of its last record."""
    end = month_end(start)
    if period.partial and last.date() <= period.end:  # on its last day, too, a month is not over
        return min(end, start.replace(day=min(last.day, end.day)))
    return end


def _month(start: date, first: datetime, last: datetime, now: datetime, max_gap_days: int) -> Period:
    end = month_end(start)
    over = now.date() > end and (last.date() > end or (end - last.date()).days <= max_gap_days)
    from_start = first.date() < start or first.day <= FIRST_RECORD_BY_DAY
    return Period(label=f"{start:%Y-%m}", start=start, end=end, partial=not (over and from_start))


def _month_starts(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
