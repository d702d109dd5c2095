"""The command line: parses, calls once, maps errors to exit codes.

0 done · 2 usage, configuration, recipe · 3 input or engine · 4 the gate held it back · 5 delivery incomplete
6 environment (browser, fonts, disk) · 7 another run holds the lock
"""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from reportgen.cli.interruption import Interruption
from reportgen.errors import INTERNAL, ReportgenError, UsageError


def main() -> None:
    """Runs the command line and exits with its code."""
    _open_standard_streams()
    interruption = Interruption()
    interruption.heed()
    from reportgen.cli.commands import app

    try:
        _refuse_empty(sys.argv[1:])
        app()
    except BaseException as error:
        if interruption.code is not None:  # whatever a library made of it
            os._exit(interruption.code)
        known = isinstance(error, (ReportgenError, OSError))
        if isinstance(error, SystemExit):
            _end(error)
        if os.environ.get("REPORTGEN_DEBUG") and not known:
            raise
        _end(SystemExit(_failed(error)))


def _refuse_empty(arguments: Sequence[str]) -> None:
    """A variable of a script that isn't set must not mean this folder, or whatever holds without the option."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        option, is_given, value = argument.partition("=")
        if not argument.strip() or (option.startswith("--") and is_given and not value.strip()):
            name = option if option.strip() else before or "the first argument"
            raise UsageError(
                f"{name} is empty", "Give it a value or leave it out; is a variable of the script not set?"
            )


def _end(done: SystemExit) -> NoReturn:
    """Ends the process with the code of `done`, without half a second of taking libraries apart.

    Of what a failed run still holds, they would report each object as leaked: cron mails that.
    Raises `done` where what was printed couldn't be written: Python tells why.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        raise done from None
    if not isinstance(done.code, int | None):
        raise done
    os._exit(done.code or 0)


def _open_standard_streams() -> None:
    """Where the caller closed output or errors, they go nowhere; else the next file opened would receive them."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004 - standard error
        pass
    os.close(descriptor)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _failed(error: BaseException) -> int:
    """Tells what went wrong; gives the exit code."""
    if isinstance(error, OSError):
        from reportgen.refusals import explained

        error = explained(error, "a file")
    if isinstance(error, ReportgenError):
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    message = f"Internal error, not your fault: {type(error).__name__}: {error}"
    print(f"{message}\nPlease report it; REPORTGEN_DEBUG=1 shows where.", file=sys.stderr)  # noqa: T201
    return INTERNAL
