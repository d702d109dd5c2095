"""Worth: a column beside quantity and price that says otherwise what a row is worth, as after a discount."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
from ibis import _

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import figures, lines
from reportgen.sources.asides import kind_of
from reportgen.sources.columns import plain
from reportgen.sources.engine import one
from reportgen.sources.lines import Parsed, Scales
from reportgen.sources.survey import Notation
from reportgen.sources.toml import quoted
from reportgen.telling import Note

MANY, MANY_LEAST = 0.01, 3
"""Part of the rows that are worth something else by it, and how many, from which it is asked."""
MUCH: Final = 0.005
"""Or part of the revenue."""
ORDERS: Final = 0.9
"""Where it is the same on all rows of so many orders, it is the order's."""
_FINEST: Final = figures.Scale(figures.MOST_DECIMALS, figures.MOST_DECIMALS)
_TINY: Final = 1e-6
"""What binary arithmetic makes of a figure."""
_OF_A_ROW: Final = re.compile("line|row|item|net|paid|extended|zeile|position|ligne")
"""In the name of a column that is surely no order's."""

_OF_A_PIECE: Final = re.compile("(?i)price|preis|prix")


@dataclass(frozen=True)
class Terms:
    """What holds for all parts, see `ledger.Terms`."""

    scales: Scales
    timezone: str | None
    spec: config.Input
    places: int = 2
    """Decimals of the currency."""


def look(parts: Sequence[Parsed], notations: Sequence[Notation], terms: Terms, say: Note) -> None:
    """Raises `InputError` where many rows are worth something else by another column, and tells of few."""
    if terms.spec.amounts == "price":
        return
    for part, notation in zip(parts, notations, strict=True):
        if "price" not in part.loaded.columns:
            continue
        for key, header in part.loaded.asides.items():
            if kind_of(key) == "worth":
                _compare(part, header, _beside(part, key, notation, terms), terms.places, say)


def _beside(part: Parsed, key: str, notation: Notation, terms: Terms) -> ir.Table:
    """Of each row that can be read: `row`, `pieces`, `worth` by its price, `said` by the column; perhaps `invoice`."""
    rows = part.loaded.rows
    written = lines.written(rows.group_by(key=rows[key]).agg(n=_.count()), notation)
    said = written.select(said_key="key", said=figures.scaled(written, _FINEST) / 10**_FINEST.decimals)
    known = lines.legible(lines.joined(part, terms.scales, terms.timezone))
    unit = 10.0 ** (terms.scales.price.decimals + terms.scales.quantity.decimals)
    beside = known.left_join(said, known[key] == said.said_key)
    worth, told = beside.quantity_value * beside.price_value / unit, beside.said
    if "returned" in beside.columns:  # of those, no sign says anything
        worth, told = (ibis.ifelse(beside.returned, each.abs(), each) for each in (worth, told))
    return beside.select(
        row=beside.row,
        pieces=beside.quantity_value / 10**terms.scales.quantity.decimals,
        worth=worth,
        said=told,
        **({"invoice": beside.invoice.cast("string")} if "invoice" in part.loaded.columns else {}),
    )


def _facts(beside: ir.Table, places: int) -> dict[str, Any]:
    """Rows worth something else (`odd`), or rounded to so many `places` (`cut`), the first of each, and sums."""
    by = (beside.said - beside.worth).abs()
    apart = by > 0.01 + 0.005 * beside.pieces.abs()  # a rounded price is no other
    units = beside.said * 10**places
    cut = ((units - units.round()).abs() < _TINY) & (by * 10**places > _TINY) & (by * 10**places < 0.5 + _TINY)
    filled = beside.said.notnull()
    return one(beside.aggregate(
        all=filled.sum(), odd=apart.sum(), first=beside.row.min(where=apart), much=(beside.said != 0).sum(),
        said=beside.said.sum(), worth=beside.worth.sum(where=filled), cut=cut.sum(), rounded=beside.row.min(where=cut),
    ))  # fmt: skip


def _compare(part: Parsed, header: str, beside: ir.Table, places: int, say: Note) -> None:
    row = _facts(beside, places)
    if not (row["odd"] or row["cut"]) or not row["much"] or not _is_a_rows(header, beside):
        return
    if not row["odd"]:
        say(_rounded(part, header, row, _at(beside, row["rounded"])))
        return
    such = _at(beside, row["first"])
    what = (
        f"{part.loaded.part.name}: {row['odd']:,} of {row['all']:,} rows are worth something else by the column "
        f"{header} than by quantity × price, such as data row {such['row']:,}: {such['said']:,.2f} and "
        f"{such['worth']:,.2f}; in all {row['said']:,.2f} and {row['worth']:,.2f}"
    )
    remedy = _remedy(header)
    many = row["odd"] >= MANY_LEAST and row["odd"] > MANY * row["all"]
    if many or abs(row["said"] - row["worth"]) > MUCH * abs(row["worth"]):
        raise InputError(what, remedy)
    say(f"{what}; quantity × price counts. {remedy}")


def _at(beside: ir.Table, place: int) -> dict[str, Any]:
    """What the row of that number says."""
    return one(beside.filter(beside.row == place))


def _rounded(part: Parsed, header: str, row: Mapping[str, Any], such: Mapping[str, Any]) -> str:
    """That a column has what rows were rounded to, as at a till, where goods are weighed."""
    return (
        f"{part.loaded.part.name}: {row['cut']:,} of {row['all']:,} rows are rounded in the column {header}, such as "
        f"data row {such['row']:,}: {such['said']:.12g} for {such['worth']:.12g}; in all {row['said']:,.2f}, by "
        f"quantity × price {row['worth']:,.5f}, which counts. To the penny, as at the till: {_by_amount(header)}; "
        'quantity × price is settled by [input] amounts = "price".'
    )


def _by_amount(header: str) -> str:
    """How the column counts; a price that is named beside it would be an error."""
    return f"[columns] amount = {quoted(header)} in place of price and quantity"


def _remedy(header: str) -> str:
    named = quoted(header)
    each = f" if it is a row's, [columns] price = {named} if it is a piece's" if _OF_A_PIECE.search(header) else ""
    return f'Say what counts: {_by_amount(header)}{each}, or for quantity × price [input] amounts = "price".'


def _is_a_rows(header: str, beside: ir.Table) -> bool:
    """Whether the column says what rows are worth, and not their orders, on each of their rows or on one."""
    sure = _OF_A_ROW.search(plain(header)) is not None
    if "invoice" not in beside.columns:
        return True
    said = beside.said.nullif(0)
    orders = beside.filter(beside.invoice.notnull()).group_by("invoice").aggregate(
        low=said.min(), high=said.max(), least=_.worth.min(), most=_.worth.max()
    )  # fmt: skip
    several = orders.filter(orders.least < orders.most, orders.low.notnull())
    row = one(several.aggregate(all=_.count(), whole=(_.low == _.high).sum()))
    if not row["all"]:
        return sure
    return bool((row["whole"] or 0) < ORDERS * row["all"])
