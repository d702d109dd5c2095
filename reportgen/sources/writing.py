"""Writing: lines of text that an engine has made, written by itself where it has this machine's disk."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import ibis.expr.types as ir

from reportgen.errors import MachineError
from reportgen.sources.connection import faults
from reportgen.sources.engine import copied
from reportgen.sources.engines.remote import Remote

CHUNK = 1 << 20


def write(lines: ir.Table, take: Callable[[bytes], None]) -> None:
    """Gives `take` piece by piece the texts of the only column of `lines`, in their order, each followed by CR LF.

    Raises `InputError`, or `MachineError` where there is no room for them.
    """
    ended = lines.select(line=lines.line + "\r")
    try:
        with tempfile.TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True) as folder:
            for file in _written(ended, Path(folder)):
                with file.open("rb") as stream:
                    while piece := stream.read(CHUNK):
                        take(piece)
                file.unlink()
    except OSError as error:
        raise MachineError(
            f"the customer lists can't be kept in {tempfile.gettempdir()}: {error.strerror or error}",
            "Free some space there, or name another folder by TMPDIR.",
        ) from error


def _written(lines: ir.Table, folder: Path) -> Sequence[Path]:
    """`lines` as files in `folder` that follow on one another, by the engine that has them."""
    backend = lines.get_backend()
    if isinstance(backend, Remote):
        return backend.written(lines, folder)
    with faults():
        return copied(backend, lines, folder)
