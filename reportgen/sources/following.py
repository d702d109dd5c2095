"""Following: rows that only go on with the order above them, and name no invoice; each would be an order of its own."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.connection import Connection, identifier
from reportgen.sources.engine import one, plain_text
from reportgen.sources.in_place import LEAST
from reportgen.sources.survey import Loaded

MANY, MANY_LEAST = 0.02, 3
"""Part of the rows that go on with an order, and how many, from which it is asked; fewer are told."""
_MIDNIGHT: Final = r"\b00:00(:00)?(\.0+)?$"
MOSTLY: Final = 0.5
"""Part of the rows without an invoice that must go on with one: elsewhere they are orders that have none."""


def notes(con: Connection, parts: Sequence[Loaded], spec: config.Input) -> Iterator[str]:
    """Rows below an invoice that have none, of its day and customer, or of its minute. Raises `InputError`."""
    for part in parts:
        if spec.invoices is None and part.count < LEAST and _may_be(con, part) and (bare := _bare(part)):
            row = _counted(part.rows)
            if row["odd"] and row["odd"] >= MOSTLY * bare:
                yield _told(part, bare, row)


def _may_be(con: Connection, part: Loaded) -> bool:
    """Whether a row may have no invoice; in SQL of its own, for each run pays for it."""
    if "invoice" not in part.columns:
        return False
    blank = " OR invoice < '!'" if part.rows.schema()["invoice"].is_string() else ""
    look = f"SELECT count(*) FROM {identifier(part.table)} WHERE invoice IS NULL{blank}"  # noqa: S608
    ((count,),) = con.execute(look).fetchall()
    return bool(count)


def _bare(part: Loaded) -> int:
    """How many rows have no invoice, where others have one."""
    bare = int(one(part.rows.aggregate(bare=_empty(part.rows.invoice).sum()))["bare"] or 0)
    return bare if bare < part.count else 0


def _counted(rows: ir.Table) -> dict[str, Any]:
    """How many rows go on with the order above, the first of them, and how many of them name no customer."""
    bare = _empty(rows.invoice)
    known = rows.select(rows.row, bare=bare, date=rows.date, customer=plain_text(rows.customer))
    order = ibis.cumulative_window(order_by=known.row)
    placed = known.mutate(place=(~known.bare).ifelse(1, 0).sum().over(order))
    heads = placed.filter(~placed.bare).select("place", day="date", whose="customer")
    beside = placed.filter(placed.bare).join(heads, "place")
    # A row without a customer may be a sale at the till of that day: only the same minute tells that it goes on.
    timed = plain_text(beside.date).contains(":") & ~plain_text(beside.date).re_search(_MIDNIGHT)
    silent = (beside.customer == "") & timed
    odd = (beside.date == beside.day) & (silent | ((beside.customer == beside.whose) & (beside.whose != "")))
    unnamed = odd & silent & (beside.whose != "")
    return one(beside.aggregate(odd=odd.sum(), first=beside.row.min(where=odd), unnamed=unnamed.sum()))


def _told(part: Loaded, bare: int, row: dict[str, Any]) -> str:
    header = part.columns["invoice"]
    have = "1 row has" if bare == 1 else f"{bare:,} of {part.count:,} rows have"
    what = (
        f"{part.part.name}: {have} no invoice (column {header}), and {row['odd']:,} of them stand below an invoice of "
        f"the same day and customer, such as data row {row['first']:,}: they seem to go on with that order"
    )
    down = f"{header} and {part.columns['customer']}" if row["unnamed"] else header
    remedy = (
        f"If only the first row of each order has its invoice, fill {down} down onto the rows below it, in a "
        'spreadsheet or where it is exported. If rows without one are orders of their own: [input] invoices = "unique".'
    )
    if row["odd"] >= max(MANY_LEAST, MANY * part.count):
        raise InputError(f"{what}, and would count as another one", remedy)
    return f"{what}; they count as another one. {remedy}"


def _empty(column: ir.Value) -> ir.BooleanValue:
    return column.isnull() | (plain_text(column) == "") if column.type().is_string() else column.isnull()
