"""The lock that keeps two runs on one archive apart; the system frees it however a run ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen import refusals
from reportgen.errors import LockedError

FILE = "lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody else holds the lock in `folder` within.

    Raises `LockedError` at once if somebody does, `MachineError` where there can't be a lock.
    """
    with refusals.understood():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _take(descriptor, folder / FILE)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, file: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
        raise LockedError(
            f"Another run is at work on this archive: process {holder or 'unknown'} holds {file}.",
            "Let it end, then run again. Nothing was changed.",
        ) from error
