"""Staging: the columns of an engine's table, in the types that lines need, copied at once into a table of the session.

Text is trimmed and ids are told as in files. Figures stay doubles until it is known how many decimals they have.
"""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Final

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from reportgen.errors import InputError
from reportgen.sources.engine import trim_spaces
from reportgen.sources.engines.remote import Remote
from reportgen.sources.texts import NO_CUSTOMER, ODD_BLANKS, TEXTS, folded, written

STAGED: Final = "staged"
_FIGURES: Final = ("quantity", "price", "amount")
_WHOLE: Final = rf"^[{ODD_BLANKS} ]*(-?[0-9]+)[.]0+[{ODD_BLANKS} ]*$"
"""A number whose decimals say nothing."""


def staged(engine: Remote, source: ir.Table, columns: Mapping[str, str], timezone: str | None) -> ir.Table:
    """Ibis table of `line`, `sold_at`, `quantity`, `price` and the texts; null where something can't be read.

    columns: meaning -> column of `source`; `price` holds the amount where there is no price. Raises `InputError`.
    """
    for meaning, column in columns.items():
        _refuse_type(engine, meaning, column, source[column].type())
    named = source.select(**{meaning: source[column] for meaning, column in columns.items()})
    till = ("till",) if "till" in columns else ()
    texts = {meaning: _text(named, meaning) for meaning in (*TEXTS, *till)}
    rows = named.select(
        line=engine.line(),
        sold_at=_moment(engine, named.date, timezone),
        quantity=_figure(named, "quantity"),
        price=_figure(named, "price" if "price" in columns else "amount"),
        **texts | {"code": texts["code"].upper(), "customer": _customer(named, texts["customer"])},
    )
    return engine.staged(STAGED, rows)


def _refuse_type(engine: Remote, meaning: str, column: str, kind: dt.DataType) -> None:
    """Refuse a column that can't mean what it is taken for, and text where a figure or an instant is needed."""
    cast = {"date": "timestamp", "quantity": "integer"}.get(meaning, "decimal(18, 4)")
    if _fits(meaning, kind):
        return
    if kind.is_string():
        raise InputError(
            f"{engine.where}: the column {column} holds text, and is to be the {meaning}",
            f'Let the engine read it, in [input] query = "…": CAST({column} AS {cast}) AS {column}.',
        )
    raise InputError(
        f"{engine.where}: the column {column} holds {kind}, which can't be the {meaning}",
        f'Name another one: [columns] {meaning} = "…".',
    )


def _fits(meaning: str, kind: dt.DataType) -> bool:
    moment = kind.is_timestamp() or kind.is_date()
    if meaning == "date":
        return bool(moment)
    if meaning in _FIGURES:
        return bool(kind.is_numeric()) and not kind.is_boolean()
    return not (moment or kind.is_nested() or kind.is_binary())


def _moment(engine: Remote, column: ir.Value, timezone: str | None) -> ir.Value:
    """Local time; a date is its midnight."""
    kind = column.type()
    zoned = kind.is_timestamp() and kind.timezone is not None
    return engine.local_time(column, timezone or "UTC") if zoned else column.cast("timestamp")


def _figure(table: ir.Table, meaning: str) -> ir.Value:
    """The column as doubles; each row is one unit where there is none."""
    if meaning not in table.columns:
        return ibis.literal(1.0, "float64")
    column = table[meaning]
    # 5.49 in 32 bits is 5.48999977 in 64, but its text is what was meant.
    return (column.cast("string") if column.type().is_float32() else column).cast("float64")


def _text(table: ir.Table, meaning: str) -> ir.Value:
    """Text without blanks at its ends, null if empty; an id that is a number as digits: 17850.0 as "17850"."""
    if meaning not in table.columns:
        return ibis.null("string")
    column = table[meaning]
    if column.type().is_floating():
        return written(column)
    if column.type().is_integer():
        return column.cast("string")
    text = column.cast("string")
    # Not Ibis' strip: Spark takes its blanks \f and \v for letters, and "a@shop.gov" would end in "go".
    odd = reduce(or_, (text.contains(blank) for blank in ODD_BLANKS))
    cut = text.re_replace(f"^[{ODD_BLANKS} ]+|[{ODD_BLANKS} ]+$", "")
    trimmed = ibis.ifelse(odd, cut, trim_spaces(text)).nullif("")
    if meaning in {"description", "country"}:
        return trimmed
    # The column itself is looked at: engines trim it anew for each mention. No group is put back: \1 here, $1 on Spark.
    return ibis.ifelse(text.re_search(_WHOLE), text.re_extract(_WHOLE, 1), trimmed)


def _customer(named: ir.Table, text: ir.StringValue) -> ir.StringValue:
    known = folded(named.customer, text)
    return ibis.ifelse(text.lower().isin(NO_CUSTOMER), ibis.null("string"), known)
