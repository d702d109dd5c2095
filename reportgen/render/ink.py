"""The gate for empty charts: every visible trace has drawn its own kind of mark.

plotly.js draws bare axes, without an error, for a trace type that its bundle lacks.
"""

from collections import Counter
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
    wanted = Counter(_group(trace) for trace in figure["data"] if trace.get("visible", True) is True)
    groups = [group for group in _parsed(svg).iter(f"{SVG}g") if _marked(group)]
    classes = [set(group.get("class", "").split()) for group in groups]
    return all(sum(set(group) <= names for names in classes) >= count for group, count in wanted.items())


def _group(trace: dict[str, object]) -> tuple[str, ...]:
    kind = str(trace.get("type", "scatter"))
    if kind not in GROUPS:
        raise GateError(f"Traces of type {kind} can't be checked for ink.", "Add it to GROUPS in render/ink.py.")
    return GROUPS[kind]


def _parsed(svg: bytes) -> ET.Element:
    try:
        return ET.fromstring(svg)  # noqa: S314 - our own browser wrote it
    except ET.ParseError as error:
        raise GateError(f"A chart is not well-formed SVG: {error}") from error


def _marked(group: ET.Element) -> bool:
    """Whether anything is drawn in it: a shape that has an outline, an image or text."""
    return any(shape.tag in SHAPES and (shape.get("d", "M") not in {"", "M0,0Z"}) for shape in group.iter())
