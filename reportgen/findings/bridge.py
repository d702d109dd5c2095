"""The bridge: why the ledger's revenue changed from one period to another, customer by customer; it adds up exactly."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from reportgen.brief import PeriodTotals
from reportgen.brief.changes import Bridge, BridgeItem, BridgeLine
from reportgen.findings.amounts import money
from reportgen.findings.crossing import KINDS, activity
from reportgen.findings.standings import NONE

Sums = tuple[int, int, int]


def bridge(rows: pd.DataFrame, totals: tuple[PeriodTotals, PeriodTotals], order: Sequence[str], scale: int) -> Bridge:
    """The bridge between the `totals` before and now, by the `rows` of a `crossing`."""
    before, now = totals
    left_out = [
        total.revenue - total.guests.revenue - money(activity(rows, suffix).revenue, scale)
        for total, suffix in ((before, "_before"), (now, ""))
    ]
    items = (
        *_parts(_summed(rows, ["kind"]), scale),
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
        segments=_lines(rows, "target", order, scale),
        segments_before=_lines(rows, "source", order, scale),
    )


def _lines(rows: pd.DataFrame, side: str, order: Sequence[str], scale: int) -> tuple[BridgeLine, ...]:
    """One line per segment, that of customers in none last."""
    found = _summed(rows, [side, "kind"])
    return tuple(
        _line({kind: sums for (home, kind), sums in found.items() if home == segment}, segment or None, scale)
        for segment in (*order, NONE)
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


def _summed(rows: pd.DataFrame, keys: list[str]) -> dict[Any, Sums]:
    """Key -> customers, and their revenue before and now."""
    sums = rows.groupby(keys[0] if len(keys) == 1 else keys)[["customers", "revenue_before", "revenue"]].sum()
    return dict(zip(sums.index, sums.itertuples(index=False, name=None), strict=True))


def _parts(found: Mapping[Any, Sums], scale: int) -> tuple[BridgeItem, ...]:
    counted = [(kind, *found.get(kind, (0, 0, 0))) for kind in KINDS]
    return tuple(
        BridgeItem(kind=kind, customers=int(customers), amount=money(now - before, scale))
        for kind, customers, before, now in counted
    )
