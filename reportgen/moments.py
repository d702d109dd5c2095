"""Moments: the lines rolled up once, so that any month-end and any period is a query of few rows.

A moment is (customer, invoice, instant, instant of the cancellation, fate): what is O(lines) is read once, and at any
cutoff the same rows say which purchases stood.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias

import ibis
import ibis.expr.types as ir
from ibis import _

KEY: Final = ("customer", "invoice", "sold_at", "cancelled_at", "fate")
KEPT, AFTER = 0, -1
"""Fates of lines: kept, dated after the period; numbers above are those of cleaning steps, numbers for less memory."""
FOREVER: Final = datetime(9999, 1, 1)  # noqa: DTZ001 -- the shop's local time

Interval: TypeAlias = tuple[datetime, datetime]
"""The first instant, and the first one after it."""


def roll_up(lines: ir.Table, cuts: Sequence[str]) -> ir.Table:
    """The moments of all `lines` (with their `fate`), materialised. `cuts`: by how much caps lowered `amount`.

    rows, worth      how many lines, and their worth in the ledger (units), whatever a recipe does to them
    sales, gross     how many of them are purchases, and the worth of these
    items, country   quantity of the purchases; their country, the first in text order
    amount, bought, purchases   as `worth`, `gross` and `sales` after the caps; and each of `cuts`; only with caps
    """
    worth = sum((lines[cut] for cut in cuts), lines.amount)
    sold, bought = worth > 0, lines.amount > 0
    # Not `sum(where=…)`: each of these would pick its rows anew.
    sums = {
        "rows": lines.count().cast("int32"),
        "worth": worth.sum().cast("int64"),
        "sales": sold.ifelse(1, 0).sum().cast("int32"),
        "gross": sold.ifelse(worth, 0).sum().cast("int64"),
        "items": bought.ifelse(lines.quantity, 0).sum().cast("int64"),
        "country": bought.ifelse(lines.country, ibis.null("string")).min(),
    }
    if cuts:
        sums |= {
            "amount": lines.amount.sum().cast("int64"),
            "bought": bought.ifelse(lines.amount, 0).sum().cast("int64"),
            "purchases": bought.ifelse(1, 0).sum().cast("int32"),
            **{cut: lines[cut].sum().cast("int64") for cut in cuts},
        }
    return lines.group_by(KEY).aggregate(**sums).cache()


def of_customers(rolled: ir.Table, *, ignore_cancellations: bool) -> ir.Table:
    """The moments of identified customers, as a recipe sees them, materialised; 0 where it keeps no line.

    amount, lines    worth of the lines that the recipe keeps (units), and how many these are
    bought, purchases, items, country   of the purchases among them
    on_file          purchases on file, kept or not
    orders, split    1 where its invoice is an order as long as its purchases stand; whether that depends on other
                     moments too: see `with_orders`
    """
    whole = {"amount": "worth", "bought": "gross", "purchases": "sales"}
    source = {name: name if name in rolled.columns else other for name, other in whole.items()}
    known = rolled.filter(_.customer.notnull())
    kept = known.fate == KEPT
    seen = known.select(
        "customer",
        "invoice",
        "sold_at",
        cancelled_at=ibis.null("timestamp") if ignore_cancellations else known.cancelled_at,
        until=known.cancelled_at.fill_null(FOREVER),
        lines=kept.ifelse(known["rows"], 0),
        items=kept.ifelse(known["items"], 0),
        country=kept.ifelse(known.country, ibis.null("string")),
        on_file=known.sales,
        **{name: kept.ifelse(known[column], 0) for name, column in source.items()},
    )
    return _marked(seen).order_by("customer").cache()


def with_orders(sums: ir.Table, split: ir.Table) -> ir.Table:
    """`sums` with `orders`: how many invoices they are of.

    Of most moments, `sums` has the sum of their `orders` as `alone`; the invoices of the `split` ones are counted here:
    distinct texts of all would take ten times as long.
    """
    keys = [name for name in ("place", "month", "customer") if name in sums.columns]
    several = split.group_by(keys).aggregate(several=_.invoice.nunique())
    joined = sums.left_join(several, keys)
    return joined.select(
        *[name for name in sums.columns if name != "alone"],
        orders=joined.alone.fill_null(0) + joined.several.fill_null(0),
    )


def _marked(moments: ir.Table) -> ir.Table:
    """An invoice of one instant is an order as long as the last of its purchases stands; of several, it is `split`."""
    bought = moments.filter(moments.purchases > 0)
    several = bought.group_by("customer", "invoice").aggregate(
        moments=_.count(), latest=_.until.max(), apart=_.sold_at.min() < _.sold_at.max()
    )
    known = moments.left_join(several.filter(_.moments > 1), ["customer", "invoice"])
    alone = known.latest.isnull() | (~known.apart & (known.until == known.latest))
    return known.select(
        *[name for name in moments.columns if name != "until"],
        orders=((known.purchases > 0) & alone).ifelse(1, 0),
        split=known.apart.fill_null(False),
    )


def within(rolled: ir.Table, spans: Sequence[Interval]) -> ir.Table:
    """The moments inside one of `spans`, which share no instant, with its end as `cutoff`."""
    ends = ibis.cases(
        *(((rolled.sold_at >= start) & (rolled.sold_at < end), ibis.literal(end)) for start, end in spans)
    )
    some = rolled.filter(rolled.sold_at >= min(spans)[0], rolled.sold_at < max(spans)[1])
    return some.mutate(cutoff=ends).filter(_.cutoff.notnull())
