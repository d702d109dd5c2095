"""Who moved: of each segment at the previous month-end, the shares that moved down, stayed and moved up."""

from reportgen.brief import Brief
from reportgen.brief.changes import Departure, Migration
from reportgen.charts import _canvas as canvas
from reportgen.charts._facts import last_day
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title
from reportgen.wording.claims import FLOOR

LABELLED = 0.05
"""The least share that has room for its figure."""
NOTABLE = 0.1
"""The least share that a title tells of."""
MANY = 7


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without customers at a previous month-end."""
    migration = brief.migration
    if migration is None or not any(departure.customers for departure in migration.departures):
        return None
    then, now = (words.date(last_day(end)) for end in (migration.before, migration.now))
    finding = title(*claims(brief, words), plain="Who moved down, stayed and moved up, segment by segment")
    return ChartSpec(
        id="moves",
        title=finding,
        subtitle=f"Customers of each segment on {then} by where they stood on {now}; "
        f"shares under {words.percent(LABELLED, 0)} have no figure",
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
    name = _names(brief)
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


def _names(brief: Brief) -> dict[str, str]:
    return {segment.id: segment.name for segment in brief.segments}


def _fallen(departure: Departure) -> float:
    """The share that moved down or left the segments."""
    return (departure.down_share or 0) + (departure.left_share or 0)


def _sentence(departure: Departure, name: str, words: Words) -> str:
    if not departure.customers:
        return f"{name}: no customers"
    left = f", {words.count(departure.left)} left" if departure.left else ""
    return (
        f"{name}: of {words.plural(departure.customers, 'customer')} {words.count(departure.down)} moved down{left}, "
        f"{words.count(departure.stayed)} stayed, {words.count(departure.up)} moved up"
    )


def _alt(brief: Brief, migration: Migration, finding: str, words: Words) -> str:
    name = _names(brief)
    parts = [_sentence(departure, name[departure.segment], words) for departure in migration.departures]
    return f"{finding}. Stacked bars. {'; '.join(parts)}."


def _shares(departure: Departure) -> tuple[tuple[float, str, str], ...]:
    """Share, colour of the bar, colour of its figure: down or out, stayed, up."""
    return (
        (_fallen(departure), "bad", "paper"),
        (departure.stayed_share or 0, "prior-soft", "ink"),
        (departure.up_share or 0, "good", "paper"),
    )


def _bars(  # noqa: PLR0913, PLR0917
    brief: Brief, migration: Migration, theme: Theme, words: Words, middles: list[float], thickness: float
) -> list[canvas.Part]:  # fmt: skip
    name = _names(brief)
    hover = [canvas.escaped(_sentence(d, name[d.segment], words)) for d in migration.departures]
    traces, base = [], [0.0] * len(middles)
    for place, part in enumerate(("down", "stayed", "up")):
        made = [_shares(departure)[place] for departure in migration.departures]
        values, colors = [share for share, _, _ in made], [theme.colors[color] for _, color, _ in made]
        trace = canvas.rows(f"moves-{part}", "x2", values, middles, colors, hover, thickness=thickness)
        traces.append(trace | {"base": list(base)})
        base = [start + value for start, value in zip(base, values, strict=True)]
    return traces


def _figures(departure: Departure, y: float, scale: canvas.Scale, theme: Theme, words: Words) -> list[canvas.Part]:
    """The shares in the bars, those that have room."""
    labels, base = [], 0.0
    for share, _, ink in _shares(departure):
        if share >= LABELLED:
            x = scale.at(base + share / 2)
            labels.append(canvas.label(theme, x, y, words.percent(share, 0), color=ink, bold=True, size=canvas.SMALL,
                                       anchor="center"))  # fmt: skip
        base += share
    return labels


def _heads(theme: Theme, scale: canvas.Scale, y: float, *, left: bool) -> list[canvas.Part]:
    down = "Moved down or left" if left else "Moved down"
    middle = (scale.start + scale.end) / 2
    return [
        canvas.label(theme, scale.start, y, down, color="bad", bold=True, size=canvas.SMALL),
        canvas.label(theme, middle + 8, y, "Stayed", color="muted", bold=True, size=canvas.SMALL, anchor="center"),
        canvas.label(theme, scale.end, y, "Moved up", color="good", bold=True, size=canvas.SMALL, anchor="right"),
    ]


def _wide(brief: Brief, migration: Migration, theme: Theme, words: Words) -> Figure:
    pitch, head, name = (24 if len(migration.departures) <= MANY else 18), 24, _names(brief)
    middles = [head + pitch * (place + 0.5) for place in range(len(migration.departures))]
    called = [name[departure.segment] for departure in migration.departures]
    labels, wider = canvas.names(theme, called, middles, pitch, 150)
    scale, counts = canvas.Scale(0, 1, 205 + wider, canvas.WIDE), 194 + wider
    labels += _heads(theme, scale, 10, left=any(departure.left for departure in migration.departures))
    labels.append(canvas.label(theme, counts, 10, "customers", color="muted", size=canvas.SMALL, anchor="right"))
    for departure, y in zip(migration.departures, middles, strict=True):
        count = words.count(departure.customers)
        labels += [
            canvas.label(theme, counts, y, count, color="muted", anchor="right"),
            *_figures(departure, y, scale, theme, words),
        ]
    traces = _bars(brief, migration, theme, words, middles, pitch * 0.74)
    return canvas.figure(theme, canvas.WIDE, head + pitch * len(middles), traces, labels, (), {"x2": scale})


def _narrow(brief: Brief, migration: Migration, theme: Theme, words: Words) -> Figure:
    pitch, head, name = 44, 22, _names(brief)
    tops = [head + pitch * place for place in range(len(migration.departures))]
    scale = canvas.Scale(0, 1, 0, canvas.NARROW)
    labels = _heads(theme, scale, 10, left=any(departure.left for departure in migration.departures))
    for departure, y in zip(migration.departures, tops, strict=True):
        count = words.count(departure.customers)
        labels += [
            canvas.label(theme, 0, y + 10, canvas.wrapped(name[departure.segment], 270, lines=1), color="ink",
                         bold=True),
            canvas.label(theme, canvas.NARROW, y + 10, count, color="muted", size=canvas.SMALL, anchor="right"),
            *_figures(departure, y + 28, scale, theme, words),
        ]  # fmt: skip
    traces = _bars(brief, migration, theme, words, [y + 28.0 for y in tops], 17)
    return canvas.figure(theme, canvas.NARROW, head + pitch * len(tops), traces, labels, (), {"x2": scale})
