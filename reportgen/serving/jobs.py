"""Jobs: what analysts asked for, how far it is, what came of it; in the ledger's file, so that restarts lose nothing.

A job goes queued → running → done, settled (the issue says the same), failed or cancelled; a draft that is done may
become published.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from reportgen.ledger import store
from reportgen.ledger.clock import Clock

State = Literal["queued", "running", "done", "settled", "failed", "cancelled", "published"]
OPEN: Final = ("queued", "running")
KEPT = 50
"""Jobs that the list shows."""
TRIES = 2
"""Times that a job is begun, if its worker is killed."""
GONE = "The worker was ended before the brief was made."


@dataclass(frozen=True)
class Wanted:
    """What is to be made: the period, the recipe, the paper, the name of the input ("" for the configured one)."""

    period: str
    recipe: str
    paper: str
    input: str


@dataclass(frozen=True)
class DraftJob:
    """A job; `edition` is the draft's name, `base` the state of its place when its making began."""

    id: int
    asked: str
    asker: str
    wish: Wanted
    state: State
    words: str
    edition: str
    base: str
    cancelling: bool

    @property
    def open(self) -> bool:
        """Whether something is still to come of it."""
        return self.state in OPEN


class Jobs:
    """The jobs of one archive. Each call opens the file: any thread of any process may make it."""

    def __init__(self, folder: Path, clock: Clock, wait: float) -> None:
        self._file, self._clock, self._wait = folder / store.FILE, clock, wait

    def ask(self, asker: str, wish: Wanted) -> int:
        """A new job; gives its number."""
        values = (self._now(), asker, wish.period, wish.recipe, wish.paper, wish.input)
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO jobs (asked, asker, period, recipe, paper, input) VALUES (?, ?, ?, ?, ?, ?)", values
            )
        return int(cursor.lastrowid or 0)

    def take(self) -> DraftJob | None:
        """The job that waits longest, which is running now; None if none waits."""
        with self._writing() as connection:
            row = connection.execute("SELECT id FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1").fetchone()
            if row is None:
                return None
            connection.execute("UPDATE jobs SET state = 'running', tries = tries + 1 WHERE id = ?", (row["id"],))
        return self.get(row["id"])

    def waiting(self) -> bool:
        """Whether a job waits for a worker."""
        return bool(self._jobs("WHERE state = 'queued' LIMIT 1", ()))

    def recover(self) -> None:
        """Begins anew what a killed worker left, or gives it up. Only for who holds the worker's lock."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'failed', words = ? WHERE state = 'running' AND tries >= ?", (GONE, TRIES)
            )
            connection.execute("UPDATE jobs SET state = 'queued' WHERE state = 'running'")

    def tell(self, job: int, text: str) -> None:
        """The job has come to the stage `text`."""
        with self._writing() as connection:
            connection.execute("INSERT INTO stages (job, text) VALUES (?, ?)", (job, text))

    def end(self, job: int, state: State, words: str, edition: str = "", base: str = "") -> None:
        """What came of the job."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = ?, words = ?, edition = ?, base = ? WHERE id = ?",
                (state, words, edition, base, job),
            )

    def cancel(self, job: int) -> None:
        """Nobody wants the job any more; one that waits is cancelled at once."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'cancelled', words = 'Cancelled.' WHERE id = ? AND state = 'queued'", (job,)
            )
            connection.execute("UPDATE jobs SET cancelling = 1 WHERE id = ? AND state = 'running'", (job,))

    def published(self, job: int, words: str) -> None:
        """The job's draft is in the archive."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'published', words = ? WHERE id = ? AND state = 'done'", (words, job)
            )

    def get(self, job: int) -> DraftJob | None:
        """The job of that number."""
        return next(iter(self._jobs("WHERE id = ?", (job,))), None)

    def latest(self) -> tuple[DraftJob, ...]:
        """The last jobs, the latest first."""
        return self._jobs("ORDER BY id DESC LIMIT ?", (KEPT,))

    def unfinished(self) -> bool:
        """Whether a job waits for a worker, or is with one that may have been killed."""
        return bool(self._jobs("WHERE state IN ('queued', 'running') LIMIT 1", ()))

    def stages(self, job: int, after: int = 0) -> tuple[tuple[int, str], ...]:
        """Number and text of the job's stages after the number `after`."""
        with self._open() as connection:
            rows = connection.execute("SELECT id, text FROM stages WHERE job = ? AND id > ? ORDER BY id", (job, after))
            return tuple((row["id"], row["text"]) for row in rows)

    def _jobs(self, where: str, values: tuple[object, ...]) -> tuple[DraftJob, ...]:
        if not self._file.is_file():
            return ()  # the server looks for jobs all the time, and must not make the ledger that readiness misses
        columns = "id, asked, asker, period, recipe, paper, input, state, words, edition, base, cancelling"
        with self._open() as connection:
            rows = connection.execute(f"SELECT {columns} FROM jobs {where}", values).fetchall()  # noqa: S608
        return tuple(_job(row) for row in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = store.connect(self._file, self._wait)
        try:
            with store.understood(self._file):
                yield connection
        finally:
            connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection, store.writing(connection, self._file):
            yield connection

    def _now(self) -> str:
        return self._clock.now().isoformat()


def _job(row: sqlite3.Row) -> DraftJob:
    said = row["state"], row["words"], row["edition"], row["base"]
    return DraftJob(row["id"], row["asked"], row["asker"], Wanted(*row[3:7]), *said, bool(row["cancelling"]))
