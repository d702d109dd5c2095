"""Canvas: marks, labels and axes at exact pixels, in the report's type. Every chart is put together from these.

Positions are pixels from the top left corner; each panel has one axis in the unit of its data, so that the length of
a mark is its value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from reportgen.charts._spec import Figure, Theme

WIDE = 673
"""178 mm at 96 px per inch: 12 px in the chart are 9 pt on paper."""
NARROW = 350
SIZE = 12
"""Pixels of chart text."""
SMALL = 11
TINY = 10
"""7.5 pt on paper: nothing is smaller."""
TWO_LINES = 26
"""Pixels of a row that has room for a name on two lines."""
MOST_NAME = 222
"""Pixels of a name that rows too narrow for two lines leave: 40 letters of the smallest type."""
BAR = "bar"
ON_TOP = "9"
"""The axes of labels, in pixels: plotly draws those of higher numbers later."""
SIDES = {"left": "middle right", "center": "middle center", "right": "middle left"}
"""Where plotly puts a text that stands by its left end, its middle, its right end."""
LOWER = 0.105
"""Ems from where plotly takes the middle of a line to be to that of the typeface."""

Part = dict[str, Any]


@dataclass(frozen=True)
class Scale:
    """Values `low` … `high` on pixels `start` … `end` along one direction."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of `value`."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def escaped(text: str) -> str:
    """`text` as plotly shows it: its labels read tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def width_of(text: str, size: float = SIZE) -> float:
    """A generous estimate of the width of `text` in pixels."""
    return fsum(1.0 if ord(letter) > 0x2E80 else 0.62 if letter.isupper() else 0.53 for letter in text) * size  # noqa: PLR2004


def wrapped(text: str, room: float, size: float = SIZE, lines: int = 2) -> str:
    """`text` broken at spaces into at most `lines` of `room` pixels, shortened where that is not enough; escaped."""
    rows = [""]
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}".strip()
        if not rows[-1] or width_of(longer, size) <= room:
            rows[-1] = longer
        else:
            rows.append(word)
    kept = rows[:lines]
    if len(rows) > lines:
        kept[-1] += " …"
    return "<br>".join(escaped(_shortened(row, room, size)) for row in kept)


def _shortened(row: str, room: float, size: float) -> str:
    if width_of(row, size) <= room:
        return row
    while row and width_of(row + "…", size) > room:
        row = row[:-1]
    return row.rstrip(" …") + "…"


def label(  # noqa: PLR0913
    theme: Theme,
    x: float,
    y: float,
    text: str,
    *,
    color: str = "text",
    size: float = SIZE,
    bold: bool = False,
    anchor: str = "left",
) -> Part:
    """Text whose `anchor` ("left", "center", "right") stands at x, its middle at y. `text` is already escaped."""
    font = {"size": size, "color": theme.colors[color], "weight": 600 if bold else 400}
    return {"x": x, "y": y, "text": text, "anchor": anchor, "font": font}


def name(theme: Theme, x: float, y: float, text: str, room: float, *, anchor: str = "left") -> Part:  # noqa: PLR0913
    """A segment's name in `room` pixels: on one line, or smaller on two, which fit rows of `TWO_LINES`."""
    size = SIZE if width_of(text) <= room else TINY
    return label(theme, x, y, wrapped(text, room, size), color="ink", size=size, bold=True, anchor=anchor)


def one_line(theme: Theme, x: float, y: float, text: str, room: float, *, anchor: str = "left") -> Part:  # noqa: PLR0913
    """A segment's name on one line in `room` pixels, smaller or shortened where it must be."""
    size = SIZE if width_of(text) <= room else TINY
    return label(theme, x, y, wrapped(text, room, size, lines=1), color="ink", size=size, bold=True, anchor=anchor)


def room_for(texts: Iterable[str], least: float) -> float:
    """Pixels of a column that holds `texts` on one line each: `least`, or as many as the smallest type needs."""
    return min(MOST_NAME, max([least, *(width_of(text, TINY) for text in texts)]))


def names(
    theme: Theme, texts: Sequence[str], middles: Sequence[float], pitch: float, least: float
) -> tuple[list[Part], float]:
    """The names of rows, at the left edge, and the pixels they take beyond `least`: more where rows are narrow."""
    if pitch >= TWO_LINES:
        return [name(theme, 0, y, text, least) for text, y in zip(texts, middles, strict=True)], 0.0
    room = room_for(texts, least)
    return [one_line(theme, 0, y, text, room) for text, y in zip(texts, middles, strict=True)], room - least


def line(theme: Theme, x0: float, y0: float, x1: float, y1: float, *, color: str = "ink", width: float = 1) -> Part:  # noqa: PLR0913
    """A straight line."""
    return {
        "type": "line", "xref": "x", "yref": "y", "x0": x0, "y0": y0, "x1": x1, "y1": y1,
        "line": {"color": theme.colors[color], "width": width}, "layer": "above",
    }  # fmt: skip


def rows(  # noqa: PLR0913, PLR0917
    uid: str,
    axis: str,
    values: Sequence[float],
    middles: Sequence[float],
    colors: Sequence[str],
    hover: Sequence[str],
    *,
    thickness: float,
) -> Part:
    """Horizontal bars of `values` on the data axis `axis` ("x2" …), their middles at pixels `middles`."""
    return {
        "type": BAR, "orientation": "h", "uid": uid, "x": list(values), "y": list(middles), "xaxis": axis,
        "width": [thickness] * len(values), "marker": {"color": list(colors), "line": {"width": 0}},
        "customdata": list(hover), "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
    }  # fmt: skip


def columns(  # noqa: PLR0913, PLR0917
    uid: str,
    axis: str,
    middles: Sequence[float],
    values: Sequence[float],
    colors: Sequence[str],
    hover: Sequence[str],
    *,
    thickness: float,
    base: Sequence[float] | None = None,
) -> Part:
    """Vertical bars of `values` on the data axis `axis` ("y2" …), their middles at pixels `middles`."""
    return {
        "type": BAR, "uid": uid, "x": list(middles), "y": list(values), "yaxis": axis,
        "width": [thickness] * len(values), "marker": {"color": list(colors), "line": {"width": 0}},
        "customdata": list(hover), "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
    } | ({"base": list(base)} if base else {})  # fmt: skip


def figure(  # noqa: PLR0913, PLR0917
    theme: Theme,
    width: float,
    height: float,
    traces: Sequence[Part],
    labels: Iterable[Part],
    lines: Iterable[Part] = (),
    scales: dict[str, Scale] | None = None,
) -> Figure:
    """The figure of these parts. `scales`: data axes by plotly's name ("x2", "y2" …)."""
    axes = {"xaxis": _axis(0, width, 0, 1), "yaxis": _axis(height, 0, 0, 1)}
    axes |= {f"xaxis{ON_TOP}": axes["xaxis"] | {"anchor": "y" + ON_TOP}}
    axes |= {f"yaxis{ON_TOP}": axes["yaxis"] | {"anchor": "x" + ON_TOP}}
    for name, scale in (scales or {}).items():
        extent = width if name.startswith("x") else height
        axes[f"{name[0]}axis{name[1:]}"] = _data_axis(name, scale, extent)
    layout = {
        "width": width, "height": height, "autosize": False, "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "font": {"family": theme.font_family, "size": SIZE, "color": theme.colors["text"]},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "barmode": "overlay",
        "hovermode": "closest", "dragmode": False, "shapes": list(lines),
        "hoverlabel": {"font": {"family": theme.font_family, "size": SIZE}},
    }  # fmt: skip
    return {
        "data": [*filter(_visible, traces), _written([label for label in labels if label["text"]])],
        "layout": layout | axes,
    }


def _written(labels: Sequence[Part]) -> Part:
    """`labels` as one trace above all others: annotations are measured one by one, twice the time of all else."""
    return {
        "type": "scatter", "mode": "text", "uid": "labels", "xaxis": f"x{ON_TOP}", "yaxis": f"y{ON_TOP}",
        "x": [label["x"] for label in labels],
        "y": [label["y"] + label["font"]["size"] * LOWER for label in labels],
        "text": [label["text"] for label in labels],
        "textposition": [SIDES[label["anchor"]] for label in labels],
        "textfont": {key: [label["font"][key] for label in labels] for key in ("size", "color", "weight")},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def _visible(trace: Part) -> bool:
    """Whether a bar has any length: one without leaves no ink, and a missing mark is an error."""
    return any(trace["x" if trace.get("orientation") == "h" else "y"])


def _axis(low: float, high: float, start: float, end: float) -> Part:
    return {
        "range": [low, high], "domain": [start, end], "fixedrange": True, "automargin": False, "showgrid": False,
        "zeroline": False, "showline": False, "ticks": "", "showticklabels": False,
    }  # fmt: skip


def _data_axis(name: str, scale: Scale, extent: float) -> Part:
    """Plotly counts domains from the left and from the bottom; the other direction of the panel is pixels."""
    if name.startswith("x"):
        first, last = sorted((scale.start, scale.end))
        ends = (scale.low, scale.high) if scale.start < scale.end else (scale.high, scale.low)
        return _axis(*ends, first / extent, last / extent) | {"anchor": "y"}
    top, bottom = sorted((scale.start, scale.end))
    return _axis(scale.low, scale.high, 1 - bottom / extent, 1 - top / extent) | {"anchor": "x"}
