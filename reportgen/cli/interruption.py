"""Interruption: Ctrl-C and `kill` end a run in order, and in any case soon."""

import os
import signal
import sys
import threading
from types import FrameType

GRACE = 10.0
"""Seconds to close the browser and remove temporary files."""


class Interruption:
    """Whether the run was told to end: `code` is then its exit code, 128 + signal."""

    def __init__(self) -> None:
        self.code: int | None = None

    def heed(self) -> None:
        """From now on, the first Ctrl-C or SIGTERM unwinds the run, the second ends it at once.

        A signal that the caller ignores (`nohup`, a job in the background) stays ignored.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self.code = 128 + number
        signal.signal(number, signal.SIG_DFL)
        sys.unraisablehook = _end_at_once
        last_resort = threading.Timer(GRACE, os._exit, [self.code])
        last_resort.daemon = True
        last_resort.start()
        print("Interrupted.", file=sys.stderr)  # noqa: T201
        raise SystemExit(self.code)


def _end_at_once(swallowed: "sys.UnraisableHookArgs") -> None:
    """Python swallows what is raised within an import or a library's callback; the run would go on, or hang."""
    if isinstance(swallowed.exc_value, SystemExit):
        os._exit(int(swallowed.exc_value.code or 0))
