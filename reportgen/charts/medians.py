"""The median customer of each segment: four panels on the segments' one order."""

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.brief import Brief, Segment
from reportgen.charts import _canvas as canvas
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, capital, customer_of, nouns, title
from reportgen.wording.facts import SPREAD

MANY = 7
TIMES = 3
"""A median order value so many times the lowest is worth a title."""


@dataclass(frozen=True)
class Panel:
    """One measure of the median customer."""

    name: str
    head: str
    value: Callable[[Segment], float | None]
    shown: Callable[[float | None], str]


def panels(brief: Brief, words: Words) -> tuple[Panel, ...]:
    """Recency, frequency, monetary, order value."""

    def number(value: object) -> float | None:
        return None if value is None else float(str(value))

    named = nouns(brief.method)
    return (
        Panel("recency", "Days since last order", lambda s: s.recency_median, words.figure),
        Panel("frequency", capital(named.many), lambda s: s.frequency_median, words.figure),
        Panel("monetary", capital(named.money), lambda s: number(s.monetary_median), words.compact),
        Panel("order-value", "Revenue per order", lambda s: number(s.order_value), words.compact),
    )


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None with too few customers, or fewer than two segments that have any."""
    if brief.totals.customers < SPREAD or sum(1 for segment in brief.segments if segment.customers) < 2:  # noqa: PLR2004
        return None
    finding = title(*claims(brief, words), plain="The median customer of each segment")
    return ChartSpec(
        id="medians",
        title=finding,
        subtitle=f"Medians of customers {words.window(brief)}; revenue per order is the segment’s mean",
        alt=_alt(brief, finding, words),
        wide=_wide(brief, theme, words),
        narrow=_narrow(brief, theme, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """How far the highest median revenue stands above the next."""
    ranked = sorted(
        (s for s in brief.segments if s.monetary_median and s.monetary_median > 0),
        key=lambda segment: -(segment.monetary_median or 0),
    )
    if len(ranked) < 2:  # noqa: PLR2004
        return ()
    (first, most), (second, next_) = ((s, s.monetary_median or 1) for s in ranked[:2])
    times = float(most / next_)
    named, often = nouns(brief.method), words.figure(round(times))
    who = customer_of(first.name)
    text = f"A median {who} brings {words.compact(most)}, {often} times as much as one of {second.name}"
    if not named.total:
        text = f"The median {named.money} is {words.compact(most)} in {first.name}, {often} times that of {second.name}"
    return (Claim(text, holds=times >= TIMES),)


def _alt(brief: Brief, finding: str, words: Words) -> str:
    parts = [
        f"{segment.name}: " + ", ".join(f"{p.head.lower()} {p.shown(p.value(segment))}" for p in panels(brief, words))
        for segment in brief.segments
    ]
    return f"{finding}. Bars in four panels. {'; '.join(parts)}."


def _wide(brief: Brief, theme: Theme, words: Words) -> Figure:
    head = 26
    pitch = 28 if len(brief.segments) <= MANY else 24
    middles = [head + pitch * (place + 0.5) for place in range(len(brief.segments))]
    labels, wider = canvas.names(theme, [segment.name for segment in brief.segments], middles, pitch, 128)
    places = [(134 + wider + (134 - wider / 4) * at, 0.0) for at in range(4)]
    return _panels(brief, theme, words, labels, middles, places, 18)


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    pitch, head = 22, 26
    block = head + pitch * len(brief.segments) + 12
    middles = [head + pitch * (place + 0.5) for place in range(len(brief.segments))]
    labels = [
        canvas.label(theme, 0, panel * block + y, canvas.wrapped(segment.name, 128, lines=1), color="ink")
        for panel in range(4)
        for segment, y in zip(brief.segments, middles, strict=True)
    ]
    places = [(136.0, float(block * panel)) for panel in range(4)]
    return _panels(brief, theme, words, labels, middles, places, 14, canvas.NARROW)


def _panels(  # noqa: PLR0913, PLR0917
    brief: Brief,
    theme: Theme,
    words: Words,
    labels: list[canvas.Part],
    middles: list[float],
    places: list[tuple[float, float]],
    thickness: float,
    width: int = canvas.WIDE,
) -> Figure:
    """The four panels, each with its left top corner at one of `places`."""
    traces, scales = [], {}
    color = tokens(brief)
    colors = [theme.colors[color[segment.id]] for segment in brief.segments]
    for at, (panel, (left, top)) in enumerate(zip(panels(brief, words), places, strict=True)):
        values = [panel.value(segment) for segment in brief.segments]
        length = 72 if width == canvas.WIDE else 140
        scale = canvas.Scale(
            0, max([value for value in values if value is not None], default=1) or 1, left, left + length
        )
        axis = f"x{at + 2}"
        scales[axis] = scale
        ys = [top + y for y in middles]
        hover = [canvas.escaped(f"{s.name}: {panel.shown(v)}") for s, v in zip(brief.segments, values, strict=True)]
        traces.append(canvas.rows(f"medians-{panel.name}", axis, [max(v or 0, 0) for v in values], ys, colors, hover,
                                  thickness=thickness))  # fmt: skip
        labels.append(canvas.label(theme, left, top + 10, panel.head, color="muted", size=canvas.SMALL))
        labels += [
            canvas.label(theme, scale.at(max(value or 0, 0)) + 5, y, panel.shown(value), color="ink", size=canvas.SMALL)
            for value, y in zip(values, ys, strict=True)
        ]
    height = max(top for _, top in places) + middles[-1] + 14
    return canvas.figure(theme, width, height, traces, labels, (), scales)
