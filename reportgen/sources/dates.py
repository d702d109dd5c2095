"""Dates: how a column of text writes its instants, found over all its distinct values.

Takes distinct texts, gives strptime formats, or says that they are ambiguous or mixed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.sources.engine import epoch_us, local_time, make_timestamp, try_strptime

EXCEL_SERIAL: Final = "Excel serial"
"""Stands for a format: days since 1899-12-30, as Excel stores instants."""
_UNIX: Final = {"Unix seconds": 10, "Unix milliseconds": 13, "Unix microseconds": 16}
"""Stand for formats: instants as counted from 1970 on, and how many digits those of 2001 to 2033 have."""
YEAR_FIRST: Final = "year-month-day"
_FAR: Final = 3
"""A reading that spreads a file over so many times the days of another one is wrong."""
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_STEMS: Final = (
    "jan|jän|gen|ene", "feb|fév|fev", "mar|mär|mrz|maa|mrt", "apr|avr|abr", "may|mai|mei|mag|maj", "jun|juin|giu",
    "jul|juil|lug", "aug|aoû|aou|ago", "sep|set", "oct|okt|ott|out", "nov", "dec|dez|déc|dic",
)  # fmt: skip
"""How the names of months begin in English, German, French, Spanish, Italian, Dutch and their neighbours."""
_LETTERS: Final = r"[^\s0-9./,:-]"
_NAMED: Final = re.compile(rf"(?i)(?:b|{'|'.join(_STEMS)}){_LETTERS}{{0,8}}")
"""Another name of a month than an English one, as `shape` leaves it."""
_ANY_NAME: Final = "%~"
"""In a format: a month's name in any of these languages; `instant` makes it English."""
_SHORT: Final = "|".join(month[:3] for month in _MONTHS)
_ZONE: Final = r"(:[0-9]{2}(?:[.,][0-9]+)?) ?(Z|z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)$"
_BELOW_MICROSECONDS: Final = r"(:[0-9]{2}[.,][0-9]{6})[0-9]+"
_SHAPE: Final = re.compile(
    r"""
    (?P<first>9{4}|9{1,2}|[bB])(?P<gap>[-/.]|\.?[ ]|,[ ]|\.-)(?P<second>9{1,2}|[^\W\d_]+)
    (?P<gap2>[-/.]|,?[ ]|\.[ ])(?P<third>9{4}|9{1,2})
    (?P<tee>T|,?[ ]+)?
    """
    r"(?P<clock>.*)",
    re.VERBOSE,
)
_COMPACT: Final = re.compile(r"9{8}(?P<tee>T|[ ]+)?(?P<clock>.*)")
_RUN: Final = {"9" * 12: "%Y%m%d%H%M", "9" * 14: "%Y%m%d%H%M%S"}
"""Instants as a mere run of digits."""
_CLOCK: Final = re.compile(r"(?P<hours>9{1,2}:99)(?P<seconds>:99)?(?P<fraction>[.,]9{1,9})?(?P<half>[ ]?[AaPp][Mm])?")


@dataclass(frozen=True)
class Reading:
    """One way to read a column of dates.

    order: "day-month-year", …; formats: all that values written this way need
    family: readings of one family read the same texts
    rows: how many rows it can read; sample: a text that it reads; days: from the first instant to the last
    """

    order: str
    formats: tuple[str, ...]
    family: str
    rows: int = 0
    sample: str = ""
    days: int = 0


@dataclass(frozen=True)
class Decision:
    """What a column's dates are: `readings` has one entry when that is certain.

    problem: "", "ambiguous" or "mixed"; without readings no value is a date
    """

    readings: tuple[Reading, ...]
    problem: str = ""


@dataclass(frozen=True)
class Filled:
    """Rows whose date isn't empty, and how many of them some reading can read."""

    rows: int
    readable: int


def shape(text: ir.Value) -> ir.Value:
    """`text` (an Ibis expression) with digits as 9, a month's name as B, its short form as b, the zone left out."""
    naive = _trimmed(text).re_replace(_ZONE, r"\1").translate("012345678", "999999999")
    return naive.re_replace("(?i)(" + "|".join(_MONTHS) + ")", "B").re_replace(rf"(?i)({_SHORT})", "b")


def instant(text: ir.Value, formats: tuple[str, ...], timezone: str | None) -> ir.Value:
    """Local time (an Ibis timestamp) of `text` under the first of `formats` that fits; null if none, or out of range.

    A text with an offset is converted to `timezone`; without one its wall clock is taken as written.
    """
    if formats == (EXCEL_SERIAL,):
        seconds = (text.try_cast("float64") * 86_400).round().cast("int64") - 25_569 * 86_400
        return _in_range(make_timestamp(seconds * 1_000_000))
    if formats[0] in _UNIX:
        return _since_1970(text, _UNIX[formats[0]], timezone)
    written = _trimmed(text).re_replace(_ZONE, r"\1")
    if any(_ANY_NAME in form for form in formats):
        written, formats = _in_english(written), tuple(form.replace(_ANY_NAME, "%b") for form in formats)
    if any("%f" in form or "%n" in form for form in formats):  # SQL Server writes seven digits
        written = written.re_replace(_BELOW_MICROSECONDS, r"\1")
    wall = try_strptime(written, ibis.literal(list(formats)))
    if timezone is not None:
        wall = ibis.ifelse(has_offset(text), _converted(wall, text, timezone), wall)
    return _in_range(wall)


def _since_1970(text: ir.Value, digits: int, timezone: str | None) -> ir.Value:
    """Local time of `text`, an instant counted from 1970 on; one of so many digits that begins otherwise is no such."""
    units = ibis.ifelse(text.strip().startswith("1"), text.try_cast("float64"), ibis.null("float64"))
    utc = make_timestamp((units * 10 ** (16 - digits)).round().cast("int64"))
    return _in_range(utc if timezone is None else local_time(timezone, utc.cast("timestamp('UTC')")).cast("timestamp"))


def _in_english(text: ir.Value) -> ir.Value:
    """`text` with the month's name as "Jan" to "Dec", and without what some languages put around it."""
    plain = text.re_replace(r"^1er ", "1 ").re_replace(r"(?i) de ", " ")
    for stem, month in zip(_STEMS, _MONTHS, strict=True):
        plain = plain.re_replace(rf"(?i)\b(?:{stem}){_LETTERS}*", month[:3])
    return plain


def is_format(form: str) -> bool:
    """Whether `form` is one that may be configured."""
    return "%" in form and _ANY_NAME not in form


def is_counted(decision: Decision | None) -> bool:
    """Whether dates are counted from 1970 on, and so are instants in UTC."""
    return bool(decision and decision.readings and decision.readings[0].order in _UNIX)


def has_offset(text: ir.Value) -> ir.Value:
    """Whether `text` ends in an offset from UTC."""
    return _trimmed(text).re_search(_ZONE)


def offset(text: ir.Value) -> ir.StringValue:
    """The offset from UTC at the end of `text`, as it is written; "" if it has none."""
    zone: ir.StringValue = _trimmed(text).re_extract(_ZONE, 2)
    return zone


def minutes(zone: ir.StringValue) -> ir.IntegerValue:
    """How many minutes an `offset` is ahead of UTC."""
    hours = zone.substr(1, 2).try_cast("int64").fill_null(0)
    rest = zone.re_extract("^[+-][0-9]{2}:?([0-9]{2})$", 1).try_cast("int64").fill_null(0)
    return (hours * 60 + rest) * ibis.ifelse(zone.startswith("-"), -1, 1)


def in_zone(moment: ir.Value, timezone: str | None) -> ir.Value:
    """Local time of a typed column: a date is its midnight, an instant with a zone is put into `timezone` (or UTC)."""
    if moment.type().is_timestamp() and moment.type().timezone is not None:
        return _in_range(local_time(timezone or "UTC", moment.cast("timestamp('UTC')")).cast("timestamp"))
    return _in_range(moment.cast("timestamp"))


def readings(shapes: Iterable[str]) -> tuple[Reading, ...]:
    """Every reading that the shapes allow, one per family and order."""
    found = sorted({candidate for each in shapes for candidate in (*_candidates(each), *_worded(each))})
    return tuple(
        Reading(order, tuple(dict.fromkeys(form for _, _, form in group)), family)
        for (family, order), group in groupby(found, key=lambda candidate: candidate[:2])
    )


def configured(form: str, found: tuple[Reading, ...]) -> Reading:
    """The reading that `form` belongs to, with all its formats (days may lack a time), or `form` alone."""
    return next((each for each in found if form in each.formats), Reading("as configured", (form,), ""))


def agree(decisions: Sequence[Decision | None]) -> tuple[Decision | None, ...]:
    """`decisions` with each ambiguous one read as the certain ones of the same family, where these are of one order."""
    certain = [
        decision.readings[0] for decision in decisions if decision and decision.readings and not decision.problem
    ]
    return tuple(_agreed(decision, certain) for decision in decisions)


def _agreed(decision: Decision | None, certain: Sequence[Reading]) -> Decision | None:
    if decision is None or decision.problem != "ambiguous":
        return decision
    orders = {each.order for each in certain if each.family == decision.readings[0].family}
    chosen = tuple(reading for reading in decision.readings if reading.order in orders)
    return Decision(chosen) if len(orders) == 1 and chosen else decision


def decide(counted: tuple[Reading, ...], rivals: frozenset[tuple[str, str]], filled: Filled, limit: int) -> Decision:
    """Choose among readings with their `rows` counted.

    rivals: orders of readings that disagree about at least one value; limit: bad rows allowed
    """
    ranked = tuple(sorted((reading for reading in counted if reading.rows), key=lambda reading: -reading.rows))
    if not ranked:
        return Decision(())
    best, others = ranked[0], ranked[1:]
    if filled.readable - best.rows > limit:
        return Decision(ranked, "mixed")
    equal = [other for other in others if _rival(best, other, filled.rows, limit) and pair(best, other) in rivals]
    left = _close_together((best, *equal))
    return Decision(left, "ambiguous") if len(left) > 1 else Decision(left)


def _close_together(found: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """`found` without short years at the wrong end: as days of a month they would scatter a file over decades."""
    first = tuple(each for each in found if each.order == YEAR_FIRST)
    last = tuple(each for each in found if each.order != YEAR_FIRST)
    if not first or not last:
        return found
    at_start, at_end = (min(each.days for each in some) for some in (first, last))
    if at_start * _FAR < at_end:
        return first
    # 13/05/24 alone has its year at the end; 13-05-24 may have it at either.
    return last if at_end * _FAR < at_start or "-" not in first[0].family else found


def _rival(best: Reading, other: Reading, rows: int, limit: int) -> bool:
    """Whether `other` explains the column as well as `best` does; a perfect reading has no imperfect rival."""
    enough = rows if best.rows == rows else rows - limit
    return other.family == best.family and other.rows >= min(enough, best.rows)


def pair(one: Reading, other: Reading) -> tuple[str, str]:
    """Key of two readings, whichever comes first."""
    first, second = sorted((one.order, other.order))
    return first, second


def _trimmed(text: ir.Value) -> ir.Value:
    """`text` without blanks at its ends, and with plain ones in it: programs put narrow ones before AM."""
    return text.translate("\u00a0\u202f", "  ").strip()


def _in_range(moment: ir.Value) -> ir.Value:
    return ibis.ifelse(moment.year().between(FIRST_YEAR, LAST_YEAR), moment, ibis.null("timestamp"))


def _converted(wall: ir.Value, text: ir.Value, timezone: str) -> ir.Value:
    """`wall` minus the offset at the end of `text`, in `timezone`."""
    utc = make_timestamp(epoch_us(wall) - minutes(offset(text)) * 60_000_000)
    return local_time(timezone, utc.cast("timestamp('UTC')")).cast("timestamp")


def _worded(each: str) -> list[tuple[str, str, str]]:
    """(family, order, format) of "1er mars 2025" and "3 de marzo de 2025"."""
    plain = re.sub("(?i) de ", " ", re.sub("^9er ", "9 ", each))
    found = _candidates(plain) if plain != each else []
    return [(family, order, re.sub("%[bB]", _ANY_NAME, form)) for family, order, form in found]


def _candidates(each: str) -> list[tuple[str, str, str]]:
    """(family, order, format) of every way to read the shape `each`."""
    if re.fullmatch(r"9{5}(\.9+)?", each):
        return [("serial", EXCEL_SERIAL, EXCEL_SERIAL)]
    if match := re.fullmatch(r"(9+)(\.9{1,6})?", each):
        found = [name for name, digits in _UNIX.items() if digits == len(match[1])]
        if found:
            return [("counted", found[0], found[0])]
    if each in _RUN:
        return [("compact", YEAR_FIRST, _RUN[each])]
    if (match := _COMPACT.fullmatch(each)) and (clock := _clock(match["tee"], match["clock"])) is not None:
        return [("compact", YEAR_FIRST, "%Y%m%d" + clock)]
    match = _SHAPE.fullmatch(each)
    clock = _clock(match["tee"], match["clock"]) if match else None
    if match is None or clock is None:
        return []
    gap, gap2 = match["gap"], match["gap2"]
    between = gap2 if match["second"].startswith("9") else gap2.removeprefix(".")  # "3 janv. 2025" beside "3 mai 2025"
    family = f"{match['first'][:1]}{len(match['first']) == 4}{gap}{between}{len(match['third']) == 4}"  # noqa: PLR2004
    family = family.replace("B", "b")
    return [
        (family, order, parts[0] + gap + parts[1] + gap2 + parts[2] + clock)
        for order, parts in _orders(match["first"], match["second"], match["third"], gap)
    ]


def _orders(first: str, second: str, third: str, gap: str) -> list[tuple[str, tuple[str, str, str]]]:
    """The orders that three parts of a date can stand in, with their directives."""
    year = "%Y" if len(third) == 4 else "%y"  # noqa: PLR2004 -- a year in full
    if first in {"b", "B"}:
        return [("month-day-year", (f"%{first}", "%d", year))]
    if not second.startswith("9"):
        name = f"%{second}" if second in {"b", "B"} else _ANY_NAME if _NAMED.fullmatch(second) else ""
        return [("day-month-year", ("%d", name, year))] if name and len(first) < 4 else []  # noqa: PLR2004
    if len(first) == 4:  # noqa: PLR2004
        return [(YEAR_FIRST, ("%Y", "%m", "%d"))] if len(third) < 4 else []  # noqa: PLR2004
    ends = [("day-month-year", ("%d", "%m", year)), ("month-day-year", ("%m", "%d", year))]
    short_year_first = year == "%y" and len(first) == len(second) == 2 and gap in "-/."  # noqa: PLR2004 -- 10-12-01
    return [*ends, (YEAR_FIRST, ("%y", "%m", "%d"))] if short_year_first else ends


def _clock(tee: str | None, clock: str) -> str | None:
    """Directives of the time of day; None if it isn't one."""
    if not tee and not clock:
        return ""
    match = _CLOCK.fullmatch(clock)
    if match is None or not tee:
        return None
    between = "T" if tee == "T" else ", " if "," in tee else " "
    seconds = ":%S" if match["seconds"] else ""
    fraction = match["fraction"][0] + "%f" if match["fraction"] else ""
    if match["half"]:
        return f"{between}%I:%M{seconds}{fraction}{' ' if match['half'].startswith(' ') else ''}%p"
    return f"{between}%H:%M{seconds}{fraction}"
