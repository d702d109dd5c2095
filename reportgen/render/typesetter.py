"""PDF beside everything else: WeasyPrint in a process of its own, ready when the pages are.

Layout is the longest stage and pure Python: here it neither waits for the reading of data nor holds up the hosted page.
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Literal, Self

from reportgen.errors import MachineError
from reportgen.render.pdf import load, pdf


class Typesetter:
    """A process that makes one PDF, from construction on. Pin the fonts before: it inherits the environment.

    Use as a context manager.
    """

    def __init__(self) -> None:
        # A fresh interpreter: a copy of this one would hold half of its threads' locks.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), name="reportgen-typesetter", daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # It has nothing to lose: what it made is here, or nobody wants it.
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def start(self, html: str, files: Mapping[str, bytes], paper: Literal["A4", "Letter"]) -> None:
        """Start to lay out `html` as `reportgen.render.pdf.pdf` does; of its files, the charts may come later."""
        self._send((html, dict(files), paper))

    def bring(self, files: Mapping[str, bytes]) -> None:
        """The rest of the files."""
        self._send(dict(files))

    def finish(self) -> bytes:
        """The PDF. Raises what `pdf` raises, and `MachineError` if the process died."""
        try:
            result: bytes | Exception = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise MachineError("The process that lays out the PDF ended early.", "Is there enough memory?") from error
        if isinstance(result, Exception):
            raise result
        return result

    def _send(self, message: object) -> None:
        # Where the process has ended, `finish` tells why.
        with contextlib.suppress(OSError):
            self._pipe.send(message)


class _Arriving(Mapping[str, bytes]):
    """The files that are here, and, once one is missed, those that come through `pipe`."""

    def __init__(self, here: Mapping[str, bytes], pipe: Connection) -> None:
        self._here, self._pipe, self._complete = dict(here), pipe, False

    def __getitem__(self, name: str) -> bytes:
        return self._here[name] if name in self._here else self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, bytes]:
        if not self._complete:
            self._here |= self._pipe.recv()
            self._complete = True
        return self._here


def _work(pipe: Connection) -> None:
    """The process: lays out what comes through `pipe`, and ends. Interruptions are the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Where the parent has ended, nobody waits for the result.
    with contextlib.suppress(EOFError, OSError):
        pipe.send(_result(pipe))


def _result(pipe: Connection) -> bytes | Exception:
    try:
        load()
        html, files, paper = pipe.recv()
        return pdf(html, _Arriving(files, pipe), paper=paper)
    except EOFError:
        raise
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        return error
