"""DuckDB: a database file, opened to be read; what the run needs besides lies in memory."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reportgen import config
from reportgen.config import IN_A_FILE, expanded
from reportgen.errors import InputError
from reportgen.sources import connection
from reportgen.sources.assembly import overflow
from reportgen.sources.engine import copied
from reportgen.sources.engines.remote import Remote, Traffic, first_line

NAME: Final = "reportgen_input"
"""What the attached file is called inside the session; no schema in it may be called so."""


class DuckDB(Remote, Backend):  # type: ignore[misc]
    """A session in memory, with the file attached read-only: other readers aren't kept out."""

    title = "DuckDB"
    ERRORS = (duckdb.Error,)

    def complaint(self, error: Exception) -> InputError:
        """See `Remote`."""
        if isinstance(error, duckdb.OutOfMemoryException):
            return connection.exhausted(error)
        return overflow() if isinstance(error, duckdb.OutOfRangeException) else super().complaint(error)

    def written(self, lines: ir.Table, folder: Path) -> Sequence[Path]:
        """See `Remote`; by the engine itself."""
        with self.faults():
            return copied(self, lines, folder)


def connect(spec: config.Input) -> DuckDB:
    """A session that sees the file of `[input] url`. Raises `UsageError`, `InputError`."""
    file = expanded((spec.url or "").removeprefix(IN_A_FILE))
    if not file.is_file():
        raise InputError(f"{file}: there is no such file", 'Check [input] url = "duckdb://folder/file.duckdb".')
    backend: DuckDB = DuckDB.from_connection(connection.connect(spec.memory))
    backend.traffic = Traffic()
    try:
        backend.con.execute(f"ATTACH {connection.literal(str(file))} AS {NAME} (READ_ONLY)")
        backend.con.execute(f"USE {NAME}")
    except duckdb.Error as error:
        raise InputError(
            f"{file}: DuckDB can't open it: {first_line(error)}",
            "It must be a DuckDB database, and no other process may be writing to it.",
        ) from error
    return backend
