"""The edition's pages: takes a Brief, gives the bytes of PDF and HTML, drawn by one browser and one set of fonts."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec
from markupsafe import Markup

from reportgen.brief import Brief
from reportgen.charts import ChartSpec, draw_all
from reportgen.config import Brand
from reportgen.errors import GateError, UsageError
from reportgen.pages import frame, sections
from reportgen.render import fonts, site
from reportgen.render.charts import Press
from reportgen.render.ink import has_ink
from reportgen.render.pdf import load, pdf
from reportgen.render.templates import environment, resource
from reportgen.render.theme import look
from reportgen.wording import Words

Paper = Literal["A4", "Letter"]
SIZES = ("wide", "narrow")
LOGOS = (".svg", ".png")


class Studio:
    """Draws editions in one brand, locale and paper; the browser starts at once, in the background.

    With `pages=False` nothing is started until pages are asked for. Use as a context manager.
    """

    def __init__(self, brand: Brand, locale: str, paper: Paper, *, pages: bool) -> None:
        self._brand, self._locale, self._paper = brand, locale, paper
        self._faces = fonts.branded(Path(brand.fonts)) if brand.fonts else fonts.shipped()
        family = brand.font_family or self._faces[0].family
        self._look = look(_asset("tokens.css"), brand.colors, family)
        self._stack = ExitStack()
        self._press: Press | None = None
        self._pages = pages
