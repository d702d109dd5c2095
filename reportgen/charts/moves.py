"""Who moved: customers flow from their segment at the previous month-end to their segment now."""

from dataclasses import dataclass

from reportgen.brief import Brief
from reportgen.brief.changes import Departure, Migration
from reportgen.charts import _canvas as canvas
from reportgen.charts import _flow as flow
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title
from reportgen.wording.claims import FLOOR
from reportgen.wording.facts import last_day, names

NOTABLE = 0.1
"""The least share that a title tells of."""
THINNEST = 0.35
"""Pixels of the thinnest band that shows."""
ENTERED, LEFT = "entered", "left"
NODE = 8
"""Pixels of a node's width."""
ROOM = 104
"""Pixels of a name on one line; longer ones are numbered, and the name stands on the left alone."""


@dataclass(frozen=True)
class Frame:
    """Where things stand: from the top, the height of the columns, of a slot at least, and the bands' ends."""

    head: float
    height: float
    least: float
    start: float
    end: float


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without customers at a previous month-end."""
    migration = brief.migration
    if migration is None or not any(departure.customers for departure in migration.departures):
        return None
    then, now = _instants(migration, words)
    finding = title(*claims(brief, words), plain="Who moved down, stayed and moved up, segment by segment")
    return ChartSpec(
        id="moves",
        title=finding,
        subtitle=f"Bands: customers from their segment on {then} to that on {now}; shares of each segment then",
        alt=_alt(brief, migration, finding, words),
        wide=_wide(brief, migration, theme, words),
        narrow=_narrow(brief, migration, theme, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The segments of which the largest share moved up, and down."""
    if brief.migration is None or brief.period.partial:
        return ()
    known = [departure for departure in brief.migration.departures if departure.customers >= FLOOR]
    if not known:
        return ()
    rose, fell = max(known, key=lambda d: d.up_share or 0), max(known, key=_fallen)
    name = names(brief)
    up = f"{words.about(rose.up_share)} of {name[rose.segment]} moved up"
    down = f"{words.about(_fallen(fell))} of {name[fell.segment]} moved down"
    out = " or left" if fell.left else ""
    high, low = (rose.up_share or 0) >= NOTABLE, _fallen(fell) >= NOTABLE
    return (
        Claim(f"{up} and {words.about(_fallen(fell))} down{out}", holds=high and low and rose is fell),
        Claim(f"{up}; {down}{out}", holds=high and low),
        Claim(up, holds=high),
        Claim(f"{down}{out}", holds=low),
    )


def _instants(migration: Migration, words: Words) -> tuple[str, str]:
    return words.date(last_day(migration.before)), words.date(last_day(migration.now))


def _fallen(departure: Departure) -> float:
    """The share that moved down or left the segments."""
    return (departure.down_share or 0) + (departure.left_share or 0)


def _sentence(departure: Departure, name: str, words: Words) -> str:
    if not departure.customers:
        return f"{name}: no customers"
    left = f", {words.count(departure.left)} left" if departure.left else ""
    aside = f", {words.count(departure.aside)} by time alone" if departure.aside else ""
    return (
        f"{name}: of {words.plural(departure.customers, 'customer')} {words.count(departure.down)} moved down{left}, "
        f"{words.count(departure.stayed)} stayed, {words.count(departure.up)} moved up{aside}"
    )


def _alt(brief: Brief, migration: Migration, finding: str, words: Words) -> str:
    name = names(brief)
    parts = [_sentence(departure, name[departure.segment], words) for departure in migration.departures]
    return f"{finding}. Flow from segment to segment. {'; '.join(parts)}."


def _flows(migration: Migration) -> dict[tuple[str, str], int]:
    return {(move.source or ENTERED, move.target or LEFT): move.customers for move in migration.moves}


def _columns(migration: Migration) -> tuple[dict[str, int], dict[str, int]]:
    """Customers of each node then and now; those who entered and left stand last, where there are any."""
    flows = _flows(migration)
    then = {name: sum(n for (source, _), n in flows.items() if source == name) for name in (*migration.order, ENTERED)}
    now = {name: sum(n for (_, target), n in flows.items() if target == name) for name in (*migration.order, LEFT)}
    return tuple({k: n for k, n in side.items() if n or k in migration.order} for side in (then, now))  # type: ignore[return-value]


@dataclass(frozen=True)
class Drawing:
    """Nodes and bands in a frame."""

    frame: Frame
    left: dict[str, flow.Node]
    right: dict[str, flow.Node]
    counts: tuple[dict[str, int], dict[str, int]]
    bands: list[flow.Band]


def _drawing(migration: Migration, frame: Frame) -> Drawing:
    counts = _columns(migration)
    scale = flow.scale_of([list(side.values()) for side in counts], frame.height, frame.least)
    left, right = (flow.column(side, scale, frame.head, frame.height, frame.least) for side in counts)
    return Drawing(frame, left, right, counts, flow.bands(_flows(migration), left, right, scale))


TONES = {"up": "good", "new": "good", "down": "bad", "left": "bad"}
"""Colours of bands by direction; others are grey."""


def _tones(migration: Migration) -> dict[tuple[str, str], str]:
    """(source, target) -> the colour of the band."""
    return {
        (move.source or ENTERED, move.target or LEFT): TONES.get(move.direction, "prior-soft")
        for move in migration.moves
    }


def _bands(brief: Brief, migration: Migration, drawing: Drawing, theme: Theme, words: Words) -> list[canvas.Part]:
    """One polygon a band: those who stayed below, the narrow ones on top."""
    name, tone = names(brief) | {ENTERED: "no segment", LEFT: "no segment"}, _tones(migration)
    start, end = drawing.frame.start + NODE, drawing.frame.end - NODE
    shown = [band for band in drawing.bands if band.thickness >= THINNEST]
    ordered = sorted(shown, key=lambda band: (band.source != band.target, -band.count))
    traces = []
    for place, band in enumerate(ordered):
        xs, ys = flow.outline(band, start, end)
        said = f"{name[band.source]} to {name[band.target]}: {words.plural(band.count, 'customer')}"
        color = theme.colors[tone[band.source, band.target]]
        traces.append({
            "type": "scatter", "uid": f"moves-{place}", "x": xs, "y": ys, "mode": "lines", "fill": "toself",
            "fillcolor": color, "line": {"width": 0, "color": color}, "opacity": 0.9, "hoveron": "fills",
            "hoverinfo": "text", "text": canvas.escaped(said), "cliponaxis": False,
        })  # fmt: skip
    return traces


def _nodes(brief: Brief, drawing: Drawing, theme: Theme) -> list[canvas.Part]:
    color = tokens(brief) | {ENTERED: "prior", LEFT: "prior"}
    sides = ((drawing.left, drawing.frame.start), (drawing.right, drawing.frame.end - NODE))
    return [
        {
            "type": "rect", "xref": "x", "yref": "y", "x0": x, "x1": x + NODE, "y0": node.top, "y1": node.bottom,
            "fillcolor": theme.colors[color[name]], "line": {"width": 0}, "layer": "above",
        }
        for nodes, x in sides for name, node in nodes.items()
    ]  # fmt: skip


def _called(brief: Brief, migration: Migration) -> tuple[dict[str, str], dict[str, str]]:
    """Names on the left, and on the right: a number where names are long."""
    name = names(brief) | {ENTERED: "Entered", LEFT: "Left"}
    if all(canvas.width_of(text) <= ROOM for text in name.values()):
        return name, name
    number = {segment: str(place) for place, segment in enumerate(migration.order, 1)}
    left = {segment: f"{number[segment]} {name[segment]}" if segment in number else name[segment] for segment in name}
    # In brackets: copied as text, a bare number would run into the count beside it.
    return left, {segment: f"({number[segment]})" if segment in number else name[segment] for segment in name}


def _wide(brief: Brief, migration: Migration, theme: Theme, words: Words) -> Figure:
    left, right = _called(brief, migration)
    least = 20 if len(brief.segments) <= 8 else 15  # noqa: PLR2004
    # A column of numbers leaves its room to the names.
    room, aside = (ROOM, 150) if left == right else (canvas.MOST_NAME + 18, 76)
    frame = Frame(20, max(178, least * (len(brief.segments) + 1)), least, room + 126, canvas.WIDE - aside)
    drawing = _drawing(migration, frame)
    labels = _shares(migration, drawing, theme, words, room)
    before, now = drawing.counts
    for name, node in drawing.left.items():
        labels += [
            canvas.one_line(theme, 0, node.label, left[name], room),
            canvas.label(theme, room + 34, node.label, words.count(before[name]), color="muted", anchor="right"),
        ]
    for name, node in drawing.right.items():
        labels += [
            canvas.one_line(theme, frame.end + 10, node.label, right[name], ROOM),
            canvas.label(theme, canvas.WIDE, node.label, words.count(now[name]), color="muted", anchor="right"),
        ]
    heads = _heads(migration, theme, words, room)
    height = frame.head + frame.height
    traces = _bands(brief, migration, drawing, theme, words)
    return canvas.figure(theme, canvas.WIDE, height, traces, labels + heads, _nodes(brief, drawing, theme))


def _shares(
    migration: Migration, drawing: Drawing, theme: Theme, words: Words, room: float
) -> list[canvas.Part]:  # fmt: skip
    """Beside each segment then, what share moved down or left, and what share moved up."""
    labels = []
    for departure in migration.departures:
        y = drawing.left[departure.segment].label
        for share, x, color in ((_fallen(departure), room + 74, "bad"), (departure.up_share or 0, room + 114, "good")):
            if share:
                labels.append(canvas.label(theme, x, y, words.percent(share, 0), color=color, anchor="right"))
    return labels


def _heads(migration: Migration, theme: Theme, words: Words, room: float) -> list[canvas.Part]:
    then, now = _instants(migration, words)
    out = any(departure.left for departure in migration.departures)

    def head(x: float, text: str, color: str, anchor: str) -> canvas.Part:
        return canvas.label(theme, x, 8, text, color=color, size=canvas.SMALL, anchor=anchor)

    return [
        head(0, then, "muted", "left"),
        head(room + 74, "down, out" if out else "down", "bad", "right"),
        head(room + 114, "up", "good", "right"),
        head(canvas.WIDE, now, "muted", "right"),
    ]


def _narrow(brief: Brief, migration: Migration, theme: Theme, words: Words) -> Figure:
    """Names above their counts at both edges."""
    left, right = _called(brief, migration)
    edge = 92
    long = any(canvas.width_of(text, canvas.TINY) > edge - 4 for text in left.values())
    least, apart = (44, 11) if long else (34, 7)
    height = max(330, least * (len(brief.segments) + 1))
    drawing = _drawing(migration, Frame(24, height, least, edge, canvas.NARROW - edge))
    labels = []
    sides = ((0, "left", drawing.left, left, 0), (1, "right", drawing.right, right, canvas.NARROW))
    for side, anchor, nodes, called, x in sides:
        for name, node in nodes.items():
            count = words.count(drawing.counts[side][name])
            labels += [
                canvas.name(theme, x, node.label - apart, called[name], edge - 4, anchor=anchor),
                canvas.label(
                    theme, x, node.label + apart + 2 * long, count, color="muted", size=canvas.SMALL, anchor=anchor
                ),
            ]
    for departure in migration.departures:
        y = drawing.left[departure.segment].label + apart + 2 * long
        for mark, share, color, x in (
            ("▼", _fallen(departure), "bad", 60),
            ("▲", departure.up_share or 0, "good", edge - 2),
        ):
            if share:
                text = f"{mark}{words.percent(share, 0)}"
                labels.append(canvas.label(theme, x, y, text, color=color, size=canvas.TINY, anchor="right"))
    then, now = _instants(migration, words)
    labels += [
        canvas.label(theme, 0, 8, then, color="muted", size=canvas.SMALL),
        canvas.label(theme, canvas.NARROW, 8, now, color="muted", size=canvas.SMALL, anchor="right"),
    ]
    traces = _bands(brief, migration, drawing, theme, words)
    return canvas.figure(theme, canvas.NARROW, 24 + height, traces, labels, _nodes(brief, drawing, theme))
