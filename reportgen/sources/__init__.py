"""Sources: takes the configured input, gives `Transactions` and the files they came from.

files (paths) ─► parts (formats/) ─► loading ─► columns by meaning ─► survey of dates and figures ─► lines ─► assembly
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from reportgen import config
from reportgen.sources import formats, loading, paths
from reportgen.sources.ahead import ahead
from reportgen.sources.connection import Connection, connect, faults, refuse_date_format
from reportgen.sources.paths import SourceFile
from reportgen.telling import Note

if TYPE_CHECKING:
    from reportgen.transactions import Transactions

__all__ = ["SourceFile", "begun", "close", "read"]

Read: TypeAlias = "tuple[Transactions, tuple[SourceFile, ...]]"


def read(spec: config.Input, columns: config.Columns, shop: config.Shop, *, say: Note = lambda _note: None) -> Read:
    """Read the configured input. `say` is told what was assumed or left out. Raises `InputError`.

    shop: its time zone is that of instants with an offset; amounts have at least the decimals of its currency
    """
    with begun(spec, columns, shop, say=say) as result:
        return result()


@contextmanager
def begun(
    spec: config.Input, columns: config.Columns, shop: config.Shop, *, say: Note = lambda _note: None
) -> Iterator[Callable[[], Read]]:
    """As `read`, beside what is done within; what it gives waits for the end, and raises `InputError`.

    Only files are read ahead; another engine is first asked when the result is.
    """
    if spec.url is not None:
        from reportgen.sources.engines.reading import read as read_there

        yield partial(read_there, spec, columns, shop, say)
        return
    con = connect(spec.memory)
    with ahead(con, partial(_files, con, spec, columns, shop, say)) as result:
        import reportgen.sources.accounts  # noqa: F401 - while files are loaded, which needs nothing of it

        yield result


def _files(con: Connection, spec: config.Input, columns: config.Columns, shop: config.Shop, say: Note) -> Read:
    """The configured files, read by `con`."""
    with faults():
        files = paths.resolve(spec.paths(), formats.suffixes(), say)
    with ThreadPoolExecutor() as pool, faults(paths.named(files)):
        stamps = tuple(map(paths.stamp, files))
        prints = pool.map(paths.fingerprint, files)
        if spec.date_format is not None:
            refuse_date_format(con, spec.date_format)
        loaded = loading.load(con, files, spec, columns, say)
        from reportgen.sources.accounts import accounts

        transactions, rows = accounts(con, loaded, spec, shop, say)
        found = tuple(
            SourceFile(file.name, *each, count) for file, each, count in zip(files, prints, rows, strict=True)
        )
        paths.refuse_changed(files, stamps)
        return transactions, found


def close(transactions: "Transactions", say: Note) -> None:
    """Lets go of an engine, and says what came from it; files need neither."""
    from reportgen.sources import engines

    if (engine := engines.remote(transactions.lines)) is not None:
        say(engine.traffic.sentence(engine.title))
        engine.end()
