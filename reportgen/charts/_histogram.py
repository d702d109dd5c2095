"""Histogram of one axis: how many customers stand in each bin, and what share of revenue they bring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen.brief import Bin, Brief, Distribution
from reportgen.charts import _canvas as canvas
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title
from reportgen.wording.facts import SPREAD

ENOUGH = 30
"""Customers that bear a statement on halves and quarters."""

LOW, HIGH = 20, 36
"""Pixels above the highest column: its number, and the median's label over it."""
BAR = 0.78
"""What a column fills of its room."""
MANY = 11
"""Bins beyond which their labels are set smaller."""


@dataclass(frozen=True)
class Labels:
    """The wording of an axis: head of the bins, what a bin and a value are called, the plain title."""

    head: str
    bin: Callable[[Bin], str]
    value: Callable[[float], str]
    plain: str


def spec(  # noqa: PLR0913, PLR0917
    brief: Brief, theme: Theme, words: Words, axis: str, labels: Labels, claims: Sequence[Claim]
) -> ChartSpec | None:
    """The histogram of `axis`; None with too few customers."""
    if brief.totals.customers < SPREAD:
        return None
    distribution = next((d for d in brief.distributions if d.axis == axis and any(b.customers for b in d.bins)), None)
    if distribution is None:
        return None
    finding = title(*claims, plain=labels.plain)
    lower, upper = (labels.value(float(q)) for q in (distribution.lower_quartile, distribution.upper_quartile))
    return ChartSpec(
        id=axis,
        title=finding,
        subtitle=f"Number of customers by {labels.plain.lower().removeprefix('customers by ')}; "
        f"the middle half lies between {lower} and {upper}{_widening(distribution, labels)}",
        alt=_alt(distribution, finding, labels, words),
        wide=_wide(distribution, theme, words, labels),
        narrow=_narrow(distribution, theme, words, labels),
    )


def found(brief: Brief, axis: str) -> Distribution | None:
    """The distribution of `axis`, if the brief has one."""
    return next((distribution for distribution in brief.distributions if distribution.axis == axis), None)


def shares(distribution: Distribution) -> list[float | None]:
    """Each bin's share of revenue; None where there is no revenue to share."""
    total = sum(part.revenue for part in distribution.bins)
    return [float(part.revenue / total) if total > 0 else None for part in distribution.bins]


def _widening(distribution: Distribution, labels: Labels) -> str:
    """From where on columns hold wider ranges than the first: there, a higher one is no second peak."""
    closed = [(part.low, part.high - part.low) for part in distribution.bins if part.low is not None and part.high]
    wider = next((low for low, width in closed if width > closed[0][1]), None)
    return "" if wider is None else f"; wider ranges from {labels.value(float(wider))} on"


def _alt(distribution: Distribution, finding: str, labels: Labels, words: Words) -> str:
    parts = [
        f"{labels.bin(part)}: {words.plural(part.customers, 'customer')}, {words.about(share)} of revenue"
        for part, share in zip(distribution.bins, shares(distribution), strict=True)
    ]
    median = labels.value(float(distribution.median))
    return f"{finding}. Columns; {labels.head.lower()}; median {median}. {'; '.join(parts)}."


def _median_bin(distribution: Distribution) -> int:
    """The bin that holds the median."""
    for place, part in enumerate(distribution.bins):
        if part.high is None or distribution.median < part.high:
            return place
    return len(distribution.bins) - 1


def _colors(distribution: Distribution, theme: Theme) -> list[str]:
    at = _median_bin(distribution)
    return [theme.colors["accent" if place == at else "prior"] for place in range(len(distribution.bins))]


def _hover(distribution: Distribution, labels: Labels, words: Words) -> list[str]:
    return [
        f"{labels.bin(part)}: {words.plural(part.customers, 'customer')}, {words.about(share)} of revenue"
        for part, share in zip(distribution.bins, shares(distribution), strict=True)
    ]


def _wide(distribution: Distribution, theme: Theme, words: Words, labels: Labels) -> Figure:
    head, bins = 100, distribution.bins
    pitch = min(90.0, (canvas.WIDE - head) / len(bins))
    middles = [head + pitch * (place + 0.5) for place in range(len(bins))]
    most = max(part.customers for part in bins)
    scale = canvas.Scale(0, most, 158, LOW)
    median = _median(distribution, theme, labels, middles, pitch, scale)
    if median["y"] < canvas.SIZE / 2:  # above one of the highest columns
        scale = canvas.Scale(0, most, 158, HIGH)
        median = _median(distribution, theme, labels, middles, pitch, scale)
    trace = canvas.columns(
        f"{distribution.axis}-customers", "y2", middles, [part.customers for part in bins],
        _colors(distribution, theme), _hover(distribution, labels, words), thickness=pitch * BAR,
    )  # fmt: skip
    texts = [
        canvas.label(theme, 0, 171, labels.head, size=canvas.SMALL, color="muted"),
        canvas.label(theme, 0, 189, "Share of revenue", size=canvas.SMALL, color="muted"),
        median,
    ]
    for part, share, x in zip(bins, shares(distribution), middles, strict=True):
        size = canvas.SMALL if len(bins) <= MANY else canvas.TINY
        texts += [
            canvas.label(theme, x, scale.at(part.customers) - 9, words.count(part.customers), bold=True, color="ink",
                         anchor="center"),
            canvas.label(theme, x, 171, labels.bin(part), size=size, anchor="center"),
            canvas.label(theme, x, 189, words.about(share), size=canvas.SMALL, anchor="center", color="muted"),
        ]  # fmt: skip
    lines = [canvas.line(theme, head, 158, head + pitch * len(bins), 158)]
    return canvas.figure(theme, canvas.WIDE, 200, [trace], texts, lines, {"y2": scale})


def _median(  # noqa: PLR0913, PLR0917
    distribution: Distribution, theme: Theme, labels: Labels, middles: list[float], pitch: float, scale: canvas.Scale
) -> canvas.Part:
    """The median above its column's number, to the side where columns leave most room."""
    text, place = f"median {labels.value(float(distribution.median))}", _median_bin(distribution)
    width, half = canvas.width_of(text), BAR * pitch / 2
    x = middles[place]

    def top(start: float) -> float:
        """The highest column below a label that starts there."""
        below = (
            scale.at(part.customers)
            for part, middle in zip(distribution.bins, middles, strict=True)
            if middle + half > start and middle - half < start + width
        )
        return min(below, default=scale.at(0))

    starts = (x - width / 2, x - half, x + half - width)
    start = max((each for each in starts if 0 <= each <= canvas.WIDE - width), key=top, default=canvas.WIDE - width)
    return canvas.label(theme, start, top(start) - 25, text, color="accent", bold=True)


def _narrow(distribution: Distribution, theme: Theme, words: Words, labels: Labels) -> Figure:
    pitch, head, bins = 26, 24, distribution.bins
    middles = [head + pitch * (place + 0.5) for place in range(len(bins))]
    scale = canvas.Scale(0, max(part.customers for part in bins), 90, 240)
    trace = canvas.rows(
        f"{distribution.axis}-customers", "x2", [part.customers for part in bins], middles,
        _colors(distribution, theme), _hover(distribution, labels, words), thickness=18,
    )  # fmt: skip
    texts = [
        canvas.label(theme, 0, 10, labels.head, size=canvas.SMALL, color="muted"),
        canvas.label(theme, canvas.NARROW, 10, "Revenue", size=canvas.SMALL, color="muted", anchor="right"),
    ]
    for place, (part, share, y) in enumerate(zip(bins, shares(distribution), middles, strict=True)):
        note = " median" if place == _median_bin(distribution) else ""
        texts += [
            canvas.label(theme, 0, y, labels.bin(part), size=canvas.SMALL),
            canvas.label(theme, scale.at(part.customers) + 5, y, words.count(part.customers) + note, color="ink",
                         bold=True, size=canvas.SMALL),
            canvas.label(theme, canvas.NARROW, y, words.about(share), size=canvas.SMALL, color="muted", anchor="right"),
        ]  # fmt: skip
    return canvas.figure(theme, canvas.NARROW, head + pitch * len(bins), [trace], texts, (), {"x2": scale})
