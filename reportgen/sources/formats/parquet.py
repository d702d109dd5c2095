"""Parquet: typed columns, read where they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Final

import duckdb
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.engine import Engine

SUFFIXES: Final = (".parquet", ".pq")


@dataclass(frozen=True)
class Columnar:
    """A Parquet file."""

    file: Path
    headers: tuple[str, ...]
    notes: tuple[str, ...] = ()
    dialect: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    def load(self, engine: Engine, columns: Mapping[str, str], table: str) -> ir.Table:
        """See `Part.load`. Raises `InputError` for damaged data."""
        try:
            rows = engine.read_parquet(escape(str(self.file)), table_name=table, file_row_number=True)
        except duckdb.Error as error:
            raise damaged(self.name, error) from error
        chosen = {meaning: _plain(rows[header]) for meaning, header in columns.items()}
        return rows.select(row=rows.file_row_number + 1, **chosen)


def tables(engine: Engine, file: Path, _spec: config.Input) -> tuple[tuple[Columnar], ...]:
    """The table in `file`. Raises `InputError`."""
    query = "SELECT name, coalesce(num_children, 0) FROM parquet_schema(?)"
    try:
        schema = engine.con.execute(query, [escape(str(file))]).fetchall()
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


def _plain(column: ir.Value) -> ir.Value:
    """`column` in a type that Ibis knows; it lacks instants with a zone in nanoseconds, and columns without a value."""
    kind = str(column.type())
    if "TIMESTAMPTZ" in kind:
        return column.cast("timestamp('UTC')")
    return column.cast("string") if column.type().is_unknown() else column


def damaged(name: str, error: Exception) -> InputError:
    """The reader's complaint in short."""
    return InputError(
        f"{name}: this Parquet file is damaged or cut short ({str(error).splitlines()[0]})", "Copy or export it again."
    )
