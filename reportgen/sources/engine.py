"""The engine that reads files: DuckDB, through Ibis."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from reportgen.errors import InputError

Engine: TypeAlias = DuckDB
"""What reads files: an Ibis backend; `con` is the DuckDB connection below it."""


def connect(memory: str | None = None) -> Engine:
    """Open an empty DuckDB in memory; beyond `memory` (its own default is 80 % of the machine's) it works on disk."""
    return ibis.duckdb.connect(**settings(memory))


def settings(memory: str | None = None) -> dict[str, Any]:
    """DuckDB uses all cores, never the network, and a place of its own among the system's temporary files."""
    return {
        "threads": os.cpu_count() or 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(Path(tempfile.gettempdir()) / f"reportgen-duckdb-{uuid4().hex}"),
        **({"memory_limit": memory.replace(" ", "")} if memory else {}),
    }


@contextmanager
def faults() -> Iterator[None]:
    """Turn what the engine finds wrong with the data, wherever it is found, into an `InputError`."""
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"the input can't be read: {reason}", "Copy or export the file again.") from error
    except PermissionError as error:
        raise InputError(f"{error.filename}: this user may not read it", "Give this user the right to read.") from error


def copied(engine: Engine, lines: ir.Table, folder: Path) -> tuple[Path]:
    """`lines` as a file in `folder`, by DuckDB, which ends each with LF and changes nothing in it. Raises `OSError`."""
    file = folder / "lines"
    place = str(file).replace("'", "''")
    raw = "FORMAT csv, HEADER false, DELIMITER '', QUOTE '', ESCAPE ''"
    try:
        engine.con.execute(f"COPY ({engine.compile(lines)}) TO '{place}' ({raw})")
    except duckdb.IOException as error:
        raise OSError(str(error).splitlines()[0]) from error
    return (file,)


def refuse_date_format(engine: Engine, form: str) -> None:
    """Raise `InputError` if `form` is not a strptime format."""
    try:
        engine.con.execute("SELECT try_strptime('', ?)", [form]).fetchall()
    except duckdb.Error as error:
        raise InputError(
            f"date_format {form!r} is not understood", 'Write it as in [input] date_format = "%d/%m/%Y %H:%M".'
        ) from error


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def try_strptime(text: str, formats: list[str]) -> datetime:  # type: ignore[empty-body]
    """The instant that `text` is under the first of `formats` that fits, else null."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def make_timestamp(micros: int) -> datetime:  # type: ignore[empty-body]
    """The instant so many microseconds after 1970."""


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
