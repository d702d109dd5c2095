"""Progress: a live line on a terminal, plain lines in a log, stage timings where they are asked for."""

import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

TIMINGS = "REPORTGEN_TIMINGS"
"""Environment variable: a file that gets {"stage": seconds} as JSON."""


class Progress:
    """Told of each stage as it begins; use as a context manager."""

    def __init__(self) -> None:
        self._began: list[tuple[str, float]] = []
        self._status = None
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("Starting")

    def __call__(self, stage: str) -> None:
        """`stage` begins now."""
        self._began.append((stage, time.perf_counter()))
        if self._status:
            self._status.update(stage)
        else:
            print(stage, file=sys.stderr, flush=True)  # noqa: T201

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()
        if target := os.environ.get(TIMINGS):
            Path(target).write_text(json.dumps(self._seconds(), indent=1), encoding="utf-8")

    def _seconds(self) -> dict[str, float]:
        marks = pairwise([*self._began, ("", time.perf_counter())])
        return {stage: round(end - began, 3) for (stage, began), (_, end) in marks}
