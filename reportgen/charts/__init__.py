"""Charts: one file each, a pure function of the Brief. Stem = id = name on the page.

A file here without a leading underscore is a chart: it has `draw(brief, theme, words) -> ChartSpec | None`, None where
the brief has nothing to draw.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from reportgen.brief import Brief
from reportgen.charts._palette import tokens
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Words

__all__ = ["ALL", "ChartSpec", "Figure", "Theme", "draw_all", "tokens"]

Draw = Callable[[Brief, Theme, Words], ChartSpec | None]

ALL: Mapping[str, Draw] = MappingProxyType(
    {
        module.name: import_module(f"{__name__}.{module.name}").draw
        for module in iter_modules(__path__)
        if not module.name.startswith("_")
    }
)
"""Every chart by its id."""


def draw_all(brief: Brief, theme: Theme, words: Words) -> dict[str, ChartSpec]:
    """The charts that `brief` has facts for, by id."""
    drawn = {name: draw(brief, theme, words) for name, draw in ALL.items()}
    return {name: chart for name, chart in drawn.items() if chart is not None}
