"""The key figures over the issues: each a line of its own scale from zero, drawn without a browser."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.hosting.catalogue import Entry, Figures, Issue
from reportgen.wording import Words

MONTHS = 36
"""Months that the trend reaches back."""
FEWEST = 2
"""Months that make a line."""
WIDTH, HEIGHT, MARGIN = 240, 56, 4

Point = tuple[int, float]
"""Month and value."""


@dataclass(frozen=True)
class Measure:
    """How a figure is read and shown."""

    label: str
    read: Callable[[Figures], float | None]
    shown: Callable[[float | None], str]
    is_share: bool = False


@dataclass(frozen=True)
class Panel:
    """One figure: its latest value, the runs of consecutive months as polylines, lone months as dots, in words."""

    label: str
    value: str
    first: str
    last: str
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    baseline: str
    alt: str


@dataclass(frozen=True)
class Row:
    """An issue's figures in the table beside the lines."""

    href: str
    period: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Trend:
    """The panels, and the same figures as a table."""

    panels: tuple[Panel, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def trend(entries: Sequence[Entry], locale: str, address: Callable[[Issue], str]) -> Trend | None:
    """The trend over the issues of months, newest first, each at its `address`.

    None unless two of one currency can be read.
    """
    told = [(entry, entry.issue.told.figures) for entry in entries if entry.issue.told]
    kept = [(entry, figures) for entry, figures in told if figures.currency == told[0][1].currency][:MONTHS]
    if len(kept) < FEWEST:
        return None
    newest = kept[0][1]
    words = Words(locale, newest.currency, newest.scale)
    all_ = measures(words)
    dated = [(date.fromisoformat(f"{entry.label}-01"), figures) for entry, figures in reversed(kept)]
    return Trend(
        panels=tuple(panel for measure in all_ if (panel := _panel(measure, dated, words))),
        heads=tuple(measure.label for measure in all_),
        rows=tuple(
            Row(
                address(entry.issue),
                entry.issue.period,
                tuple(measure.shown(measure.read(figures)) for measure in all_),
            )
            for entry, figures in kept
        ),
    )


def measures(words: Words) -> tuple[Measure, ...]:
    """The figures that issues are told apart by."""
    return (
        Measure("Net revenue", lambda figures: figures.revenue, words.compact),
        Measure("Active customers", lambda figures: figures.customers, words.count),
        Measure("Orders", lambda figures: figures.orders, words.count),
        Measure("Average order value", lambda figures: figures.order_value, words.compact),
        Measure("Repeat rate", lambda figures: figures.repeat_rate, words.percent, is_share=True),
        Measure("Top segments’ share", lambda figures: figures.top_share, words.percent, is_share=True),
    )


def _panel(measure: Measure, months: Sequence[tuple[date, Figures]], words: Words) -> Panel | None:
    """The panel of one figure over the `months`; None unless two months have it."""
    dated = [(month, value) for month, figures in months if (value := measure.read(figures)) is not None]
    if len(dated) < FEWEST:
        return None
    (first, start), (last, end) = dated[0], dated[-1]
    values = [value for _, value in dated]
    low, high = (measure.shown(extreme(values)) for extreme in (min, max))
    place = _placer([(_month(day), value) for day, value in dated])
    runs = list(_runs([(_month(day), value) for day, value in dated]))
    return Panel(
        label=measure.label,
        value=measure.shown(end),
        first=_short(first, words),
        last=_short(last, words),
        lines=tuple(" ".join(",".join(place(point)) for point in run) for run in runs if len(run) > 1),
        dots=(*(place(run[0]) for run in runs if len(run) == 1), place((_month(last), end))),
        baseline=place((_month(last), 0))[1],
        alt=f"{measure.label} by issue: {measure.shown(start)} in {words.month(first)}, "
        f"{measure.shown(end)} in {words.month(last)}; "
        f"lowest {low}, highest {high}.",
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _short(day: date, words: Words) -> str:
    return f"{words.short_month(day)} {day.year}"


def _runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Consecutive months; a month without an issue breaks the line."""
    run: list[Point] = []
    for point in points:
        if run and point[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(point)
    yield run


def _placer(points: Sequence[Point]) -> Callable[[Point], tuple[str, str]]:
    """Where a point lies in the drawing; zero is always inside."""
    months = [month for month, _ in points]
    values = [0.0, *(value for _, value in points)]
    across = (WIDTH - 2 * MARGIN) / (max(months) - min(months))
    up = (HEIGHT - 2 * MARGIN) / ((max(values) - min(values)) or 1)

    def place(point: Point) -> tuple[str, str]:
        month, value = point
        return f"{MARGIN + (month - min(months)) * across:.1f}", f"{MARGIN + (max(values) - value) * up:.1f}"

    return place
