"""Quotes: one that is opened by mistake and closed much later makes a field of the rows between."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from reportgen.errors import InputError
from reportgen.sources.connection import Connection, literal

_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Table:
    """What was read: `source`, the `file` as SQL has it, with columns c0, c1 … under `headers`; how many `rows`."""

    file: Path
    source: str
    headers: Sequence[str]
    delimiter: str
    rows: int


def refuse_swallowed(con: Connection, name: str, table: Table) -> None:
    """Raise `InputError` if a field holds whole rows, of which it has the line ends and all delimiters."""
    # Most files have a line for each row, and then no field holds one. With one column, a delimiter is a letter.
    if len(table.headers) < 2:  # noqa: PLR2004
        return
    end, count = _line_ends(table.file)
    if count > table.rows + 1:
        row, place, lines, lost = con.execute(_search(table, f"chr({end})")).fetchall()[0]
        if row is not None:
            raise InputError(
                f"{name}, data row {row}, column {table.headers[place]}: one field holds {lines + 1} lines that look "
                f"like rows, since a quote is opened there and closed later; {lost:,} rows of the file would be lost",
                'Write a quote inside a quoted field twice ("12"" lamp"), or export the file again.',
            )


def _search(table: Table, end: str) -> str:
    """Of fields that hold whole rows: the first one's row, place and line ends, and the line ends of all."""
    held = " ".join(
        f"WHEN {_times(f'c{place}', end)} > 0 AND {_times(f'c{place}', literal(table.delimiter))} = "
        f"{_times(f'c{place}', end)} * {len(table.headers) - 1} THEN {{'place': {place}, "
        f"'lines': {_times(f'c{place}', end)}}}"
        for place in range(len(table.headers))
    )
    return (
        f"WITH numbered AS (SELECT row_number() OVER () AS row, * FROM {table.source}), "  # noqa: S608 - made here
        f"told AS (SELECT row, CASE {held} END AS held FROM numbered), "
        "found AS (SELECT row, held.place AS place, held.lines AS lines FROM told WHERE held IS NOT NULL) "
        "SELECT min(row), arg_min(place, row), arg_min(lines, row), sum(lines) FROM found"
    )


def _times(field: str, sign: str) -> str:
    """How often `sign` is in `field`."""
    return f"(length({field}) - length(replace({field}, {sign}, '')))"


def _line_ends(file: Path) -> tuple[int, int]:
    """The sign that ends a line of `file`, and how often."""
    with file.open("rb") as stream:
        each = [(chunk.count(b"\n"), chunk.count(b"\r")) for chunk in iter(partial(stream.read, _CHUNK), b"")]
    feeds, returns = (sum(counts) for counts in zip(*each, strict=True))
    return (10, feeds) if feeds else (13, returns)
