"""Signs: where amounts are read, a return may show in its quantity alone; asked about, and applied as configured."""

from collections.abc import Iterator, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.lines import Parsed
from reportgen.sources.plausibility import TRIFLE
from reportgen.sources.survey import Loaded

_NEGATIVE: Final = r"^\s*([-−(].*[1-9]|.*[1-9].*-\s*$)"


def notes(parts: Sequence[Parsed], spec: config.Input, limit: int) -> Iterator[str]:
    """Rows whose quantity is negative and whose amount isn't. Raises `InputError` for more than the limit."""
    asked = spec.negative_quantity is None
    for part in parts:
        if asked and (header := _quantity(part.loaded)) and (count := _contradictions(part)):
            loaded = part.loaded
            rows = "1 row has" if count == 1 else f"{count:,} rows have"
            what = (
                f"{loaded.part.name}: {rows} a negative quantity (column {loaded.asides[header]}) and a positive "
                f"amount (column {loaded.columns['amount']}), and would count as sales"
            )
            remedy = 'Say what they are: [input] negative_quantity = "returns", or "sales" if the amounts are right.'
            if count > max(limit, TRIFLE):
                raise InputError(what, remedy)
            yield f"{what}. {remedy}"


def applied(rows: ir.Table, loaded: Loaded, spec: config.Input) -> ir.Table:
    """The `joined` `rows` of `loaded`, with negative amounts on returns that show in their quantity alone."""
    header = _quantity(loaded)
    if header is None or spec.negative_quantity != "returns":
        return rows
    back = _negative(rows[header]) & (rows.price_value > 0)
    return rows.mutate(price_value=ibis.ifelse(back, -rows.price_value, rows.price_value))


def _quantity(loaded: Loaded) -> str | None:
    """The key of the quantity beside an amount."""
    return next((key for key in loaded.asides if key.startswith("quantity_")), None)


def _contradictions(part: Parsed) -> int:
    loaded, amounts = part.loaded, part.figures["price"]
    header = _quantity(loaded) or ""
    read = amounts.filter(amounts.reason == "", ~amounts.negative, (amounts.whole + amounts.fraction) != "")
    odd = loaded.rows.filter(_negative(loaded.rows[header])).semi_join(read, loaded.rows.amount == read.key)
    return int(odd.count().to_pyarrow().as_py())


def _negative(quantity: ir.Value) -> ir.BooleanValue:
    return quantity.cast("string").re_search(_NEGATIVE).fill_null(False)
