"""The gate for empty charts: every visible trace has drawn its own kind of mark.

plotly.js draws bare axes, without an error, for a trace type that its bundle lacks.
"""

from collections import Counter
from typing import Any
from xml.etree import ElementTree as ET

from reportgen.charts import Figure
from reportgen.errors import GateError

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = (f"{SVG}path", f"{SVG}rect", f"{SVG}circle", f"{SVG}image", f"{SVG}text")

GROUPS = {
    "bar": ("trace", "bars"),
    "histogram": ("trace", "bars"),
    "waterfall": ("trace", "bars"),
    "funnel": ("trace", "bars"),
    "scatter": ("trace", "scatter"),
    "box": ("trace", "boxes"),
    "violin": ("trace", "violins"),
    "heatmap": ("hm",),
    "histogram2d": ("hm",),
    "pie": ("trace",),
    "treemap": ("trace", "treemap"),
    "sankey": ("sankey",),
}
"""Classes of the group that holds the marks, by type of trace."""


def has_ink(svg: bytes, figure: Figure) -> bool:
    """Whether each visible trace of `figure` left marks in `svg`.

    Raises `GateError` for a type of trace that isn't in `GROUPS`, or if `svg` isn't well-formed.
    """
    visible = [trace for trace in figure["data"] if trace.get("visible", True) is True]
    wanted = Counter(_group(trace) for trace in visible if not _flat(trace))
    groups = [group for group in _parsed(svg).iter(f"{SVG}g") if _marked(group)]
    classes = [set(group.get("class", "").split()) for group in groups]
    return all(sum(set(group) <= names for names in classes) >= count for group, count in wanted.items())


def _group(trace: dict[str, Any]) -> tuple[str, ...]:
    kind = str(trace.get("type", "scatter"))
    if kind not in GROUPS:
        raise GateError(f"Traces of type {kind} can't be checked for ink.", "Add it to GROUPS in render/ink.py.")
    return GROUPS[kind]


def _flat(trace: dict[str, Any]) -> bool:
    """Whether it is bars that are all zero, which have no area to fill."""
    lengths = trace.get("x" if trace.get("orientation") == "h" else "y", ())
    return trace.get("type") == "bar" and all(length == 0 for length in lengths)


def _parsed(svg: bytes) -> ET.Element:
    try:
        return ET.fromstring(svg)  # noqa: S314 - our own browser wrote it
    except ET.ParseError as error:
        raise GateError(f"A chart is not well-formed SVG: {error}") from error


def _marked(group: ET.Element) -> bool:
    """Whether anything is drawn in it: a shape that has an outline, an image or text."""
    return any(shape.tag in SHAPES and (shape.get("d", "M") not in {"", "M0,0Z"}) for shape in group.iter())
