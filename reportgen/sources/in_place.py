"""In place: a large file of typed columns is read where it lies, by expressions; nothing is copied.

Each query reads the columns it needs once more. That is dearer than a copy for a small file, and the only way for one
that doesn't fit into memory.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import ibis
import ibis.expr.types as ir

from reportgen.sources import dates, figures
from reportgen.sources.engine import Engine
from reportgen.sources.figures import Scale
from reportgen.sources.lines import Parsed, Scales
from reportgen.sources.survey import Loaded

Units: TypeAlias = Callable[[ir.NumericValue, Scale], ir.IntegerValue]
Ids: TypeAlias = Callable[[ir.NumericValue], ir.Value]

LEAST: Final = 5_000_000
"""From so many rows on."""
NOBODY: Final = (0, -1)
"""Numbers that `texts` takes for no customer."""
_LARGEST_ID: Final = 10**15
"""Integers up to here are exact in a double."""


def fits(parts: Sequence[Parsed], scales: Scales) -> bool:
    """Whether `parts` are large and typed, and their figures are exact without a look at their text."""
    if sum(part.loaded.count for part in parts) < LEAST:
        return False
    return all(_typed(part.loaded) and _exact(part, scales) and _whole(part.loaded.rows.customer) for part in parts)


def sound(parts: Sequence[Parsed], scales: Scales) -> bool:
    """Whether every row of `parts` that `fits` can be read, by their distinct figures and the ends of their dates."""
    return all(_figures_sound(part, scales) and _dates_sound(part.loaded) for part in parts)


def ids(parts: Sequence[Parsed]) -> Ids:
    """How customers' numbers are kept: as numbers if their order is that of their texts, which decides ties."""
    ends = [end for part in parts for end in _ends(part.loaded.rows.customer, _plain)]
    known = min(ends, default=0) > 0
    if not known:
        ends = [end for part in parts for end in _ends(part.loaded.rows.customer, _number)]
    alike = len({len(str(end)) for end in ends}) <= 1 and min(ends, default=0) >= 0
    return (_plain if known else _number) if alike else _text


def read(parsed: Parsed, scales: Scales, timezone: str | None, ids: Ids) -> ir.Table:
    """What `lines.joined` gives of such a part, without a join; `ids` of customers that are whole numbers."""
    return _valued(parsed, scales, _units, dates.in_zone(parsed.loaded.rows.date, timezone), ids)


def trusted(parsed: Parsed, scales: Scales, timezone: str | None, ids: Ids) -> ir.Table:
    """The same of a part of which every row can be read: nothing is looked at twice."""
    date = parsed.loaded.rows.date
    plain = date.type().is_timestamp() and date.type().timezone is None
    sold_at = date.cast("timestamp") if plain else dates.in_zone(date, timezone)
    return _valued(parsed, scales, _whole_units, sold_at, ids)


def ordered(part: Parsed) -> bool:
    """Whether each row has an invoice: made for those without, it costs the engine its dictionary."""
    rows = part.loaded.rows
    return "invoice" in part.loaded.columns and rows.invoice.count().to_pyarrow().as_py() == part.loaded.count


def view(engine: Engine, name: str, lines: ir.Table) -> ir.Table:
    """`lines` as a view: of a common part of a query, the engine would make a copy."""
    engine.con.execute("SET preserve_insertion_order = false")  # no result depends on it, and it takes memory
    return engine.create_view(name, lines, overwrite=True)


def _valued(parsed: Parsed, scales: Scales, units: Units, sold_at: ir.Value, ids: Ids) -> ir.Table:
    rows, columns = parsed.loaded.rows, parsed.loaded.columns
    piece = ibis.literal(10**scales.quantity.decimals, "int64")
    return rows.mutate(
        sold_at=sold_at,
        quantity_value=units(rows.quantity, scales.quantity) if "quantity" in columns else piece,
        price_value=units(rows[parsed.loaded.money], scales.price),
        **({"customer_id": ids(rows.customer)} if rows.customer.type().is_numeric() else {}),
    )


def _typed(loaded: Loaded) -> bool:
    figures_typed = all(
        loaded.rows[meaning].type().is_numeric()
        for meaning in ("quantity", "price", "amount")
        if meaning in loaded.columns
    )
    return "date" not in loaded.keys and figures_typed


def _exact(part: Parsed, scales: Scales) -> bool:
    """Whether each distinct figure reads as its text does; a float's text has the last word."""
    sources = [("quantity", "quantity", scales.quantity)] if "quantity" in part.loaded.columns else []
    sources.append(("price", part.loaded.money, scales.price))
    for meaning, column, scale in sources:
        table, keys = part.figures[meaning], part.loaded.keys[column]
        value = figures.scaled(table, scale)
        odd = table.filter(~value.identical_to(_units(table.key, scale))).count()
        if keys.key.type().is_float32() or odd.to_pyarrow().as_py():
            return False
    return True


def _figures_sound(part: Parsed, scales: Scales) -> bool:
    known = {"quantity": scales.quantity, "price": scales.price}
    bad = (
        table.filter(figures.scaled(table, known[meaning]).isnull()).count() for meaning, table in part.figures.items()
    )
    return not any(count.to_pyarrow().as_py() for count in bad)


def _dates_sound(loaded: Loaded) -> bool:
    """Whether all dates are there, and in range in any time zone."""
    date = loaded.rows.date
    ends = loaded.rows.aggregate(rows=date.count(), first=date.min().year(), last=date.max().year())
    row = ends.to_pyarrow().to_pylist()[0]
    known = row["first"] is not None and row["last"] is not None
    return known and row["first"] > dates.FIRST_YEAR and row["last"] < dates.LAST_YEAR and row["rows"] == loaded.count


def _units(figure: ir.NumericValue, scale: Scale) -> ir.IntegerValue:
    """See `engines.figures.units`; whole numbers need no rounding."""
    from reportgen.sources.engines import figures as doubles

    if figure.type().is_integer():
        return figure.cast("int64") * 10**scale.decimals
    return doubles.units(figure.cast("float64"), scale)


def _whole_units(figure: ir.NumericValue, scale: Scale) -> ir.IntegerValue:
    """Of a figure that is known to be held exactly."""
    if figure.type().is_integer():
        return figure.cast("int64") * 10**scale.decimals
    # DuckDB's cast rounds: `round` before it would take as long as the rest.
    return (figure.cast("float64") * ibis.literal(float(10**scale.decimals))).cast("int64")


def _whole(customer: ir.Value) -> bool:
    """Whether ids that are doubles are whole numbers, as the real file's; text stays text."""
    if not customer.type().is_floating():
        return True
    odd = (customer.floor() != customer) | (customer.abs() >= _LARGEST_ID)
    apart = customer.as_table().filter(~customer.isnan() & odd)
    return not apart.count().to_pyarrow().as_py()


def _ends(customer: ir.Value, ids: Ids) -> list[int]:
    """The least and the largest of those `ids` that are numbers."""
    if not customer.type().is_numeric():
        return []
    number = ids(customer).name("id").as_table()
    ends = number.aggregate(least=number.id.min(), most=number.id.max()).to_pyarrow().to_pylist()[0]
    return [end for end in ends.values() if end is not None]


def _text(customer: ir.NumericValue) -> ir.Value:
    """A customer's number as its text."""
    return _number(customer).cast("string")


def _number(customer: ir.NumericValue) -> ir.IntegerValue:
    """A customer's number as a number: a third of the memory and time that its text takes; null for none."""
    number = _plain(customer)
    return ibis.ifelse(number.isin(NOBODY), ibis.null("int64"), number)


def _plain(customer: ir.NumericValue) -> ir.IntegerValue:
    """The same where no number stands for nobody, which saves a look at each line in each query."""
    if customer.type().is_floating():
        customer = ibis.ifelse(customer.isnan(), ibis.null("float64"), customer)
    return customer.cast("int64")
