"""Pages: one file each, a pure function of the Brief. Stem = id = stem of the template.

A file here without a leading underscore is a page:
    PLACE                              its place in the brief, ascending
    NAME                               its name in the navigation
    context(brief, charts, words)      what its template prints, a frozen value; None where there is nothing to say
Templates get the context's fields as their variables, `medium` ("print", "screen") and `svg(chart, size)` besides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from reportgen.brief import Brief
from reportgen.charts import ChartSpec
from reportgen.pages._answer import headline, reason
from reportgen.pages._figures import identified
from reportgen.pages._frame import Frame, frame
from reportgen.pages._kpis import Kpi, kpis
from reportgen.pages._revision import changes
from reportgen.wording import Words

__all__ = [
    "ALL", "Frame", "Kpi", "Section", "changes", "frame", "headline", "identified", "kpis", "reason", "sections",
]  # fmt: skip


def _found() -> tuple[ModuleType, ...]:
    names = (module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(sorted((import_module(f"{__name__}.{name}") for name in names), key=lambda page: page.PLACE))


ALL: tuple[ModuleType, ...] = _found()
"""Every page in the order of the brief."""


@dataclass(frozen=True)
class Section:
    """A page to render: `id` is the anchor, `name` stands in the navigation, `template` prints `context`."""

    id: str
    name: str
    template: str
    context: Any


def sections(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> tuple[Section, ...]:
    """The pages that `brief` has something to say on, in order."""
    made = ((page, page.context(brief, charts, words)) for page in ALL)
    return tuple(
        Section(stem, page.NAME, f"{stem}.html.j2", context)
        for page, context in made
        if context is not None
        for stem in (page.__name__.rsplit(".", 1)[-1],)
    )
