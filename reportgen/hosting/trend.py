"""The key figures over the issues: each a line of its own scale from zero, drawn without a browser."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.brief import Brief
from reportgen.hosting.catalogue import Entry
from reportgen.pages._figures import identified
from reportgen.wording import Words

MONTHS = 36
"""Months that the trend reaches back."""
WIDTH, HEIGHT, MARGIN = 240, 56, 4

Read = Callable[[Brief], float | None]
Point = tuple[int, float]
"""Month and value."""


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


def trend(entries: Sequence[Entry], locale: str) -> Trend | None:
    """The trend over the issues of months, newest first; None unless two of one currency can be read."""
    told = [(entry, entry.issue.told.brief) for entry in entries if entry.issue.told]
    if not told:
        return None
    newest = told[0][1]
    kept = [(entry, brief) for entry, brief in told if brief.currency == newest.currency][:MONTHS]
    if len(kept) < 2:  # noqa: PLR2004 - a line
        return None
    words = Words(locale, newest.currency, newest.scale)
    figures = _figures(words)
    dated = [(date.fromisoformat(f"{entry.label}-01"), brief) for entry, brief in reversed(kept)]
    return Trend(
        panels=tuple(panel for label, read, shown in figures if (panel := _panel(label, read, shown, dated, words))),
        heads=tuple(label for label, *_ in figures),
        rows=tuple(
            Row(entry.issue.name, entry.issue.period, tuple(shown(read(brief)) for _, read, shown in figures))
            for entry, brief in kept
        ),
    )


def _figures(words: Words) -> tuple[tuple[str, Read, Callable[[float | None], str]], ...]:
    return (
        ("Net revenue", lambda brief: float(brief.period_totals.revenue), words.compact),
        ("Active customers", lambda brief: brief.period_totals.customers, words.count),
        ("Orders", lambda brief: identified(brief.period_totals).orders, words.count),
        ("Order value", _order_value, words.compact),
        ("Repeat rate", lambda brief: brief.key_figures.repeat_rate if brief.key_figures else None, words.percent),
        ("Top segments’ share", _top_share, words.percent),
    )


def _order_value(brief: Brief) -> float | None:
    value = identified(brief.period_totals).per_order
    return None if value is None else float(value)


def _top_share(brief: Brief) -> float | None:
    return brief.key_figures.top_revenue_share if brief.key_figures else None


def _panel(
    label: str, read: Read, shown: Callable[[float | None], str], briefs: Sequence[tuple[date, Brief]], words: Words
) -> Panel | None:
    """The panel of one figure over `briefs` by month; None unless two months have it."""
    dated = [(month, value) for month, brief in briefs if (value := read(brief)) is not None]
    if len(dated) < 2:  # noqa: PLR2004 - a line
        return None
    (first, start), (last, end) = dated[0], dated[-1]
    values = [value for _, value in dated]
    low, high = (shown(extreme(values)) for extreme in (min, max))
    place = _placer([(_month(day), value) for day, value in dated])
    runs = list(_runs([(_month(day), value) for day, value in dated]))
    return Panel(
        label=label,
        value=shown(end),
        first=_short(first, words),
        last=_short(last, words),
        lines=tuple(" ".join(",".join(place(point)) for point in run) for run in runs if len(run) > 1),
        dots=(*(place(run[0]) for run in runs if len(run) == 1), place((_month(last), end))),
        baseline=place((_month(last), 0))[1],
        alt=f"{label} by issue: {shown(start)} in {words.month(first)}, {shown(end)} in {words.month(last)}; "
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
