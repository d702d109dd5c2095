"""Writing: lines of text that an engine has made, written by itself where it has this machine's disk."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import ibis.expr.types as ir

from reportgen.sources.engine import Engine, copied
from reportgen.sources.engines.remote import Remote

CHUNK = 1 << 20


def write(lines: ir.Table, take: Callable[[bytes], None]) -> None:
    """Gives `take` piece by piece the texts of the only column of `lines`, in their order, each followed by CR LF.

    Raises `InputError`, or `MachineError` where there is no room for them.
    """
    backend = lines.get_backend()
    ended = lines.select(line=lines.line + "\r")
    with tempfile.TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True) as folder:
        written = backend.written if isinstance(backend, Remote) else _of_files(backend)
        for file in written(ended, Path(folder)):
            with file.open("rb") as stream:
                while piece := stream.read(CHUNK):
                    take(piece)
            file.unlink()


def _of_files(engine: Engine) -> Callable[[ir.Table, Path], Sequence[Path]]:
    """What writes for the engine that read files."""

    def written(lines: ir.Table, folder: Path) -> Sequence[Path]:
        return copied(engine, lines, folder)

    return written
