"""Sources: takes the configured input, gives `Transactions` and the files they came from.

files (paths) ─► parts (formats/) ─► columns by meaning ─► survey of dates and figures ─► lines ─► ledger
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeAlias

from reportgen import config
from reportgen.sources import figures, formats, ledger, lines, opening, paths
from reportgen.sources.ahead import ahead
from reportgen.sources.engine import Engine, connect, faults
from reportgen.sources.inspection import Inspection, inspect
from reportgen.sources.paths import SourceFile
from reportgen.transactions import Transactions

__all__ = ["Inspection", "SourceFile", "begun", "close", "inspect", "read"]

Read: TypeAlias = tuple[Transactions, tuple[SourceFile, ...]]
Say: TypeAlias = Callable[[str], None]


def read(
    spec: config.Input,
    columns: config.Columns,
    timezone: str | None = None,
    *,
    currency_digits: int = 0,
    say: Say = lambda _note: None,
) -> Read:
    """Read the configured input. `say` is told what was assumed or left out. Raises `InputError`.

    timezone: IANA name that instants with an offset are put into; currency_digits: least decimals of prices
    """
    with begun(spec, columns, timezone, currency_digits=currency_digits, say=say) as result:
        return result()


@contextmanager
def begun(
    spec: config.Input,
    columns: config.Columns,
    timezone: str | None = None,
    *,
    currency_digits: int = 0,
    say: Say = lambda _note: None,
) -> Iterator[Callable[[], Read]]:
    """As `read`, beside what is done within; what it gives waits for the end, and raises `InputError`.

    Only files are read ahead; another engine is first asked when the result is.
    """
    if spec.url is not None:
        from reportgen.sources.engines.reading import read as read_there

        yield partial(read_there, spec, columns, timezone, currency_digits)
        return
    engine = connect(spec.memory)
    with ahead(engine, partial(_files, engine, spec, columns, timezone, currency_digits, say)) as result:
        yield result


def _files(  # noqa: PLR0913, PLR0917 - what `begun` takes, and the engine
    engine: Engine, spec: config.Input, columns: config.Columns, timezone: str | None, currency_digits: int, say: Say
) -> Read:
    """The configured files, read by `engine`."""
    with ThreadPoolExecutor() as pool, faults():
        files = paths.resolve(spec.paths(), formats.suffixes(), say)
        stamps = tuple(map(paths.stamp, files))
        prints = pool.map(paths.fingerprint, files)
        loaded = opening.load(engine, files, spec, columns, say)
        parts = [part for each in loaded.values() for part in each]
        limit = opening.bad_row_limit(parts, spec)
        notations = opening.settle(engine, parts, spec, limit, say)
        parsed = [lines.parse(engine, *each, timezone) for each in zip(parts, notations, strict=True)]
        scales = _scales(parsed, spec, currency_digits)
        transactions = ledger.assemble(engine, parsed, ledger.Terms(scales, timezone, limit))
        for removed in transactions.removed:
            say(f"{removed.rows:,} left out: {removed.label[0].lower()}{removed.label[1:]}")
        found = tuple(
            SourceFile(file.name, *each, sum(part.count for part in loaded[file]))
            for file, each in zip(files, prints, strict=True)
        )
        paths.refuse_changed(files, stamps)
        return transactions, found


def close(transactions: Transactions, say: Say) -> None:
    """Lets go of an engine, and says what came from it; files need neither."""
    from reportgen.sources import engines

    if (engine := engines.remote(transactions.lines)) is not None:
        say(engine.traffic.sentence(engine.title))
        engine.end()


def _scales(parsed: Sequence[lines.Parsed], spec: config.Input, currency_digits: int) -> lines.Scales:
    prices = [part.decimals["price"] for part in parsed]
    quantities = [part.decimals.get("quantity", 0) for part in parsed]
    return lines.Scales(figures.common_scale(prices, spec.decimals, currency_digits), figures.common_scale(quantities))
