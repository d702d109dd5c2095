"""The connection: DuckDB by itself, which reads files while Ibis, which speaks to it, is still being imported."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import duckdb

from reportgen.errors import InputError

Connection: TypeAlias = duckdb.DuckDBPyConnection


def connect(memory: str | None = None) -> Connection:
    """Open an empty DuckDB in memory; beyond `memory` (its own default is 80 % of the machine's) it works on disk."""
    con = duckdb.connect(":memory:", config=_settings(memory))
    # Of what takes two seconds, it would write a bar into what is printed, and so into cron's mail.
    con.execute("SET enable_progress_bar = false")
    return con


def _settings(memory: str | None = None) -> dict[str, Any]:
    """DuckDB uses all cores, never the network, and a place of its own among the system's temporary files."""
    return {
        "threads": os.cpu_count() or 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allocator_background_threads": True,  # else it keeps some 30 MB that it has let go of
        "temp_directory": str(Path(tempfile.gettempdir()) / f"reportgen-duckdb-{uuid4().hex}"),
        **({"memory_limit": memory.replace(" ", "")} if memory else {}),
    }


@contextmanager
def faults(what: str = "the input") -> Iterator[None]:
    """Turn what the engine finds wrong with `what`, wherever it is found, into an `InputError`."""
    try:
        with enough_memory():
            yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{what} can't be read: {reason}", "Copy or export the file again.") from error
    except PermissionError as error:
        raise InputError(f"{error.filename}: this user may not read it", "Give this user the right to read.") from error


@contextmanager
def enough_memory() -> Iterator[None]:
    """Turn what the engine says where memory doesn't suffice into an `InputError`: no file is damaged."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise exhausted(error) from error


def exhausted(error: Exception) -> InputError:
    """The engine may not take as much memory as it needs."""
    reason = str(error).splitlines()[0].removeprefix("Out of Memory Error: ")
    return InputError(
        f"DuckDB needs more memory than it may take ({reason})",
        'Allow more: [input] memory = "4 GiB"; without this key it is 80 % of the machine\'s.',
    )


def refuse_date_format(con: Connection, form: str) -> None:
    """Raise `InputError` if `form` is not a strptime format."""
    if "%" not in form:
        raise InputError(
            f"date_format {form!r} has no directives, which begin with %",
            f'Write it as in [input] date_format = "{_directives(form)}": %Y is the year, %m the month, %d the day, '
            "%H:%M:%S the time.",
        )
    try:
        con.execute("SELECT try_strptime('', ?)", [form]).fetchall()
    except duckdb.Error as error:
        raise InputError(
            f"date_format {form!r} is not understood", 'Write it as in [input] date_format = "%d/%m/%Y %H:%M".'
        ) from error


def _directives(form: str) -> str:
    """`form` in directives, where it is written like YYYY-MM-DD hh:mm:ss; else an example."""
    date, hours, time = re.fullmatch(r"([^Hh]*)([Hh]*)(.*)", form).groups()  # type: ignore[union-attr]
    for pattern, directive in ((r"[Yy]{4}", "%Y"), (r"\b[Yy]{2}\b", "%y"), ("[Mm]{2}", "%m"), ("[Dd]{2}", "%d")):
        date = re.sub(pattern, directive, date)
    time = re.sub("[Ss]{2}", "%S", re.sub("[Mm]{2}", "%M", time))
    made = date + ("%H" if hours else "") + time
    return made if "%Y" in made.replace("%y", "%Y") and "%m" in made and "%d" in made else "%d/%m/%Y %H:%M"


def identifier(name: str) -> str:
    """`name` of a table or column as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """`text` as SQL has it."""
    return "'" + text.replace("'", "''") + "'"
