"""The period's revenue of each segment over the months: small columns on one scale."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, Segment
from reportgen.brief.changes import SegmentMonth
from reportgen.charts import _canvas as canvas
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, capital, title
from reportgen.wording.claims import agreeing

FEWEST = 2
SMALL = 0.01
"""Segments that never reach this part of the highest column are named instead of drawn."""
RUN = 3
"""Months in a row worth a title."""
ONE_ROW = 5
"""Panels that stand side by side; more take two rows."""


@dataclass(frozen=True)
class Panel:
    """A segment and its revenue, month by month."""

    segment: Segment
    values: tuple[float, ...]


@dataclass(frozen=True)
class Grid:
    """Size of a panel, and how many stand side by side."""

    width: float
    height: float
    columns: int
    gap: float


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None with less than two months, or without revenue."""
    shown, small = panels(brief)
    if len(brief.segment_trend) < FEWEST or not shown:
        return None
    first, last = (words.month(brief.segment_trend[place].month) for place in (0, -1))
    finding = title(*claims(brief, words), plain=f"{capital(words.net(brief))} by segment, {first} to {last}")
    return ChartSpec(
        id="segment_trend",
        title=finding,
        subtitle=_subtitle(brief, small, words),
        alt=_alt(brief, shown, finding, words),
        wide=_wide(brief, shown, theme, words),
        narrow=_narrow(brief, shown, theme, words),
    )


def panels(brief: Brief) -> tuple[tuple[Panel, ...], tuple[Segment, ...]]:
    """The segments to draw, and those too small for it."""
    made = tuple(Panel(segment, _values(brief, segment.id)) for segment in brief.segments)
    top = max((abs(value) for panel in made for value in panel.values), default=0.0)
    high = {panel.segment.id for panel in made if max(map(abs, panel.values), default=0.0) > SMALL * top}
    return (
        tuple(panel for panel in made if panel.segment.id in high),
        tuple(panel.segment for panel in made if panel.segment.id not in high),
    )


def _values(brief: Brief, segment: str) -> tuple[float, ...]:
    return tuple(float(_revenue(month, segment)) for month in brief.segment_trend)


def _revenue(month: SegmentMonth, segment: str) -> Decimal:
    return next((point.revenue for point in month.segments if point.segment == segment), Decimal(0))


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """Which segment has brought most, and since when."""
    whole = [month for month in brief.segment_trend if not month.partial]
    if len(whole) <= RUN or len(brief.segments) < FEWEST:
        return ()
    tops = [max(brief.segments, key=lambda s, month=month: _revenue(month, s.id)) for month in whole]  # type: ignore[misc]
    best = tops[-1]
    run = next((back for back, top in enumerate(reversed(tops)) if top is not best), len(tops))
    since = whole[-run].month
    second = max(_revenue(whole[-1], segment.id) for segment in brief.segments if segment is not best)
    gap = words.compact(_revenue(whole[-1], best.id) - second)
    span = words.month(since)
    text = (
        f"{best.name} {agreeing(best.name, 'has', 'have')} brought the most in each month since {span}; "
        f"the lead in {words.month_name(whole[-1].month)}: {gap}"
    )
    return (Claim(text, holds=run >= RUN and _revenue(whole[-1], best.id) > second),)


def _subtitle(brief: Brief, small: tuple[Segment, ...], words: Words) -> str:
    first, last = (words.month(brief.segment_trend[place].month) for place in (0, -1))
    parts = [f"{capital(words.net(brief))} in the month by segment at its end, {first} to {last}, one scale"]
    short = [month.month_end.short for month in brief.segment_trend]
    if all(short):
        parts.append("records are shorter than the window in all of them")
    elif any(short):
        parts.append("faint: records shorter than the window")
    if small:
        parts.append(f"{words.joined([segment.name for segment in small])}: next to nothing in any month")
    return "; ".join(parts)


def _alt(brief: Brief, shown: tuple[Panel, ...], finding: str, words: Words) -> str:
    months = [f"{words.short_month(m.month)}{' (part)' if m.partial else ''}" for m in brief.segment_trend]
    parts = [
        f"{panel.segment.name}: "
        + ", ".join(f"{month} {words.compact(value)}" for month, value in zip(months, panel.values, strict=True))
        for panel in shown
    ]
    return f"{finding}. Columns in {words.plural(len(shown), 'panel')}. {'; '.join(parts)}."


def _wide(brief: Brief, shown: tuple[Panel, ...], theme: Theme, words: Words) -> Figure:
    columns = len(shown) if len(shown) <= ONE_ROW else -(-len(shown) // 2)
    gap = 22.0 if columns <= ONE_ROW else 12.0
    width = (canvas.WIDE - gap * (columns - 1)) / max(columns, 3)
    height = 170 if len(shown) <= ONE_ROW else 118
    return _drawn(brief, shown, Grid(width, height, columns, gap), theme, words, canvas.WIDE)


def _narrow(brief: Brief, shown: tuple[Panel, ...], theme: Theme, words: Words) -> Figure:
    return _drawn(brief, shown, Grid(164, 118, 2, 22), theme, words, canvas.NARROW)


def _drawn(  # noqa: PLR0913, PLR0917
    brief: Brief, shown: tuple[Panel, ...], grid: Grid, theme: Theme, words: Words, width: int
) -> Figure:
    values = [value for panel in shown for value in panel.values]
    low, high = min(0.0, *values), max(0.0, *values)
    labels, traces, scales, lines = [], [], {}, []
    for place, panel in enumerate(shown):
        left = (place % grid.columns) * (grid.width + grid.gap)
        top = (place // grid.columns) * (grid.height + 14)
        axis, scale = f"y{place + 2}", canvas.Scale(low, high, top + grid.height - 16, top + 32)
        pitch = grid.width / len(panel.values)
        middles = [left + pitch * (at + 0.5) for at in range(len(panel.values))]
        traces.append(_columns(brief, panel, axis, middles, pitch, theme, words))
        scales[axis] = scale
        labels += _labels(brief, panel, (left, top), grid, theme, words)
        lines.append(canvas.line(theme, left, scale.at(0), left + grid.width, scale.at(0), width=0.75))
    height = -(-len(shown) // grid.columns) * (grid.height + 14) - 12
    return canvas.figure(theme, width, height, traces, labels, lines, scales)


def _columns(  # noqa: PLR0913, PLR0917
    brief: Brief, panel: Panel, axis: str, middles: list[float], pitch: float, theme: Theme, words: Words
) -> canvas.Part:
    own = panel.segment.id
    colors = [theme.colors["prior-soft" if month.month_end.short else "prior"] for month in brief.segment_trend]
    colors[-1] = theme.colors[tokens(brief)[own]]
    hover = [
        canvas.escaped(f"{panel.segment.name}, {words.month(month.month)}: {words.money(_revenue(month, own))}")
        for month in brief.segment_trend
    ]  # fmt: skip
    return canvas.columns(f"segment-trend-{panel.segment.id}", axis, middles, panel.values, colors, hover,
                          thickness=pitch * 0.76)  # fmt: skip


def _labels(  # noqa: PLR0913, PLR0917
    brief: Brief,
    panel: Panel,
    corner: tuple[float, float],
    grid: Grid,
    theme: Theme,
    words: Words,
) -> list[canvas.Part]:
    """The segment's name; below, the first month, and the last one with its figure."""
    left, top = corner
    right, foot = left + grid.width, top + grid.height - 6
    name = canvas.wrapped(panel.segment.name, grid.width, canvas.SMALL)
    first, last = (words.short_month(brief.segment_trend[place].month) for place in (0, -1))
    part = " (part)" if brief.segment_trend[-1].partial else ""
    label = canvas.label(theme, left, top + (8 if "<br>" not in name else 14), name, color="ink", size=canvas.SMALL,
                         bold=True)  # fmt: skip
    return [
        label,
        canvas.label(theme, left, foot, first, color="muted", size=canvas.TINY),
        canvas.label(theme, right, foot, f"{last}{part} {words.compact(panel.values[-1])}", color="ink", bold=True,
                     size=canvas.TINY, anchor="right"),
    ]  # fmt: skip
