"""Text: tables and parts, what all media lay out, and how an index reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.brief.track import SkippedMonth
from reportgen.wording import NONE, Words


@dataclass(frozen=True)
class Table:
    """Text in rows and columns; the first column is of words, `texts` are the places of others that are."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """What is said of one recipe, or of two side by side: tables, then paragraphs with their names.

    `wide`: a table has more columns than half a page has room for
    """

    title: str
    deck: str
    tables: tuple[Table, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wide: bool = False


def index(value: float | None, words: Words, digits: int = 2) -> str:
    """An index with its sign only where it is negative."""
    return words.signed(value, lambda size: words.count(size, digits)).removeprefix("+") if value is not None else NONE


def skipped(months: Iterable[SkippedMonth], words: Words) -> tuple[str, ...]:
    """The month-ends left out of a track record, by reason."""
    reasons: dict[str, list[str]] = {}
    for skipped in months:
        reasons.setdefault(skipped.reason.rstrip("."), []).append(words.short_date(skipped.month_end))
    return tuple(f"Not in it: {words.joined(ends)} ({reason})." for reason, ends in reasons.items())
