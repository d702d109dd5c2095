"""Sized actions: what each may be worth in a month, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.brief import Brief, Segment
from reportgen.brief.playbook import Sizing
from reportgen.charts import _canvas as canvas
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import MINUS, NBSP, Claim, Words, title
from reportgen.wording.claims import agreeing

FORMULA = 290
"""Pixels, by an estimate generous to digits, of what a size is made of; a longer text takes two lines."""
ROOM = 112
"""Pixels for the names."""
GAP = 24
"""Pixels between the interval and what the size is made of."""
LINE, TWO_LINES = 22, 26
"""Height of a row of one line, or of two."""


@dataclass(frozen=True)
class Bed:
    """Where the bars lie: their scale, their middles in pixels, their thickness."""

    scale: canvas.Scale
    middles: list[float]
    thickness: float


def sized(brief: Brief) -> tuple[tuple[Segment, Sizing], ...]:
    """The segments whose action has a size, the largest first."""
    book = brief.playbook
    by_id = {segment.id: segment for segment in brief.segments}
    sizes = {play.segment: play.sizing for play in book.plays} if book else {}
    return tuple((by_id[name], sizes[name]) for name in (book.ranking if book else ()))


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None where no action has a size."""
    rows = sized(brief)
    if brief.playbook is None or not rows:
        return None
    finding = title(*claims(brief, words), plain="What each action may be worth, by observed differences")
    level = words.about(brief.playbook.level)
    return ChartSpec(
        id="effects",
        title=finding,
        subtitle="In one month: customers × observed difference of purchase rates × order value; grey line: "
        f"{level} of resamples",
        alt=_alt(brief, finding, words),
        wide=_wide(brief, theme, words),
        narrow=_narrow(brief, theme, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """That the first is the largest beyond chance, or one of two."""
    rows = sized(brief)
    if len(rows) < 2:  # noqa: PLR2004
        return ()
    (first, size), (second, other) = rows[:2]
    clear = (size.low or 0) > (other.high or 0)
    worth = f"about {words.compact(size.value)} a month to {size.goal}"
    return (
        Claim(f"{first.name} {agreeing(first.name, 'carries', 'carry')} the largest action: {worth}", holds=clear),
        Claim(f"The actions for {first.name} and {second.name} are the largest", holds=not clear and len(rows) > 2),  # noqa: PLR2004
    )


def made_of(brief: Brief, segment: Segment, size: Sizing, words: Words) -> str:
    """The size as a product: "1,051 × (71.2% − 43.4%) × £333, as Best"."""
    compared = [other.name for other in brief.segments if other.id in size.compared]
    names = compared[0].replace(" ", NBSP) if len(compared) == 1 else words.joined(compared)
    own, other = words.percent(size.rate), words.percent(size.compared_rate)
    high, low = (own, other) if size.goal == "keep" else (other, own)
    rates = f"({high} {MINUS} {low})"
    return f"{words.count(segment.customers)} × {rates} × {words.compact(size.order_value)}, as{NBSP}{names}"


def spread(size: Sizing, words: Words) -> str:
    """The interval, and whether it would come or stay: "to gain: £87.7k to £111k"."""
    return f"to {size.goal}: {words.compact(size.low)} to {words.compact(size.high)}"


def _alt(brief: Brief, finding: str, words: Words) -> str:
    parts = [
        f"{segment.name} {words.compact(size.value)}, {spread(size, words)}, of {made_of(brief, segment, size, words)}"
        for segment, size in sized(brief)
    ]
    return f"{finding}. Bars with intervals. {'; '.join(parts)}."


def _bars(brief: Brief, theme: Theme, words: Words, bed: Bed) -> tuple[canvas.Part, list[canvas.Part]]:
    """The bars, and the line of each interval."""
    rows, color = sized(brief), tokens(brief)
    hover = [canvas.escaped(f"{s.name}: {words.compact(z.value)} ({spread(z, words)})") for s, z in rows]
    values = [float(size.value or 0) for _, size in rows]
    colors = [theme.colors[color[segment.id]] for segment, _ in rows]
    trace = canvas.rows("effects", "x2", values, bed.middles, colors, hover, thickness=bed.thickness)
    lines = []
    for (_, size), y in zip(rows, bed.middles, strict=True):
        ends = [bed.scale.at(float(end or 0)) for end in (size.low, size.high)]
        tall = bed.thickness / 3
        lines.append(canvas.line(theme, ends[0], y, ends[1], y, color="prior", width=1.5))
        lines += [canvas.line(theme, x, y - tall, x, y + tall, color="prior", width=1.5) for x in ends]
    return trace, lines


def _most(brief: Brief) -> float:
    return max(float(size.high or 0) for _, size in sized(brief)) or 1.0


def _wide(brief: Brief, theme: Theme, words: Words) -> Figure:
    rows = sized(brief)
    products = [made_of(brief, segment, size, words) for segment, size in rows]
    short = all(canvas.width_of(segment.name) <= ROOM for segment, _ in rows)
    short = short and all(canvas.width_of(text, canvas.SMALL) <= FORMULA for text in products)
    pitch = LINE if short else TWO_LINES
    middles = [pitch * (place + 0.5) for place in range(len(rows))]
    span_end = canvas.WIDE - GAP - min(FORMULA, max(canvas.width_of(text, canvas.SMALL) for text in products))
    bed = Bed(canvas.Scale(0, _most(brief), 118, _bars_end(rows, span_end, words)), middles, pitch * 0.6)
    labels = []
    for (segment, size), y, text in zip(rows, bed.middles, products, strict=True):
        type_size = canvas.SMALL if canvas.width_of(text, canvas.SMALL) <= FORMULA else canvas.TINY
        product = canvas.wrapped(text, FORMULA, type_size)
        labels += [
            canvas.name(theme, 0, y, segment.name, ROOM),
            canvas.label(theme, bed.scale.at(float(size.high or 0)) + 6, y, words.compact(size.value), bold=True,
                         color="ink"),
            canvas.label(theme, span_end, y, spread(size, words), color="muted", anchor="right", size=canvas.SMALL),
            canvas.label(theme, canvas.WIDE, y, product, anchor="right", size=type_size),
        ]  # fmt: skip
    trace, lines = _bars(brief, theme, words, bed)
    return canvas.figure(theme, canvas.WIDE, pitch * len(rows), [trace], labels, lines, {"x2": bed.scale})


def _bars_end(rows: Sequence[tuple[Segment, Sizing]], span_end: float, words: Words) -> float:
    """Where the longest bar ends, so that its value stands before the interval, which ends at `span_end`."""
    value = max(canvas.width_of(words.compact(size.value)) for _, size in rows)
    span = max(canvas.width_of(spread(size, words), canvas.SMALL) for _, size in rows)
    return span_end - span - value - 18


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    rows = sized(brief)
    pitch = 60
    tops = [pitch * place for place in range(len(rows))]
    bed = Bed(canvas.Scale(0, _most(brief), 0, 270), [y + 28 for y in tops], 14)
    labels = []
    for (segment, size), y in zip(rows, tops, strict=True):
        product = canvas.wrapped(made_of(brief, segment, size, words), canvas.NARROW, canvas.SMALL, lines=1)
        labels += [
            canvas.label(theme, 0, y + 11, canvas.wrapped(segment.name, 190, lines=1), color="ink", bold=True),
            canvas.label(theme, canvas.NARROW, y + 11, spread(size, words), size=canvas.SMALL, color="muted",
                         anchor="right"),
            canvas.label(theme, bed.scale.at(float(size.high or 0)) + 6, y + 28, words.compact(size.value), bold=True,
                         color="ink"),
            canvas.label(theme, 0, y + 45, product, size=canvas.SMALL),
        ]  # fmt: skip
    trace, lines = _bars(brief, theme, words, bed)
    return canvas.figure(theme, canvas.NARROW, pitch * len(rows), [trace], labels, lines, {"x2": bed.scale})
