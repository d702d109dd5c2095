"""Sources: takes the configured input, gives `Transactions` and the files they came from.

files (paths) ─► parts (formats/) ─► columns by meaning ─► survey of dates and figures ─► lines ─► ledger
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeAlias

from reportgen import config
from reportgen.sources import currencies, figures, formats, ledger, lines, opening, paths
from reportgen.sources.ahead import ahead
from reportgen.sources.engine import Engine, connect, faults, refuse_date_format
from reportgen.sources.inspection import Inspection, inspect
from reportgen.sources.paths import SourceFile
from reportgen.transactions import Transactions

__all__ = ["Inspection", "SourceFile", "begun", "close", "inspect", "read"]

Read: TypeAlias = tuple[Transactions, tuple[SourceFile, ...]]
Say: TypeAlias = Callable[[str], None]


def read(spec: config.Input, columns: config.Columns, shop: config.Shop, *, say: Say = lambda _note: None) -> Read:
    """Read the configured input. `say` is told what was assumed or left out. Raises `InputError`.

    shop: its time zone is that of instants with an offset; amounts have at least the decimals of its currency
    """
    with begun(spec, columns, shop, say=say) as result:
        return result()


@contextmanager
def begun(
    spec: config.Input, columns: config.Columns, shop: config.Shop, *, say: Say = lambda _note: None
) -> Iterator[Callable[[], Read]]:
    """As `read`, beside what is done within; what it gives waits for the end, and raises `InputError`.

    Only files are read ahead; another engine is first asked when the result is.
    """
    if spec.url is not None:
        from reportgen.sources.engines.reading import read as read_there

        yield partial(read_there, spec, columns, shop)
        return
    engine = connect(spec.memory)
    with ahead(engine, partial(_files, engine, spec, columns, shop, say)) as result:
        yield result


def _files(engine: Engine, spec: config.Input, columns: config.Columns, shop: config.Shop, say: Say) -> Read:
    """The configured files, read by `engine`."""
    with ThreadPoolExecutor() as pool, faults():
        files = paths.resolve(spec.paths(), formats.suffixes(), say)
        stamps = tuple(map(paths.stamp, files))
        prints = pool.map(paths.fingerprint, files)
        if spec.date_format is not None:
            refuse_date_format(engine, spec.date_format)
        loaded = opening.load(engine, files, spec, columns, say)
        parts = [part for each in loaded.values() for part in each]
        limit = opening.bad_row_limit(parts, spec)
        notations = opening.settle(parts, spec, shop.currency, limit, say)
        parsed = [lines.parse(engine, *each, shop.timezone) for each in zip(parts, notations, strict=True)]
        scales = _scales(parsed, spec, currencies.digits(shop.currency))
        terms = ledger.Terms(scales, shop.timezone, limit, spec.leave_out, spec.overlap)
        transactions = ledger.assemble(engine, parsed, terms)
        for removed in transactions.removed:
            say(f"{removed.rows:,} left out: {removed.label[0].lower()}{removed.label[1:]}")
        found = tuple(
            SourceFile(file.name, *each, sum(part.count + part.left_out for part in loaded[file]))
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


def _scales(parsed: Sequence[lines.Parsed], spec: config.Input, least: int) -> lines.Scales:
    prices = [part.decimals["price"] for part in parsed]
    quantities = [part.decimals.get("quantity", 0) for part in parsed]
    return lines.Scales(figures.common_scale(prices, spec.decimals, least), figures.common_scale(quantities))
