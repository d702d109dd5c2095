"""Sources: takes the configured input, gives `Transactions` and the files they came from.

files ─► parts (formats/) ─► columns by meaning ─► survey of dates and figures ─► canonical lines
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from typing import Any

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import columns as names
from reportgen.sources import figures, formats, lines, paths, survey
from reportgen.sources.engine import Engine, connect
from reportgen.sources.paths import SourceFile
from reportgen.transactions import SCHEMA, Removed, Transactions

__all__ = ["SourceFile", "read"]


def read(
    spec: config.Input,
    columns: config.Columns,
    timezone: str | None = None,
    *,
    currency_digits: int = 0,
    say: Callable[[str], None] = lambda _note: None,
) -> tuple[Transactions, tuple[SourceFile, ...]]:
    """Read the configured input; `say` is told what was assumed. Raises `InputError`."""
    files = paths.resolve(spec.paths(), formats.suffixes(), say)
    with ThreadPoolExecutor() as pool:
        fingerprints = pool.map(paths.fingerprint, files)
        engine = connect()
        loaded = [part for file in files for part in _load(engine, file, spec, columns)]
        counts = [part.count for part in loaded]
        limit = int(min(spec.max_bad_rows, spec.max_bad_share * sum(counts)))
        notations = [survey.notation(part, spec, limit) for part in loaded]
        parsed = [lines.parse(engine, part, each, timezone) for part, each in zip(loaded, notations, strict=True)]
        scales = lines.Scales(
            figures.common_scale([each.decimals["price"] for each in parsed], spec.decimals, currency_digits),
            max(each.decimals.get("quantity", 0) for each in parsed),
        )
        firsts = [0, *accumulate(counts)]
        expressions = [
            lines.canonical(lines.joined(each, scales, timezone), first)
            for each, first in zip(parsed, firsts, strict=False)
        ]
        table = engine.create_table("lines", lines.with_orders(expressions[0]).cast(SCHEMA), temp=True)
        total = int(table.amount.sum().execute())
        sources = [SourceFile(f.name, *x, part.count) for f, x, part in zip(files, fingerprints, loaded)]
    return Transactions(
        table, scales.price + scales.quantity, scales.quantity, sum(counts), total, (), frozenset(names.OPTIONAL)
    ), tuple(sources)


def _load(engine: Engine, file: Path, spec: config.Input, columns: config.Columns) -> list[survey.Loaded]:
    return [
        survey.load(engine, part, names.recognise(part.name, part.headers, columns), f"part_{i}")
        for i, part in enumerate(formats.parts(engine, file, spec))
    ]
