"""Cancellations: which purchases were taken back in full, and when.

Within (customer, code, quantity, price) the k-th purchase is paired with the k-th cancellation by time; the pair holds
if the cancellation isn't earlier. Ranks of a prefix in time do not depend on what follows, so one pairing serves every
as-of date: at an instant a purchase is cancelled if its `cancelled_at` lies before it.
"""

from typing import Any

import ibis
import ibis.expr.types as ir

KEY = ("customer", "code", "size", "worth")
ORDER = ("sold_at", "invoice", "country", "description", "quantity")
_NUMBERS = ("customer", "size", "worth")


def mark(lines: ir.Table) -> ir.Table:
    """`lines` with `cancelled_at`: when the purchase was cancelled in full, null if never (and for other lines).

    Lines that are marked stay as they are.
    """
    if "cancelled_at" in lines.columns:
        return lines
    pairs = _pairs(lines).cache()
    return lines.left_join(pairs, "line").drop("line_right")


def ignore(lines: ir.Table) -> ir.Table:
    """`lines` with an empty `cancelled_at`, for recipes that exclude returns: every purchase stands."""
    return lines.mutate(cancelled_at=ibis.null("timestamp"))


def standing(lines: Any, cutoff: Any) -> Any:  # noqa: ANN401  a table or `ibis._`; an instant or a column
    """Whether a line was not cancelled in full before `cutoff`, as an expression on `lines`."""
    return lines.cancelled_at.isnull() | (lines.cancelled_at >= cutoff)


def standing_at_month_end(lines: Any) -> Any:  # noqa: ANN401  likewise
    """Whether a line was not cancelled in full by the end of its own `month` (the month's first instant)."""
    return lines.cancelled_at.isnull() | (lines.cancelled_at.truncate("M") > lines.month)


def _pairs(lines: ir.Table) -> ir.Table:
    """(line, cancelled_at) of each cancelled purchase."""
    keyed = lines.filter(lines.customer.notnull(), lines.amount != 0).select(
        "line", "customer", "invoice", "sold_at", "amount", "quantity",
        country=lines.country.fill_null(""), description=lines.description.fill_null(""),
        code=lines.code.fill_null(""), size=lines.quantity.abs(), worth=lines.price.abs(),
    )  # fmt: skip
    cancellations = keyed.filter(keyed.amount < 0)
    # Only purchases that could match are ranked: there are few, and windows over all lines would dominate the run.
    # They are looked up by numbers alone: texts take three times as long, and tell few more of them apart.
    purchases = keyed.filter(keyed.amount > 0).semi_join(cancellations, _NUMBERS)
    ranked = _ranked(purchases).inner_join(
        _ranked(cancellations).select(*KEY, "rank", cancelled_at=ibis._.sold_at), [*KEY, "rank"]
    )
    return ranked.filter(ranked.cancelled_at >= ranked.sold_at).select("line", "cancelled_at")


def _ranked(lines: ir.Table) -> ir.Table:
    """`lines` with `rank`, their place in time within the key; lines that tie in all of these are alike in all else."""
    order = ibis.window(group_by=KEY, order_by=[lines[name] for name in ORDER])
    return lines.mutate(rank=ibis.row_number().over(order))
