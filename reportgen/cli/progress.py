"""Progress: a live line on a terminal, plain lines in a log, stage timings where they are asked for."""

import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from reportgen.telling import Say

TIMINGS = "REPORTGEN_TIMINGS"
"""Environment variable: a file that gets {"stage": seconds} as JSON."""


class Progress:
    """Tells of stages as they begin, and of notes, which stay; use as a context manager, which gives the `Say`."""

    def __init__(self) -> None:
        self._began: list[tuple[str, float]] = []
        self._live = _Live() if sys.stderr.isatty() else None

    def __enter__(self) -> Say:
        if self._live:
            self._live.status.start()
        return Say(self._stage, self._live.note if self._live else _line)

    def _stage(self, stage: str) -> None:
        """`stage` begins now."""
        self._began.append((stage, time.perf_counter()))
        show = self._live.stage if self._live else _line
        show(stage)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.status.stop()
        if target := os.environ.get(TIMINGS):
            Path(target).write_text(json.dumps(self._seconds(), indent=1), encoding="utf-8")

    def _seconds(self) -> dict[str, float]:
        marks = pairwise([*self._began, ("", time.perf_counter())])
        return {stage: round(end - began, 3) for (stage, began), (_, end) in marks}


class _Live:
    """A terminal: the stage is a line that moves, notes stand above it. As `Text`: Rich would read [brackets]."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.text import Text

        self._text = Text
        self._console = Console(stderr=True)
        self.status = self._console.status("Starting")

    def stage(self, stage: str) -> None:
        self.status.update(self._text(stage))

    def note(self, note: str) -> None:
        self._console.print(self._text(note), soft_wrap=True)


def _line(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201
