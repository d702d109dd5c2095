"""The command line: parses, calls once, maps errors to exit codes.

0 done · 2 usage, configuration, recipe · 3 input or engine · 4 the gate held it back · 5 delivery incomplete
6 environment (browser, fonts, disk) · 7 another run holds the lock
"""

import os
import sys

from reportgen.errors import MachineError, ReportgenError

INTERNAL = 1
INTERRUPTED = 130


def main() -> None:
    """Runs the command line and exits with its code."""
    from reportgen.cli.commands import app

    try:
        app()
    except ReportgenError as error:
        sys.exit(_failed(error))
    except KeyboardInterrupt:
        print("Interrupted; nothing was published.", file=sys.stderr)  # noqa: T201
        sys.exit(INTERRUPTED)
    except OSError as error:
        sys.exit(_failed(MachineError(f"{error.filename or 'a file'}: {error.strerror or error}")))
    except Exception as error:
        if os.environ.get("REPORTGEN_DEBUG"):
            raise
        message = f"Internal error, not your fault: {type(error).__name__}: {error}"
        print(f"{message}\nPlease report it; REPORTGEN_DEBUG=1 shows where.", file=sys.stderr)  # noqa: T201
        sys.exit(INTERNAL)


def _failed(error: ReportgenError) -> int:
    print(f"Error: {error}", file=sys.stderr)  # noqa: T201
    return error.exit_code
