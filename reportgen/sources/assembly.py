"""Assembly: parsed parts become one table of lines, and what left on the way is counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from typing import Final

import duckdb
import ibis
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import agreed, asides, in_place, lines, overlap, rejects, signs, sums
from reportgen.sources.columns import OPTIONAL
from reportgen.sources.engine import Engine
from reportgen.sources.lines import Parsed, Scales
from reportgen.sources.texts import plain
from reportgen.sources.tidying import tidied
from reportgen.transactions import SCHEMA, Removed, Transactions

LARGEST: Final = 2**63 - 1
"""The largest sum that every engine holds exactly."""


@dataclass(frozen=True)
class Terms:
    """What holds for all parts: scales, time zone, how many bad rows are acceptable.

    spec: what else is agreed on
    """

    scales: Scales
    timezone: str | None
    limit: int
    spec: config.Input


@dataclass(frozen=True)
class Readable:
    """The rows of each part that can be read; its texts that are as they should be; whether each row has an invoice."""

    tables: Sequence[ir.Table]
    plain: Sequence[Collection[str]]
    ordered: bool = False


def assemble(engine: Engine, parts: Sequence[Parsed], terms: Terms) -> Transactions:
    """All lines of `parts` as `Transactions`. Raises `InputError`."""
    stays = in_place.fits(parts, terms.scales) and terms.spec.negative_quantity != "returns"
    for part in parts:
        agreed.refuse(part.loaded.part.name, part.loaded.columns, terms.spec)
    joined = [
        signs.applied(lines.joined(part, terms.scales, terms.timezone), part.loaded, terms.spec) for part in parts
    ]
    readable = _there(parts, terms) if stays else _copied(engine, parts, joined, terms.spec)
    whole = len(parts) == 1 and terms.spec.amounts != "orders"
    staged = _staged(engine, parts, readable, terms.spec, whole=whole, stays=stays)
    read, customers, amount = _facts(staged)
    rows, removed = _account(parts, joined, read, terms)
    _refuse_nobody(parts, read, customers)
    if not whole:
        extra = _extra(engine, parts, staged, terms.spec)
        staged = _joined_up(engine, staged, [lines for lines, _ in extra], stays=stays)
        removed += tuple(step for _, step in extra)
    if not stays:
        _forget(engine)
    return Transactions(
        lines=staged.select(*SCHEMA.names).cast(_schema(staged)),  # DuckDB says timestamp(6)
        scale=terms.scales.price.decimals + terms.scales.quantity.decimals,
        quantity_scale=terms.scales.quantity.decimals,
        raw_rows=rows,
        raw_amount=amount,
        removed=removed,
        optional=_common(parts),
    )


def _there(parts: Sequence[Parsed], terms: Terms) -> Readable:
    """The rows of `parts` that stay where they are."""
    ids = in_place.ids(parts)
    if not in_place.sound(parts, terms.scales):
        tables = [lines.legible(in_place.read(part, terms.scales, terms.timezone, ids)) for part in parts]
        return Readable(tables, [()] * len(parts))
    trusted = [in_place.trusted(part, terms.scales, terms.timezone, ids) for part in parts]
    clean = plain(trusted)
    return Readable(trusted, [clean] * len(parts), ordered="invoice" in clean and all(map(in_place.ordered, parts)))


def _copied(engine: Engine, parts: Sequence[Parsed], joined: Sequence[ir.Table], spec: config.Input) -> Readable:
    """The rows of `joined` parts that are copied."""
    settled = spec.no_customer == ()
    pairs = zip(parts, joined, strict=True)
    read = [tidied(engine, part.loaded, lines.legible(table), settled=settled) for part, table in pairs]
    return Readable([table for table, _ in read], [names for _, names in read])


def _common(parts: Sequence[Parsed]) -> frozenset[str]:
    """The optional columns that all `parts` have."""
    return frozenset.intersection(*(frozenset(part.loaded.columns) for part in parts)) & frozenset(OPTIONAL)


def _extra(
    engine: Engine, parts: Sequence[Parsed], staged: ir.Table, spec: config.Input
) -> list[tuple[ir.Table, Removed]]:
    """The lines that count no more, since others say the same, and the step that counts them, reason by reason."""
    twice = overlap.repeated(engine, staged, _common(parts)) if len(parts) > 1 and spec.overlap == "once" else None
    if spec.amounts != "orders":
        return [twice] if twice else []
    once = staged.anti_join(twice[0], "line") if twice else staged
    return [each for each in (twice, agreed.repeated_totals(engine, once)) if each]


def _joined_up(engine: Engine, staged: ir.Table, extra: Sequence[ir.Table], *, stays: bool) -> ir.Table:
    """The `staged` lines but the `extra` ones, on orders."""
    ordered = lines.with_orders(reduce(lambda rest, gone: rest.anti_join(gone, "line"), extra, staged))
    return in_place.view(engine, "lines", ordered) if stays else engine.create_table("lines", ordered, temp=True)


def _schema(staged: ir.Table) -> ibis.Schema:
    """`SCHEMA`, with numbers for customers where these stayed numbers."""
    return ibis.schema({**SCHEMA, "customer": staged.customer.type()})


def _staged(  # noqa: PLR0913 - what is read, and how it is kept
    engine: Engine, parts: Sequence[Parsed], readable: Readable, spec: config.Input, *, whole: bool, stays: bool
) -> ir.Table:
    """The readable lines of all parts with their `part`; unless they are `whole`, they get their orders later.

    A table of its own, or a view where they stay where they are. Raises `InputError` for an overflow.
    """
    firsts = accumulate((part.loaded.places for part in parts), initial=0)
    known = zip(readable.tables, firsts, readable.plain, strict=False)
    canonical = [agreed.applied(lines.canonical(*each), spec) for each in known]
    numbers = stays and all(table.customer.type().is_integer() for table in canonical)
    schema = ibis.schema({**SCHEMA, "customer": "int64" if numbers else "string"})
    each = [table.cast(schema).mutate(part=ibis.literal(number, "int32")) for number, table in enumerate(canonical)]
    name = "lines" if whole else "staged"
    one = each[0] if readable.ordered or not whole else lines.with_orders(each[0])
    together = ibis.union(*each) if len(each) > 1 else one
    if stays:
        return in_place.view(engine, name, together)
    try:
        return engine.create_table(name, together, temp=True)
    except duckdb.OutOfRangeException as error:
        raise overflow() from error


def _forget(engine: Engine) -> None:
    """Drop what was only needed on the way: raw text takes more memory than lines."""
    for (name,) in engine.con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if name != "lines" and not name.endswith(sums.KEPT):
            engine.drop_table(name)


def _account(
    parts: Sequence[Parsed], tables: Sequence[ir.Table], read: int, terms: Terms
) -> tuple[int, tuple[Removed, ...]]:
    """Data rows that aren't blank; the steps that count those left out, and those that can't be read.

    Raises `InputError`.
    """
    rows, out = sum(part.loaded.count for part in parts), sum(part.loaded.left_out for part in parts)
    left_out = (Removed("left-out", asides.label(terms.spec), out, 0),) if out else ()
    if rows == read:
        return rows + out, left_out
    found = [rejects.find(part.loaded, table) for part, table in zip(parts, tables, strict=True)]
    rows -= sum(blank for blank, _, _ in found)
    every = [reject for _, _, some in found for reject in some]
    return rows + out, (*left_out, *rejects.judge(every, sum(bad for _, bad, _ in found), rows, terms.limit))


def _facts(staged: ir.Table) -> tuple[int, int, int]:
    """Lines, those with a customer, and the sum of all amounts. Raises `InputError` if 64 bits might not hold sums."""
    found = staged.agg(
        rows=staged.count(),
        customers=staged.customer.count(),
        total=staged.amount.sum().cast("decimal(38, 0)"),
        size=staged.amount.abs().sum().cast("decimal(38, 0)"),
    )
    row = found.to_pyarrow().to_pylist()[0]
    if int(row["size"] or 0) > LARGEST:
        raise overflow()
    return int(row["rows"]), int(row["customers"]), int(row["total"] or 0)


def overflow() -> InputError:
    """Sums of amounts might not fit into 64 bits."""
    return InputError(
        "the amounts are too large to be summed exactly at this many decimals",
        "Look for a figure in the wrong column, or limit the decimals of prices: [input] decimals = 2.",
    )


def _refuse_nobody(parts: Sequence[Parsed], rows: int, customers: int) -> None:
    out = sum(part.loaded.left_out for part in parts)
    if rows == 0 and out:
        raise InputError(
            f"{parts[0].loaded.part.name}: [input] leave_out takes all {out:,} rows", "List there what is no sale only."
        )
    if rows == 0:
        raise InputError(f"{parts[0].loaded.part.name}: there are no rows under the header", "Export it again.")
    if customers == 0:
        header = parts[0].loaded.columns["customer"]
        raise InputError(
            f"{parts[0].loaded.part.name}: no row has a customer id (column {header!r})",
            'Segments need customers; name another column: [columns] customer = "…".',
        )
