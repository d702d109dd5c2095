"""Reading: an engine's table becomes `Transactions` there; a handful of sums comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from hashlib import sha256
from operator import and_
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import agreed, asides, currencies, plausibility, rejects, rivals
from reportgen.sources import columns as names
from reportgen.sources.assembly import LARGEST, overflow
from reportgen.sources.columns import OPTIONAL
from reportgen.sources.dates import FIRST_YEAR, LAST_YEAR
from reportgen.sources.engine import one
from reportgen.sources.engines import connect, figures, staging
from reportgen.sources.engines.remote import Remote
from reportgen.sources.figures import MOST_DECIMALS, common_scale
from reportgen.sources.hints import Hints
from reportgen.sources.lines import Scales, with_orders
from reportgen.sources.paths import SourceFile
from reportgen.sources.texts import TEXTS
from reportgen.telling import Note
from reportgen.transactions import SCHEMA, Removed, Transactions

LINES: Final = "lines"
_FIRST: Final = datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 -- the shop's local time
_AFTER: Final = datetime(LAST_YEAR + 1, 1, 1)  # noqa: DTZ001


def read(
    spec: config.Input, columns: config.Columns, shop: config.Shop, say: Note = lambda _note: None
) -> tuple[Transactions, tuple[SourceFile, ...]]:
    """The table or query of `spec` as transactions of its engine. Raises `InputError`, `UsageError`, `MachineError`."""
    engine = connect(spec)
    engine.where = spec.table or "[input] query"
    source = engine.source(spec)
    chosen = names.recognise(engine.where, source.columns, columns)
    if columns.price is None:
        rivals.refuse_there(engine.where, source, chosen)
    _refuse_doubt(engine.where, source, chosen, shop.currency)
    agreed.refuse(engine.where, chosen, spec)
    rows = staging.staged(engine, source, chosen, shop.timezone)
    scales = _scales(rows, spec, currencies.digits(shop.currency))
    lines = engine.staged(LINES, _lines(rows, scales, spec))
    facts = _facts(lines)
    raw, removed = _account(_Staged(engine.where, rows, chosen, scales), facts["rows"], spec)
    engine.drop_table(staging.STAGED)
    _refuse_nobody(engine, facts, chosen)
    found = Transactions(
        lines=lines.cast(SCHEMA),
        scale=scales.price.decimals + scales.quantity.decimals,
        quantity_scale=scales.quantity.decimals,
        raw_rows=raw,
        raw_amount=facts["amount"],
        removed=removed,
        optional=frozenset(chosen) & frozenset(OPTIONAL),
    )
    context = plausibility.Context(engine.where, chosen, spec.bad_row_limit(raw))
    plausibility.look(found, context, spec, Hints(), say)
    return found, (SourceFile(engine.where, _digest(facts), 0, raw),)


def _refuse_doubt(where: str, source: ir.Table, chosen: Mapping[str, str], currency: str | None) -> None:
    """Refuse rows that may be no sales, or stand in another currency."""
    told = asides.of_table(source, chosen)
    currencies.refuse({where: told.currencies.marks}, currency)
    if told.no_sales or told.parts:
        raise InputError(
            f"{where}: {asides.doubt(told)}",
            'Select the sales, without that column: [input] query = "SELECT … WHERE …".',
        )


def _scales(rows: ir.Table, spec: config.Input, least: int) -> Scales:
    """By the figure with most decimals, of those that can be held."""
    found = rows.select(price=figures.decimals(rows.price), quantity=figures.decimals(rows.quantity))
    row = one(found.aggregate(
        **{name: found[name].max(where=found[name] <= MOST_DECIMALS) for name in ("price", "quantity")}
    ))  # fmt: skip
    price, quantity = int(row["price"] or 0), int(row["quantity"] or 0)
    return Scales(common_scale([price], spec.decimals, least), common_scale([quantity]))


def _valued(rows: ir.Table, scales: Scales) -> ir.Table:
    """`rows` with what they say in whole units, null where that can't be read."""
    known = (rows.sold_at >= _FIRST) & (rows.sold_at < _AFTER)
    return rows.mutate(
        moment=ibis.ifelse(known, rows.sold_at, ibis.null("timestamp")),
        units=figures.units(rows.quantity, scales.quantity),
        unit_price=figures.units(rows.price, scales.price),
    )


def _lines(rows: ir.Table, scales: Scales, spec: config.Input) -> ir.Table:
    valued = _valued(rows, scales)
    readable = valued.filter(valued.moment.notnull(), valued.units.notnull(), valued.unit_price.notnull())
    taken = {name: readable[name] for name in ("line", *TEXTS, "till") if name in readable.columns}
    made = readable.select(
        **taken,
        quantity=readable.units,
        price=readable.unit_price,
        amount=readable.units * readable.unit_price,
        sold_at=readable.moment,
    )
    return with_orders(agreed.applied(made, spec)).select(*SCHEMA.names).cast(SCHEMA)


def _facts(lines: ir.Table) -> Mapping[str, Any]:
    """Sums over all lines. Raises `InputError` if those of amounts might not fit into 64 bits."""
    exact = lines.amount.cast("decimal(38, 0)")
    row = one(lines.aggregate(
        rows=lines.count(), amount=exact.sum(), size=exact.abs().sum(), customers=lines.customer.count(),
        codes=lines.code.count(), quantity=lines.quantity.sum(), price=lines.price.sum(),
        first=lines.sold_at.min(), last=lines.sold_at.max(),
    ))  # fmt: skip
    if int(row["size"] or 0) > LARGEST:
        raise overflow()
    return {**row, "amount": int(row["amount"] or 0), "rows": int(row["rows"])}


def _digest(facts: Mapping[str, Any]) -> str:
    """A sha256 of the sums: tables have no bytes, but the same lines have the same sums."""
    return sha256("|".join(f"{name}={facts[name]}" for name in sorted(facts)).encode()).hexdigest()


@dataclass(frozen=True)
class _Staged:
    """A staged table: its name, its rows, meaning -> column, the scales of its figures."""

    name: str
    rows: ir.Table
    columns: Mapping[str, str]
    scales: Scales


def _account(staged: _Staged, read: int, spec: config.Input) -> tuple[int, tuple[Removed, ...]]:
    """Rows that aren't blank, and the step that counts those that can't be read. Raises `InputError`."""
    count = int(staged.rows.count().to_pyarrow().as_py())
    if count == read:
        return count, ()
    limit = spec.bad_row_limit(count)
    valued = _valued(staged.rows, staged.scales)
    unread = valued.filter(valued.moment.isnull() | valued.units.isnull() | valued.unit_price.isnull())
    filled = [unread[{"date": "sold_at", "amount": "price"}.get(each, each)] for each in staged.columns]
    blank = reduce(and_, (column.isnull() for column in filled))
    counts = one(unread.aggregate(blank=blank.sum(), bad=(~blank).sum()))
    rows, bad = count - int(counts["blank"] or 0), int(counts["bad"] or 0)
    return rows, rejects.judge(_rejected(staged, unread.filter(~blank)), bad, rows, limit)


def _rejected(staged: _Staged, bad: ir.Table) -> Sequence[rejects.Reject]:
    """The first of the rows that can't be read, by what they say."""
    money = "price" if "price" in staged.columns else "amount"
    missing = ibis.ifelse(bad.sold_at.isnull(), "is missing", "is not a date")
    faults = (
        ("date", bad.moment.isnull(), bad.sold_at.cast("string"), missing),
        ("quantity", bad.units.isnull(), bad.quantity.cast("string"),
         figures.reason(bad.quantity, staged.scales.quantity)),
        (money, bad.unit_price.isnull(), bad.price.cast("string"), figures.reason(bad.price, staged.scales.price)),
    )  # fmt: skip
    shown = bad.select(
        meaning=ibis.cases(*((fault, ibis.literal(name)) for name, fault, _, _ in faults)),
        value=ibis.cases(*((fault, value) for _, fault, value, _ in faults)),
        reason=ibis.cases(*((fault, why) for _, fault, _, why in faults)),
        invoice=bad.invoice,
        customer=bad.customer,
    )
    rows = shown.order_by("invoice", "customer", "meaning", "value").limit(rejects.MOST).to_pyarrow().to_pylist()
    return [
        rejects.Reject(
            staged.name, _place(row), staged.columns.get(row["meaning"], row["meaning"]), row["value"], row["reason"]
        )
        for row in rows
    ]


def _place(row: Mapping[str, Any]) -> str:
    """How the row is found again."""
    known = [f"{name} {row[name]}" for name in ("invoice", "customer") if row[name]]
    return ", ".join(known) or "a row without invoice and customer"


def _refuse_nobody(engine: Remote, facts: Mapping[str, Any], columns: Mapping[str, str]) -> None:
    if not facts["rows"]:
        raise InputError(f"{engine.where}: there are no rows", "Name another table, or see what the query leaves.")
    if not facts["customers"]:
        raise InputError(
            f"{engine.where}: no row has a customer id (column {columns['customer']!r})",
            'Segments need customers; name another column: [columns] customer = "…".',
        )
