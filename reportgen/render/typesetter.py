"""PDF beside everything else: WeasyPrint in a process of its own, ready when the pages are.

Layout is the longest stage and pure Python: here it neither waits for the reading of data nor holds up the hosted page.
"""

import contextlib
import gc
import multiprocessing
import signal
from collections.abc import Mapping
from functools import cache
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Literal, Self

from reportgen.errors import MachineError
from reportgen.render.pdf import pdf, sheet

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0L9 9" stroke="rgb(1,2,3)"/>
<text x="1" y="8" font-family="Source Sans Pro" font-size="9px">1</text></svg>"""
REHEARSAL = """<html lang="en"><head><title>1</title></head><body><h1>1</h1><p>1 <b>1</b></p><ul><li>1</li></ul>
<table class="data"><tr><th scope="row">1</th><td>1</td></tr></table><img src="1.svg" alt="1"></body></html>"""
"""One of everything: what the first of each costs is spent while nobody waits, 0.1 s."""


class Typesetter:
    """A process that makes one PDF after the other, by the style sheet `css`, which it reads meanwhile.

    Pin the fonts before: it inherits the environment. It ends with the first failure. Use as a context manager.
    """

    def __init__(self, css: str = "") -> None:
        # A fresh interpreter: a copy of this one would hold half of its threads' locks.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, css), name="reportgen-typesetter", daemon=True)
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
        """Start to lay out `html` as `reportgen.render.pdf.pdf` does, with empty drawings of the right size."""
        self._send((html, dict(files), paper))

    def bring(self, drawings: Mapping[str, bytes]) -> None:
        """The drawings themselves."""
        self._send(dict(drawings))

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


def _work(pipe: Connection, css: str) -> None:
    """The process: lays out what comes through `pipe`, until a failure. Interruptions are the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a layout leaves behind is looked through once its PDF is on the way, not while somebody waits for it.
    gc.disable()
    # Where the parent has ended, nobody waits for the result.
    with contextlib.suppress(EOFError, OSError):
        while not isinstance(result := _result(pipe, css), Exception):
            pipe.send(result)
            gc.collect()
        pipe.send(result)


@cache
def _rehearse(css: str) -> None:
    pdf(REHEARSAL, {"1.svg": DRAWING}, styles=sheet(css), drawings=lambda: {"1.svg": DRAWING})


def _result(pipe: Connection, css: str) -> bytes | Exception:
    try:
        styles = sheet(css)
        _rehearse(css)
        html, files, paper = pipe.recv()
        return pdf(html, files, styles=styles, paper=paper, drawings=pipe.recv)
    except EOFError:
        raise
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        return error
