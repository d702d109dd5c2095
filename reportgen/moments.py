"""Moments: the lines rolled up once, so that any month-end and any period is a query of few rows.

A moment is (customer, invoice, instant, instant of the cancellation, fate): what is O(lines) is read once, at any cutoff
the same rows say which purchases stood.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import ibis
import ibis.expr.types as ir
from ibis import _

from reportgen.cancellations import standing

KEY: Final = ("customer", "invoice", "sold_at", "cancelled_at", "fate")
KEPT: Final = "kept"


def roll_up(lines: ir.Table, cuts: Sequence[str]) -> ir.Table:
    """The moments of all `lines` (with their `fate`), materialised. `cuts`: by how much caps lowered `amount`.

    rows, worth      how many lines, and their worth in the ledger (units), whatever a recipe does to them
    sales, gross     how many of them are purchases, and the worth of these
    items, country   quantity of the purchases; their country, the first in text order
    amount, bought, purchases   as `worth`, `gross` and `sales` after the caps; and each of `cuts`; only with caps
    """
    worth = sum((lines[cut] for cut in cuts), lines.amount)
    sold, bought = worth > 0, lines.amount > 0
    sums = {
        "rows": lines.count().cast("int64"),
        "worth": worth.sum().cast("int64"),
        "sales": sold.sum().fill_null(0).cast("int64"),
        "gross": worth.sum(where=sold).fill_null(0).cast("int64"),
        "items": lines.quantity.sum(where=bought).fill_null(0).cast("int64"),
        "country": lines.country.min(where=bought),
    }
    if cuts:
        sums |= {
            "amount": lines.amount.sum().cast("int64"),
            "bought": lines.amount.sum(where=bought).fill_null(0).cast("int64"),
            "purchases": bought.sum().fill_null(0).cast("int64"),
            **{cut: lines[cut].sum().cast("int64") for cut in cuts},
        }
    return lines.group_by(KEY).aggregate(**sums).cache()


def of_customers(rolled: ir.Table, *, ignore_cancellations: bool) -> ir.Table:
    """The moments of identified customers, as a recipe sees them; 0 where it keeps no line.

    amount, lines    worth of the lines that the recipe keeps (units), and how many these are
    bought, purchases, items, country   of the purchases among them
    on_file          purchases on file, kept or not
    """
    whole = {"amount": "worth", "bought": "gross", "purchases": "sales"}
    source = {name: name if name in rolled.columns else other for name, other in whole.items()}
    known = rolled.filter(_.customer.notnull())
    kept = known.fate == KEPT
    return known.select(
        "customer",
        "invoice",
        "sold_at",
        cancelled_at=ibis.null("timestamp") if ignore_cancellations else known.cancelled_at,
        lines=kept.ifelse(known["rows"], 0),
        items=kept.ifelse(known["items"], 0),
        country=kept.ifelse(known.country, ibis.null("string")),
        on_file=known.sales,
        **{name: kept.ifelse(known[column], 0) for name, column in source.items()},
    )


def sales(rolled: ir.Table, cutoff: datetime) -> ir.Table:
    """The moments with purchases on file as of `cutoff`: not cancelled in full before it."""
    return rolled.filter(_.sales > 0, standing(_, cutoff), _.sold_at < cutoff)
