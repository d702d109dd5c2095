"""Ahead: files are read in a thread of their own, while the caller imports and checks what it needs for them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Final, TypeVar

from reportgen.sources.connection import Connection

T = TypeVar("T")
_PATIENCE: Final = 0.05
"""Seconds until the next query of an abandoned reading is stopped, too."""


@contextmanager
def ahead(con: Connection, work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begins `work` on `con`; gives what waits for its result. Whoever leaves with an error stops its queries."""
    with ThreadPoolExecutor(1, "reading") as pool:
        future = pool.submit(work)
        try:
            yield future.result
        except BaseException:
            while not future.done():
                con.interrupt()
                wait([future], _PATIENCE)
            raise
