"""Canonical lines: what `transactions.SCHEMA` asks for, as an Ibis expression over a loaded part."""

from dataclasses import dataclass
from typing import Any, Final

import ibis

from reportgen.sources import dates, figures
from reportgen.sources.engine import Engine
from reportgen.sources.survey import Loaded, Notation

_BLANKS: Final = " \t\r\n\v\f\u00a0\u2007\u202f\ufeff"
_NO_CUSTOMER: Final = ("nan", "null", "none", "n/a", "#n/a", "<na>", "\\n")
"""How exports write a missing customer, in lower case."""


@dataclass(frozen=True)
class Parsed:
    """A loaded part whose figures and dates are parsed.

    figures: "price" and perhaps "quantity" -> Ibis table of `key`, `n`, `negative`, `whole`, `fraction`, `reason`
    moments: Ibis table of `key`, `n`, `sold_at`; None for a typed column
    decimals: meaning -> most decimals of any value, of those that can be held
    """

    loaded: Loaded
    figures: dict[str, Any]
    moments: Any
    decimals: dict[str, int]


@dataclass(frozen=True)
class Scales:
    """Decimals of prices and quantities, common to all parts."""

    price: int
    quantity: int


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
    return Parsed(loaded, parsed, _moments(engine, loaded, notation, timezone), decimals)


def joined(parsed: Parsed, scales: Scales, timezone: str | None) -> Any:
    """Ibis table of the part's columns and `sold_at`, `units`, `unit_price`: null where they can't be read."""
    rows = parsed.loaded.rows
    source = {"quantity": "quantity", "price": "price" if "price" in parsed.loaded.columns else "amount"}
    result = rows
    for meaning, name, scale in (("quantity", "units", scales.quantity), ("price", "unit_price", scales.price)):
        table = parsed.figures.get(meaning)
        if table is None:
            result = result.mutate(**{name: ibis.literal(10**scale, "int64")})
            continue
        values = table.select(**{f"{name}_key": table.key, name: figures.scaled(table, scale)})
        result = result.left_join(values, result[source[meaning]] == values[f"{name}_key"]).drop(f"{name}_key")
    if parsed.moments is None:
        return result.mutate(sold_at=dates.in_zone(result.date, timezone))
    moments = parsed.moments.select(moment_key=parsed.moments.key, sold_at=parsed.moments.sold_at)
    return result.left_join(moments, result.date == moments.moment_key).drop("moment_key")


def canonical(table: Any, first_line: int) -> Any:
    """The readable rows of a `joined` table as lines; `invoice` stays null where the input has none."""
    readable = table.filter(table.sold_at.notnull(), table.units.notnull(), table.unit_price.notnull())
    line = (readable.row + first_line).cast("int64")
    return readable.select(
        line=line,
        invoice=identifier(_column(readable, "invoice")),
        code=identifier(_column(readable, "code")).upper(),
        description=_trimmed(_column(readable, "description")),
        quantity=readable.units,
        price=readable.unit_price,
        amount=readable.units * readable.unit_price,
        sold_at=readable.sold_at.cast("timestamp"),
        customer=_customer(_column(readable, "customer")),
        country=_trimmed(_column(readable, "country")),
    )


def with_orders(lines: Any) -> Any:
    """`lines` with an invoice on each: one order per customer and instant, for guests one per line."""
    instant = lines.sold_at.strftime("%Y-%m-%d %H:%M:%S")
    whose = ibis.ifelse(lines.customer.isnull(), "guest " + lines.line.cast("string"), lines.customer)
    return lines.mutate(invoice=lines.invoice.coalesce(whose + "|" + instant))


def identifier(column: Any) -> Any:
    """Text of an id: trimmed, null if empty, "17850.0" as "17850"."""
    if column.type().is_floating():
        whole = (column == column.floor()) & (column.abs() < 1e15)  # noqa: PLR2004 -- integers that a double holds
        number = ibis.ifelse(whole, column.cast("int64").cast("string"), column.cast("string"))
        return ibis.ifelse(column.isnan(), ibis.null("string"), number)
    text = _trimmed(column)
    return ibis.ifelse(text.endswith(".0"), text.re_replace(r"^([0-9]+)\.0$", r"\1"), text)


def _customer(column: Any) -> Any:
    text = identifier(column)
    return ibis.ifelse(text.lower().isin(_NO_CUSTOMER), ibis.null("string"), text)


def _column(table: Any, meaning: str) -> Any:
    return table[meaning] if meaning in table.columns else ibis.null("string")


def _trimmed(column: Any) -> Any:
    text = column.cast("string")
    return _trim(text, _BLANKS).nullif("")


@ibis.udf.scalar.builtin(name="trim")
def _trim(text: str, blanks: str) -> str:  # type: ignore[empty-body]
    """Cut `blanks` off both ends."""


def _moments(engine: Engine, loaded: Loaded, notation: Notation, timezone: str | None) -> Any:
    keys = loaded.keys.get("date")
    if keys is None:
        return None
    formats = notation.dates.readings[0].formats if notation.dates and notation.dates.readings else ()
    instant = dates.instant(keys.key, formats, timezone) if formats else ibis.null("timestamp")
    return engine.create_table(f"{loaded.table}_moments", keys.select("key", "n", sold_at=instant), temp=True)


def _decimals(table: Any) -> int:
    lengths = table.filter(table.reason == "").fraction.length()
    return int(lengths.max(where=lengths <= figures.MOST_DECIMALS).execute() or 0)
