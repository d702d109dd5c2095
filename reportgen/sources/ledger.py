"""Ledger: parsed parts become one table of lines, and what left on the way is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import duckdb
import ibis
import ibis.expr.types as ir

from reportgen.errors import InputError
from reportgen.sources import lines, overlap, rejects
from reportgen.sources.columns import OPTIONAL
from reportgen.sources.engine import Engine
from reportgen.sources.lines import Parsed, Scales
from reportgen.transactions import SCHEMA, Removed, Transactions

LARGEST: Final = 2**63 - 1
"""The largest sum that every engine holds exactly."""


@dataclass(frozen=True)
class Terms:
    """What holds for all parts: scales, time zone, and how many bad rows are acceptable."""

    scales: Scales
    timezone: str | None
    limit: int


def assemble(engine: Engine, parts: Sequence[Parsed], terms: Terms) -> Transactions:
    """All lines of `parts` as `Transactions`. Raises `InputError`."""
    tables = [lines.joined(part, terms.scales, terms.timezone) for part in parts]
    staged = _staged(engine, parts, tables)
    read = int(staged.count().to_pyarrow().as_py())
    rows, removed = _account(parts, tables, read, terms.limit)
    amount = _worth(staged)
    _refuse_nobody(parts, staged)
    if len(parts) > 1:
        staged, repeated = _joined_up(engine, staged)
        removed += repeated
    _forget(engine)
    optional = frozenset.intersection(*(frozenset(part.loaded.columns) for part in parts)) & frozenset(OPTIONAL)
    return Transactions(
        lines=staged.select(*SCHEMA.names).cast(SCHEMA),  # DuckDB says timestamp(6)
        scale=terms.scales.price.decimals + terms.scales.quantity.decimals,
        quantity_scale=terms.scales.quantity.decimals,
        raw_rows=rows,
        raw_amount=amount,
        removed=removed,
        optional=optional,
    )


def _joined_up(engine: Engine, staged: ir.Table) -> tuple[ir.Table, tuple[Removed, ...]]:
    """The lines of several parts, each counted once, on orders; and the step that counts the repeated ones."""
    found = overlap.repeated(engine, staged)
    kept, steps = (staged, ()) if found is None else (staged.anti_join(found[0], "line"), (found[1],))
    return engine.create_table("lines", lines.with_orders(kept), temp=True), steps


def _staged(engine: Engine, parts: Sequence[Parsed], tables: Sequence[ir.Table]) -> ir.Table:
    """The readable lines of all parts with their `part`; several parts get their orders later.

    Raises `InputError` for an overflow.
    """
    firsts = accumulate((part.loaded.count for part in parts), initial=0)
    each = [
        lines.canonical(table, first).cast(SCHEMA).mutate(part=ibis.literal(number, "int32"))
        for number, (table, first) in enumerate(zip(tables, firsts, strict=False))
    ]
    name = "staged" if len(each) > 1 else "lines"
    together = ibis.union(*each) if len(each) > 1 else lines.with_orders(each[0])
    try:
        return engine.create_table(name, together, temp=True)
    except duckdb.OutOfRangeException as error:
        raise overflow() from error


def _forget(engine: Engine) -> None:
    """Drop what was only needed on the way: raw text takes more memory than lines."""
    for (name,) in engine.con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if name != "lines":
            engine.drop_table(name)


def _account(
    parts: Sequence[Parsed], tables: Sequence[ir.Table], read: int, limit: int
) -> tuple[int, tuple[Removed, ...]]:
    """Data rows that aren't blank, and the step that counts those that can't be read. Raises `InputError`."""
    rows = sum(part.loaded.count for part in parts)
    if rows == read:
        return rows, ()
    found = [rejects.find(part.loaded, table) for part, table in zip(parts, tables, strict=True)]
    rows -= sum(blank for blank, _, _ in found)
    every = [reject for _, _, some in found for reject in some]
    return rows, rejects.judge(every, sum(bad for _, bad, _ in found), rows, limit)


def _worth(staged: ir.Table) -> int:
    """The sum of all amounts. Raises `InputError` if sums of them might not fit into 64 bits."""
    exact = staged.amount.cast("decimal(38, 0)")
    total, size = staged.agg(total=exact.sum(), size=exact.abs().sum()).to_pyarrow().to_pylist()[0].values()
    if int(size or 0) > LARGEST:
        raise overflow()
    return int(total or 0)


def overflow() -> InputError:
    """Sums of amounts might not fit into 64 bits."""
    return InputError(
        "the amounts are too large to be summed exactly at this many decimals",
        "Look for a figure in the wrong column, or limit the decimals of prices: [input] decimals = 2.",
    )


def _refuse_nobody(parts: Sequence[Parsed], staged: ir.Table) -> None:
    if staged.count().to_pyarrow().as_py() == 0:
        raise InputError(f"{parts[0].loaded.part.name}: there are no rows under the header", "Export it again.")
    if staged.customer.count().to_pyarrow().as_py() == 0:
        header = parts[0].loaded.columns["customer"]
        raise InputError(
            f"{parts[0].loaded.part.name}: no row has a customer id (column {header!r})",
            'Segments need customers; name another column: [columns] customer = "…".',
        )
