"""Rivals: a column that may be the price instead of the one that is read, and says otherwise; which counts is asked."""

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.errors import InputError
from reportgen.sources.asides import kind_of
from reportgen.sources.columns import RIVAL, asides
from reportgen.sources.engine import one
from reportgen.sources.survey import Loaded
from reportgen.sources.toml import quoted

_NEARLY: Final = 0.0051
"""What rounding makes of a price."""


def refuse(part: Loaded) -> None:
    """Refuse a second price of pieces that differs from the first. Raises `InputError`."""
    if "price" in part.columns:
        for key, header in part.asides.items():
            if kind_of(key) == RIVAL:
                _compare(part.part.name, (part.columns["price"], header), apart(part.rows, key))


def refuse_there(name: str, source: ir.Table, columns: Mapping[str, str]) -> None:
    """The same of an engine's table, of which no row has a number. Raises `InputError`."""
    for key, header in asides(source.columns, columns).items() if "price" in columns else ():
        if kind_of(key) == RIVAL and source[header].type().is_numeric():
            read = {meaning: source[columns[meaning]] for meaning in ("price", "quantity") if meaning in columns}
            rows = source.select(row=ibis.literal(0), rival=source[header], **read)
            _compare(name, (columns["price"], header), apart(rows, "rival"))


def apart(rows: ir.Table, rival: str) -> ir.Table:
    """The `rows` (`row`, `price`, perhaps `quantity`) whose `rival` is neither their price nor what they are worth."""
    said, price = _figure(rows[rival]), _figure(rows.price)
    pieces = _figure(rows.quantity) if "quantity" in rows.columns else ibis.literal(1.0)
    known = rows.select(row=rows.row, said=said, price=price, pieces=pieces.abs().fill_null(1.0)).filter(
        lambda each: (each.said != 0) & each.price.notnull()
    )
    return known.mutate(
        odd=((known.said - known.price).abs() > _NEARLY)
        & ((known.said - known.price * known.pieces).abs() > _NEARLY * known.pieces)
    )


def _compare(name: str, headers: tuple[str, str], rows: ir.Table) -> None:
    row = one(rows.aggregate(all=rows.count(), odd=rows.odd.sum(), first=rows.row.min(where=rows.odd)))
    if not row["odd"]:
        return
    price, rival = headers
    raise InputError(
        f"{name}: “{price}” and “{rival}” could each be what customers paid for a piece, and differ in "
        f"{row['odd']:,} of {row['all']:,} rows{_such(rows, row['first'])}",
        f"Say which: [columns] price = {quoted(rival)} or price = {quoted(price)}. If one of them is what was paid for "
        "the whole row, name it in place of the price: [columns] amount.",
    )


def _such(rows: ir.Table, first: int) -> str:
    """What the `first` row that differs says, where rows have numbers."""
    if not first:
        return ""
    (such,) = rows.filter(rows.row == first).to_pyarrow().to_pylist()
    return f", such as data row {first:,}: {such['price']:,.2f} and {such['said']:,.2f}"


def _figure(column: ir.Value) -> ir.FloatingValue:
    """A figure as it is written, roughly: null where it has marks of thousands, which is no matter among many rows."""
    if column.type().is_numeric():
        return column.cast("float64")
    bare = column.cast("string").re_replace(r"[^0-9.,-]", "").replace(",", ".")
    return bare.try_cast("float64")
