"""Crossing: everyone on file at two month-ends, by where they stood and what they did; the engine adds them up.

Who moved, why revenue changed, how large segments were before: each is a sum over customers. What comes back are the
sums by all that tells customers apart, some hundred rows however many customers there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief.changes import BridgeKind, Cause
from reportgen.cancellations import standing
from reportgen.findings.standings import NONE
from reportgen.moments import Interval, within

KINDS: Final[tuple[BridgeKind, ...]] = ("new", "reactivated", "expansion", "contraction", "lapsed", "returns-only")
IDLE: Final = ""
"""The kind of those without a line in either period."""
KEYS: Final = ("source", "target", "known", "why")
_NEVER: Final[Interval] = (datetime(1970, 1, 1), datetime(1970, 1, 1))  # noqa: DTZ001 -- the shop's local time
_DID: Final = ("active", "revenue", "orders", "bought", "items")


class Activity(NamedTuple):
    """What customers did in a period: how many bought, worth of their lines, and of their purchases (units)."""

    active: int
    revenue: int
    orders: int
    bought: int
    items: int


@dataclass(frozen=True)
class Doings:
    """What each customer with a kept line in this period or in the one before did there.

    moments: of customers as the recipe sees them
    table: one row per customer; `revenue`, `orders`, `bought`, `items` of this period, and `seen`, whether the customer
        has a line in it; the same with `_before` of the one before
    since: the first instant of this period
    """

    moments: ir.Table
    table: ir.Table
    since: datetime


def doings(moments: ir.Table, now: Interval, before: Interval | None) -> Doings:
    """Revenue (units) of kept lines; orders, worth (units) and items (units of quantity) of standing purchases."""
    inside = within(moments, [each for each in (now, before) if each]).filter(_.lines > 0)
    stood = (_.purchases > 0) & standing(_, _.cutoff)
    columns: dict[str, Any] = {}
    for suffix, interval in (("", now), ("_before", before or _NEVER)):
        at = _.cutoff == ibis.literal(interval[1], "timestamp")
        columns |= {
            f"revenue{suffix}": _.amount.sum(where=at),
            f"orders{suffix}": _.invoice.nunique(where=at & stood),
            f"bought{suffix}": _.bought.sum(where=at & stood),
            f"items{suffix}": _.items.sum(where=at & stood),
            f"seen{suffix}": at.any(),
        }
    found = inside.group_by("customer").aggregate(**columns)
    filled = {name: found[name].fill_null(0) for name in columns if not name.startswith("seen")}
    return Doings(moments, found.mutate(**filled).cache(), now[0])


def crossing(now: ir.Table, before: ir.Table | None, acted: Doings, unpaid: Cause) -> pd.DataFrame:
    """The sums of everyone in `now` by `KEYS` and `kind`; `now` and `before`: `standings` at one place.

    source, target  segment before and now; known: had bought before; why: `Cause` for those in no segment now
    kind            of the change of their revenue, `IDLE` for those without a line in either period
    customers; worth, worth_before: of their windows, month: of the lines of now's month, idle: `worth` of those who
        ordered nothing in the period (units); and `Activity` of the period, with `_before` of the one before
    """
    rows = _beside(now, before, unpaid)
    doing = acted.table.rename(doer="customer", revenue_now="revenue")
    joined = rows.left_join(doing, rows.customer == doing.doer)
    names = [f"{name}{suffix}" for suffix in ("", "_before") for name in _DID]
    table, keys = _filled(joined, acted.since), ["kind", *KEYS]
    sums = {name: table[name].sum() for name in ("worth", "worth_before", *names, "idle", "month")}
    frame: pd.DataFrame = table.group_by(*keys).aggregate(customers=_.count(), **sums).to_pyarrow().to_pandas()
    return frame.sort_values(keys, ignore_index=True)


def activity(rows: pd.DataFrame, suffix: str = "") -> Activity:
    """The sums of a `crossing` in the period, or with "_before" in the one before it."""
    return Activity(*(int(rows[f"{name}{suffix}"].sum()) for name in _DID))


def by_segment(rows: pd.DataFrame, side: str, order: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """Segment of `order` -> sums of its rows, 0 for all if it has none; `side`: "source" or "target"."""
    numbers = rows.columns.difference([*KEYS, "kind"])
    sums = rows.groupby(side)[list(numbers)].sum().reindex(list(order), fill_value=0)
    return {segment: dict(zip(numbers, row, strict=True)) for segment, *row in sums.itertuples(name=None)}


def _beside(now: ir.Table, before: ir.Table | None, unpaid: Cause) -> ir.Table:
    """Everyone in `now` with the place and the worth before."""
    why = ibis.cases(
        (now.segment != NONE, ""),
        (now["lines"].fill_null(0) == 0, "out-of-window"),
        (now.placed.fill_null(0) == 0, "no-purchase-left"),
        else_=unpaid,
    )
    known = now.select("customer", "first", month=now.revenue.fill_null(0), worth=now.worth.fill_null(0),
                       target=now.segment, why=why)  # fmt: skip
    if before is None:
        return known.mutate(source=ibis.literal(NONE), worth_before=ibis.literal(0, "int64"), known=ibis.literal(False))
    then = before.select(whose="customer", source="segment", worth_before="worth", known=before.first.notnull())
    joined = known.left_join(then, known.customer == then.whose)
    return joined.mutate(
        source=joined.source.fill_null(NONE),
        worth_before=joined.worth_before.fill_null(0),
        known=joined.known.fill_null(False),
    )


def _filled(joined: ir.Table, since: datetime) -> ir.Table:
    """Everyone with what he or she did, nothing as zeros; and the kind of change that it is."""
    counts = {f"{name}{suffix}": joined[f"{name}{suffix}"].fill_null(0)
              for suffix in ("", "_before") for name in ("orders", "bought", "items")}  # fmt: skip
    sums = {"revenue": joined.revenue_now.fill_null(0), "revenue_before": joined.revenue_before.fill_null(0)}
    seen = joined.seen.fill_null(False) | joined.seen_before.fill_null(False)
    bought, had_bought = counts["orders"] > 0, counts["orders_before"] > 0
    kind = ibis.cases(
        (~seen, IDLE),
        (bought & ~had_bought & (joined["first"] >= ibis.literal(since, "timestamp")), KINDS[0]),
        (bought & ~had_bought, KINDS[1]),
        (bought & had_bought & (sums["revenue"] >= sums["revenue_before"]), KINDS[2]),
        (bought & had_bought, KINDS[3]),
        (had_bought, KINDS[4]),
        else_=KINDS[5],
    )
    return joined.select(
        *KEYS, "month", "worth", "worth_before", **counts, **sums, kind=kind,
        active=bought.ifelse(1, 0), active_before=had_bought.ifelse(1, 0), idle=bought.ifelse(0, joined.worth),
    )  # fmt: skip
