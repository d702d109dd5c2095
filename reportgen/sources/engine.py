"""The engine that reads files: DuckDB, through Ibis."""

from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from reportgen.sources.connection import Connection, literal

Engine: TypeAlias = DuckDB
"""What reads files: an Ibis backend; `con` is the DuckDB connection below it."""


def over(con: Connection) -> Engine:
    """Ibis over `con`."""
    return DuckDB.from_connection(con)


def one(table: ir.Table) -> dict[str, Any]:
    """The one row of `table`, as of sums over all rows of another."""
    row: dict[str, Any] = table.to_pyarrow().to_pylist()[0]
    return row


def copied(engine: Engine, lines: ir.Table, folder: Path) -> tuple[Path]:
    """`lines` as a file in `folder`, by DuckDB, which ends each with LF and changes nothing in it. Raises `OSError`."""
    file = folder / "lines"
    raw = "FORMAT csv, HEADER false, DELIMITER '', QUOTE '', ESCAPE ''"
    try:
        engine.con.execute(f"COPY ({engine.compile(lines)}) TO {literal(str(file))} ({raw})")
    except duckdb.IOException as error:
        raise OSError(str(error).splitlines()[0]) from error
    return (file,)


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def try_strptime(text: str, formats: list[str]) -> datetime:  # type: ignore[empty-body]
    """The instant that `text` is under the first of `formats` that fits, else null."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def make_timestamp(micros: int) -> datetime:  # type: ignore[empty-body]
    """The instant so many microseconds after 1970."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def epoch_us(instant: datetime) -> int:  # type: ignore[empty-body]
    """The microseconds from 1970 to `instant`."""


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp")
)
def local_time(zone: str, instant: datetime) -> datetime:  # type: ignore[empty-body]
    """The wall-clock time of an instant in a zone."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def printf(pattern: str, number: float) -> str:  # type: ignore[empty-body]
    """`number` in the notation that `pattern` asks for."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def trim(text: str, blanks: str) -> str:  # type: ignore[empty-body]
    """`text` without `blanks` at its ends."""


@ibis.udf.scalar.builtin(name="trim")  # type: ignore[untyped-decorator]
def trim_spaces(text: str) -> str:  # type: ignore[empty-body]
    """`text` without spaces at its ends."""


def plain_text(column: ir.Value) -> ir.StringValue:
    """A column of any type as trimmed text, "" for none."""
    return trim_spaces(column.cast("string").fill_null(""))


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def histogram(text: str) -> dict[str, int]:  # type: ignore[empty-body]
    """Each `text` and how many rows have it."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def strlen(text: str) -> int:  # type: ignore[empty-body]
    """The bytes of `text`: as many as its letters if all are ASCII."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def nfc_normalize(text: str) -> str:  # type: ignore[empty-body]
    """`text` with each accent and its letter as one."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def list_has_any(some: list[str], others: list[str]) -> bool:  # type: ignore[empty-body]
    """Whether two lists have an item in common."""


@ibis.udf.scalar.builtin(name="hash", signature=(("string",), "uint64"))  # type: ignore[untyped-decorator]
def hashed(text: str) -> int:  # type: ignore[empty-body]
    """A number made of `text`; what Ibis calls so takes it through its bits."""
