"""The ledger's file: SQLite with write-ahead log, its tables by version, and what its errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import MachineError

FILE = "ledger.sqlite"

MIGRATIONS = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT, asked TEXT NOT NULL, edition TEXT, outcome TEXT,
        detail TEXT, exit_code INTEGER, inputs TEXT, config TEXT, recipe TEXT
    ) STRICT;
    CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY, letter TEXT NOT NULL, recipient TEXT NOT NULL, attempt INTEGER NOT NULL,
        message_id TEXT NOT NULL, claimed TEXT NOT NULL, settled TEXT, words TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL CHECK (state IN ('claimed', 'handed', 'accepted', 'refused', 'deferred', 'unknown')),
        current INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE UNIQUE INDEX once ON deliveries (letter, recipient) WHERE current = 1;
    CREATE TABLE approvals (
        id INTEGER PRIMARY KEY, edition TEXT NOT NULL, digest TEXT NOT NULL, given TEXT NOT NULL, giver TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY, done TEXT NOT NULL, doer TEXT NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE jobs (
        id INTEGER PRIMARY KEY, asked TEXT NOT NULL, asker TEXT NOT NULL, period TEXT NOT NULL, recipe TEXT NOT NULL,
        paper TEXT NOT NULL, input TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued', words TEXT NOT NULL DEFAULT '',
        edition TEXT NOT NULL DEFAULT '', base TEXT NOT NULL DEFAULT '', cancelling INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE stages (id INTEGER PRIMARY KEY, job INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
    CREATE INDEX stages_of ON stages (job, id);
    """,
    """
    UPDATE OR IGNORE deliveries SET recipient = lower(recipient);
    """,
)
"""By version from 1: what brings a ledger of the version before to it. Never change one: append."""


def connect(file: Path, wait: float) -> sqlite3.Connection:
    """The ledger in `file`, made or brought to this version; waits `wait` seconds for another writer.

    Raises `MachineError`.
    """
    with understood(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = _opened(str(file), wait, uri=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _migrate(connection, file)
        except BaseException:
            connection.close()
            raise
        return connection


def look(file: Path, wait: float) -> sqlite3.Connection | None:
    """The ledger in `file` for reading alone, None if there is none. Raises `MachineError`."""
    if not file.is_file():
        return None
    with understood(file):
        try:
            connection, version = _read_only(file, wait, "mode=ro")
        except sqlite3.OperationalError:
            # A write-ahead log in a folder that can't be written to: only a file that nobody changes can be read.
            connection, version = _read_only(file, wait, "immutable=1")
    if version == len(MIGRATIONS):
        return connection
    connection.close()
    _refuse_newer(version, file)
    _bring_up(file, wait)
    return look(file, wait)


def _read_only(file: Path, wait: float, how: str) -> tuple[sqlite3.Connection, int]:
    """The ledger in `file` and its version."""
    connection = _opened(f"{file.resolve().as_uri()}?{how}", wait, uri=True)
    try:
        return connection, _version(connection)
    except BaseException:
        connection.close()
        raise


def _bring_up(file: Path, wait: float) -> None:
    """The ledger of an earlier version becomes one of this. Raises `MachineError` where it can't be written."""
    try:
        connect(file, wait).close()
    except MachineError as error:
        raise MachineError(
            f"{file} is of an earlier version and can't be brought to this one: {error.message}",
            "Call it once as the user who makes the briefs.",
        ) from error


@contextmanager
def writing(connection: sqlite3.Connection, file: Path) -> Iterator[None]:
    """A transaction that takes the right to write at once: one that asks for it later fails without waiting."""
    with understood(file):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def understood(file: Path) -> Iterator[None]:
    """Turns SQLite's errors on `file` into `MachineError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise MachineError(f"The ledger {file} can't be used: {error}.", _remedy(str(error))) from error


def _opened(name: str, wait: float, *, uri: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=wait, isolation_level=None, uri=uri)
    connection.row_factory = sqlite3.Row
    return connection


def _migrate(connection: sqlite3.Connection, file: Path) -> None:
    _refuse_newer(_version(connection), file)
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Looked at again: another process may have done it meanwhile.
        for number in range(_version(connection), len(MIGRATIONS)):
            for statement in filter(str.strip, MIGRATIONS[number].split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(version: int, file: Path) -> None:
    if version > len(MIGRATIONS):
        raise MachineError(
            f"{file} is of version {version}, this reportgen knows {len(MIGRATIONS)}", "Install the newer one again."
        )


def _remedy(words: str) -> str:
    if "locked" in words:
        return "Another program is writing to it (a backup?). Nothing is lost; run again when it is done."
    if "full" in words:
        return "Free some space on that disk, then run again."
    if "readonly" in words or "unable to open" in words:
        return "Give this user write permission to its folder, or name another: [ledger] path."
    return "Restore it from a backup; without it, nobody knows who has which issue."
