"""The clock of a run: it starts where the caller says, and goes on as time does."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Clock:
    """`start` is an instant with its offset; a step of the machine's clock during the run doesn't matter."""

    start: datetime
    elapsed: Callable[[], float] = time.monotonic
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_began", self.elapsed())

    def now(self) -> datetime:
        """The instant in UTC, whole seconds."""
        moment = self.start.astimezone(UTC) + timedelta(seconds=self.elapsed() - self._began)
        return moment.replace(microsecond=0)
