"""Customers and revenue by recency and frequency."""

import math
from decimal import Decimal

import msgspec

from reportgen.brief import Band, Brief, Cell, HeatMap
from reportgen.charts import _canvas as canvas
from reportgen.charts._canvas import Part
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, capital, nouns, title
from reportgen.wording.facts import SPREAD, whole_record

FEW, MUCH = 0.35, 0.4
"""A corner is worth a title if so few customers bring so much of the revenue."""
TALLEST = 90
"""Pixels of a row where there are few."""
READABLE = 4.5
"""Contrast that small text needs (WCAG 2.2, 1.4.3)."""


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None with too few customers."""
    if brief.totals.customers < SPREAD or not brief.heat_map.cells:
        return None
    brief = msgspec.structs.replace(brief, heat_map=_trimmed(brief.heat_map))
    named = nouns(brief.method)
    finding = title(*claims(brief, words), plain=f"Customers by days since their last order and number of {named.many}")
    return ChartSpec(
        id="heatmap",
        title=finding,
        subtitle="Number of customers and their share of revenue; rows: days since the last order; "
        f"columns: {named.many}. Stronger colour: more revenue",
        alt=_alt(brief, finding, words),
        wide=_wide(brief, theme, words),
        narrow=_narrow(brief, theme, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """What the best corner (most recent row, most frequent columns) brings; the smallest one that brings much."""
    heat, made = brief.heat_map, []
    for column in reversed(range(1, len(brief.heat_map.frequency))):
        corner = [cell for cell in brief.heat_map.cells if cell.recency == 0 and cell.frequency >= column]
        customers = sum(cell.customers for cell in corner) / brief.totals.customers
        revenue = float(sum(cell.revenue for cell in corner) / brief.totals.revenue) if brief.totals.revenue > 0 else 0
        until = brief.heat_map.recency[0].high
        often = nouns(brief.method).often.format(words.count(heat.frequency[column].low))
        recent = f"last within {words.count(until or 0)} days"
        text = f"{words.about(customers)} of customers {often}, {recent}: {words.about(revenue)} of revenue"
        made.append(Claim(text, holds=until is not None and 0 < customers <= FEW and revenue >= MUCH))
    return tuple(made)


def _trimmed(heat: HeatMap) -> HeatMap:
    """`heat` without the last rows and columns that hold nobody."""
    full = [cell for cell in heat.cells if cell.customers]
    rows, columns = max(cell.recency for cell in full) + 1, max(cell.frequency for cell in full) + 1
    return HeatMap(
        recency=heat.recency[:rows],
        frequency=heat.frequency[:columns],
        cells=tuple(cell for cell in heat.cells if cell.recency < rows and cell.frequency < columns),
    )


def _band(band: Band, words: Words) -> str:
    low = words.count(band.low)
    if band.high is None:
        return f"{low}+"
    return low if band.high - band.low == 1 else f"{low}–{words.count(band.high - 1)}"


def _order(band: Band) -> str:
    return " order" if (band.low, band.high) == (1, 2) else " orders"


def _share(brief: Brief, cell: Cell) -> float | None:
    return float(cell.revenue / brief.totals.revenue) if brief.totals.revenue > 0 else None


def _sentence(brief: Brief, cell: Cell, words: Words) -> str:
    days = _band(brief.heat_map.recency[cell.recency], words)
    orders = _band(brief.heat_map.frequency[cell.frequency], words)
    many = nouns(brief.method).many
    customers = words.plural(cell.customers, "customer")
    return f"{days} days, {orders} {many}: {customers}, {words.about(_share(brief, cell))} of revenue"


def _alt(brief: Brief, finding: str, words: Words) -> str:
    parts = [_sentence(brief, cell, words) for cell in brief.heat_map.cells if cell.customers]
    return f"{finding}. Table of tiles. {'; '.join(parts)}."


def _depth(brief: Brief, cell: Cell) -> float:
    """0 … 1 by the square root of revenue, so that small cells can be told apart."""
    most = max((other.revenue for other in brief.heat_map.cells), default=Decimal(0))
    return math.sqrt(max(cell.revenue, Decimal(0)) / most) if most > 0 else 0.0


def _mixed(theme: Theme, depth: float) -> str:
    """The colour `depth` of the way from the palest to the deepest tile."""
    ends = [theme.colors[name].lstrip("#") for name in ("heat-low", "heat-high")]
    pale, deep = ([int(end[at : at + 2], 16) for at in (0, 2, 4)] for end in ends)
    return "#" + "".join(f"{round(a + (b - a) * depth):02x}" for a, b in zip(pale, deep, strict=True))


def _tile(theme: Theme, depth: float) -> str:
    """The colour of a tile: a little paler where neither dark nor light text would read on it."""
    tile = _mixed(theme, depth)
    while depth > 0 and _contrast(tile, theme.colors[_ink(theme, tile)]) < READABLE:
        depth -= 0.01
        tile = _mixed(theme, max(depth, 0))
    return tile


def _ink(theme: Theme, tile: str) -> str:
    """The colour of text that reads best on `tile`."""
    return max(("ink", "paper"), key=lambda name: _contrast(tile, theme.colors[name]))


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 … 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    """Relative luminance, 0 … 1 (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004
    return math.fsum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _tiles(brief: Brief, theme: Theme, words: Words, grid: "_Grid") -> Part:
    cells = brief.heat_map.cells
    colors = [_tile(theme, _depth(brief, cell)) if cell.customers else theme.colors["wash"] for cell in cells]
    hover = [_sentence(brief, cell, words) for cell in cells]
    middles = [grid.x(cell.frequency) for cell in cells]
    base = [grid.y(cell.recency) - grid.height / 2 + 1 for cell in cells]
    return canvas.columns("heat-map", "y", middles, [grid.height - 2] * len(cells), colors, hover,
                          thickness=grid.width - 2, base=base)  # fmt: skip


class _Grid:
    """Where the tiles stand."""

    def __init__(self, left: float, top: float, width: float, height: float) -> None:
        self.left, self.top, self.width, self.height = left, top, width, height

    def x(self, column: int) -> float:
        return self.left + self.width * (column + 0.5)

    def y(self, row: int) -> float:
        return self.top + self.height * (row + 0.5)


def _heads(brief: Brief, theme: Theme, words: Words, grid: _Grid, *, days: str, size: float) -> list[Part]:  # noqa: PLR0913
    heat = brief.heat_map
    rows = [
        canvas.label(theme, 0, grid.y(row), f"{_band(band, words)}{days}", size=size)
        for row, band in enumerate(heat.recency)
    ]
    usual = nouns(brief.method).usual and days  # longer nouns stand in the subtitle alone
    heads = [
        canvas.label(
            theme,
            grid.x(column),
            grid.top - 10,
            _band(band, words) + (_order(band) if usual else ""),
            size=size,
            anchor="center",
        )
        for column, band in enumerate(heat.frequency)
    ]
    return rows + heads


def _wide(brief: Brief, theme: Theme, words: Words) -> Figure:
    heat = brief.heat_map
    tile = min(TALLEST, round((380 if whole_record(brief) else 270) / len(heat.recency)))
    grid = _Grid(100, 24, (canvas.WIDE - 100) / len(heat.frequency), tile)
    labels = _heads(brief, theme, words, grid, days=" days", size=canvas.SIZE)
    for cell in heat.cells:
        color = _ink(theme, _tile(theme, _depth(brief, cell)))
        x, y = grid.x(cell.frequency), grid.y(cell.recency)
        if not cell.customers:
            labels.append(canvas.label(theme, x, y, "·", color="muted", anchor="center"))
            continue
        labels += [
            canvas.label(theme, x, y - 8, words.count(cell.customers), color=color, bold=True, anchor="center"),
            canvas.label(theme, x, y + 8, words.about(_share(brief, cell)), color=color, size=canvas.SMALL,
                         anchor="center"),
        ]  # fmt: skip
    height = 24 + tile * len(heat.recency)
    return canvas.figure(theme, canvas.WIDE, height, [_tiles(brief, theme, words, grid)], labels)


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    heat = brief.heat_map
    grid = _Grid(64, 44, (canvas.NARROW - 64) / len(heat.frequency), 34)
    labels = [
        canvas.label(theme, 0, 10, "Days since", size=canvas.SMALL, color="muted"),
        canvas.label(
            theme,
            grid.left,
            10,
            f"{capital(nouns(brief.method).many)}; number of customers",
            size=canvas.SMALL,
            color="muted",
        ),
        *_heads(brief, theme, words, grid, days="", size=canvas.SMALL),
    ]
    for cell in heat.cells:
        color = _ink(theme, _tile(theme, _depth(brief, cell)))
        text = words.count(cell.customers) if cell.customers else "·"
        labels.append(canvas.label(theme, grid.x(cell.frequency), grid.y(cell.recency), text, color=color,
                                   size=canvas.SMALL, bold=bool(cell.customers), anchor="center"))  # fmt: skip
    height = 44 + 34 * len(heat.recency)
    return canvas.figure(theme, canvas.NARROW, height, [_tiles(brief, theme, words, grid)], labels)
