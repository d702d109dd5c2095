"""Interruption: Ctrl-C and `kill` end a run in order, and in any case soon."""

import os
import signal
import sys
import threading
from types import FrameType

GRACE = 10.0
"""Seconds to close the browser and remove temporary files."""


class Interruption(SystemExit):
    """The user or the system asked the run to end; `code` is its exit code."""


def end_on_signals() -> None:
    """From now on, the first Ctrl-C or SIGTERM unwinds the run, the second ends it at once; exit 128 + signal.

    A signal that the caller ignores (`nohup`, a job in the background) stays ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    # Python may be within an import, which swallows the exception and can leave other threads waiting for ever.
    sys.unraisablehook = lambda _swallowed: None
    last_resort = threading.Timer(GRACE, os._exit, [128 + number])
    last_resort.daemon = True
    last_resort.start()
    print("Interrupted.", file=sys.stderr)  # noqa: T201
    raise Interruption(128 + number)
