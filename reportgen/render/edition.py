"""The edition's pages: takes a Brief, gives the bytes of PDF and HTML, drawn by one browser and one set of fonts."""

import re
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from jinja2 import Environment
from markupsafe import Markup

from reportgen.brief import Brief, decode, encode
from reportgen.charts import ChartSpec, draw_all
from reportgen.config import Brand
from reportgen.errors import GateError, UsageError
from reportgen.names import LABELS, PAPER, SEARCHED
from reportgen.pages import frame, sections
from reportgen.render import fonts
from reportgen.render.charts import Press, blank
from reportgen.render.ink import has_ink
from reportgen.render.logo import logo
from reportgen.render.site import site
from reportgen.render.svg import lean
from reportgen.render.templates import environment, resource
from reportgen.render.theme import Look, look
from reportgen.render.typesetter import Typesetter
from reportgen.wording import Words

Paper = Literal["A4", "Letter"]
Files = dict[str, bytes]

PRINT = ("tokens.css", "common.css", "print.css")
STAND_IN = "?"
FEW = 20
"""Letters that are named of those that the fonts lack."""
CONTROL = re.compile(r"((?<!\\)(?:\\\\)*)\\(?:u00[01][0-9a-f]|[bf])")
"""A control character in JSON."""
SCREEN = ("tokens.css", "fonts.css", "common.css", "screen.css")


@dataclass(frozen=True)
class House:
    """The looks of one brand: its faces, tokens, logo (file name and content)."""

    brand: Brand
    faces: tuple[fonts.Face, ...]
    look: Look
    logo: tuple[str, bytes]

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters that all faces can draw; read from their files once, since a brief asks several times."""
        return fonts.characters(self.faces)


def house(brand: Brand) -> House:
    """Reads what `brand` names. Raises `UsageError` for a missing logo, fonts that are none, unknown colours."""
    faces = fonts.branded(Path(brand.fonts)) if brand.fonts else fonts.shipped()
    family = _family(brand, faces)
    return House(brand, faces, look(_asset("tokens.css").decode(), brand.colors, family), logo(brand))


def print_styles(house: House) -> str:
    """The style sheet of a PDF, with values for tokens: WeasyPrint would solve them anew for each element."""
    return house.look.settled(b"".join(_styles(house, PRINT).values()).decode())


def print_files(house: House) -> Files:
    """The files that a PDF refers to."""
    return {house.logo[0]: house.logo[1]}


def print_links(house: House) -> dict[str, Any]:
    """What a layout on paper needs to find `print_files`; its styles come by themselves."""
    return {"styles": (), "logo": house.logo[0]}


def screen_files(house: House) -> Files:
    """The style sheets, fonts and logo of a hosted page."""
    styles = {f"assets/{name}": content for name, content in _styles(house, SCREEN).items()}
    styles["assets/fonts.css"] = fonts.stylesheet(house.faces, house.look.theme.font_family, "fonts").encode()
    web = {f"assets/fonts/{name}": font for name, font in fonts.web_fonts(house.faces).items()}
    return {**styles, **web, f"assets/{house.logo[0]}": house.logo[1]}


def screen_links(house: House) -> dict[str, Any]:
    """What a layout on screen needs to find `screen_files`."""
    return {"styles": tuple(f"assets/{name}" for name in SCREEN), "logo": f"assets/{house.logo[0]}"}


def _styles(house: House, names: Iterable[str]) -> Files:
    """Style sheets in their order; the tokens carry the brand's colours."""
    own = {"tokens.css": house.look.css.encode(), "fonts.css": b""}
    return {name: own[name] if name in own else _asset(name) for name in names}


class Studio:
    """Draws the pages of briefs in one brand, locale and paper. Use as a context manager.

    editions: how many briefs it is for; after the last one's charts, the browser ends while the paper is laid out
    """

    def __init__(self, brand: Brand, locale: str, paper: Paper, editions: int = 1) -> None:
        self._house, self._locale, self._paper = house(brand), locale, paper
        self._left = editions
        self._stack = ExitStack()
        self._drawing = self._stack.enter_context(ExitStack())
        self._press: Press | None = None
        self._typesetter: Typesetter | None = None
        self._environments: dict[tuple[str | None, int], Environment] = {}
        self._browser = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def open(self, formats: Collection[str]) -> None:
        """Start, in the background, what pages will need: the browser, the hosted page's fonts."""
        if self._press or not {"pdf", "html"} & set(formats):
            return
        if "pdf" in formats:
            _refuse_illegible(self._house)
        self._stack.enter_context(fonts.pinned(self._house.faces))
        self._press = self._drawing.enter_context(Press())

    def prepare_paper(self, formats: Collection[str]) -> None:
        """Start, in the background, the process that lays out the PDF; later than the browser, which takes longer."""
        if "pdf" in formats and not self._typesetter:
            self._typesetter = self._stack.enter_context(Typesetter(print_styles(self._house)))

    def browser(self) -> str:
        """Name and version of the browser that drew the charts, "" if none was needed."""
        return self._browser

    def render(self, brief: Brief, formats: Collection[str], beside: Files) -> Files:
        """`brief.pdf` and, for "html", the hosted folder, which offers the files `beside` it for download.

        Raises `GateError` for an empty chart or a broken page, `MachineError` without browser or Pango.
        """
        self.open(formats)
        if self._press is None or not {"pdf", "html"} & set(formats):
            return {}
        self.prepare_paper(formats)
        # After a failure, it may hold what was meant for this brief: the next one takes another.
        typesetter, self._typesetter = (self._typesetter, None) if "pdf" in formats else (None, self._typesetter)
        letters = self._house.letters
        words = Words(self._locale, brief.currency, brief.scale, letters)
        drawable = legible(brief, letters)
        charts = draw_all(drawable, self._house.look.theme, words)
        env = self._environment(words)
        with ThreadPoolExecutor(1) as pool:
            # The phone's charts are drawn while the paper's are laid out.
            wide = pool.submit(_drawn, self._press, charts, "wide")
            narrow = pool.submit(_drawn, self._press, charts if "html" in formats else {}, "narrow")
            if typesetter:
                paper = Pages(self._house, words, self._paper, drawable, charts, {}, env)
                typesetter.start(*paper.print(), self._paper)
                typesetter.bring({f"charts/{name}.svg": svg for name, svg in wide.result().items()})
            files: Files = {}
            if "html" in formats:
                screen = Pages(
                    self._house, words, self._paper, brief, charts, {**wide.result(), **narrow.result()}, env
                )
                files = screen.site({*beside, *([PAPER] if typesetter else [])}, beside)
            narrow.result()
        self._browser = self._press.version()
        self._left -= 1
        if self._left <= 0:
            self._drawing.close()
            self._press = None
        if typesetter:
            files[PAPER] = typesetter.finish()
            self._typesetter = typesetter
        return files

    def lacking(self, brief: Brief) -> str:
        """The characters of `brief` that the fonts of the paper lack, the first few."""
        found = sorted(missing(encode(brief).decode(), self._house.letters))
        return " ".join(found[:FEW]) + (" …" if len(found) > FEW else "")

    def _environment(self, words: Words) -> Environment:
        """Briefs in one currency share their templates: to compile these takes as long as to fill them."""
        key = (words.currency, words.scale)
        if key not in self._environments:
            self._environments[key] = environment(words.filters())
        return self._environments[key]


def legible(brief: Brief, drawable: frozenset[str]) -> Brief:
    """`brief` with a question mark for each character that the pinned fonts lack; browsers have fonts of their own."""
    text = CONTROL.sub(lambda found: found[1] + STAND_IN, encode(brief).decode())
    return decode(drawn_text(text, drawable).encode())


def drawn_text(text: str, drawable: frozenset[str]) -> str:
    """`text` with a question mark for each character that is not `drawable`, but for blanks."""
    return text.translate(dict.fromkeys(map(ord, missing(text, drawable)), STAND_IN))


def missing(text: str, drawable: frozenset[str]) -> frozenset[str]:
    """The characters of `text` that are not `drawable`, but for blanks."""
    return frozenset(character for character in set(text) - drawable if not character.isspace())


def _drawn(press: Press, charts: Mapping[str, ChartSpec], size: Literal["wide", "narrow"]) -> Files:
    """SVG of each chart, by "ID-size"."""
    figures = {f"{name}-{size}": getattr(chart, size) for name, chart in charts.items()}
    drawn = press.draw(figures)
    if empty := [name for name, figure in figures.items() if not has_ink(drawn[name], figure)]:
        raise GateError(
            f"charts came out empty: {', '.join(empty)}", "Run again; `reportgen doctor` tests the browser."
        )
    return {name: lean(svg) for name, svg in drawn.items()}


@dataclass(frozen=True)
class Pages:
    """One brief on paper and on screen: the same sections in two layouts."""

    house: House
    words: Words
    paper: Paper
    brief: Brief
    charts: Mapping[str, ChartSpec]
    drawn: Mapping[str, bytes]
    env: Environment

    def print(self) -> tuple[str, Files]:
        """The HTML of the PDF, and the files that it refers to; in place of charts, empty drawings of their size."""
        places = {f"charts/{name}-wide.svg": blank(chart.wide) for name, chart in self.charts.items()}
        return self._html("pdf.html.j2", "print", **print_links(self.house)), {**print_files(self.house), **places}

    def site(self, offered: Collection[str], beside: Files) -> Files:
        """The hosted folder with the files `beside` it; it offers what is `offered` for download."""
        links = tuple((file, label) for file, label in LABELS.items() if file in offered)
        search = {"data": SEARCHED, "currency": self.words.currency or ""} if SEARCHED in beside else None
        html = self._html("site.html.j2", "screen", **screen_links(self.house), downloads=links, search=search)
        scripts = {"assets/customers.js": _asset("customers.js")} if search else {}
        return site(html, self.charts.values(), {**screen_files(self.house), **scripts, **beside}, offered)

    def _html(self, layout: str, medium: str, **more: object) -> str:
        shared = {"medium": medium, "svg": self._svg}
        made = tuple(
            {
                "id": part.id,
                "name": part.name,
                "html": Markup(self.env.get_template(part.template).render(**_fields(part.context), **shared)),  # noqa: S704
            }
            for part in sections(self.brief, self.charts, self.words)
        )
        context = {
            **shared,
            "brand": self.house.brand,
            "frame": frame(self.brief, self.words),
            "sections": made,
            "lang": self.words.language,
            "paper": self.paper,
            "scripts": (),
            "downloads": (),
            **more,
        }
        return self.env.get_template(layout).render(context)

    def _svg(self, chart: str, size: str) -> Markup:
        return Markup(self.drawn[f"{chart}-{size}"].decode())  # noqa: S704  our own browser wrote it


def _fields(context: Any) -> dict[str, Any]:  # noqa: ANN401
    return {field.name: getattr(context, field.name) for field in fields(context)}


def _asset(name: str) -> bytes:
    return resource("assets", name).read_bytes()


def _family(brand: Brand, faces: Collection[fonts.Face]) -> str:
    families = list(dict.fromkeys(face.family for face in faces))
    if brand.font_family and brand.font_family not in families:
        raise UsageError(f"[brand] font_family: there is no {brand.font_family!r}", f"There is: {', '.join(families)}.")
    return brand.font_family or families[0]


def _refuse_illegible(house: House) -> None:
    """Refuses a name that the paper can't show: a question mark in the house's own name is no way out."""
    drawable = house.letters
    for key in ("name", "unit", "title", "classification"):
        text = getattr(house.brand, key)
        if strange := "".join(sorted({letter for letter in text if letter not in drawable})):
            raise UsageError(
                f"[brand] {key}: {text!r} has letters that the PDF's fonts lack: {strange}",
                'Name fonts that have them: [brand] fonts = "FOLDER"; or leave out the PDF: --format html,json,csv.',
            )
