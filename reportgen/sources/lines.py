"""Canonical lines: what `transactions.SCHEMA` asks for, as an Ibis expression over a loaded part."""

from collections.abc import Collection
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from reportgen.sources import dates, figures
from reportgen.sources.engine import Engine
from reportgen.sources.figures import Scale
from reportgen.sources.survey import Loaded, Notation
from reportgen.sources.texts import identifier, texts_of


@dataclass(frozen=True)
class Parsed:
    """A loaded part whose figures and dates are parsed.

    figures: "price" and perhaps "quantity" -> Ibis table of `key`, `n`, `negative`, `whole`, `fraction`, `reason`
    moments: Ibis table of `key`, `n`, `sold_at`; None for a typed column
    decimals: meaning -> most decimals of any value, of those that can be held
    rounded: rows whose price had more decimals than `[input] round_prices`
    """

    loaded: Loaded
    figures: dict[str, ir.Table]
    moments: ir.Table | None
    decimals: dict[str, int]
    rounded: int = 0


@dataclass(frozen=True)
class Scales:
    """Scales of prices and quantities, common to all parts."""

    price: Scale
    quantity: Scale


def parse(engine: Engine, loaded: Loaded, notation: Notation, timezone: str | None, round_prices: int | None) -> Parsed:
    """Parse the distinct figures and dates of `loaded`, once each."""
    parsed = {}
    for meaning in ("quantity", "price", "amount"):
        if (keys := loaded.keys.get(meaning)) is not None:
            read = written(keys, notation)
            if meaning != "quantity" and round_prices is not None:
                read = figures.rounded(read, round_prices)
            table = engine.create_table(f"{loaded.table}_{meaning}", read, temp=True)
            parsed["quantity" if meaning == "quantity" else "price"] = table
    decimals = {meaning: _decimals(table) for meaning, table in parsed.items()}
    rounded = _rounded(parsed["price"]) if round_prices is not None else 0
    return Parsed(loaded, parsed, moments(engine, loaded, notation, timezone), decimals, rounded)


def written(keys: ir.Table, notation: Notation) -> ir.Table:
    """Distinct figures with what `figures.parsed` tells of them; a number needs no notation."""
    text = keys.key.type().is_string()
    mark = (notation.decimal or ".") if text else "."
    doubles = notation.doubles or not text
    return figures.parsed(keys.select("key", "n"), keys.key.cast("string"), mark, doubles=doubles)


def _rounded(prices: ir.Table) -> int:
    return int(prices.n.sum(where=prices.rounded).to_pyarrow().as_py() or 0)


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
    held = table.mutate(value=figures.scaled(table, scale))
    values = held.select("key", "value", reason=figures.reason(held, scale, held.value))
    values = values.rename({new: old for old, new in names.items()})
    source = meaning if meaning in parsed.loaded.columns else "amount"
    return rows.left_join(values, rows[source] == values[names["key"]]).drop(names["key"])


def legible(table: ir.Table) -> ir.Table:
    """The rows of a `joined` table that can be read."""
    return table.filter(table.sold_at.notnull(), table.quantity_value.notnull(), table.price_value.notnull())


def canonical(readable: ir.Table, first_line: int, plain: Collection[str] = ()) -> ir.Table:
    """The `legible` rows as lines; `invoice` stays null where there is none. `plain`: texts taken as they are.

    A configured `till` comes with them, see `agreed`.
    """
    line = (readable.row + first_line).cast("int64")
    read = {name: readable[name] if name in plain else text for name, text in texts_of(readable).items()}
    quantity, price = readable.quantity_value, readable.price_value
    if "returned" in readable.columns:
        quantity = ibis.ifelse(readable.returned, -quantity.abs(), quantity)
        price = ibis.ifelse(readable.returned, price.abs(), price)
    return readable.select(
        line=line,
        quantity=quantity,
        price=price,
        amount=quantity * price,
        sold_at=readable.sold_at.cast("timestamp"),
        **read,
        **({"till": identifier(readable.till)} if "till" in readable.columns else {}),
    )


def with_orders(lines: ir.Table) -> ir.Table:
    """`lines` with an invoice on each: one order per customer and instant, for guests one per line.

    It begins with the instant: a customer "C17" must not turn an order into a cancellation "C…".
    """
    instant = lines.sold_at.strftime("%Y-%m-%d %H:%M:%S")
    whose = ibis.ifelse(lines.customer.isnull(), "guest " + lines.line.cast("string"), lines.customer.cast("string"))
    return lines.mutate(invoice=lines.invoice.coalesce(instant + "|" + whose))


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
