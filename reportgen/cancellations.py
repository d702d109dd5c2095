"""Cancellations: which purchases were taken back in full, and when.

Within (customer, code, quantity, price) the k-th purchase is paired with the k-th cancellation by time, of those that
have an earlier purchase left to take back. Ranks of a prefix in time do not depend on what follows, so one pairing
serves every as-of date: at an instant a purchase is cancelled if its `cancelled_at` lies before it.
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
    # Only purchases that could match are ranked: there are few, and windows over all lines would dominate the run.
    # They are looked up by numbers alone: texts take three times as long, and tell few more of them apart.
    # Each cancellation matches itself, so that lines are read once for both.
    matching = keyed.semi_join(keyed.filter(keyed.amount < 0), _NUMBERS)
    events = _counted(matching.mutate(back=(matching.amount < 0).ifelse(1, 0).cast("int64")))
    # What came back without a purchase on file must not take the place of a later purchase's cancellation.
    possible = events.filter((events.back == 0) | (events.balance <= events.excess))
    rank = possible.taken - (possible.back == 1).ifelse(possible.excess, possible.balance)
    pairs = possible.group_by(*KEY, rank=rank).agg(
        line=possible.line.max(where=possible.back == 0), cancelled_at=possible.sold_at.max(where=possible.back == 1)
    )
    return pairs.filter(pairs.line.notnull(), pairs.cancelled_at.notnull()).select("line", "cancelled_at")


def _counted(events: ir.Table) -> ir.Table:
    """`events` of each key with what is known after each of them, in time; of one instant, purchases (`back` 0) first.

    taken: cancellations so far; balance: these less purchases; excess: the largest balance before the event, at least 0
    Events that tie in all of `ORDER` are alike in all else.
    """
    order = {"group_by": KEY, "order_by": [events.sold_at, events.back, *(events[name] for name in ORDER[1:])]}
    so_far = ibis.window(**order, preceding=None, following=0)
    counted = events.mutate(
        taken=events.back.sum().over(so_far).cast("int64"),
        balance=(2 * events.back - 1).sum().over(so_far).cast("int64"),
    )
    largest = counted.balance.max().over(ibis.window(**order, rows=(None, -1)))
    return counted.mutate(excess=ibis.greatest(largest.fill_null(0), 0))
