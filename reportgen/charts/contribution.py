"""What each segment brought in the period, and how many of its customers ordered."""

from reportgen.brief import Brief, Segment
from reportgen.charts import _canvas as canvas
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, capital, title
from reportgen.wording.facts import whole_record

MOST = 0.3
"""A share of the period's revenue worth a title."""


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None where the period is the window, or where the change since the period before tells more."""
    if whole_record(brief) or not brief.totals.customers or all(segment.before for segment in brief.segments):
        return None
    finding = title(
        *claims(brief, words), plain=f"{capital(words.net(brief))} by segment, {words.period(brief.period)}"
    )
    return ChartSpec(
        id="contribution",
        title=finding,
        subtitle=f"{capital(words.net(brief))} in {words.period(brief.period)} of the customers in each segment at its "
        "end, and how many of them ordered",
        alt=_alt(brief, finding, words),
        wide=_drawn(brief, theme, words, canvas.WIDE),
        narrow=_narrow(brief, theme, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The segment that brought most."""
    total = sum(segment.period_revenue for segment in brief.segments)
    best = max(brief.segments, key=lambda segment: segment.period_revenue)
    if total <= 0:
        return ()
    share = best.period_revenue / total
    text = f"{best.name} brought {words.compact(best.period_revenue)}, {words.about(share)} of what segments brought"
    return (Claim(f"{text} in {words.period(brief.period)}", holds=share >= MOST and len(brief.segments) > 1),)


def _ordered(segment: Segment, words: Words) -> str:
    if not segment.customers:
        return "no customers"
    if not segment.active_customers:
        return f"none of {words.count(segment.customers)} ordered"
    return f"{words.count(segment.active_customers)} of {words.count(segment.customers)} ordered"


def _alt(brief: Brief, finding: str, words: Words) -> str:
    parts = [f"{s.name} {words.compact(s.period_revenue)}, {_ordered(s, words)}" for s in brief.segments]
    return f"{finding}. Bars. {'; '.join(parts)}."


def _extent(brief: Brief) -> tuple[float, float]:
    values = [float(segment.period_revenue) for segment in brief.segments]
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if high > low else (0.0, 1.0)


def _marks(brief: Brief, theme: Theme, words: Words, middles: list[float], thickness: float) -> canvas.Part:
    color = tokens(brief)
    hover = [canvas.escaped(f"{s.name}: {words.money(s.period_revenue)}, {_ordered(s, words)}") for s in brief.segments]
    values = [float(segment.period_revenue) for segment in brief.segments]
    colors = [theme.colors[color[s.id]] for s in brief.segments]
    return canvas.rows("contribution", "x2", values, middles, colors, hover, thickness=thickness)


def _drawn(brief: Brief, theme: Theme, words: Words, width: int) -> Figure:
    pitch = 34 if len(brief.segments) <= 7 else 27  # noqa: PLR2004
    middles = [pitch * (place + 0.5) for place in range(len(brief.segments))]
    low, high = _extent(brief)
    scale = canvas.Scale(low, high, 150 if low == 0 else 220, 460)
    labels = []
    for segment, y in zip(brief.segments, middles, strict=True):
        end = scale.at(max(float(segment.period_revenue), 0)) + 6
        labels += [
            canvas.name(theme, 0, y, segment.name, 142),
            canvas.label(theme, end, y, words.compact(segment.period_revenue), color="ink", bold=True),
            canvas.label(theme, width, y, _ordered(segment, words), color="muted", anchor="right"),
        ]
    trace = _marks(brief, theme, words, middles, pitch * 0.66)
    return canvas.figure(theme, width, pitch * len(middles), [trace], labels, (), {"x2": scale})


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    pitch = 44
    tops = [pitch * place for place in range(len(brief.segments))]
    low, high = _extent(brief)
    scale = canvas.Scale(low, high, 0 if low == 0 else 60, 270)
    labels = []
    for segment, y in zip(brief.segments, tops, strict=True):
        end = scale.at(max(float(segment.period_revenue), 0)) + 6
        labels += [
            canvas.label(theme, 0, y + 11, canvas.wrapped(segment.name, 190, lines=1), color="ink", bold=True),
            canvas.label(theme, canvas.NARROW, y + 11, _ordered(segment, words), size=canvas.SMALL, color="muted",
                         anchor="right"),
            canvas.label(theme, end, y + 28, words.compact(segment.period_revenue), color="ink", bold=True),
        ]  # fmt: skip
    trace = _marks(brief, theme, words, [y + 28 for y in tops], 14)
    return canvas.figure(theme, canvas.NARROW, pitch * len(tops), [trace], labels, (), {"x2": scale})
