"""Asides: columns that are no part of a line, and say whether it is a sale, in which currency, at what price, whose."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import columns as names
from reportgen.sources.engine import trim_spaces
from reportgen.sources.loading import Raw
from reportgen.sources.synonyms import NO_SALE
from reportgen.sources.texts import NO_CUSTOMER
from reportgen.sources.toml import quoted

ANY: Final = "*"
"""In `[input] leave_out`: whatever is filled."""
_FEW: Final = 3
"""So many values of a flag are named; of more, such as dates, any of them is meant."""
_LISTED: Final = 1_000
_UNSET: Final = ("", "0", "false", "f", "no", "n", "nein", "non", "nan", "null", "none")


@dataclass(frozen=True)
class Told:
    """What the asides of a part say.

    currencies: codes; no_sales: header -> what tells there of no sale, as `leave_out` has it; rows: how many have that
    """

    currencies: frozenset[str]
    no_sales: Mapping[str, tuple[str, ...]]
    rows: int


NOTHING: Final = Told(frozenset(), {}, 0)


def of_table(table: ir.Table, columns: Mapping[str, str]) -> Told:
    """What the asides of `table`, of which `columns` (meaning -> column) are read, say."""
    beside = names.asides(table.columns, columns)
    return told(table.select(**{key: table[header] for key, header in beside.items()}), beside) if beside else NOTHING


def told(rows: ir.Table, asides: Mapping[str, str], settled: Collection[str] = ()) -> Told:
    """What `rows` say by their `asides` (key -> header); of statuses, those that aren't `settled`."""
    kinds = {key: key.partition("_")[0] for key in asides}
    doubtful = {key for key, kind in kinds.items() if kind in {"status", "flag"} and asides[key] not in settled}
    values = {key: _values(rows[key]) for key, kind in kinds.items() if key in doubtful or kind == "currency"}
    telling = {key: _telling(kinds[key], values[key]) for key in doubtful}
    found = {key: each for key, each in telling.items() if each}
    return Told(
        frozenset(value.upper() for key in values.keys() - doubtful for value in values[key] if value not in _UNSET),
        {asides[key]: _listed(kinds[key], each) for key, each in sorted(found.items())},
        max((sum(values[key][value] for value in each) for key, each in found.items()), default=0),
    )


def doubt(told: Told) -> str:
    """That rows may be no sales, and by which columns; "" if none tells so."""
    where = " and ".join(f"{header} ({_spoken(values)})" for header, values in told.no_sales.items())
    several = f"{told.rows:,} rows may be no sales" if told.rows > 1 else "1 row may be no sale"
    return f"{several}, by the column {where}" if where else ""


def refuse(name: str, told: Told) -> None:
    """Refuse the file `name` if rows of it may be no sales, and nobody has said what they are. Raises `InputError`."""
    if told.no_sales:
        raise InputError(
            f"{name}: {doubt(told)}",
            f"Say which rows to leave out, or count them all by []: [input] leave_out = {toml(told.no_sales)}",
        )


def toml(leave_out: Mapping[str, Sequence[str]]) -> str:
    """`[input] leave_out` as it is written."""
    pairs = (f"{quoted(header)} = {quoted(values)}" for header, values in leave_out.items())
    return "{ " + ", ".join(pairs) + " }"


@dataclass(frozen=True)
class Parted:
    """The rows that `[input] leave_out` keeps.

    halved: those of them that say nothing in its columns, on invoices of which others are left out; None where that
        can't be told, or where they go, too
    """

    kept: ir.Table
    halved: ir.Table | None = None


def parted(every: ir.Table, raw: Raw, spec: config.Input) -> Parted:
    """The rows of `every` in two. Raises `InputError` if orders are to be left out, and there are no invoices."""
    if not raw.filters:
        return Parted(every)
    columns = [every[key] for key in raw.filters]
    gone = reduce(or_, (_holds(*each) for each in zip(columns, spec.leave_out.values(), strict=True)))
    if "invoice" not in raw.columns:
        _refuse_orders(raw, spec)
        return Parted(every.filter(~gone))
    orders = every.filter(gone).select(order=every.invoice).distinct()
    others = every.filter(~gone)
    beside = others.left_join(orders, others.invoice == orders.order)
    silent = reduce(and_, (_text(beside[key]) == "" for key in raw.filters))
    if spec.leave_out_orders:
        return Parted(beside.filter(~silent | beside.order.isnull()).drop("order"))
    return Parted(others, beside.filter(silent, beside.order.notnull()))


def _refuse_orders(raw: Raw, spec: config.Input) -> None:
    if spec.leave_out_orders:
        raise InputError(
            f"{raw.part.name}: [input] leave_out_orders needs invoices, and no column of them is recognised",
            'Name it: [columns] invoice = "…".',
        )


def label(spec: config.Input) -> str:
    """What was left out, for the reader of the brief."""
    told = "; ".join(f"{header} {_spoken(values)}" for header, values in spec.leave_out.items() if values)
    return f"{'Orders' if spec.leave_out_orders else 'Rows'} left out: {told}"


def halved(rows: int, headers: Collection[str]) -> Iterator[str]:
    """That so many `rows` may belong to what is left out by the columns `headers`."""
    if rows:
        count = "1 row says" if rows == 1 else f"{rows:,} rows say"
        yield (
            f"{count} nothing in {' or '.join(headers)}, on invoices of which other rows are left out; they count as "
            "sales. If only an order's first row is marked: [input] leave_out_orders = true"
        )


def _holds(column: ir.Value, values: Sequence[str]) -> ir.BooleanValue:
    text = _text(column)
    if ANY in values:
        return text != ""
    return text.isin([value.strip().lower() for value in values]) if values else ibis.literal(value=False)


def _text(column: ir.Value) -> ir.StringValue:
    return trim_spaces(column.cast("string").fill_null("")).lower()


def _values(column: ir.Value) -> dict[str, int]:
    """The distinct texts of `column` and how many rows have them; the most frequent ones."""
    table = column.name("value").as_table()
    counted = table.group_by(value=_text(table.value)).agg(rows=table.count()).order_by(ibis.desc("rows"), "value")
    return {row["value"]: int(row["rows"]) for row in counted.limit(_LISTED).to_pyarrow().to_pylist()}


def _telling(kind: str, values: Collection[str]) -> list[str]:
    if kind == "flag":
        return sorted(value for value in values if value not in _UNSET)
    return sorted(value for value in values if names.plain(value) in NO_SALE.split())


def _listed(kind: str, values: Sequence[str]) -> tuple[str, ...]:
    return (ANY,) if kind == "flag" and len(values) > _FEW else tuple(values)


def _spoken(values: Sequence[str]) -> str:
    return "is filled" if ANY in values else "is " + " or ".join(values)


def unlisted(rows: ir.Table, asides: Mapping[str, str], leave_out: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What tells of no sale in a column of `leave_out` that lists others; `rows` are those left, with `asides`."""
    for key, header in asides.items():
        if leave_out.get(header) and (telling := _telling(key.partition("_")[0], _values(rows[key]))):
            yield f"rows whose {header} {_spoken(telling)} count as sales: [input] leave_out lists others"


def notes(rows: ir.Table, asides: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[str]:
    """What isn't read of `rows`, which have `asides` (key -> header) beside the `columns` (meaning -> header)."""
    money = ("refund_", "discount_") if "price" in columns else ("refund_",)
    nobody = _text(rows.customer).isin(("", *NO_CUSTOMER))
    measures = {key: rows[key].cast("string").re_search("[1-9]").sum() for key in asides if key.startswith(money)}
    measures |= {key: (nobody & (_text(rows[key]) != "")).sum() for key in asides if key.startswith("customer_")}
    counts: dict[str, Any] = rows.agg(**measures).to_pyarrow().to_pylist()[0] if measures else {}
    for key, count in counts.items():
        if count:
            yield _note(key.partition("_")[0], asides[key], int(count), columns)


def _note(kind: str, header: str, count: int, columns: Mapping[str, str]) -> str:
    rows = "1 row" if count == 1 else f"{count:,} rows"
    if kind == "customer":
        counted = "which counts as sale to a guest" if count == 1 else "which count as sales to guests"
        return (
            f"the column {columns['customer']} names nobody and {header} is filled in {rows}, {counted}; "
            f"[columns] customer = {quoted(header)} would tell customers by it"
        )
    return f"the column {header} isn't read: the {kind}s of {rows} are not deducted"
