"""Parquet: typed columns, read where they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Final

import duckdb

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.connection import Connection, identifier, literal

SUFFIXES: Final = (".parquet", ".pq")
_ROW: Final = "file_row_number"


@dataclass(frozen=True)
class Columnar:
    """A Parquet file."""

    file: Path
    headers: tuple[str, ...]
    notes: tuple[str, ...] = ()
    dialect: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    varied: frozenset[str] = frozenset()
    doubles: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    def load(self, con: Connection, columns: Mapping[str, str], table: str) -> None:
        """See `Part.load`. Raises `InputError` for damaged data."""
        if _ROW in self.headers:
            raise InputError(f"{self.name}: a column is called {_ROW}, as DuckDB calls its own", "Rename that column.")
        chosen = ", ".join(f"{identifier(header)} AS {identifier(meaning)}" for meaning, header in columns.items())
        rows = f"read_parquet({literal(escape(str(self.file)))}, {_ROW} = true)"
        query = f"SELECT {_ROW} + 1 AS row, {chosen} FROM {rows}"  # noqa: S608 - quoted
        try:
            con.execute(f"CREATE VIEW {identifier(table)} AS {query}")
        except duckdb.Error as error:
            raise damaged(self.name, error) from error


def tables(con: Connection, file: Path, _spec: config.Input) -> tuple[tuple[Columnar], ...]:
    """The table in `file`. Raises `InputError`."""
    query = "SELECT name, coalesce(num_children, 0) FROM parquet_schema(?)"
    try:
        schema = con.execute(query, [escape(str(file))]).fetchall()
    except duckdb.Error as error:
        raise damaged(file.name, error) from error
    return ((Columnar(file, _top_level(schema)),),)


def _top_level(schema: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Names of the columns. The tree is listed depth first, its root above all; fields within a column are skipped."""
    names, inner = [], 0
    for name, children in schema[1:]:
        if inner == 0:
            names.append(name)
        inner += children - (inner > 0)
    return tuple(names)


def damaged(name: str, error: Exception) -> InputError:
    """The reader's complaint in short."""
    return InputError(
        f"{name}: this Parquet file is damaged or cut short ({str(error).splitlines()[0]})", "Copy or export it again."
    )
