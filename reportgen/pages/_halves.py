"""Texts in two halves, one beside the other: broken where both are about as high.

CSS could balance columns by itself; on paper that is done by trial, and takes a tenth of the whole layout.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Final, Literal

LINE: Final = 60
"""Characters of a line in half a page."""
HEADING: Final = 2
"""Lines that a heading takes."""

Kind = Literal["terms", "inline", "list"]
Entry = tuple[str, str]


@dataclass(frozen=True)
class Block:
    """Entries under one heading: terms above or beside their texts, or a list of texts alone (their terms are "").

    name: "" without a heading, as for the rest of a block that was broken
    """

    name: str
    kind: Kind
    entries: tuple[Entry, ...]


Halves = tuple[tuple[Block, ...], tuple[Block, ...]]


def halves(blocks: Iterable[Block]) -> Halves:
    """`blocks` in their order, in two halves whose heights differ least; empty ones are left out."""
    flat = [(block, place) for block in blocks for place in range(len(block.entries))]
    ends = [0, *accumulate(_lines(block, place) for block, place in flat)]
    middle = min(range(len(ends)), key=lambda cut: (abs(ends[-1] - 2 * ends[cut]), -cut))
    return _together(flat[:middle]), _together(flat[middle:])


def _lines(block: Block, place: int) -> float:
    """About how many lines the entry takes, with the heading before the first one."""
    term, text = block.entries[place]
    beside = len(term) if block.kind == "inline" else 0
    above = 1 if block.kind == "terms" else 0
    heading = HEADING if place == 0 and block.name else 0
    return heading + above + -(-(len(text) + beside) // LINE) + 0.2


def _together(flat: Sequence[tuple[Block, int]]) -> tuple[Block, ...]:
    """The entries again under their headings."""
    return tuple(_rest([*run]) for _, run in groupby(flat, key=lambda entry: id(entry[0])))


def _rest(run: Sequence[tuple[Block, int]]) -> Block:
    """Entries of one block; one that began in the other half goes on without its heading."""
    block, first = run[0]
    return Block("" if first else block.name, block.kind, tuple(block.entries[place] for _, place in run))
