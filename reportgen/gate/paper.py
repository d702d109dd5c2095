"""The PDF as a reader's program sees it: its text, and where on the pages it stands."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

EDGE = 8.0
"""Points that printers can't reach."""


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    with _opened(pdf) as document:
        return "\n".join(_text(page) for page in document)


def faults(pdf: bytes) -> tuple[str, ...]:
    """What is wrong with the pages: one without text, text that runs off the paper."""
    with _opened(pdf) as document:
        return tuple(fault for number, page in enumerate(document, 1) for fault in _faults(page, number))


def _faults(page: Any, number: int) -> Iterator[str]:  # noqa: ANN401 - untyped library
    width, height = page.get_size()
    with closing(page.get_textpage()) as text:
        places = [text.get_rect(index) for index in range(text.count_rects())]
    if not places:
        yield f"page {number} is blank"
    for left, bottom, right, top in places:
        if left < EDGE or bottom < EDGE or right > width - EDGE or top > height - EDGE:
            yield f"text runs off page {number}"
            return


def _text(page: Any) -> str:  # noqa: ANN401 - untyped library
    with closing(page.get_textpage()) as text:
        return str(text.get_text_bounded())


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    from pypdfium2 import PdfDocument

    with closing(PdfDocument(pdf)) as document:
        yield document
