"""Key figures: what page 1 tells of a period beside its totals."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief import PeriodTotals
from reportgen.brief.changes import KeyFigures
from reportgen.findings.amounts import mean_money, money, share
from reportgen.findings.month_sums import Standing
from reportgen.moments import sales
from reportgen.periods import midnight_after, midnight_before
from reportgen.segmentation import Group

TOP: Final = frozenset({"big-spenders", "best"})
"""The archetypes whose share of revenue is a key figure."""


def key_figures(
    ledger: ir.Table, totals: PeriodTotals, end: Standing | None, groups: Sequence[Group], scale: int
) -> KeyFigures:
    """The key figures of the period of `totals`; `end`: the customers at its end, where they are known."""
    first_time, returning, known_before = _histories(ledger, totals.start, totals.end)
    customers = first_time + returning
    identified = totals.revenue - totals.guests.revenue
    return KeyFigures(
        order_value=_per_order(totals.revenue, totals.orders, scale),
        customer_order_value=_per_order(identified, totals.orders - totals.guests.orders, scale),
        first_time_customers=first_time,
        returning_customers=returning,
        repeat_rate=share(returning, customers) if customers and known_before else None,
        **_part(_top(end, groups), end, scale),
    )


def _histories(ledger: ir.Table, start: date, end: date) -> tuple[int, int, bool]:
    """Customers of the period who had not bought before it, who had, and whether there is a purchase before it."""
    since, cutoff = midnight_before(start), midnight_after(end)
    known = sales(ledger, cutoff).filter(_.customer.notnull())
    spans = known.group_by("customer").aggregate(first=_.sold_at.min(), last=_.sold_at.max())
    row = spans.aggregate(
        first_time=(_.first >= since).sum(),
        returning=((_.first < since) & (_.last >= since)).sum(),
        before=(_.first < since).sum(),
    ).to_pyarrow().to_pylist()[0]  # fmt: skip
    return row["first_time"] or 0, row["returning"] or 0, bool(row["before"])


def _per_order(revenue: Decimal, orders: int, scale: int) -> Decimal | None:
    return mean_money(int(revenue.scaleb(scale)), orders, scale)


def _top(end: Standing | None, groups: Sequence[Group]) -> pd.DataFrame | None:
    """The members of the top segments; None where the recipe or the month-end has none."""
    names = [group.id for group in groups if group.archetype in TOP]
    return end.members[end.members.index.isin(names)] if end and names else None


def _part(top: pd.DataFrame | None, end: Standing | None, scale: int) -> dict[str, Any]:
    """The top fields of KeyFigures."""
    if top is None or end is None:
        fields = ("top_customers", "top_customer_share", "top_revenue", "top_revenue_share", "month_end")
        return dict.fromkeys(fields)
    revenue = int(top["monetary"].sum())
    return {
        "top_customers": int(top["customers"].sum()),
        "top_customer_share": share(int(top["customers"].sum()), int(end.members["customers"].sum())),
        "top_revenue": money(revenue, scale),
        "top_revenue_share": share(revenue, int(end.members["monetary"].sum())),
        "month_end": end.end.facts(),
    }
