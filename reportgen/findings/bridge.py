"""The bridge: why the ledger's revenue changed from one period to another, customer by customer; it adds up exactly."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from reportgen.brief import PeriodTotals
from reportgen.brief.changes import Bridge, BridgeItem, BridgeKind, BridgeLine
from reportgen.findings.alignment import beside
from reportgen.findings.amounts import money

KINDS: Final[tuple[BridgeKind, ...]] = ("new", "reactivated", "expansion", "contraction", "lapsed", "returns-only")
Sums = tuple[int, int, int]
_NONE: Final = ""
"""Stands for no segment while customers are counted."""


def compared(before: pd.DataFrame, now: pd.DataFrame, first: "pd.Series[int]", start: int) -> pd.DataFrame:
    """Customers with a line in either period: index customer; `kind`, `before`, `now` (units).

    before, now: the activity of the periods; first: microseconds of the first purchase on file; start: of this period.
    """
    frame = now[["revenue", "orders"]].join(before[["revenue", "orders"]], how="outer", rsuffix="_before")
    frame = frame.fillna(0).astype("int64")
    bought, had_bought = frame["orders"] > 0, frame["orders_before"] > 0
    fresh = beside(first.to_frame("first"), frame.index)["first"] >= start
    kinds = [
        bought & ~had_bought & fresh,
        bought & ~had_bought,
        bought & had_bought & (frame["revenue"] >= frame["revenue_before"]),
        bought & had_bought,
        had_bought,
    ]
    kind = np.select(kinds, list(KINDS[:-1]), default=KINDS[-1])
    return pd.DataFrame({"kind": kind, "before": frame["revenue_before"], "now": frame["revenue"]}, index=frame.index)


def bridge(
    customers: pd.DataFrame,
    totals: tuple[PeriodTotals, PeriodTotals],
    members: tuple["pd.Series[str]", "pd.Series[str]"],
    order: Sequence[str],
    scale: int,
) -> Bridge:
    """The bridge of `customers` (see `compared`) between the `totals` before and now.

    members: customer -> segment at the previous month-end and now, null for none
    """
    before, now = totals
    left_out = [
        total.revenue - total.guests.revenue - money(int(customers[column].sum()), scale)
        for total, column in ((before, "before"), (now, "now"))
    ]
    items = (
        *_items(customers, scale),
        BridgeItem(kind="guests", customers=None, amount=now.guests.revenue - before.guests.revenue),
        BridgeItem(kind="left-out", customers=None, amount=left_out[1] - left_out[0]),
    )
    return Bridge(
        start=before.start,
        end=before.end,
        before=before.revenue,
        now=now.revenue,
        change=now.revenue - before.revenue,
        items=items,
        segments=_lines(customers, members[1], order, scale),
        segments_before=_lines(customers, members[0], order, scale),
    )


def _items(customers: pd.DataFrame, scale: int) -> tuple[BridgeItem, ...]:
    """One item per kind, zeros included."""
    return _parts(_summed(customers, [customers["kind"]]), scale)


def _lines(
    customers: pd.DataFrame, members: "pd.Series[str]", order: Sequence[str], scale: int
) -> tuple[BridgeLine, ...]:
    """One line per segment, that of customers in none last."""
    homes = beside(members.to_frame("home"), customers.index)["home"].fillna(_NONE)
    found = _summed(customers, [homes, customers["kind"]])
    return tuple(
        _line({kind: sums for (home, kind), sums in found.items() if home == segment}, segment or None, scale)
        for segment in (*order, _NONE)
    )


def _line(found: Mapping[Any, Sums], segment: str | None, scale: int) -> BridgeLine:
    before, now = (sum(sums[place] for sums in found.values()) for place in (1, 2))
    return BridgeLine(
        segment=segment,
        before=money(before, scale),
        now=money(now, scale),
        change=money(now - before, scale),
        items=_parts(found, scale),
    )


def _summed(customers: pd.DataFrame, keys: Sequence["pd.Series[str]"]) -> dict[Any, Sums]:
    """Key -> customers, and their revenue before and now."""
    sums = customers.assign(customers=1)[["customers", "before", "now"]].groupby([key.to_numpy() for key in keys]).sum()
    return dict(zip(sums.index, sums.itertuples(index=False, name=None), strict=True))


def _parts(found: Mapping[Any, Sums], scale: int) -> tuple[BridgeItem, ...]:
    counted = [(kind, *found.get(kind, (0, 0, 0))) for kind in KINDS]
    return tuple(
        BridgeItem(kind=kind, customers=int(customers), amount=money(now - before, scale))
        for kind, customers, before, now in counted
    )
