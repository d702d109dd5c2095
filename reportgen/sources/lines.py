"""Canonical lines: what `transactions.SCHEMA` asks for, as an Ibis expression over a loaded part."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.sources import dates, figures
from reportgen.sources.engine import Engine, trim, trim_spaces
from reportgen.sources.figures import Scale
from reportgen.sources.survey import Loaded, Notation

ODD_BLANKS: Final = "\t\r\n\u00a0"
_BLANKS: Final = " " + ODD_BLANKS
NO_CUSTOMER: Final = (
    "nan", "na", "null", "none", "n/a", "#n/a", "<na>", "\\n", "-", "--",
    "unknown", "anonymous", "guest", "walk-in", "unbekannt", "anonym", "gast", "inconnu", "anonyme",
)  # fmt: skip
"""How exports write that no customer is known, in lower case."""
_INTEGERS: Final = 1e18
"""Numbers below fit into 64 bits."""
_NO_CUSTOMER: Final = f"(?i)^({'|'.join(map(re.escape, NO_CUSTOMER))})$"


@dataclass(frozen=True)
class Parsed:
    """A loaded part whose figures and dates are parsed.

    figures: "price" and perhaps "quantity" -> Ibis table of `key`, `n`, `negative`, `whole`, `fraction`, `reason`
    moments: Ibis table of `key`, `n`, `sold_at`; None for a typed column
    decimals: meaning -> most decimals of any value, of those that can be held
    """

    loaded: Loaded
    figures: dict[str, ir.Table]
    moments: ir.Table | None
    decimals: dict[str, int]


@dataclass(frozen=True)
class Scales:
    """Scales of prices and quantities, common to all parts."""

    price: Scale
    quantity: Scale


def parse(engine: Engine, loaded: Loaded, notation: Notation, timezone: str | None) -> Parsed:
    """Parse the distinct figures and dates of `loaded`, once each."""
    parsed = {}
    for meaning in ("quantity", "price", "amount"):
        if (keys := loaded.keys.get(meaning)) is not None:
            mark = (notation.decimal or ".") if keys.key.type().is_string() else "."
            columns = figures.parsed(keys.key.cast("string"), mark)
            table = engine.create_table(f"{loaded.table}_{meaning}", keys.select("key", "n", **columns), temp=True)
            parsed["quantity" if meaning == "quantity" else "price"] = table
    decimals = {meaning: _decimals(table) for meaning, table in parsed.items()}
    return Parsed(loaded, parsed, moments(engine, loaded, notation, timezone), decimals)


def joined(parsed: Parsed, scales: Scales, timezone: str | None) -> ir.Table:
    """Ibis table of the part's columns and what they say, null where that can't be read.

    `sold_at`, `quantity_value`, `price_value`, and why not: `quantity_reason`, `price_reason`
    """
    result = parsed.loaded.rows
    for meaning, scale in (("quantity", scales.quantity), ("price", scales.price)):
        result = _with_figure(result, parsed, meaning, scale)
    if parsed.moments is None:
        return result.mutate(sold_at=dates.in_zone(result.date, timezone))
    moments = parsed.moments.select(moment_key="key", sold_at="sold_at")
    return result.left_join(moments, result.date == moments.moment_key).drop("moment_key")


def _with_figure(rows: ir.Table, parsed: Parsed, meaning: str, scale: Scale) -> ir.Table:
    table = parsed.figures.get(meaning)
    if table is None:  # without a quantity, each line is one unit
        return rows.mutate(quantity_value=ibis.literal(10**scale.decimals, "int64"), quantity_reason=ibis.literal(""))
    names = {"key": f"{meaning}_key", "value": f"{meaning}_value", "reason": f"{meaning}_reason"}
    values = table.select(key=table.key, value=figures.scaled(table, scale), reason=figures.reason(table, scale))
    values = values.rename({new: old for old, new in names.items()})
    source = meaning if meaning in parsed.loaded.columns else "amount"
    return rows.left_join(values, rows[source] == values[names["key"]]).drop(names["key"])


def legible(table: ir.Table) -> ir.Table:
    """The rows of a `joined` table that can be read."""
    return table.filter(table.sold_at.notnull(), table.quantity_value.notnull(), table.price_value.notnull())


def canonical(readable: ir.Table, first_line: int, plain: Collection[str] = ()) -> ir.Table:
    """The `legible` rows as lines; `invoice` stays null where there is none. `plain`: texts taken as they are."""
    line = (readable.row + first_line).cast("int64")
    texts = {name: readable[name] if name in plain else text for name, text in texts_of(readable).items()}
    return readable.select(
        line=line,
        quantity=readable.quantity_value,
        price=readable.price_value,
        amount=readable.quantity_value * readable.price_value,
        sold_at=readable.sold_at.cast("timestamp"),
        **texts,
    )


def texts_of(table: ir.Table) -> dict[str, ir.Value]:
    """Ids and texts, trimmed; a customer's number is as it has been read."""
    known = "customer_id" in table.columns
    return {
        "invoice": identifier(_column(table, "invoice")),
        "code": identifier(_column(table, "code")).upper(),
        "description": _trimmed(_column(table, "description")),
        "customer": table.customer_id if known else _customer(_column(table, "customer")),
        "country": _trimmed(_column(table, "country")),
    }


def plain(tables: Sequence[ir.Table]) -> frozenset[str]:
    """The columns of text that `texts_of` leaves as they are in all of `tables`: most exports are clean."""
    return frozenset.intersection(*(_plain(table) for table in tables))


def clean(table: ir.Table, name: str) -> bool:
    """Whether `texts_of` leaves a column of text as it is, by its distinct texts: for one that has few."""
    if not table[name].type().is_string():
        return False
    distinct = table.select(name).distinct()
    # A sum, no filter: the engine would filter all rows before it looks for the distinct ones.
    return not _changed(distinct, name).sum().to_pyarrow().as_py()


def untidy(table: ir.Table, name: str) -> ir.BooleanValue:
    """Whether `texts_of` may change a text of `table`, by looks that cost little."""
    text = table[name]
    odd = reduce(or_, (text.contains(mark) for mark in (*ODD_BLANKS, ".")))
    blank = (text == "") | (trim_spaces(text) != text)
    customer = (text.length() <= max(map(len, NO_CUSTOMER))) | (text.contains("@") & (text.lower() != text))
    own = {"code": text.upper() != text, "customer": customer}
    return odd | blank | own[name] if name in own else odd | blank


def with_orders(lines: ir.Table) -> ir.Table:
    """`lines` with an invoice on each: one order per customer and instant, for guests one per line.

    It begins with the instant: a customer "C17" must not turn an order into a cancellation "C…".
    """
    instant = lines.sold_at.strftime("%Y-%m-%d %H:%M:%S")
    whose = ibis.ifelse(lines.customer.isnull(), "guest " + lines.line.cast("string"), lines.customer.cast("string"))
    return lines.mutate(invoice=lines.invoice.coalesce(instant + "|" + whose))


def identifier(column: ir.Value) -> ir.Value:
    """Text of an id: trimmed, null if empty, "17850.0" as "17850"."""
    if column.type().is_floating():
        return written(column)
    # No look for the point first: the engine would trim once more for each mention of the text.
    return _trimmed(column).re_replace(r"^([0-9]+)\.0+$", r"\1")


def written(number: ir.FloatingValue) -> ir.StringValue:
    """Text of an id that is a double, null if NaN: 17850.0 as "17850", and all digits of large ones.

    Engines write those each in their own way ("1e+16", "1.0E16"), but whole numbers alike.
    """
    whole, text = number.cast("int64"), number.cast("string")
    digits = ibis.ifelse(whole.cast("float64") == number, whole.cast("string"), text)
    return ibis.ifelse(number.isnan(), ibis.null("string"), ibis.ifelse(number.abs() < _INTEGERS, digits, text))


def _plain(table: ir.Table) -> frozenset[str]:
    texts = [name for name in texts_of(table) if name in table.columns and table[name].type().is_string()]
    return frozenset(name for name in texts if not _odd(table, name))


def _odd(table: ir.Table, name: str) -> int:
    """How many texts of a column read otherwise than they stand there."""
    # The cheap look first: patterns are dear, and distinct invoices are many.
    doubtful = table.select(name).filter(untidy(table, name))
    return int(doubtful.filter(_changed(doubtful, name)).count().to_pyarrow().as_py())


def _changed(table: ir.Table, name: str) -> ir.BooleanValue:
    """Whether a text reads otherwise than it stands there."""
    return ~texts_of(table)[name].identical_to(table[name])


def _customer(column: ir.Value) -> ir.Value:
    return folded(column, identifier(column).re_replace(_NO_CUSTOMER, "").nullif(""))


def folded(column: ir.Value, customer: ir.StringValue) -> ir.StringValue:
    """The `customer` of a `column`; an address in lower case: however it was typed, it is the same customer's."""
    # The column itself is looked at: what is made of it is dear, and engines make it anew for each mention.
    return ibis.ifelse(column.contains("@"), customer.lower(), customer) if column.type().is_string() else customer


def _column(table: ir.Table, meaning: str) -> ir.Value:
    return table[meaning] if meaning in table.columns else ibis.null("string")


def _trimmed(column: ir.Value) -> ir.Value:
    """Text without blanks at its ends, null if empty. Looking for odd blanks first is six times faster."""
    text = column.cast("string")
    odd = reduce(or_, (text.contains(blank) for blank in ODD_BLANKS))
    return ibis.ifelse(odd, trim(text, _BLANKS), trim_spaces(text)).nullif("")


def moments(engine: Engine, loaded: Loaded, notation: Notation, timezone: str | None) -> ir.Table | None:
    """Distinct dates as local times: Ibis table of `key`, `n`, `sold_at`; None for a typed column."""
    keys = loaded.keys.get("date")
    if keys is None:
        return None
    formats = notation.dates.readings[0].formats if notation.dates and notation.dates.readings else ()
    instant = dates.instant(keys.key, formats, timezone) if formats else ibis.null("timestamp")
    return engine.create_table(f"{loaded.table}_moments", keys.select("key", "n", sold_at=instant), temp=True)


def _decimals(table: ir.Table) -> int:
    lengths = table.filter(table.reason == "").fraction.length()
    return int(lengths.max(where=lengths <= figures.MOST_DECIMALS).to_pyarrow().as_py() or 0)
