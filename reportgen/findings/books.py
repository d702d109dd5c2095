"""The ledger's own figures: what a period and each month of the trend brought, whatever a recipe cleans away.

Revenue stays in each line's own month, so no past month is ever restated. An order counts if it was not cancelled in
full by the end of its own month (of the period, for a whole one), so that an old month reads as it was issued.
The ledger comes rolled up, see `moments`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import ibis.expr.types as ir
from ibis import _

from reportgen.brief import GuestTotals, Month, Period, PeriodTotals
from reportgen.cancellations import standing, standing_at_month_end
from reportgen.findings.amounts import money, share
from reportgen.moments import within
from reportgen.periods import interval

Days: TypeAlias = tuple[date, date]
"""The first and the last one."""


@dataclass(frozen=True)
class PeriodBooks:
    """What the ledger tells of some days.

    first_time, returning: customers with a purchase in them who had none before, or had one
    known_before: whether anybody had
    """

    totals: PeriodTotals
    first_time: int
    returning: int
    known_before: bool


def period_books(rolled: ir.Table, spans: Sequence[Days], scale: int) -> tuple[PeriodBooks | None, ...]:
    """What each of `spans`, which share no day, brought; None for one without any line."""
    totals, histories = _totals(rolled, spans, scale), _histories(rolled, spans)
    return tuple(
        PeriodBooks(found, *history) if found else None for found, history in zip(totals, histories, strict=True)
    )


def _totals(rolled: ir.Table, spans: Sequence[Days], scale: int) -> list[PeriodTotals | None]:
    """One query for all: each costs more than what it counts."""
    edges = [interval(*days) for days in spans]
    bought = (_.sales > 0) & standing(_, _.cutoff)
    sums = within(rolled, edges).group_by("cutoff").aggregate(
        revenue=_.worth.sum(),
        guest_revenue=_.worth.sum(where=_.customer.isnull()),
        orders=_.invoice.nunique(where=bought),
        identified_orders=_.invoice.nunique(where=bought & _.customer.notnull()),
        customers=_.customer.nunique(where=bought),
    )  # fmt: skip
    found = {row["cutoff"]: row for row in sums.to_pyarrow().to_pylist()}
    return [
        _period(days, found[end], scale) if end in found else None
        for days, (_start, end) in zip(spans, edges, strict=True)
    ]


def _period(days: Days, row: Mapping[str, Any], scale: int) -> PeriodTotals:
    revenue, guests = row["revenue"], row["guest_revenue"] or 0
    return PeriodTotals(
        start=days[0],
        end=days[1],
        revenue=money(revenue, scale),
        orders=row["orders"],
        customers=row["customers"],
        guests=GuestTotals(
            # An invoice with and without a customer's number is one order, an identified one.
            orders=row["orders"] - row["identified_orders"],
            revenue=money(guests, scale),
            revenue_share=share(guests, revenue) if revenue > 0 else None,
        ),
    )


def _histories(rolled: ir.Table, spans: Sequence[Days]) -> list[tuple[int, int, bool]]:
    """The fields of `PeriodBooks` beside the totals."""
    known = rolled.filter(_.customer.notnull(), _.sales > 0)
    columns: dict[str, Any] = {}
    for place, days in enumerate(spans):
        since, cutoff = interval(*days)
        stood = standing(_, cutoff) & (_.sold_at < cutoff)
        columns[f"before_{place}"] = (stood & (_.sold_at < since)).any()
        columns[f"within_{place}"] = (stood & (_.sold_at >= since)).any()
    customers = known.group_by("customer").aggregate(**columns)
    sums: dict[str, Any] = {}
    for place in range(len(spans)):
        before, within = customers[f"before_{place}"], customers[f"within_{place}"]
        sums |= {f"first_{place}": (within & ~before).sum(), f"again_{place}": (within & before).sum()}
        sums |= {f"before_{place}": before.sum()}
    row = customers.aggregate(**sums).to_pyarrow().to_pylist()[0]
    return [
        (row[f"first_{place}"] or 0, row[f"again_{place}"] or 0, bool(row[f"before_{place}"]))
        for place in range(len(spans))
    ]


def trend(rolled: ir.Table, months: Sequence[Period], scale: int) -> tuple[Month, ...]:
    """What each of `months` brought; those without any line are there, with zeros."""
    start, cutoff = interval(months[0].start, months[-1].end)
    found = _by_month(rolled.filter(_.sold_at >= start, _.sold_at < cutoff))
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
