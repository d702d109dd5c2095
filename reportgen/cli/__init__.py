"""The command line: parses, calls once, maps errors to exit codes.

0 done · 2 usage, configuration, recipe · 3 input or engine · 4 the gate held it back · 5 delivery incomplete
6 environment (browser, fonts, disk) · 7 another run holds the lock
"""

import os
import sys

from reportgen.cli.interruption import Interruption, end_on_signals
from reportgen.errors import MachineError, ReportgenError

INTERNAL = 1


def main() -> None:
    """Runs the command line and exits with its code."""
    _open_standard_streams()
    end_on_signals()
    from reportgen.cli.commands import app

    try:
        app()
    except ReportgenError as error:
        sys.exit(_failed(error))
    except Interruption as end:
        os._exit(int(end.code or 0))  # all is put away; threads that still wait for something are left alone
    except OSError as error:
        # The second name is what a copy was to become: that is where the disk is full.
        name = error.filename2 or error.filename or "a file"
        sys.exit(_failed(MachineError(f"{name}: {error.strerror or error}")))
    except Exception as error:
        if os.environ.get("REPORTGEN_DEBUG"):
            raise
        message = f"Internal error, not your fault: {type(error).__name__}: {error}"
        print(f"{message}\nPlease report it; REPORTGEN_DEBUG=1 shows where.", file=sys.stderr)  # noqa: T201
        sys.exit(INTERNAL)


def _open_standard_streams() -> None:
    """Where the caller closed output or errors, they go nowhere; else the next file opened would receive them."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004 - standard error
        pass
    os.close(descriptor)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _failed(error: ReportgenError) -> int:
    print(f"Error: {error}", file=sys.stderr)  # noqa: T201
    return error.exit_code
