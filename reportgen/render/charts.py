"""Charts as SVG: takes plotly figures by name, gives bytes that are the same in every process."""

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from xml.etree import ElementTree as ET

from reportgen.charts import Figure
from reportgen.errors import GateError, MachineError
from reportgen.render.browser import REMEDY, Browser, BrowserGoneError
from reportgen.render.svg import NAMESPACE, ordered

LIMIT = 30.0
"""Seconds for the start of the browser and all drawing, before a fresh browser is tried once."""

DRAW = """async specs => {
  const drawn = {};
  for (const [name, spec] of Object.entries(specs)) drawn[name] = await kaleido_scopes.plotly(spec);
  return drawn;
}"""
"""kaleido's own renderer, in a loop."""


class Press:
    """Draws charts with one Chromium, which starts in the background at construction.

    Pin the fonts before (`fonts.pinned`): the browser inherits the environment. Use as a context manager.
    """

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        self._browser = Browser()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()

    def draw(self, figures: Mapping[str, Figure]) -> dict[str, bytes]:
        """SVG by name. Names are `[a-z0-9-]+` and become the prefix of the SVG's ids.

        Raises `MachineError` if the browser is missing or fails twice, `GateError` if plotly refuses a figure.
        """
        drawn = self._call(DRAW, {name: _spec(name, figure) for name, figure in figures.items()})
        return {name: stable(_svg(name, drawn[name]), name) for name in figures}

    def version(self) -> str:
        """The browser's name and version."""
        return str(self._call("() => navigator.userAgent.match(/Chrom\\w+\\/[\\d.]+/)[0]", None))

    def _call(self, function: str, argument: object) -> Any:  # noqa: ANN401 - JSON data
        try:
            return self._browser.call(function, argument, self._limit)
        except BrowserGoneError:
            self._browser.kill()
            self._browser.close()
            self._browser = Browser()
        try:
            return self._browser.call(function, argument, self._limit)
        except BrowserGoneError as error:
            self._browser.kill()
            raise MachineError(f"The browser that draws the charts failed twice: {error}.", REMEDY) from error


def blank(figure: Figure) -> bytes:
    """An SVG of the size of `figure` with nothing in it."""
    width, height = figure["layout"]["width"], figure["layout"]["height"]
    return f'<svg xmlns="{NAMESPACE}" width="{width}" height="{height}" viewBox="0 0 {width} {height}"/>'.encode()


def stable(svg: str, name: str) -> bytes:
    """`svg` with its attributes in order, and plotly's random id replaced by one made of `name` in each of them."""
    found = re.search(r'id="defs-([0-9a-f]+)"', svg)
    if not found:
        raise GateError(f"Chart {name}: the drawing has no ids of the known form.", "Has plotly.js changed?")
    # Only in attributes: a label may happen to read like the id.
    pattern = rf'((?:id|class|href)="[^"]*?|url\([^)]*?#[^)]*?){found[1]}'
    try:
        return ordered(re.sub(pattern, rf"\g<1>{name}_", svg))
    except ET.ParseError as error:
        raise GateError(f"Chart {name} is not well-formed SVG: {error}") from error


def _spec(name: str, figure: Figure) -> dict[str, Any]:
    """What kaleido's script takes: the figure with a fixed uid on every trace, at its own size."""
    traces = [{**trace, "uid": f"{name}_{index}"} for index, trace in enumerate(figure["data"])]
    layout = figure["layout"]
    size = {"width": layout["width"], "height": layout["height"], "scale": 1}
    return {"data": {**figure, "data": traces}, "format": "svg", **size}


def _svg(name: str, drawn: dict[str, Any]) -> str:
    if drawn["code"]:
        raise GateError(f"Chart {name}: plotly can't draw it ({drawn['message']}).")
    return str(drawn["result"])
