"""PDF by WeasyPrint: takes HTML and its files in memory, gives the bytes of a tagged PDF."""

import ctypes.util
import gc
import logging
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from mimetypes import guess_type
from typing import Any, Literal
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from reportgen.errors import GateError, MachineError

REMEDY = "Debian: `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`."
TEXT = "{http://www.w3.org/2000/svg}text"
BODY, CLOSER = '<body class="', '<body class="close '
"""How the body of pages begins, and where they are laid out closer."""
BASE = "https://brief.invalid/"
"""The made-up place of the given files; relative addresses in the HTML and CSS resolve against it."""


def pdf(
    html: str,
    files: Mapping[str, bytes],
    *,
    styles: Any = None,  # noqa: ANN401 - untyped library
    paper: Literal["A4", "Letter"] = "A4",
    drawings: Callable[[], Mapping[str, bytes]] = dict,
) -> bytes:
    """The PDF/UA-1 tagged, bookmarked PDF of `html`; `files` (relative path → bytes) is all that it can refer to.

    The same bytes for the same input, without a date. A cover that doesn't fit its page is laid out once more, with the
    class `close` on the body: how much there is to say on page 1 is known to nobody before.
    `styles`: a `sheet`, beside those that the HTML links; `paper`: the size of pages that set none in `@page`;
    `drawings` gives, once the pages are laid out, the SVG files whose place an empty one of the same size took.
    Raises `GateError` for a missing file or glyph, an image without alt text, CSS that WeasyPrint ignores;
    `MachineError` if Pango and its friends are not installed.
    """
    weasyprint = load()
    images: dict[str, Any] = {}
    with _complaints() as found, _no_clock(), _no_collection():
        size = weasyprint.CSS(string=f"@page {{ size: {paper} }}")
        given = {"stylesheets": [*filter(None, [styles]), size], "cache": images}
        page = _page(html, files)
        document = page.render(**given)
        if _spills(document, page.etree_element):
            document = _page(html.replace(BODY, CLOSER, 1), files).render(**given)
        _fill_in(images, drawings())
        result: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    _refuse(found)
    return result


@cache
def sheet(css: str) -> Any:  # noqa: ANN401 - untyped library
    """The style sheet `css`, which refers to no files, read once for all PDFs. Raises as `pdf` does."""
    weasyprint = load()
    with _complaints() as found:
        made = weasyprint.CSS(string=css)
    _refuse(found)
    return made


def _refuse(complaints: Collection[str]) -> None:
    if complaints:
        raise GateError(
            "The PDF is not as designed: " + "; ".join(dict.fromkeys(complaints)) + ".",
            "For a missing glyph name fonts that have it: [brand] fonts; or leave out the PDF: --format html,json,csv.",
        )


def _spills(document: Any, tree: ET.Element) -> bool:  # noqa: ANN401 - untyped library
    """Whether the first section of `tree`, the cover, needs more than a page: the second doesn't begin on page 2."""
    if len(document.pages) == 1:
        return False
    sections = [each.get("id") for each in tree.iter() if str(each.tag).rpartition("}")[2] == "section"]
    return len(sections) > 1 and sections[1] not in document.pages[1].anchors


def _page(html: str, files: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - untyped library
    """WeasyPrint's document; one that is well-formed, as ours are, is parsed in a twentieth of its parser's time."""
    document = load().HTML
    given: dict[str, Any] = {"base_url": BASE, "url_fetcher": _fetcher(files), "media_type": "print"}
    try:
        tree = ET.fromstring(html)  # noqa: S314 - our own
    except ET.ParseError:
        return document(string=html, **given)
    from cssselect2 import ElementWrapper

    # What its constructor leaves behind, which takes no tree.
    page, root = object.__new__(document), ElementWrapper.from_html_root(tree, content_language=None)
    page.__dict__ |= {**given, "wrapper_element": root, "etree_element": root.etree_element}
    return page


def _fill_in(images: Mapping[str, Any], drawn: Mapping[str, bytes]) -> None:
    """Puts `drawn` into the places that `images` (WeasyPrint's, by address) keep for them."""
    for name, svg in drawn.items():
        if place := images.get(BASE + name):
            tree = ET.fromstring(svg)  # noqa: S314 - our own
            # What its constructor does; the layout holds on to the object, and draws it when the PDF is written.
            place.__init__(tree, place._base_url, place._url_fetcher, place._context)  # noqa: SLF001
            _unfold(place._svg.tree)  # noqa: SLF001
            for label in tree.iter(TEXT):
                label.text = _Line(label.text or "")


class _Line(str):
    """A label of a chart that goes through iteration in one piece.

    WeasyPrint shapes and draws SVG text code point by code point (its issue 2249): kerning is lost, accents part from
    their letters, and it takes five times as long.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _unfold(node: Any) -> None:  # noqa: ANN401 - untyped library
    """Lets WeasyPrint's `node` settle its texts, which it does when first asked for its children."""
    for child in node:
        _unfold(child)


def load() -> Any:  # noqa: ANN401 - untyped library
    """WeasyPrint, imported at its first use: call it in time to hide its 0.5 s behind something else."""
    try:
        with _by_full_names():
            import weasyprint
    except OSError as error:
        raise MachineError(f"PDF needs the library Pango: {error}.", REMEDY) from error
    return weasyprint


@contextmanager
def _by_full_names() -> Iterator[None]:
    """Libraries are found by full names such as `libpango-1.0.so.0` within, where these are in use.

    WeasyPrint tries short ones first, and for each of them Python asks `ldconfig` and the compiler: 38 processes.
    """

    def none(name: str) -> str | None:  # noqa: ARG001 - as called
        return None

    usual = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = none
    try:
        yield
    finally:
        ctypes.util.find_library = usual


def _fetcher(files: Mapping[str, bytes]) -> Any:  # noqa: ANN401
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Memory(URLFetcher):  # type: ignore[misc] # untyped library
        """Serves `files` and data: addresses; no network and no file system."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = unquote(url.removeprefix(BASE))
            if not url.startswith(BASE) or (content := files.get(name)) is None:
                raise ValueError(f"not one of the brief's files: {url}")
            kind = guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return Memory(allowed_protocols=("data",))


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint warns of within: it goes on where we mustn't."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    logger.addHandler(collector)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield found
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate


@contextmanager
def _no_clock() -> Iterator[None]:
    """Embedding stamps fonts with the time, unless SOURCE_DATE_EPOCH gives one."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextmanager
def _no_collection() -> Iterator[None]:
    """Layout makes many small lasting objects: looking for garbage among them only costs time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
