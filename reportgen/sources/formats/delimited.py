"""Delimited text (CSV): encoding and delimiter are detected here, every cell is read as text."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Any, Final

import duckdb

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import encodings
from reportgen.sources.engine import Engine

SUFFIXES: Final = (".csv", ".tsv", ".txt")
_DELIMITERS: Final = ",;\t|"
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True)
class Text:
    """A delimited file; `skip` lines stand before its header."""

    file: Path
    headers: tuple[str, ...]
    delimiter: str
    encoding: str
    skip: int
    notes: tuple[str, ...]
    dialect: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    def load(self, engine: Engine, columns: Mapping[str, str], table: str) -> Any:
        """See `Part.load`. Raises `InputError` for rows that don't fit the header."""
        names = [f"c{index}" for index in range(len(self.headers))]
        chosen = {meaning: names[self.headers.index(header)] for meaning, header in columns.items()}
        with _as_utf8(self.file, self.encoding) as readable:
            try:
                view = engine.read_csv(
                    escape(str(readable)),
                    table_name=f"{table}_file",
                    auto_detect=False,
                    header=True,
                    skip=self.skip,
                    delim=self.delimiter,
                    quote='"',
                    escape='"',
                    columns=dict.fromkeys(names, "VARCHAR"),
                    strict_mode=True,
                )
                rows = engine.create_table(table, view.select(**chosen), temp=True)
            except duckdb.Error as error:
                raise _unreadable(self.name, str(error)) from error
        return rows.mutate(row=rows.rowid() + 1)


def parts(_engine: Engine, file: Path, spec: config.Input) -> tuple[Text, ...]:
    """The table in `file`. Raises `InputError`."""
    encoding = encodings.detect(file, spec.encoding)
    start = encodings.start(file, encoding)
    lines = start.splitlines()
    separator = _excel_hint(lines[0]) if lines else None
    body = start.split("\n", 1)[-1] if separator else start
    delimiter = spec.delimiter or separator or _delimiter(body)
    headers = tuple(header.strip() for header in next(_records(body, delimiter), []))
    notes = (
        []
        if encoding in {"utf-8", "utf-8-sig"}
        else [f"{file.name}: read as {encodings.NAMES.get(encoding, encoding)}"]
    )
    dialect = {"delimiter": delimiter, "encoding": encoding}
    return (Text(file, headers, delimiter, encoding, 1 if separator else 0, tuple(notes), dialect),)


def _excel_hint(line: str) -> str | None:
    """The delimiter in a first line `sep=;`, which Excel writes and reads."""
    stripped = line.strip().strip('"')
    return stripped[4] if stripped.lower().startswith("sep=") and len(stripped) == len("sep=;") else None


def _delimiter(start: str) -> str:
    """The delimiter that splits the header into most columns."""
    return max(_DELIMITERS, key=lambda each: len(next(_records(start, each), [])))


def _records(start: str, delimiter: str) -> Iterator[list[str]]:
    return (record for record in csv.reader(io.StringIO(start), delimiter=delimiter) if any(record))


@contextmanager
def _as_utf8(file: Path, encoding: str) -> Iterator[Path]:
    """`file` itself, or a copy of it in UTF-8 for as long as it is read."""
    if encoding in {"utf-8", "utf-8-sig"}:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
        copy = Path(folder) / "input.csv"
        encodings.transcode(file, encoding, copy)
        yield copy


def _unreadable(name: str, message: str) -> InputError:
    """The reader's complaint in short: which record, and why."""
    lines = [line for line in message.splitlines() if line.strip()]
    if "unterminated quote" in message:
        reason, remedy = "a quote is opened and not closed", "Write quotes inside a quoted field twice."
    elif "Expected Number of Columns" in message:
        reason = next(line for line in lines if "Expected Number of Columns" in line).strip()
        remedy = "A field that holds the delimiter must stand in quotes."
    else:
        reason, remedy = lines[0], "Export the file again as CSV in UTF-8."
    where = next((line.split("Line:")[-1].strip() for line in lines if "Line:" in line), "")
    row = f", row {int(where) - 1}" if where.isdigit() else ""
    return InputError(f"{name}{row}: {reason}", remedy)
