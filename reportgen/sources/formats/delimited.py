"""Delimited text (CSV): encoding and delimiter are detected here, every cell is read as text."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from glob import escape
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import encodings, packed, quotes
from reportgen.sources.connection import Connection, enough_memory, identifier, literal
from reportgen.sources.formats import HEADER_WITHIN, VARIETY, number
from reportgen.sources.toml import quoted

SUFFIXES: Final = (*packed.TEXTS, *packed.SUFFIXES)
_UTF8: Final = ("utf-8", "utf-8-sig")
_MIXED_LINE_ENDS: Final = "invalid state"
"""In the reader's message about a file that ends some lines with CR LF and others with LF."""
_DELIMITERS: Final = ",;\t|"
_LOOKED_AT, _FAULTY = 300, 10
"""Records at the start; so many values of them may not be what the engine reads, as of the last one, which is cut."""
_BUFFER: Final = 10 << 20
"""Bytes that the engine reads at a time: its usual 32 MB take 50 MB more, and leave a core idle at the end."""


@dataclass(frozen=True)
class Text:
    """A delimited file; `skip` lines stand before its header, of which `broken` has several.

    varied: see `Part`, by the first lines
    """

    file: Path
    headers: tuple[str, ...]
    skip: int
    notes: tuple[str, ...]
    dialect: Mapping[str, str]
    sheet: str = ""
    varied: frozenset[str] = frozenset()
    broken: bool = False
    doubles: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    def load(self, con: Connection, columns: Mapping[str, str], table: str) -> None:
        """See `Part.load`. Raises `InputError` for rows that don't fit the header."""
        names = [f"c{index}" for index in range(len(self.headers))]
        chosen = {meaning: names[self.headers.index(header)] for meaning, header in columns.items()}
        # A header of several lines leaves the engine in doubt how lines end: it would find no rows under it.
        copied = self.skip > 0 or self.broken or self.dialect["encoding"] not in _UTF8 or packed.packed(self.file)
        try:
            self._read(con, chosen, f"{table}_cells", copied=copied)
        except duckdb.Error as error:
            if copied or _MIXED_LINE_ENDS not in str(error):
                raise _unreadable(self.name, str(error)) from error
            self._read(con, chosen, f"{table}_cells", copied=True)
        number(con, f"{table}_cells", table)

    def _read(self, con: Connection, chosen: Mapping[str, str], table: str, *, copied: bool) -> None:
        """The chosen columns as `table`, read from the file or from a clean copy of it."""
        columns = ", ".join(f"{name} AS {identifier(meaning)}" for meaning, name in chosen.items())
        names = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(self.headers)))
        with self._clean_copy() if copied else nullcontext(self.file) as readable, enough_memory():
            source = (
                f"read_csv({literal(escape(str(readable)))}, auto_detect = false, header = true, quote = '\"', "
                f"escape = '\"', delim = {literal(self.dialect['delimiter'])}, columns = {{{names}}}, "
                f"strict_mode = true, buffer_size = {_BUFFER})"
            )
            made = f"CREATE OR REPLACE TABLE {identifier(table)} AS SELECT {columns} FROM {source}"  # noqa: S608 - quoted
            ((rows,),) = con.execute(made).fetchall()
            known = quotes.Table(readable, source, self.headers, self.dialect["delimiter"], rows)
            quotes.refuse_swallowed(con, self.name, known)

    @contextmanager
    def _clean_copy(self) -> Iterator[Path]:
        """A copy from the header on, in UTF-8 with one kind of line ends, for as long as it is read."""
        with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
            copy = Path(folder) / "input.csv"
            encodings.transcode(self.file, self.dialect["encoding"], copy, self.skip)
            yield copy


def tables(_con: Connection, file: Path, spec: config.Input) -> tuple[Iterator[Text]]:
    """The table in `file`. Raises `InputError`."""
    return (_readings(file, encodings.detect(file, spec.encoding), spec.delimiter),)


def _readings(file: Path, encoding: str, configured: str | None) -> Iterator[Text]:
    """The table by which line is its header: the first one that isn't blank, or one below it."""
    lines = encodings.start(file, encoding).split("\n")
    separator = _excel_hint(lines[0])
    notes = () if encoding in _UTF8 else (f"{file.name}: read as {encodings.NAMES.get(encoding, encoding)}",)
    for skip in range(1 if separator else 0, min(HEADER_WITHIN, len(lines))):
        body = "\n".join(lines[skip:])
        delimiter = configured or separator or _delimiter(body)
        records = _records(body, delimiter)
        first = next(records, [])
        headers = tuple(header.strip() for header in first)
        if any(headers):
            dialect = {"delimiter": delimiter, "encoding": encoding}
            broken = any("\n" in header for header in first)
            yield Text(file, headers, skip, notes, dialect, varied=_varied(headers, records), broken=broken)
    if configured:
        _refuse_unsplit(file.name, configured, lines[:HEADER_WITHIN])


def _varied(headers: Sequence[str], records: Iterable[Sequence[str]]) -> frozenset[str]:
    """The columns that have more than `VARIETY` values in the first of `records`."""
    rows = [*islice(records, _LOOKED_AT)]
    values = {header: {row[place] for row in rows if len(row) == len(headers)} for place, header in enumerate(headers)}
    return frozenset(header for header, each in values.items() if len(each) > VARIETY + _FAULTY)


def _excel_hint(line: str) -> str | None:
    """The delimiter in a first line `sep=;`, which Excel writes and reads."""
    stripped = line.strip().strip('"')
    return stripped[4] if stripped.lower().startswith("sep=") and len(stripped) == len("sep=;") else None


def _delimiter(start: str) -> str:
    """The delimiter that splits the header into most columns."""
    return max(_DELIMITERS, key=lambda each: len(next(_records(start, each), [])))


def _refuse_unsplit(name: str, configured: str, lines: Sequence[str]) -> None:
    """Where no reading is accepted: says so if that is due to a configured delimiter that the file doesn't use."""
    widths = {each: max(len(next(_records(line, each), [])) for line in lines) for each in (configured, *_DELIMITERS)}
    better = max(_DELIMITERS, key=lambda each: widths[each])
    if widths[configured] == 1 < widths[better]:
        raise InputError(
            f"{name}: the configured delimiter {configured!r} leaves the header in one field; it would split into "
            f"{widths[better]} columns by {better!r}",
            f"Correct it in the configuration, or leave it out: [input] delimiter = {quoted(better)}.",
        )


def _records(start: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(start), delimiter=delimiter)


def _unreadable(name: str, message: str) -> InputError:
    """The reader's complaint in short: which record, and why."""
    if "unterminated quote" in message:
        reason, remedy = "a quote is opened and not closed", "Write quotes inside a quoted field twice."
    elif fields := re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message):
        reason = f"the row has {fields[2]} fields, the header {fields[1]}"
        more = int(fields[2]) > int(fields[1])
        remedy = "A field that holds the delimiter must stand in quotes." if more else "Complete the row, or delete it."
    else:
        reason, remedy = message.splitlines()[0], "Export the file again as CSV in UTF-8."
    line = re.search(r"Line: (\d+)", message)
    return InputError(f"{name}, data row {int(line[1]) - 1}: {reason}" if line else f"{name}: {reason}", remedy)
