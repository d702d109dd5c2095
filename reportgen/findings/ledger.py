"""The ledger's own figures: what a period and each month of the trend brought, whatever a recipe cleans away.

Revenue stays in each line's own month, so no past month is ever restated. An order counts if it was not cancelled in
full by the end of its own month (of the period, for a whole one), so that an old month reads as it was issued.
The ledger comes rolled up, see `moments`.
"""

from collections.abc import Sequence
from datetime import date

import ibis.expr.types as ir
from ibis import _

from reportgen.brief import GuestTotals, Month, Period, PeriodTotals
from reportgen.cancellations import standing_at_month_end
from reportgen.findings.amounts import money, share
from reportgen.moments import sales
from reportgen.periods import midnight_after, midnight_before


def period_totals(ledger: ir.Table, start: date, end: date, scale: int) -> PeriodTotals | None:
    """What the days `start` … `end` brought; None without any line."""
    cutoff = midnight_after(end)
    lines = ledger.filter(_.sold_at >= midnight_before(start), _.sold_at < cutoff)
    money_row = _one(lines.aggregate(
        lines=_.rows.sum(), revenue=_.worth.sum(), guest_revenue=_.worth.sum(where=_.customer.isnull())
    ))  # fmt: skip
    if not money_row["lines"]:
        return None
    bought = sales(lines, cutoff)
    orders = _one(bought.aggregate(
        orders=_.invoice.nunique(where=_.customer.notnull()),
        guest_orders=_.invoice.nunique(where=_.customer.isnull()),
        customers=_.customer.nunique(),
    ))  # fmt: skip
    revenue, guests = money_row["revenue"], money_row["guest_revenue"] or 0
    return PeriodTotals(
        start=start,
        end=end,
        revenue=money(revenue, scale),
        orders=orders["orders"] + orders["guest_orders"],
        customers=orders["customers"],
        guests=GuestTotals(
            orders=orders["guest_orders"],
            revenue=money(guests, scale),
            revenue_share=share(guests, revenue) if revenue > 0 else None,
        ),
    )


def trend(ledger: ir.Table, months: Sequence[Period], scale: int) -> tuple[Month, ...]:
    """What each of `months` brought; those without any line are there, with zeros."""
    start, cutoff = midnight_before(months[0].start), midnight_after(months[-1].end)
    found = _by_month(ledger.filter(_.sold_at >= start, _.sold_at < cutoff))
    return tuple(
        Month(
            month=month.start,
            revenue=money(found.get(month.start, _NOTHING)["revenue"], scale),
            guest_revenue=money(found.get(month.start, _NOTHING)["guest_revenue"] or 0, scale),
            orders=found.get(month.start, _NOTHING)["orders"],
            customers=found.get(month.start, _NOTHING)["customers"],
            partial=month.partial,
        )
        for month in months
    )


_NOTHING = {"revenue": 0, "guest_revenue": 0, "orders": 0, "customers": 0}


def _by_month(lines: ir.Table) -> dict[date, dict[str, int]]:
    dated = lines.mutate(month=_.sold_at.truncate("M"))
    bought = (_.sales > 0) & standing_at_month_end(_)
    totals = dated.group_by("month").aggregate(
        revenue=_.worth.sum(),
        guest_revenue=_.worth.sum(where=_.customer.isnull()),
        orders=_.invoice.nunique(where=bought),
        customers=_.customer.nunique(where=bought),
    )
    return {row.pop("month").date(): row for row in totals.to_pyarrow().to_pylist()}


def _one(table: ir.Table) -> dict[str, int]:
    row: dict[str, int] = table.to_pyarrow().to_pylist()[0]
    return row
