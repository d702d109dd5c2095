"""Sized actions: what each may be worth in a month, with its interval."""

from reportgen.brief import Brief, Segment
from reportgen.brief.playbook import Sizing
from reportgen.charts import _canvas as canvas
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title

MANY = 7
AIMS = {"gain": "to gain", "keep": "to keep"}


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
    level = words.about(brief.playbook.level)
    finding = title(*claims(brief, words), plain="What each action may be worth, by observed differences")
    return ChartSpec(
        id="effects",
        title=finding,
        subtitle=f"One month: customers × observed difference of purchase rates × order value; grey line: {level} of resamples",
        alt=_alt(rows, finding, words),
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
    return (
        Claim(f"{first.name} carries the largest action, up to {words.compact(size.value)} a month", holds=clear),
        Claim(f"The actions for {first.name} and {second.name} are the largest", holds=not clear and len(rows) > 2),  # noqa: PLR2004
    )


def _alt(rows: tuple[tuple[Segment, Sizing], ...], finding: str, words: Words) -> str:
    parts = [
        f"{segment.name} {words.compact(size.value)}, {words.compact(size.low)} to {words.compact(size.high)}, "
        f"{AIMS[size.goal or 'gain']}"
        for segment, size in rows
    ]
    return f"{finding}. Bars with intervals. {'; '.join(parts)}."


def _bars(
    brief: Brief, theme: Theme, words: Words, scale: canvas.Scale, middles: list[float], thickness: float
) -> tuple[canvas.Part, list[canvas.Part]]:
    """The bars, and the line of each interval."""
    rows, color = sized(brief), tokens(brief)
    hover = [
        canvas.escaped(f"{s.name}: {words.compact(z.value)} ({words.compact(z.low)} to {words.compact(z.high)})")
        for s, z in rows
    ]
    values = [float(size.value or 0) for _, size in rows]
    colors = [theme.colors[color[segment.id]] for segment, _ in rows]
    trace = canvas.rows("effects", "x2", values, middles, colors, hover, thickness=thickness)
    lines = []
    for (_, size), y in zip(rows, middles, strict=True):
        low, high = scale.at(float(size.low or 0)), scale.at(float(size.high or 0))
        lines += [
            canvas.line(theme, low, y, high, y, color="prior", width=1.5),
            *(canvas.line(theme, x, y - thickness / 3, x, y + thickness / 3, color="prior", width=1.5)
              for x in (low, high)),
        ]  # fmt: skip
    return trace, lines


def _most(brief: Brief) -> float:
    return max(float(size.high or 0) for _, size in sized(brief)) or 1.0


def _wide(brief: Brief, theme: Theme, words: Words) -> Figure:
    rows = sized(brief)
    pitch = 26 if len(rows) <= MANY else 22
    middles = [pitch * (place + 0.5) for place in range(len(rows))]
    scale = canvas.Scale(0, _most(brief), 150, 420)
    labels = []
    for (segment, size), y in zip(rows, middles, strict=True):
        end = scale.at(float(size.high or 0)) + 7
        spread = f"{words.compact(size.low)} to {words.compact(size.high)}"
        labels += [
            canvas.name(theme, 0, y, segment.name, 142),
            canvas.label(theme, end, y, words.compact(size.value), color="ink", bold=True),
            canvas.label(theme, 590, y, spread, color="muted", anchor="right", size=canvas.SMALL),
            canvas.label(theme, canvas.WIDE, y, AIMS[size.goal or "gain"], color="muted", anchor="right",
                         size=canvas.SMALL),
        ]  # fmt: skip
    trace, lines = _bars(brief, theme, words, scale, middles, pitch * 0.6)
    return canvas.figure(theme, canvas.WIDE, pitch * len(rows), [trace], labels, lines, {"x2": scale})


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    rows = sized(brief)
    pitch = 44
    tops = [pitch * place for place in range(len(rows))]
    scale = canvas.Scale(0, _most(brief), 0, 270)
    labels = []
    for (segment, size), y in zip(rows, tops, strict=True):
        spread = f"{words.compact(size.low)} to {words.compact(size.high)}"
        labels += [
            canvas.label(theme, 0, y + 11, canvas.wrapped(segment.name, 190, lines=1), color="ink", bold=True),
            canvas.label(theme, canvas.NARROW, y + 11, spread, size=canvas.SMALL, color="muted", anchor="right"),
            canvas.label(theme, scale.at(float(size.high or 0)) + 6, y + 28, words.compact(size.value), color="ink",
                         bold=True),
        ]  # fmt: skip
    trace, lines = _bars(brief, theme, words, scale, [y + 28 for y in tops], 14)
    return canvas.figure(theme, canvas.NARROW, pitch * len(rows), [trace], labels, lines, {"x2": scale})
