"""Runs a command as a whole process, and watches its time and memory."""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.05
MIB = 2**20


@dataclass(frozen=True)
class Measured:
    """seconds: wall. own: peak RSS of the process itself. tree: peak PSS of it and all its children, in MiB."""

    seconds: float
    own: float
    tree: float


class CommandError(Exception):
    """The command failed; its words."""


def measure(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Measured:
    """Run `command` in `folder` to its end. Raises `CommandError`."""
    with tempfile.TemporaryFile() as words:
        start = time.perf_counter()
        process = psutil.Popen(command, cwd=folder, env=environment, stdout=words, stderr=words)
        own = tree = 0.0
        while (code := _wait(process)) is None:
            now = _memory(process)
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


def _memory(process: psutil.Popen) -> tuple[int, int]:
    """RSS of the process, PSS of it and its children: pages that they share count once."""
    own = tree = 0
    with contextlib.suppress(psutil.Error):
        own = process.memory_info().rss
        for each in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                tree += each.memory_full_info().pss
    return own, tree
