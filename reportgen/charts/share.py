"""Share of customers against share of revenue, segment by segment: the chart that tells the story."""

from itertools import pairwise
from math import fsum

from reportgen.brief import Brief, Segment
from reportgen.charts import _canvas as canvas
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title
from reportgen.wording.claims import agreeing

TOP = 3
"""At most so many segments are named together."""
DENSE, WEIGHTY = 1.5, 0.1
"""A segment leads if its share of revenue is so many times its share of customers, and not a trifle."""
PITCHES = ((4, 40), (7, 27), (10, 21))
"""Up to so many segments, pixels of a row; of more, the title page has less to spare."""
THICK = 22
FEW, MUCH = 0.4, 0.4
"""The claim is worth making if so few customers bring so much of the revenue ..."""
TELLING, TIMES = 0.1, 5
"""... or so much of it, which is so many times their share."""


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without customers."""
    if not brief.totals.customers:
        return None
    finding = title(*claims(brief, words), plain="Share of customers and share of revenue by segment")
    subtitle = (
        f"{words.plural(brief.totals.customers, 'customer')} in segments; {words.net(brief)} {words.window(brief)}"
    )
    return ChartSpec(
        id="share",
        title=finding,
        subtitle=f"{subtitle}, {words.compact(brief.totals.revenue)}",
        alt=_alt(brief, finding, words),
        wide=_wide(brief, theme, words),
        narrow=_narrow(brief, theme, words),
    )


def leaders(brief: Brief) -> tuple[Segment, ...]:
    """The segments, in order, that bring far more revenue than their number; at most `TOP`."""
    weighty = [s for s in brief.segments if s.customers and s.revenue_share >= WEIGHTY]
    dense = [segment for segment in weighty if segment.revenue_share >= DENSE * segment.customer_share]
    ranked = sorted(dense, key=lambda segment: -segment.revenue_share)[:TOP]
    return tuple(segment for segment in brief.segments if segment in ranked)


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """What the chart may say."""
    top = leaders(brief)
    customers = fsum(segment.customer_share for segment in top)
    revenue = fsum(segment.revenue_share for segment in top)
    names = words.joined([segment.name for segment in top])
    verb = "are" if len(top) > 1 else agreeing(names, "is", "are")
    text = f"{names} {verb} {words.about(customers)} of customers and {words.about(revenue)} of revenue"
    much = revenue >= MUCH or revenue >= max(TELLING, TIMES * customers)
    return (Claim(text, holds=bool(top) and customers <= FEW and much),)


def _alt(brief: Brief, finding: str, words: Words) -> str:
    parts = [
        f"{s.name}: {words.percent(s.customer_share)} of customers, {words.percent(s.revenue_share)} of revenue"
        for s in brief.segments
    ]
    return f"{finding}. Bars. {'; '.join(parts)}."


def _hover(segment: Segment, words: Words) -> str:
    return canvas.escaped(
        f"{segment.name}: {words.plural(segment.customers, 'customer')} ({words.percent(segment.customer_share)}), "
        f"{words.whole(segment.revenue)} ({words.percent(segment.revenue_share)})"
    )


def _pitch(count: int) -> int:
    return next((pitch for most, pitch in PITCHES if count <= most), 18)


def _wide(brief: Brief, theme: Theme, words: Words) -> Figure:
    pitch, head = _pitch(len(brief.segments)), 30
    middles = [head + pitch * (place + 0.5) for place in range(len(brief.segments))]
    left, right, scales = _halves(brief)
    color = tokens(brief)
    hover = [_hover(segment, words) for segment in brief.segments]
    thickness = min(pitch * 0.68, THICK)
    traces = [
        canvas.rows("share-customers", "x2", [s.customer_share for s in brief.segments], middles,
                    [theme.colors["prior"]] * len(middles), hover, thickness=thickness),
        canvas.rows("share-revenue", "x3", [s.revenue_share for s in brief.segments], middles,
                    [theme.colors[color[s.id]] for s in brief.segments], hover, thickness=thickness),
    ]  # fmt: skip
    labels = [
        canvas.label(theme, left.start, 12, "Share of customers", color="muted", anchor="right"),
        canvas.label(theme, right.start, 12, f"Share of {words.net(brief)}", color="muted"),
    ]
    for segment, y in zip(brief.segments, middles, strict=True):
        labels += [
            canvas.label(theme, left.at(segment.customer_share) - 6, y, words.percent(segment.customer_share),
                         color="muted", anchor="right"),
            _name(brief, segment, y, theme),
            canvas.label(theme, right.at(segment.revenue_share) + 6, y, words.percent(segment.revenue_share),
                         color="ink", bold=True),
        ]  # fmt: skip
    brackets, sums = _brackets(brief, theme, words, middles, left, right)
    return canvas.figure(theme, canvas.WIDE, middles[-1] + pitch / 2 + 2, traces, labels + sums, brackets, scales)


def _name(brief: Brief, segment: Segment, y: float, theme: Theme) -> canvas.Part:
    """Between the halves; on one line where rows are narrow."""
    if _pitch(len(brief.segments)) >= canvas.TWO_LINES:
        return canvas.name(theme, 325, y, segment.name, 142, anchor="center")
    return canvas.one_line(theme, 325, y, segment.name, 150 + _wider(brief), anchor="center")


def _wider(brief: Brief) -> float:
    """Pixels that long names take from the bars, where rows are too narrow for two lines."""
    if _pitch(len(brief.segments)) >= canvas.TWO_LINES:
        return 0
    return canvas.room_for([segment.name for segment in brief.segments], 150) - 150


def _halves(brief: Brief) -> tuple[canvas.Scale, canvas.Scale, dict[str, canvas.Scale]]:
    """Both halves on one scale: a percentage point is as long on either side."""
    most_customers = max(segment.customer_share for segment in brief.segments)
    most_revenue = max(segment.revenue_share for segment in brief.segments)
    aside = _wider(brief) / 2
    rooms = 150 - aside, 170 - aside
    point = min(rooms[0] / max(most_customers, 0.01), rooms[1] / max(most_revenue, 0.01))
    left = canvas.Scale(0, rooms[0] / point, 245 - aside, 95)
    right = canvas.Scale(0, rooms[1] / point, 405 + aside, 575)
    return left, right, {"x2": left, "x3": right}


def _brackets(  # noqa: PLR0913, PLR0917
    brief: Brief, theme: Theme, words: Words, middles: list[float], left: canvas.Scale, right: canvas.Scale
) -> tuple[list[canvas.Part], list[canvas.Part]]:
    """Brackets with the sums the title names; only around neighbours, and only if the claim holds."""
    places = [place for place, segment in enumerate(brief.segments) if segment in leaders(brief)]
    adjacent = len(places) > 1 and all(b - a == 1 for a, b in pairwise(places))
    if not adjacent or not claims(brief, words)[0].holds:
        return [], []
    top = [brief.segments[place] for place in places]
    y0, y1 = middles[places[0]] - 11, middles[places[-1]] + 11
    lines, labels = [], []
    for scale, shares, side in (
        (left, [s.customer_share for s in top], -1),
        (right, [s.revenue_share for s in top], 1),
    ):
        x = scale.at(max(shares)) + side * 54
        lines += [
            canvas.line(theme, x, y0, x, y1),
            canvas.line(theme, x, y0, x - side * 4, y0),
            canvas.line(theme, x, y1, x - side * 4, y1),
        ]
        anchor = "right" if side < 0 else "left"
        text = words.about(fsum(shares))
        labels.append(
            canvas.label(theme, x + side * 6, (y0 + y1) / 2, text, color="ink", size=16, bold=True, anchor=anchor)
        )
    return lines, labels


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    pitch, color = 58, tokens(brief)
    tops = [pitch * place for place in range(len(brief.segments))]
    most = max(max(s.customer_share, s.revenue_share) for s in brief.segments)
    scale = canvas.Scale(0, max(most, 0.01), 0, 210)
    hover = [_hover(segment, words) for segment in brief.segments]
    traces = [
        canvas.rows("share-customers", "x2", [s.customer_share for s in brief.segments], [y + 28 for y in tops],
                    [theme.colors["prior"]] * len(tops), hover, thickness=12),
        canvas.rows("share-revenue", "x2", [s.revenue_share for s in brief.segments], [y + 42 for y in tops],
                    [theme.colors[color[s.id]] for s in brief.segments], hover, thickness=12),
    ]  # fmt: skip
    labels = []
    for place, (segment, y) in enumerate(zip(brief.segments, tops, strict=True)):
        of_customers, of_revenue = (" of customers", " of revenue") if place == 0 else ("", "")
        labels += [
            canvas.label(theme, 0, y + 11, canvas.wrapped(segment.name, 345, lines=1), color="ink", bold=True),
            canvas.label(theme, scale.at(segment.customer_share) + 6, y + 28,
                         words.percent(segment.customer_share) + of_customers, color="muted"),
            canvas.label(theme, scale.at(segment.revenue_share) + 6, y + 42,
                         words.percent(segment.revenue_share) + of_revenue, color="ink", bold=True),
        ]  # fmt: skip
    return canvas.figure(theme, canvas.NARROW, pitch * len(tops), traces, labels, (), {"x2": scale})
