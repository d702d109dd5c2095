"""Concentration: how far revenue hangs on the largest customers."""

from typing import Any, Final

import pandas as pd

from reportgen.brief.playbook import Concentration, LargeAccount, Top
from reportgen.findings.amounts import money, share

TOPS: Final = (1, 5, 10)
LARGEST: Final = 5


def concentration(customers: pd.DataFrame, now: pd.DataFrame, before: pd.DataFrame | None, scale: int) -> Concentration:
    """Of the window, the period and the one before.

    customers: index customer; revenue (units), segment, country; now, before: see `moments.activity`
    """
    return Concentration(
        window=_tops(customers["revenue"], scale),
        period=_tops(now["revenue"], scale),
        previous=_tops(before["revenue"], scale) if before is not None else (),
        largest=_largest(customers, now, before, scale),
    )


def _tops(revenue: "pd.Series[int]", scale: int) -> tuple[Top, ...]:
    """The largest customers of `revenue` and their share; () of nobody."""
    whole, largest = int(revenue.sum()), revenue.nlargest(max(TOPS))
    sums = [(count, int(largest.iloc[:count].sum())) for count in TOPS if count <= len(revenue)]
    return tuple(
        Top(customers=count, revenue=money(part, scale), share=share(part, whole) if whole > 0 else None)
        for count, part in sums
    )


def _largest(
    customers: pd.DataFrame, now: pd.DataFrame, before: pd.DataFrame | None, scale: int
) -> tuple[LargeAccount, ...]:
    first = customers.sort_index().nlargest(LARGEST, "revenue")
    then = now[:0] if before is None else before
    table = first.assign(
        now=now["revenue"].reindex(first.index, fill_value=0), before=then["revenue"].reindex(first.index, fill_value=0)
    )
    rows = table.reset_index(names="customer").to_dict("records")
    return tuple(_account(row, scale, compared=before is not None) for row in rows)


def _account(row: dict[Any, Any], scale: int, *, compared: bool) -> LargeAccount:
    return LargeAccount(
        customer=str(row["customer"]),
        segment=str(row["segment"]),
        country=row["country"] if isinstance(row["country"], str) else None,
        revenue=money(int(row["revenue"]), scale),
        period_revenue=money(int(row["now"]), scale),
        previous_revenue=money(int(row["before"]), scale) if compared else None,
    )
