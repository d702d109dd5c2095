"""Asides: columns that are no part of a line, and say whether it is a sale, in which currency, at what price, whose."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_, xor
from typing import Any, Final

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from ibis import _

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import columns as names
from reportgen.sources import currencies, marks
from reportgen.sources.columns import OTHER
from reportgen.sources.engine import histogram, one, plain_text
from reportgen.sources.formats import VARIETY
from reportgen.sources.loading import Raw
from reportgen.sources.texts import NO_CUSTOMER
from reportgen.sources.toml import inline_table, quoted

ANY: Final = "*"
"""In `[input] leave_out`: whatever is filled, but 0, no, false and the like."""
_FEW: Final = 3
"""So many values of a flag are named; of more, such as dates, any of them is meant."""
_LISTED: Final = 1_000
_SUM: Final = "^[^A-Za-z]*([A-Za-z]{1,3}[^A-Za-z]*)?[1-9]"
"""A figure but zero, perhaps behind a currency; no code such as SAVE10."""
_SINGLE: Final = 0.9
"""Part of the orders of several rows that are marked on one of them, if only their first row is."""
_FIGURES: Final = ("quantity", "price", "amount")
_TELL: Final = frozenset(("status", "type", "flag", OTHER))


@dataclass(frozen=True)
class Told:
    """What the asides of a part say.

    currencies: in which prices stand, by a column
    no_sales: header -> what tells there of no sale, as `leave_out` has it
    rows: how many have that and would count as sales; returns: how many are negative, and are returns already
    parts: header -> what tells there how many pieces came back, as `leave_out` has it
    backs: header -> those of `no_sales` that take back what other rows sold, as `returns` has it
    """

    currencies: currencies.Stated
    no_sales: Mapping[str, tuple[str, ...]]
    rows: int
    returns: int = 0
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    backs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def gone(self) -> dict[str, tuple[str, ...]]:
        """Header -> those of `no_sales` that take nothing back."""
        left = {
            name: tuple(v for v in each if v not in self.backs.get(name, ())) for name, each in self.no_sales.items()
        }
        return {name: each for name, each in left.items() if each}


NOTHING: Final = Told(currencies.NOWHERE, {}, 0)


def of_table(table: ir.Table, columns: Mapping[str, str]) -> Told:
    """What the asides of `table`, of which `columns` (meaning -> column) are read, say, by what they are called."""
    known = {key: header for key, header in names.asides(table.columns, columns).items() if kind_of(key) != OTHER}
    beside = known | {name: columns[name] for name in _FIGURES if name in columns}
    return told(table.select(**{key: table[header] for key, header in beside.items()}), known) if known else NOTHING


def kind_of(key: str) -> str:
    """The kind of an aside by its key, see `columns.asides`."""
    return key.partition("_")[0]


def told(rows: ir.Table, asides: Mapping[str, str], settled: Collection[str] = ()) -> Told:
    """What `rows` say by their `asides` (key -> header) that aren't `settled`."""
    open_ = {key: header for key, header in asides.items() if header not in settled}
    values = {key: _values(rows[key]) for key in open_ if kind_of(key) in _TELL - {OTHER}} | _various(rows, open_)
    found = [_Mark(asides[key], kind_of(key), *_counted(rows, key, each)) for key, each in _telling_of(values)]
    marks_ = [mark for mark in found if mark.rows]
    partly = [mark for mark in marks_ if mark.of_parts]
    wholly = [mark for mark in marks_ if mark not in partly]
    stated = {key: _values(rows[key]) for key in asides if kind_of(key) in currencies.KINDS} | values
    return Told(
        currencies.of_columns(stated, asides),
        {mark.header: mark.listed for mark in wholly},
        max((mark.rows for mark in wholly or partly), default=0),
        max((mark.returns for mark in wholly), default=0),
        {mark.header: mark.listed for mark in partly},
        {mark.header: back for mark in wholly if (back := mark.back)},
    )


@dataclass(frozen=True)
class _Mark:
    """What tells of no sale in a column: how many rows that would count as sales have it, and how many returns."""

    header: str
    kind: str
    values: tuple[str, ...]
    rows: int
    returns: int

    @property
    def of_parts(self) -> bool:
        """Whether it says how many pieces came back."""
        return self.kind == "flag" and (marks.counts_pieces(self.header) or marks.are_figures(self.values))

    @property
    def listed(self) -> tuple[str, ...]:
        """The values as `leave_out` has them."""
        any_ = self.kind == "flag" and (len(self.values) > _FEW or any(map(marks.is_date, self.values)))
        return (ANY,) if any_ else self.values

    @property
    def back(self) -> tuple[str, ...]:
        """Those of the values that take back what other rows sold."""
        return tuple(value for value in self.values if self.kind != "flag" and marks.takes_back(value, self.kind))


def _telling_of(values: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, each in values.items():
        if telling := _telling(kind_of(key), each):
            yield key, tuple(telling)


def _counted(rows: ir.Table, key: str, values: tuple[str, ...]) -> tuple[tuple[str, ...], int, int]:
    """`values`, how many rows with one of them are not negative, and how many are."""
    signs = [_is_negative(rows[name]) for name in _FIGURES if name in rows.columns]
    negative = reduce(xor, signs) if signs else ibis.literal(value=False)
    marked = rows.select(negative=negative, told=_text(rows[key])).filter(_.told.isin(values))
    row = marked.aggregate(rows=_.count(), returns=_.negative.sum()).to_pyarrow().to_pylist()[0]
    returns = int(row["returns"] or 0)
    return values, int(row["rows"]) - returns, returns


def _is_negative(figure: ir.Value) -> ir.BooleanValue:
    """Whether a figure, as it is written, is below zero; one that can't be read isn't."""
    if figure.type().is_numeric():
        negative: ir.BooleanValue = (figure < 0).fill_null(False)
        return negative
    return figure.cast("string").strip().re_search(r"^[^0-9]*[-−(]|[0-9][-−]$").fill_null(False)


def _various(rows: ir.Table, asides: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Key -> values of the other `asides` that are text, and have few values, but not the same in all rows."""
    texts = [key for key in asides if kind_of(key) == OTHER and _may_tell(rows[key].type())]
    if not texts:
        return {}
    about = one(rows.aggregate(**{key: rows[key].approx_nunique() for key in texts}))
    few = [key for key in texts if int(about[key]) <= 2 * VARIETY]
    counted = one(rows.aggregate(**{key: histogram(_text(rows[key])) for key in few})) if few else {}
    found = {key: {value: int(count) for value, count in each or ()} for key, each in counted.items()}
    return {key: each for key, each in found.items() if 1 < len(each) <= VARIETY}


def _may_tell(kind: dt.DataType) -> bool:
    return bool(kind.is_string() or kind.is_boolean())


def doubt(told: Told) -> str:
    """That rows may be no sales, and by which columns; "" if none tells so."""
    several = "1 row" if told.rows == 1 else f"{told.rows:,} rows"
    if told.no_sales:
        may_be = "may be no sale" if told.rows == 1 else "may be no sales"
        return f"{several} {may_be}, by the column {_where(told.no_sales)}"
    if told.parts:
        return f"{several} came back or were cancelled, at least in part, by the column {_where(told.parts)}"
    return ""


def _where(columns: Mapping[str, Sequence[str]]) -> str:
    return " and ".join(f"{header} ({_spoken(values)})" for header, values in columns.items())


def refuse(name: str, told: Told) -> None:
    """Refuse the file `name` if rows of it may be no sales, and nobody has said what they are. Raises `InputError`."""
    if told.no_sales:
        also = f" {told.returns:,} negative rows, which count as returns, would go, too." if told.returns else ""
        raise InputError(f"{name}: {doubt(told)}", _deducted(told) if told.backs else f"{_left(told)}{also} {_BACK}")
    if told.parts:
        raise InputError(
            f"{name}: {doubt(told)}; what came back is not deducted",
            "Deduct it in the file; or leave out all of these rows, or count them as sold by []: [input] leave_out = "
            f"{inline_table(told.parts)}",
        )


_BACK: Final = "Rows that take back what other rows sold are deducted by [input] returns, written alike."


def _left(told: Told) -> str:
    return (
        "Say which rows to leave out, or count them all by []: [input] leave_out = "
        f"{inline_table(told.gone or told.no_sales)}."
    )


def _deducted(told: Told) -> str:
    """What to do about rows that take back what others sold, and perhaps about others."""
    back = f"Deduct what takes back what other rows sold: [input] returns = {inline_table(told.backs)}."
    return f"{back} {_left(told)}" if told.gone else f"{back} If all of them are sales: {_none(told)}."


def _none(told: Told) -> str:
    return f"[input] leave_out = {inline_table(dict.fromkeys(told.no_sales, ()))}"


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
    gone = holding(every, raw.filters, spec.leave_out)
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


def marks_first_rows(rows: ir.Table, asides: Mapping[str, str], wanted: Mapping[str, Sequence[str]]) -> bool:
    """Whether the columns that are `wanted` are filled on one row of each order, so that its others go with it."""
    keys = [key for key, header in asides.items() if header in wanted]
    if not keys or "invoice" not in rows.columns:
        return False
    filled = reduce(or_, (_text(rows[key]) != "" for key in keys))
    orders = rows.filter(rows.invoice.notnull()).group_by("invoice").aggregate(rows=_.count(), filled=filled.sum())
    several = orders.filter(orders.rows > 1)
    row = one(several.aggregate(all=_.count(), single=(several.filled == 1).sum()))
    return bool(row["all"]) and int(row["single"] or 0) >= _SINGLE * int(row["all"])


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


def holding(rows: ir.Table, keys: Iterable[str], wanted: Mapping[str, Sequence[str]]) -> ir.BooleanValue:
    """Whether a row has one of the `wanted` values (by header) in one of the columns `keys`, in the same order."""
    return reduce(or_, (_holds(rows[key], values) for key, values in zip(keys, wanted.values(), strict=True)))


def _holds(column: ir.Value, values: Sequence[str]) -> ir.BooleanValue:
    text = _text(column)
    if ANY in values:
        return (text != "") & ~text.isin(sorted(marks.UNSET)) & ~text.re_search(f"^{marks.ZERO}$")
    return text.isin([value.strip().lower() for value in values]) if values else ibis.literal(value=False)


def _text(column: ir.Value) -> ir.StringValue:
    return plain_text(column).lower()


def _values(column: ir.Value) -> dict[str, int]:
    """The distinct texts of `column` and how many rows have them; the most frequent ones."""
    table = column.name("value").as_table()
    counted = table.group_by(value=_text(table.value)).agg(rows=table.count()).order_by(ibis.desc("rows"), "value")
    return {row["value"]: int(row["rows"]) for row in counted.limit(_LISTED).to_pyarrow().to_pylist()}


def _telling(kind: str, values: Mapping[str, int]) -> list[str]:
    """Those of `values` (-> rows) of a column of such a `kind` that tell of no sale."""
    if kind == "flag":
        found = {value: rows for value, rows in values.items() if marks.is_set(value)}
        return marks.set_values(found, sum(found.values()), sum(values.values()))
    return sorted(value for value in values if marks.no_sale(value, kind))


def _spoken(values: Sequence[str]) -> str:
    return "is filled" if ANY in values else "is " + " or ".join(values)


def unlisted(rows: ir.Table, asides: Mapping[str, str], settled: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What tells of no sale in a column of which others are `settled`; `rows` are those left, with `asides`."""
    for key, header in asides.items():
        listed = {value.strip().lower() for value in settled.get(header, ())}
        telling = _telling(kind_of(key), _values(rows[key])) if listed and kind_of(key) in _TELL else []
        if others := [value for value in telling if value not in listed and ANY not in listed]:
            yield f"rows whose {header} {_spoken(others)} count as sales: [input] leave_out lists others"


def notes(rows: ir.Table, asides: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[str]:
    """What isn't read of `rows`, which have `asides` (key -> header) beside the `columns` (meaning -> header)."""
    money = ("refund_", "discount_") if "price" in columns else ("refund_",)
    nobody = _text(rows.customer).isin(("", *NO_CUSTOMER))
    measures = {key: rows[key].cast("string").re_search(_SUM).sum() for key in asides if key.startswith(money)}
    measures |= {key: (nobody & (_text(rows[key]) != "")).sum() for key in asides if key.startswith("customer_")}
    counts: dict[str, Any] = rows.agg(**measures).to_pyarrow().to_pylist()[0] if measures else {}
    for key, count in counts.items():
        if count:
            yield _note(kind_of(key), asides[key], int(count), columns)


def _note(kind: str, header: str, count: int, columns: Mapping[str, str]) -> str:
    rows = "1 row" if count == 1 else f"{count:,} rows"
    if kind == "customer":
        counted = "which counts as sale to a guest" if count == 1 else "which count as sales to guests"
        return (
            f"the column {columns['customer']} names nobody and {header} is filled in {rows}, {counted}; "
            f"[columns] customer = {quoted(header)} would tell customers by it"
        )
    return f"the column {header} isn't read: the {kind}s of {rows} are not deducted"


def texts(rows: ir.Table, key: str) -> set[str]:
    """The texts of an aside, of those that it has many of some; cheaper than to count them."""
    distinct = rows.select(text=rows[key].cast("string")).distinct().limit(_LISTED)
    return {(text or "").strip(" ").lower() for text in distinct.to_pyarrow()["text"].to_pylist()}


def tallied(rows: ir.Table, key: str) -> dict[str, tuple[int, int]]:
    """Each text of an aside: how many rows have it that aren't negative, and how many that are."""
    signs = [_is_negative(rows[name]) for name in _FIGURES if name in rows.columns]
    marked = rows.select(negative=reduce(xor, signs), text=_text(rows[key]))
    counted = marked.group_by("text").agg(rows=_.count(), negative=_.negative.sum()).order_by(ibis.desc("rows"), "text")
    found = counted.limit(_LISTED).to_pyarrow().to_pylist()
    return {row["text"]: (int(row["rows"] - row["negative"]), int(row["negative"])) for row in found}
