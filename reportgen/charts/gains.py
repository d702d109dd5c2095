"""Which segments grew: customers and the period's revenue against the previous month-end."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, Segment
from reportgen.brief.changes import SegmentBefore
from reportgen.charts import _canvas as canvas
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import NONE, Claim, Words, capital, title
from reportgen.wording.claims import amount_moved
from reportgen.wording.facts import growth, last_day, news, segment_moved, tells_new

MOST = Decimal("0.3")
"""A part of the segments' gain or loss worth a title."""
COLORS = {"good": "good", "bad": "bad", "": "prior"}
MANY = 7
NAME = 126
"""Pixels for the names on a phone."""


@dataclass(frozen=True)
class Panel:
    """A measure: its change in a segment, how that reads, and whether it is good news ("": neither, or noise)."""

    id: str
    head: str
    change: Callable[[Segment, SegmentBefore], float | None]
    """None where nothing can be compared."""
    shown: Callable[[float], str]
    tone: Callable[[Brief, Segment, SegmentBefore], str]


def compared(brief: Brief) -> tuple[tuple[Segment, SegmentBefore], ...]:
    """The segments with what they were; () unless all have been measured before."""
    pairs = tuple((segment, segment.before) for segment in brief.segments if segment.before)
    return pairs if len(pairs) == len(brief.segments) else ()


def customers_tone(brief: Brief, segment: Segment) -> str:
    """Whether the change of customers is good news; "" within noise, or where the days to come may undo it."""
    return news(segment, (growth(brief, segment) or 0) > 0) if segment_moved(brief, segment) else ""


def revenue_tone(brief: Brief, segment: Segment, before: SegmentBefore) -> str:
    """Whether the change of the period's revenue is good news; "" as above."""
    now, then = float(segment.period_revenue), float(before.period_revenue)
    told = not brief.period.partial and tells_new(brief, segment)
    moved = told and amount_moved(now, then, segment.active_customers, before.active_customers)
    return ("good" if before.period_revenue_change > 0 else "bad") if moved else ""


def panels(brief: Brief, words: Words) -> tuple[Panel, Panel]:
    """Customers and revenue."""
    return (
        Panel(
            "customers",
            _people(brief, words),
            lambda segment, _: growth(brief, segment),
            words.signed,
            lambda brief, segment, _: customers_tone(brief, segment),
        ),
        Panel(
            "revenue",
            f"{capital(words.net(brief))} in the period",
            lambda _, before: float(before.period_revenue_change),
            lambda value: words.signed(value, words.compact),
            revenue_tone,
        ),
    )


def _people(brief: Brief, words: Words) -> str:
    if brief.like_for_like is None:
        return "Customers"
    return f"Customers, windows of {words.plural(brief.like_for_like.before.history_months, 'month')} each"


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without a previous month-end, or where nothing changed."""
    pairs = compared(brief)
    if brief.previous_month_end is None or not any(
        before.customers_change or before.period_revenue_change for _, before in pairs
    ):
        return None
    finding = title(*claims(brief, words), plain="Customers and revenue by segment, change since the month-end before")
    since = words.date(last_day(brief.previous_month_end))
    return ChartSpec(
        id="gains",
        title=finding,
        subtitle=f"Change since {since}. Blue: good news, rust: bad, grey: neither, or not clear",
        alt=_alt(brief, finding, words),
        wide=_wide(brief, theme, words),
        narrow=_narrow(brief, theme, words),
    )


def most_changed(brief: Brief) -> tuple[Segment, SegmentBefore] | None:
    """The segment whose revenue of the period changed most, of those where that is no chance; None without any."""
    clear = [(segment, before) for segment, before in compared(brief) if revenue_tone(brief, segment, before)]
    return max(clear, key=lambda pair: abs(pair[1].period_revenue_change), default=None)


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The segment that added, or lost, most of the period's revenue."""
    most_of_all = most_changed(brief)
    if most_of_all is None:
        return ()
    total = sum((before.period_revenue_change for _, before in compared(brief)), Decimal(0))
    segment, before = most_of_all
    change = before.period_revenue_change
    # Of a sum in which others lost, a part says nothing: parts would add up to more than all.
    alike = all(before.period_revenue_change * change >= 0 for _, before in compared(brief))
    most = alike and abs(change) >= MOST * abs(total)
    part = words.about(change / total) if total else ""
    span = words.between(brief.period_totals.start, brief.period_totals.end)
    more, sum_ = ("more", "gain") if change > 0 else ("less", "loss")
    text = f"{segment.name} brought {words.compact(abs(change))} {more} in {span}"
    members = "each period by its own members"
    return (
        Claim(f"{text}, {part} of the segments’ {sum_}; {members}", holds=most),
        Claim(f"{text}, {members}", holds=True),
    )


def _alt(brief: Brief, finding: str, words: Words) -> str:
    people, money = panels(brief, words)
    parts = [
        f"{segment.name}: customers {_figure(people, segment, before)}, revenue {_figure(money, segment, before)}"
        for segment, before in compared(brief)
    ]
    return f"{finding}. Bars left and right of zero. {'; '.join(parts)}."


def _figure(panel: Panel, segment: Segment, before: SegmentBefore) -> str:
    value = panel.change(segment, before)
    return NONE if value is None else panel.shown(value)


def _values(panel: Panel, pairs: tuple[tuple[Segment, SegmentBefore], ...]) -> list[float]:
    """The lengths of the bars: none where nothing can be compared."""
    return [panel.change(*pair) or 0 for pair in pairs]


def _scale(values: list[float], left: float, right: float, text: float) -> canvas.Scale:
    """From the lowest to the highest of `values` and 0, with `text` pixels for figures on the sides that have bars."""
    low, high = min(0.0, *values), max(0.0, *values)
    if low == high:
        return canvas.Scale(0, 1, left, right - text)
    return canvas.Scale(low, high, left + (text if low < 0 else 0), right - (text if high > 0 else 0))


def _panel(  # noqa: PLR0913, PLR0917
    brief: Brief,
    panel: Panel,
    pairs: tuple[tuple[Segment, SegmentBefore], ...],
    axis: str,
    scale: canvas.Scale,
    middles: list[float],
    thickness: float,
    theme: Theme,
) -> tuple[canvas.Part, list[canvas.Part]]:
    """Bars and figures of one measure."""
    values, texts = _values(panel, pairs), [_figure(panel, *pair) for pair in pairs]
    tones = [panel.tone(brief, segment, before) for segment, before in pairs]
    hover = [canvas.escaped(f"{segment.name}: {text}") for (segment, _), text in zip(pairs, texts, strict=True)]
    colors = [theme.colors[COLORS[tone]] for tone in tones]
    trace = canvas.rows(f"gains-{panel.id}", axis, values, middles, colors, hover, thickness=thickness)
    labels = [
        canvas.label(theme, scale.at(value) + (5 if value >= 0 else -5), y, text, bold=bool(tone),
                     color=tone or "muted", anchor="left" if value >= 0 else "right")
        for value, text, tone, y in zip(values, texts, tones, middles, strict=True)
    ]  # fmt: skip
    return trace, labels


def _wide(brief: Brief, theme: Theme, words: Words) -> Figure:
    pairs = compared(brief)
    pitch, head = (33 if len(pairs) <= MANY else 24), 24
    middles = [head + pitch * (place + 0.5) for place in range(len(pairs))]
    labels, wider = canvas.names(theme, [segment.name for segment, _ in pairs], middles, pitch, 142)
    room = 243 - wider / 2
    traces, scales, lines = [], {}, []
    for axis, panel, left in zip(("x2", "x3"), panels(brief, words), (160 + wider, 430 + wider / 2), strict=True):
        scale = _scale(_values(panel, pairs), left, left + room, 68)
        trace, figures = _panel(brief, panel, pairs, axis, scale, middles, pitch * 0.6, theme)
        traces.append(trace)
        scales[axis] = scale
        labels += [canvas.label(theme, left, 10, panel.head, color="muted", size=canvas.SMALL), *figures]
        lines.append(canvas.line(theme, scale.at(0), head, scale.at(0), head + pitch * len(pairs), width=0.75))
    return canvas.figure(theme, canvas.WIDE, head + pitch * len(pairs), traces, labels, lines, scales)


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    pairs = compared(brief)
    two_lines = any(canvas.width_of(segment.name) > NAME for segment, _ in pairs)
    pitch, head = canvas.TWO_LINES if two_lines else 24, 24
    block = head + pitch * len(pairs) + 14
    labels, traces, scales, lines = [], [], {}, []
    for axis, panel, top in zip(("x2", "x3"), panels(brief, words), (0, block), strict=True):
        middles = [top + head + pitch * (place + 0.5) for place in range(len(pairs))]
        scale = _scale(_values(panel, pairs), 130, canvas.NARROW, 66)
        trace, figures = _panel(brief, panel, pairs, axis, scale, middles, 14, theme)
        traces.append(trace)
        scales[axis] = scale
        labels += [canvas.label(theme, 0, top + 10, panel.head, color="muted", size=canvas.SMALL), *figures]
        labels += [canvas.name(theme, 0, y, segment.name, NAME) for (segment, _), y in zip(pairs, middles, strict=True)]
        lines.append(canvas.line(theme, scale.at(0), top + head, scale.at(0), middles[-1] + pitch / 2, width=0.75))
    return canvas.figure(theme, canvas.NARROW, 2 * block - 14, traces, labels, lines, scales)
