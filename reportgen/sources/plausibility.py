"""Plausibility: what the ledger's lines can hardly mean, though each of them can be read; asked about, or told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import ibis
import ibis.expr.types as ir
from ibis import _

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.engine import one
from reportgen.sources.hints import Hints
from reportgen.sources.overlap import SAME
from reportgen.sources.toml import quoted
from reportgen.telling import Note
from reportgen.transactions import Transactions

AGAIN, AGAIN_LEAST = 0.05, 3
"""Part of the invoice numbers that other days and other customers have, too, and how many, from which it is asked."""
ALIKE, ALIKE_LEAST = 0.9, 20
"""Part of the orders of several products with one amount on all rows, and how many orders, from which it is asked."""
UNIFORM: Final = 0.5
"""Where so much of these have the very same amount, the shop has uniform prices."""
CROWD, CROWD_LEAST, CROWD_OTHERS = 0.05, 200, 50
"""Part of the orders that one id has, and how many, from which it is told; among how many ids."""
ODD_ONE, ODD_LEAST, ODD_ALIKE = 1 / 3, 5, 0.1
"""In a small shop: part of the orders of one id, and how many, from which it is told if few others look alike."""
TRIFLE: Final = 5
"""So many odd rows are told at most, however few there are; more, and more than the limit, are asked about."""
PARTLY: Final = 0.1
"""Part of the revenue on rows without the customer that their invoice names, from which it is asked."""
REPEATED, REPEATED_LEAST = 0.95, 20
"""Part of the rows that stand in a file an even number of times, and how many, from which it is asked."""
_NAMED: Final = 3


@dataclass(frozen=True)
class Context:
    """Where lines come from, for messages.

    name: of the first file, or of the table; columns: meaning -> header; limit: rows that may be odd and are only told
    """

    name: str
    columns: Mapping[str, str]
    limit: int


def look(found: Transactions, context: Context, spec: config.Input, hints: Hints, say: Note) -> None:
    """Raises `InputError` for what must be answered in `spec`, and tells what may be as it is."""
    if hints.returns:
        _refuse_returns(found.lines, context)
    if spec.both_negative is None and hints.both_negative:
        for note in _both_negative(found, context):
            say(note)
    if "invoice" in context.columns:
        _look_at_orders(found, context, spec, hints, say)
    if spec.overlap == "once" and hints.twice:
        _refuse_twice(found.lines, context)
    if spec.no_customer != () and hints.crowds:
        for note in _crowds(found.lines, context, spec.no_customer or ()):
            say(note)


def _look_at_orders(found: Transactions, context: Context, spec: config.Input, hints: Hints, say: Note) -> None:
    if spec.invoices is None and hints.again:
        _refuse_again(found.lines, context)
    if spec.customers is None and hints.partly:
        for note in _partly(found, context):
            say(note)
    if spec.amounts is None and hints.totals:
        _refuse_totals(found.lines, context, files=spec.url is None)


def _refuse_returns(lines: ir.Table, context: Context) -> None:
    """Refuse lines of which none, or the lesser part, is worth more than nothing: segments need purchases."""
    row = one(lines.aggregate(all=lines.count(), bought=(lines.amount > 0).sum(), back=(lines.amount < 0).sum()))
    bought, back = int(row["bought"] or 0), int(row["back"] or 0)
    header = context.columns["price" if "price" in context.columns else "amount"]
    turn = "If sales are written as negative figures, as in some ledgers, turn their sign where they are exported."
    if not bought and back:
        what = f"no row is a purchase: each of {row['all']:,} is worth nothing or less (column {header})"
        raise InputError(f"{context.name}: {what}", turn)
    if not bought:
        raise InputError(
            f"{context.name}: no row is a purchase: each of {row['all']:,} is worth 0 (column {header})",
            "In a workbook these may be formulas that were never computed: open it in a spreadsheet program and save "
            'it. Or name another column: [columns] price = "…" or amount = "…".',
        )
    if back > max(bought, context.limit, TRIFLE):
        what = f"{back:,} rows are worth less than nothing (column {header}), and only {bought:,} more"
        raise InputError(f"{context.name}: {what}", turn)


def _both_negative(found: Transactions, context: Context) -> Iterator[str]:
    """A return that is written with both signs counts as a sale. Raises `InputError` for more than the limit."""
    odd = (found.lines.quantity < 0) & (found.lines.price < 0)
    row = one(found.lines.aggregate(rows=odd.sum(), worth=found.lines.amount.sum(where=odd)))
    if not (count := int(row["rows"] or 0)):
        return
    worth = Decimal(int(row["worth"])).scaleb(-found.scale)
    several = "1 row has" if count == 1 else f"{count:,} rows have"
    what = f"{context.name}: {several} a negative quantity and a negative price, and would count as {worth:,} of sales"
    remedy = (
        'Returns that are written with both signs: [input] both_negative = "returns". Discounts that are taken back, '
        'and whatever else counts as it stands: "sales".'
    )
    if count > max(context.limit, TRIFLE):
        raise InputError(what, remedy)
    yield f"{what.replace('would count', 'count' if count > 1 else 'counts')}. {remedy}"


def _refuse_again(lines: ir.Table, context: Context) -> None:
    """Refuse invoice numbers that begin anew: what bears one number counts as one order."""
    row = one(_again(lines))
    if _exceeds(row, AGAIN, AGAIN_LEAST):
        raise InputError(
            f"{context.name}: {row['odd']:,} of {row['all']:,} invoice numbers (column {context.columns['invoice']}), "
            f"such as {row['such']}, occur on several days with several customers, and would count as one order each",
            'If numbers begin anew each day, month or year: [input] invoices = "daily", which adds the day to each. If '
            'each till or branch has its own: [columns] till = "…" names the column that tells them apart. If they are '
            'as they should be: [input] invoices = "unique".',
        )


def _again(lines: ir.Table) -> ir.Table:
    """`all` invoice numbers; the `odd` ones, of several days and customers, and `such` a one."""
    numbers = lines.group_by("invoice").aggregate(
        low=_.customer.min(), high=_.customer.max(), first=_.sold_at.min(), last=_.sold_at.max()
    )
    odd = (numbers.low < numbers.high) & (numbers.first.date() < numbers.last.date())
    told = numbers.mutate(odd=odd.fill_null(False))
    return told.aggregate(all=told.count(), odd=told.odd.sum(), such=told.invoice.min(where=told.odd))


def _partly(found: Transactions, context: Context) -> Iterator[str]:
    """An order that names its customer on one row only is a guest's by its others. Raises `InputError` for many."""
    lines = found.lines
    bare = lines.customer.isnull()
    orders = lines.group_by("invoice").aggregate(
        low=lines.customer.min(), high=lines.customer.max(), rows=bare.sum(), worth=lines.amount.sum(where=bare)
    )
    single = (orders.low == orders.high) & (orders.rows > 0)
    row = one(orders.aggregate(
        rows=orders.rows.sum(where=single), worth=orders.worth.sum(where=single), such=orders.invoice.min(where=single)
    ))  # fmt: skip
    if not (count := int(row["rows"] or 0)):
        return
    total, worth = int(lines.amount.sum().to_pyarrow().as_py() or 0), int(row["worth"] or 0)
    part = f", {worth / total:.0%} of the revenue" if total > 0 else ""
    several = "1 row names" if count == 1 else f"{count:,} rows name"
    what = (
        f"{context.name}: {several} no customer (column {context.columns['customer']}), on invoices that name one on "
        f"another row, such as {row['such']}{part}"
    )
    remedy = (
        'If an order\'s customer stands on one of its rows: [input] customers = "orders". If the others are sales to '
        'guests: "rows".'
    )
    if worth > PARTLY * total:
        raise InputError(f"{what}, and would count as sales to guests", remedy)
    yield f"{what}; they count as sales to guests. {remedy}"


def _refuse_twice(lines: ir.Table, context: Context) -> None:
    """Refuse a file in which nearly every row stands twice, or four times."""
    numbers = lines.group_by("invoice").aggregate(even=_.count() % 2 == 0)
    if not _exceeds(one(numbers.aggregate(all=_.count(), odd=_.even.ifelse(1, 0).sum())), REPEATED, 1):
        return
    same = [name for name in SAME if name != "invoice" or name in context.columns]
    alike = lines.group_by(same).aggregate(rows=_.count())
    row = one(alike.aggregate(all=_.rows.sum(), odd=_.rows.sum(where=_.rows % 2 == 0)))
    if _exceeds(row, REPEATED, REPEATED_LEAST):
        raise InputError(
            f"{context.name}: {int(row['odd']):,} of {int(row['all']):,} rows stand there twice, alike in all columns "
            "that are read: the revenue would be twice as high",
            "Export it again, or remove the second copy of each row. If all of them are sales: [input] overlap = "
            '"all".',
        )


def _refuse_totals(lines: ir.Table, context: Context, *, files: bool) -> None:
    """Refuse an order's total that is repeated on each of its rows: it would count as often."""
    row = one(_alike(lines))
    if not _exceeds(row, ALIKE, ALIKE_LEAST) or row["most"] > UNIFORM * row["odd"]:
        return
    meaning = "price" if "price" in context.columns else "amount"
    header = context.columns[meaning]
    raise InputError(
        f"{context.name}: {row['odd']:,} of {row['all']:,} orders of several products have the same {meaning} on all "
        f"rows (column {header}), such as {row['such']}: it seems to be the order's total, and would count once "
        "for each row",
        f'Name the column of each row\'s own: [columns] price = "…" or amount = "…". {_once(meaning, header, files)} '
        'If each row does have its own there: [input] amounts = "rows".',
    )


def _once(meaning: str, header: str, files: bool) -> str:
    """How totals count once."""
    if not files:
        return 'If there is none, select one row of each order: [input] query = "SELECT …".'
    named = f"[columns] amount = {quoted(header)} and " if meaning == "price" else ""
    return f'If there is none, each total counts once by {named}[input] amounts = "orders".'


def _alike(lines: ir.Table) -> ir.Table:
    """`all` orders of several products; the `odd` ones of one price on all rows, and `such` a one.

    most: how many of these have the most frequent price
    """
    product = lines.code.coalesce(lines.description, lines.line.cast("string"))  # a column of codes may be empty
    bought = lines.mutate(product=product).filter(lines.amount > 0)
    orders = bought.group_by("invoice", "customer").aggregate(
        low=bought.price.min(), high=bought.price.max(), one=bought.product.min(), other=bought.product.max()
    )
    several = orders.filter(orders.one < orders.other).mutate(alike=orders.low == orders.high)
    values = several.group_by("low").aggregate(
        all=_.count(), odd=_.alike.ifelse(1, 0).sum(), such=_.invoice.min(where=_.alike)
    )
    return values.aggregate(all=_["all"].sum(), odd=_.odd.sum(), most=_.odd.max(), such=_.such.min())


def _crowds(lines: ir.Table, context: Context, known: tuple[str, ...]) -> Iterator[str]:
    """Ids with an implausible part of all orders; `known`: those that are configured as nobody."""
    for row in _rows(_busiest(lines)):
        much = row["orders"] > CROWD * row["all"] and row["orders"] >= CROWD_LEAST and row["customers"] > CROWD_OTHERS
        if much or _oddone(row):
            yield (
                f"{context.name}: customer {row['customer']} has {row['orders']:,} of {row['all']:,} orders that name "
                f"one ({row['orders'] / row['all']:.0%}), and {_part(row)} of their revenue. If that id stands for "
                f"nobody, as for sales at the till: [input] no_customer = {quoted([*known, str(row['customer'])])};"
                " if each id is a customer: []"
            )


def _oddone(row: Mapping[str, Any]) -> bool:
    """Whether an id has so many orders, and looks so unlike the others, that it can hardly be one of them."""
    many = row["orders"] >= ODD_LEAST and row["orders"] >= ODD_ONE * row["all"]
    return bool(many and row["alike"] <= ODD_ALIKE * row["customers"])


def _busiest(lines: ir.Table) -> ir.Table:
    """The ids with most orders: their `orders` and `worth`, those of `all` ids, and how many `customers` these are.

    alike: how many of these look like it: letters and digits in the same places
    """
    orders = lines.filter(lines.customer.notnull()).group_by("customer", "invoice").aggregate(worth=_.amount.sum())
    each = orders.group_by("customer").aggregate(orders=_.count(), worth=_.worth.sum())
    look = each.customer.cast("string").re_replace("[0-9]+", "9").re_replace("[A-Za-zÀ-ɏ]+", "a")
    looked = each.mutate(look=look)
    beside = looked.mutate(
        all=looked.orders.sum().over(),
        total=looked.worth.sum().over(),
        customers=looked.count().over(),
        alike=looked.count().over(group_by="look"),
    )
    return beside.order_by(ibis.desc("orders"), "customer").limit(_NAMED)


def _part(row: Mapping[str, Any]) -> str:
    return f"{int(row['worth']) / int(row['total']):.0%}" if row["total"] else "none"


def _exceeds(row: Mapping[str, Any], part: float, least: int) -> bool:
    odd = int(row["odd"] or 0)
    return odd >= least and odd >= part * int(row["all"])


def _rows(table: ir.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return found
