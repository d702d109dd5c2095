"""What names customers stays out of a hosted copy: the watch list on the page and in the PDF, its rows as figures."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec

from reportgen.render.parts import Edit, Page, Part

WATCH: Final = "watch"
NOTE: Final = (
    '\n<header class="head"><h2>The watch list names customers: it is not part of this copy</h2>'
    '<p class="deck">The issue that management gets has it. Analysts have it as a list.</p></header>\n'
)
NAMED: Final = (("watch_list", "accounts"), ("concentration", "largest"), ("giants", "orders"), ("giants", "largest"))
"""Where the playbook of a brief names customers."""
MADE = re.compile(rb"\(D:\d{14}\+00'00'\)")
MARKS = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")
NEVER: Final = b"(D:19700101000000+00'00')"
TAIL = 512
"""Bytes at the end of a PDF that hold its mark."""


def watch(page: Page) -> list[Edit]:
    """What takes the section that names customers from an edition's page, but leaves its place; [] without one."""
    return [(part.inside, part.until, _kicker(page, part) + NOTE) for part in page.sections() if part.id == WATCH]


def _kicker(page: Page, section: Part) -> str:
    """The line above the title of `section`, with its number and name; the cover has none."""
    found = page.first("p", "kicker", section)
    return f"\n{page.html[found.start : found.end]}" if found else ""


def figures(document: bytes) -> bytes | None:
    """A brief as JSON without the customers that it names; None where it can't be read."""
    try:
        brief: dict[str, Any] = msgspec.json.decode(document)
        book: dict[str, Any] = brief.get("playbook") or {}
        named = [(part, rows) for part, rows in NAMED if book.get(part, {}).get(rows)]
    except (ValueError, AttributeError):  # as msgspec's are, and those of text that isn't UTF-8
        return None
    for part, rows in named:
        book[part][rows] = []
    return msgspec.json.format(msgspec.json.encode(brief), indent=1) + b"\n" if named else document


def paper(pdf: bytes, sections: Sequence[str], digest: str) -> bytes | None:
    """`pdf`, whose sha256 is `digest`, without the pages of the section; None where they can't be told from others.

    `sections` are those of the page of the same edition, by id: they are the bookmarks of the PDF. The same bytes for
    the same PDF.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        whole = PdfDocument(pdf)
        left_out = _span(_starts(whole), sections, len(whole))
        if not left_out:
            return None
        copy, made = PdfDocument.new(), BytesIO()
        copy.import_pages(whole, [number for number in range(len(whole)) if number not in left_out])
        copy.save(made)
    except PdfiumError:
        return None
    return MARKS.sub(_mark(digest), MADE.sub(NEVER, made.getvalue()))


def made_of(file: Path, digest: str) -> bool:
    """Whether `file` is the `paper` of the PDF of that digest."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        opened.seek(-min(TAIL, file.stat().st_size), 2)
        return _mark(digest) in opened.read()


def _starts(whole: Any) -> list[int]:  # noqa: ANN401 - untyped library
    """The first page of each bookmark of the first level."""
    marks = [mark for mark in whole.get_toc(max_depth=1) if mark.level == 0]
    return [dest.get_index() for mark in marks if (dest := mark.get_dest())]


def _span(starts: Sequence[int], sections: Sequence[str], pages: int) -> range:
    """The pages of the section that names customers; none where bookmarks and sections do not fit each other."""
    if len(starts) != len(sections) or sections.count(WATCH) != 1:
        return range(0)
    place = sections.index(WATCH)
    return range(starts[place], [*starts, pages][place + 1])


def _mark(digest: str) -> bytes:
    each = digest[:32].upper().encode()
    return b"/ID[<" + each + b"><" + each + b">]"
