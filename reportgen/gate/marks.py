"""Marks of a chart as it lies in the archive: every visible trace has left something in its own colour.

The drawing itself was checked by plotly's classes when it was made (`render.ink`); pages keep none of them.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from reportgen.charts import Figure

Color = tuple[int, int, int]
PLACES = (("marker", "color"), ("marker", "line", "color"), ("line", "color"), ("node", "color"), ("textfont", "color"))
HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)")


def complete(svg: str, figure: Figure) -> bool:
    """Whether each trace of `figure` that shows anything left its marks in `svg`."""
    try:
        shapes = list(_shapes(ET.fromstring(svg)))  # noqa: S314 - our own browser wrote it
    except ET.ParseError:
        return False
    painted = {color for shape in shapes for name in ("fill", "stroke") for color in _colors(shape.get(name))}
    return all(_left(trace, shapes, painted) for trace in figure["data"] if _shows(trace))


def _shapes(element: ET.Element) -> Iterator[ET.Element]:
    """What is drawn: clip paths and gradients are only defined."""
    for child in element:
        if child.tag.rpartition("}")[2] != "defs":
            yield child
            yield from _shapes(child)


def _left(trace: dict[str, Any], shapes: list[ET.Element], painted: set[Color]) -> bool:
    if trace.get("type") == "heatmap":
        return any(shape.tag.rpartition("}")[2] == "image" for shape in shapes)
    wanted = {color for path in PLACES for color in _colors(_at(trace, path))}
    return bool(wanted & painted) if wanted else bool(shapes)


def _shows(trace: dict[str, Any]) -> bool:
    """Whether it is there to be seen: bars that are all zero have no area."""
    if trace.get("visible", True) is not True:
        return False
    lengths = trace.get("x" if trace.get("orientation") == "h" else "y", ())
    return trace.get("type") != "bar" or any(lengths)


def _at(value: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON data
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _colors(value: Any) -> Iterator[Color]:  # noqa: ANN401 - JSON data
    if isinstance(value, list):
        for each in value:
            yield from _colors(each)
    elif isinstance(value, str):
        if match := HEX.fullmatch(value):
            yield int(match[1], 16), int(match[2], 16), int(match[3], 16)
        elif match := RGB.match(value):
            yield int(match[1]), int(match[2]), int(match[3])
