"""Who comes back: customers by the month of their first purchase, and the share that bought in each month since."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.brief import Brief
from reportgen.brief.changes import Cohort
from reportgen.charts import ChartSpec
from reportgen.pages._returned import Returned, returned, returned_late
from reportgen.wording import NONE, Claim, Words, title
from reportgen.wording.claims import FLOOR
from reportgen.wording.facts import seasoned

PLACE = 90
NAME = "Who comes back"
HALF_A_YEAR = 6
FEWEST = 3
"""Months that make a triangle."""
LEAST_COHORTS = 4
"""Cohorts that make an average."""
STEPS = (0.1, 0.2, 0.3, 0.4, 0.5)
"""Shares from which a cell is tinted deeper."""


@dataclass(frozen=True)
class Cell:
    """A share of the cohort; `depth` 0 … 5 is its tint; `part`: of a month that isn't complete."""

    text: str
    depth: int
    part: bool


@dataclass(frozen=True)
class CohortRow:
    """A month of first purchases, and the months since."""

    month: str
    customers: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Context:
    """What `cohorts.html.j2` prints."""

    title: str
    deck: str
    months: tuple[str, ...]
    rows: tuple[CohortRow, ...]
    mean: tuple[str, ...]
    notes: tuple[str, ...]
    returned: Returned | None
    findings: tuple[tuple[str, str], ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:  # noqa: ARG001
    """The page of `brief`; None with few months or without customers."""
    if len(brief.cohorts) < FEWEST or not any(cohort.customers for cohort in brief.cohorts):
        return None
    longest = max(len(cohort.active) for cohort in brief.cohorts) - 1
    return Context(
        title=title(*claims(brief, words), plain="Customers who bought again, by the month of their first purchase"),
        deck="Share of the customers first seen in a month who bought in each month since.",
        months=tuple(words.count(place) for place in range(1, longest + 1)),
        rows=tuple(_row(brief, cohort, words) for cohort in brief.cohorts),
        mean=tuple(_average(brief, place, words) for place in range(1, longest + 1)),
        notes=_notes(brief, words),
        returned=returned(brief, words),
        findings=findings(brief, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """How many came back in the month after, or within the months on file."""
    share, measured = _mean(brief, 1), _measured(brief, 1)
    counted = sum(cohort.customers for cohort in measured)
    text = f"Of the customers who bought for the first time, {words.about(share)} bought again in the next month"
    return (Claim(text, holds=share is not None and counted >= FLOOR and len(measured) >= LEAST_COHORTS),)


def findings(brief: Brief, words: Words) -> tuple[tuple[str, str], ...]:
    """Who came in this period, who was back after half a year, and who from silence."""
    made = (_newcomers(brief, words), _later(brief, words), returned_late(brief, words))
    return tuple(found for found in made if found)


def _newcomers(brief: Brief, words: Words) -> tuple[str, str] | None:
    last, known = brief.cohorts[-1], [cohort for cohort in brief.cohorts[:-1] if seasoned(brief, cohort.month)]
    if last.first_on_file or _cut(brief):
        return None
    text = f"{words.plural(last.customers, 'customer')} bought for the first time in {words.month(last.month)}"
    if len(known) < FEWEST:
        since = words.month(brief.cohorts[0].month)
        return (
            "New this month",
            f"{text}, by records since {since}; shorter records make more customers look new.",
        )
    usual = words.count(round(sum(cohort.customers for cohort in known) / len(known)))
    return "New this month", f"{text}; the {words.count(len(known))} months before brought {usual} each on average."


def _later(brief: Brief, words: Words) -> tuple[str, str] | None:
    share, measured = _mean(brief, HALF_A_YEAR), _measured(brief, HALF_A_YEAR)
    counted = sum(cohort.customers for cohort in measured)
    if share is None or counted < FLOOR or len(measured) < LEAST_COHORTS:
        return None
    months = words.plural(HALF_A_YEAR, "month")
    return (
        "Half a year on",
        f"{words.about(share)} of first-time buyers bought in the month {months} after their first.",
    )


def _cut(brief: Brief) -> bool:
    """Whether the last month isn't complete: that of a partial period, or of one of all records."""
    return brief.period.partial or bool(brief.trend and brief.trend[-1].partial)


def _measured(brief: Brief, place: int) -> tuple[Cohort, ...]:
    """The cohorts known to be first-time buyers whose month `place` later is on file and complete."""
    last = len(brief.cohorts) - _cut(brief)
    return tuple(
        cohort
        for at, cohort in enumerate(brief.cohorts)
        if not cohort.first_on_file and len(cohort.active) > place and at + place < last
    )


def _mean(brief: Brief, place: int) -> float | None:
    """The share of all first-time buyers who bought `place` months later."""
    measured = _measured(brief, place)
    customers = sum(cohort.customers for cohort in measured)
    return sum(cohort.active[place] for cohort in measured) / customers if customers else None


def _average(brief: Brief, place: int, words: Words) -> str:
    """As printed: the end of the row rests on the few cohorts that got there, all in one season."""
    return words.percent(_mean(brief, place), 0) if len(_measured(brief, place)) >= LEAST_COHORTS else NONE


def _row(brief: Brief, cohort: Cohort, words: Words) -> CohortRow:
    star = "*" if cohort.first_on_file else ""
    whole = len(cohort.shares) - _cut(brief)
    return CohortRow(
        month=words.month(cohort.month) + star,
        customers=words.count(cohort.customers),
        cells=tuple(_cell(share, words, part=at >= whole) for at, share in enumerate(cohort.shares) if at),
    )


def _cell(share: float, words: Words, *, part: bool) -> Cell:
    return Cell(words.percent(share, 0), 0 if part else sum(share >= step for step in STEPS), part)


def _notes(brief: Brief, words: Words) -> tuple[str, ...]:
    average = f"Average: of at least {words.count(LEAST_COHORTS)} complete rows."
    made = [f"Stronger colour: a larger share came back. {average}"]
    if any(cohort.first_on_file for cohort in brief.cohorts):
        made.append(
            "* The records start in this month: its customers may have bought before, so the average leaves it out."
        )
    if _cut(brief):
        month = words.month(brief.cohorts[-1].month)
        made.append(f"{month}, the last of each row, in grey, is not complete, so the average leaves it out.")
    return tuple(made)
