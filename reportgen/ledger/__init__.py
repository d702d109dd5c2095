"""The ledger: what was run, what was sent to whom with what outcome, who approved, what was erased.

A delivery goes claimed → handed → accepted, refused, deferred (to the next run) or unknown. `handed` is written before
the first byte of the message leaves: whoever finds it there later can't know whether it arrived.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from reportgen.ledger import store
from reportgen.ledger.clock import Clock

State = Literal["claimed", "handed", "accepted", "refused", "deferred", "unknown"]

OUT: Final = ("handed", "accepted", "unknown")
"""States in which a reader may have it."""
ENDED_EARLY: Final = "the run ended before it was handed over"
ENDED_AFTER: Final = "the run ended before the server's answer was recorded"


@dataclass(frozen=True)
class Run:
    """A run; `ended` is None while it lasts, and for ever if it was killed."""

    id: int
    began: str
    ended: str | None
    asked: str
    edition: str | None
    outcome: str | None
    detail: str | None
    exit_code: int | None
    inputs: str | None
    config: str | None
    recipe: str | None


@dataclass(frozen=True)
class Delivery:
    """One letter to one recipient, with the server's words. An issue's letter is the edition's name."""

    letter: str
    recipient: str
    attempt: int
    message_id: str
    state: State
    words: str
    claimed: str
    settled: str | None


@dataclass(frozen=True)
class Approval:
    """That `giver` let the edition go out as it was when its content had `digest`."""

    edition: str
    digest: str
    given: str
    giver: str


@dataclass(frozen=True)
class Act:
    """Something that was done to the archive: rows erased, editions removed."""

    done: str
    doer: str
    act: str
    detail: str


class Ledger:
    """Reads and writes the ledger; see `opened` and `looked_at`. Every method may raise `MachineError`."""

    def __init__(self, connection: sqlite3.Connection, file: Path, clock: Clock) -> None:
        self._connection, self._file, self._clock = connection, file, clock

    # --- runs ------------------------------------------------------------------------------------------

    def begin(self, asked: str) -> int:
        """A run of the period `asked` begins; gives its number."""
        with self._writing():
            cursor = self._connection.execute("INSERT INTO runs (began, asked) VALUES (?, ?)", (self._now(), asked))
        return int(cursor.lastrowid or 0)

    def made(self, run: int, edition: str, inputs: str, config: str, recipe: str) -> None:
        """The run made or found `edition`, from inputs, configuration and recipe of these fingerprints."""
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET edition = ?, inputs = ?, config = ?, recipe = ? WHERE id = ?",
                (edition, inputs, config, recipe, run),
            )

    def end(self, run: int, outcome: str, detail: str, exit_code: int) -> None:
        """The run ended, in a word and a sentence."""
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET ended = ?, outcome = ?, detail = ?, exit_code = ? WHERE id = ?",
                (self._now(), outcome, detail, exit_code, run),
            )

    def runs(self, last: int = -1) -> tuple[Run, ...]:
        """The `last` runs (all), the latest first."""
        columns = "id, began, ended, asked, edition, outcome, detail, exit_code, inputs, config, recipe"
        rows = self._rows(f"SELECT {columns} FROM runs ORDER BY id DESC LIMIT ?", (last,))  # noqa: S608  constants
        return tuple(Run(*row) for row in rows)

    # --- deliveries ------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Settles what a killed run left open. Only for who holds the lock."""
        with self._writing():
            for state, then, words in (("claimed", "deferred", ENDED_EARLY), ("handed", "unknown", ENDED_AFTER)):
                self._connection.execute(
                    "UPDATE deliveries SET state = ?, words = ?, settled = ? WHERE state = ?",
                    (then, words, self._now(), state),
                )

    def claim(self, letter: str, recipient: str, message_id: str, *, anew: bool = False) -> bool:
        """Takes the right to send `letter` to `recipient`; False if it was sent, or may have been, or was refused.

        `anew` takes it all the same: somebody asked for it.
        """
        with self._writing():
            found = self._connection.execute(
                "SELECT id, attempt, state FROM deliveries WHERE letter = ? AND recipient = ? AND current = 1",
                (letter, recipient),
            ).fetchone()
            if found and found["state"] != "deferred" and not anew:
                return False
            if found:
                self._connection.execute("UPDATE deliveries SET current = 0 WHERE id = ?", (found["id"],))
            self._connection.execute(
                "INSERT INTO deliveries (letter, recipient, attempt, message_id, claimed, state) "
                "VALUES (?, ?, ?, ?, ?, 'claimed')",
                (letter, recipient, found["attempt"] + 1 if found else 1, message_id, self._now()),
            )
        return True

    def settle(self, letter: str, recipient: str, state: State, words: str = "") -> None:
        """What became of the delivery that was claimed."""
        with self._writing():
            self._connection.execute(
                "UPDATE deliveries SET state = ?, words = ?, settled = ? "
                "WHERE letter = ? AND recipient = ? AND current = 1",
                (state, words, self._now(), letter, recipient),
            )

    def deliveries(self, letter: str | None = None) -> tuple[Delivery, ...]:
        """The last attempt at each recipient of `letter` (of all), in the order in which they were claimed."""
        where, values = ("letter = ? AND", (letter,)) if letter else ("", ())
        return self._deliveries(f"WHERE {where} current = 1", values)

    def attempts(self) -> tuple[Delivery, ...]:
        """Every attempt ever."""
        return self._deliveries("", ())

    def out(self) -> frozenset[str]:
        """The letters that somebody has, or may have."""
        marks = ", ".join("?" * len(OUT))
        rows = self._rows(f"SELECT DISTINCT letter FROM deliveries WHERE state IN ({marks})", OUT)  # noqa: S608
        return frozenset(row["letter"] for row in rows)

    # --- approvals and audit ---------------------------------------------------------------------------

    def approve(self, edition: str, digest: str, giver: str) -> None:
        """`giver` lets `edition`, as it is now, go out."""
        with self._writing():
            self._connection.execute(
                "INSERT INTO approvals (edition, digest, given, giver) VALUES (?, ?, ?, ?)",
                (edition, digest, self._now(), giver),
            )

    def approvals(self) -> tuple[Approval, ...]:
        """Every approval, the first one first."""
        return tuple(
            Approval(*row) for row in self._rows("SELECT edition, digest, given, giver FROM approvals ORDER BY id", ())
        )

    def record(self, act: str, detail: str, doer: str) -> None:
        """`doer` did `act` to the archive."""
        with self._writing():
            self._connection.execute(
                "INSERT INTO audit (done, doer, act, detail) VALUES (?, ?, ?, ?)", (self._now(), doer, act, detail)
            )

    def acts(self) -> tuple[Act, ...]:
        """Everything that was done to the archive, the first one first."""
        return tuple(Act(*row) for row in self._rows("SELECT done, doer, act, detail FROM audit ORDER BY id", ()))

    # --- the rest --------------------------------------------------------------------------------------

    def _deliveries(self, where: str, values: Sequence[object]) -> tuple[Delivery, ...]:
        columns = "letter, recipient, attempt, message_id, state, words, claimed, settled"
        rows = self._rows(f"SELECT {columns} FROM deliveries {where} ORDER BY id", values)  # noqa: S608  constants
        return tuple(Delivery(*row) for row in rows)

    def _rows(self, query: str, values: Sequence[object]) -> list[sqlite3.Row]:
        with store.understood(self._file):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with store.writing(self._connection, self._file):
            yield

    def _now(self) -> str:
        return self._clock.now().isoformat()


@contextmanager
def opened(folder: Path, clock: Clock, wait: float) -> Iterator[Ledger]:
    """The ledger in `folder`, made if need be; `wait` seconds for other writers. Raises `MachineError`."""
    file = folder / store.FILE
    connection = store.connect(file, wait)
    try:
        yield Ledger(connection, file, clock)
    finally:
        connection.close()


@contextmanager
def looked_at(folder: Path, clock: Clock, wait: float) -> Iterator[Ledger | None]:
    """The ledger in `folder` for reading alone; None if there is none yet. Raises `MachineError`."""
    file = folder / store.FILE
    connection = store.look(file, wait)
    try:
        yield Ledger(connection, file, clock) if connection else None
    finally:
        if connection:
            connection.close()
