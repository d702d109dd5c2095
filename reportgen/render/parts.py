"""Parts: what stands where on a page of ours; whoever takes something out or puts something in leaves all other bytes.

Archives hold the pages of years. They are read by a parser, not by how a template happens to write its tags today.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import Final

VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
"""What has no end tag."""
Edit = tuple[int, int, str]
"""From where to where, and what stands there instead."""


@dataclass(frozen=True)
class Part:
    """An element of a page: from `start` to `end`; what is in it, from `inside` to `until`."""

    tag: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    until: int
    end: int

    @property
    def id(self) -> str:
        """Its id, "" if it has none."""
        return self.attributes.get("id", "")

    def is_kind(self, kind: str) -> bool:
        """Whether `kind` is one of its classes."""
        return kind in self.attributes.get("class", "").split()


class Page:
    """A page and its parts, in the order in which they begin.

    What isn't closed, as where a file broke off, is none; nor is what stands in a drawing or in a table.
    """

    def __init__(self, html: str) -> None:
        self.html = html
        self._parts = _Reader(html).parts()

    def find(self, tag: str, kind: str = "", within: Part | None = None) -> Iterator[Part]:
        """The elements `tag`; of the class `kind` if one is named; inside of the part `within` if one is given."""
        for part in self._parts:
            if part.tag == tag and (not kind or part.is_kind(kind)) and (within is None or _lies(part, within)):
                yield part

    def first(self, tag: str, kind: str = "", within: Part | None = None) -> Part | None:
        """The first of what `find` finds; None where there is none, for the caller to answer."""
        return next(self.find(tag, kind, within), None)

    def sections(self) -> tuple[Part, ...]:
        """The sections of the brief: each has an id, and begins a page on paper."""
        return tuple(part for part in self.find("section") if part.id)

    def description(self) -> str | None:
        """What it says of itself to search machines: its headline."""
        found = (part for part in self.find("meta") if part.attributes.get("name") == "description")
        return next((part.attributes.get("content") for part in found), None)

    def inner(self, part: Part) -> str:
        """The mark-up inside of `part`."""
        return self.html[part.inside : part.until]

    def text(self, part: Part) -> str:
        """The words of `part`."""
        return _Words(self.inner(part)).text()

    def edited(self, edits: Iterable[Edit]) -> str:
        """The page after `edits`; what lies in a part that goes, goes with it."""
        made, place = [], 0
        for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1] > edit[0], -edit[1])):
            if start >= place:
                made += [self.html[place:start], new]
                place = end
        return "".join([*made, self.html[place:]])

    def without(self, part: Part) -> Edit:
        """Takes `part` out, with the end of its line."""
        return part.start, part.end + self.html.startswith("\n", part.end), ""


def _lies(part: Part, within: Part) -> bool:
    return within.inside <= part.start and part.end <= within.until


class _Reader(HTMLParser):
    """Notes where elements begin and end. Drawings and tables, most of a page, are read as one piece, like scripts."""

    CDATA_CONTENT_ELEMENTS = (*HTMLParser.CDATA_CONTENT_ELEMENTS, "svg", "table")  # type: ignore[misc] # as it is read

    def __init__(self, html: str) -> None:
        super().__init__()
        self._html = html
        self._lines = list(accumulate((len(line) + 1 for line in html.split("\n")), initial=0))
        self._open: list[Part] = []
        self._closed: list[Part] = []

    def parts(self) -> tuple[Part, ...]:
        with suppress(AssertionError):  # of "<![", which damage alone writes: what follows is none
            self.feed(self._html)
            self.close()
        return tuple(sorted(self._closed, key=lambda part: (part.start, -part.end)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        inside = start + len(self.get_starttag_text() or "")
        part = Part(tag, {name: value or "" for name, value in attrs}, start, inside, inside, inside)
        (self._closed if tag in VOID else self._open).append(part)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._closed.append(self._open.pop())

    def handle_endtag(self, tag: str) -> None:
        until = self._place()
        while any(part.tag == tag for part in reversed(self._open)):
            part = self._open.pop()  # one inside that needs no end tag ends here, too
            end = self._html.index(">", until) + 1 if part.tag == tag else until
            self._closed.append(Part(part.tag, part.attributes, part.start, part.inside, until, end))
            if part.tag == tag:
                return

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


class _Words(HTMLParser):
    """Keeps the words of mark-up."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._words: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def text(self) -> str:
        return "".join(self._words)
