"""The folder of a run's temporary files: all in one place, and swept by the next run if this one is killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PREFIX: Final = "reportgen-run-"


@contextmanager
def temporary() -> Iterator[Path]:
    """Within it, every temporary file of this process and its children lies in a folder of its own, gone afterwards.

    What killed runs of this user left is removed first. Not for nested use.
    """
    place = Path(tempfile.gettempdir())
    _sweep(place)
    folder, descriptor = locked(place, PREFIX)
    before, known = tempfile.tempdir, os.environ.get("TMPDIR")
    try:
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        yield folder
    finally:
        tempfile.tempdir = before
        del os.environ["TMPDIR"]
        if known is not None:
            os.environ["TMPDIR"] = known
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)
        # A browser that outlives its killed run for a moment may have gone on writing while its folder was removed.
        _sweep(place)


def locked(place: Path, prefix: str) -> tuple[Path, int]:
    """A new folder in `place` and the descriptor that holds its lock: nobody sweeps it meanwhile."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            continue  # another run swept it before it was locked, as below
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if folder.exists():
            return folder, descriptor
        os.close(descriptor)


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):  # another run sweeps too, or it is another user's
            _remove_dead(folder)


def _remove_dead(folder: Path) -> None:
    if folder.lstat().st_uid != os.geteuid():
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)  # a link is refused
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # a living run holds it
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)
