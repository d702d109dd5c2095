"""Runs a command as a whole process, and watches its time and memory."""

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
INTERVAL = 0.05
MIB = 2**20


@dataclass(frozen=True)
class Measured:
    """seconds: wall. own: peak RSS of the process itself. tree: peak PSS of it and all its children, in MiB.

    `tree` is 0 where it wasn't looked at.
    """

    seconds: float
    own: float
    tree: float = 0.0


class CommandError(Exception):
    """The command failed; its words."""


def environment(**more: str) -> dict[str, str]:
    """That of this process, with the project's modules; compiled ones are kept, as an installation keeps them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT)} | more


def timed(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Measured:
    """Run `command` in `folder` to its end, without a look at its children. Raises `CommandError`."""
    return _run(command, folder, environment, lambda process: (_own(process), 0))


def weighed(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Measured:
    """As `timed`, with the memory of all processes: to look at it twenty times a second takes a tenth of the time."""
    return _run(command, folder, environment, lambda process: (_own(process), _tree(process)))


def _run(
    command: Sequence[str], folder: Path, environment: dict[str, str], look: Callable[[psutil.Popen], tuple[int, int]]
) -> Measured:
    with tempfile.TemporaryFile() as words:
        start = time.perf_counter()
        process = psutil.Popen(command, cwd=folder, env=environment, stdout=words, stderr=words)
        own = tree = 0.0
        while (code := _wait(process)) is None:
            now = look(process)
            own, tree = max(own, now[0]), max(tree, now[1])
        seconds = time.perf_counter() - start
        if code:
            words.seek(0)
            raise CommandError(f"exit code {code}: {words.read().decode(errors='replace').strip()}")
    return Measured(seconds, own / MIB, tree / MIB)


def _wait(process: psutil.Popen) -> int | None:
    """The exit code, or None if it still runs after an interval."""
    try:
        return int(process.wait(INTERVAL))
    except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
        return None


def _own(process: psutil.Popen) -> int:
    with contextlib.suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def _tree(process: psutil.Popen) -> int:
    """PSS of the process and its children: pages that they share count once."""
    found = 0
    with contextlib.suppress(psutil.Error):
        for each in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                found += each.memory_full_info().pss
    return found
