"""The desk: one process at a time works on an archive, with its ledger open and what killed runs left settled."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reportgen import ledger
from reportgen.config import Config
from reportgen.ledger import Ledger, lock
from reportgen.ledger.clock import Clock


@dataclass(frozen=True)
class Desk:
    """The configuration in force, the archive's ledger, the clock and what it shows in the shop at the start."""

    config: Config
    ledger: Ledger
    clock: Clock

    @property
    def now(self) -> datetime:
        """The shop's local time at the start of the run."""
        return self.clock.start.replace(tzinfo=None)

    @property
    def output(self) -> Path:
        """The folder of the editions."""
        return Path(self.config.report.output)


@contextmanager
def taken(config: Config, clock: Clock) -> Iterator[Desk]:
    """The desk, with the lock held. Raises `UsageError` for folders that lie wrong, `LockedError`, `MachineError`."""
    config.check_folders()  # before the work, and before the lock makes a folder
    with reached(config, clock) as table:
        yield table


@contextmanager
def reached(config: Config, clock: Clock) -> Iterator[Desk]:
    """The desk for who only tells what is wrong: a site that lies wrong keeps nobody away.

    Raises `UsageError` for a ledger that lies in the output, `LockedError`, `MachineError`.
    """
    folder = config.ledger.folder(config.report.output)
    with lock.held(folder), ledger.opened(folder, clock, config.ledger.wait) as book:
        book.recover()
        yield Desk(config, book, clock)


def operator() -> str:
    """The name of the user who runs this."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
