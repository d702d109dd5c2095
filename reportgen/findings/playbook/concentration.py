"""Concentration: how far revenue hangs on the largest customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd

from reportgen.brief.playbook import Concentration, LargeAccount, Top
from reportgen.findings.amounts import money, share
from reportgen.findings.crossing import Doings
from reportgen.findings.crowd import Crowd

TOPS: Final = (1, 5, 10)
LARGEST: Final = 5


@dataclass(frozen=True)
class Accounts:
    """crowd: those of the window; countries: customer, country; acted: what each did in the period, and before."""

    crowd: Crowd
    countries: ir.Table
    acted: Doings


def concentration(found: Accounts, revenues: tuple[int, int | None], scale: int) -> Concentration:
    """Of the window, the period and the one before.

    revenues: of all customers in the period and in the one before, None without one
    """
    largest, (now, before) = found.crowd.largest(max(TOPS)), revenues
    return Concentration(
        window=_tops(largest["revenue"].tolist(), int(found.crowd.sums["revenue"].sum()), scale),
        period=_tops(_most(found.acted, ""), now, scale),
        previous=() if before is None else _tops(_most(found.acted, "_before"), before, scale),
        largest=_largest(found, largest[:LARGEST], scale, compared=before is not None),
    )


def _most(acted: Doings, suffix: str) -> list[int]:
    """The largest revenues of customers in a period, descending."""
    seen = acted.table.filter(acted.table[f"seen{suffix}"])
    revenue = seen.select(revenue=seen[f"revenue{suffix}"]).order_by(ibis.desc("revenue")).limit(max(TOPS))
    found: list[int] = revenue.to_pyarrow()["revenue"].to_pylist()
    return found


def _tops(largest: Sequence[int], whole: int, scale: int) -> tuple[Top, ...]:
    """The `largest` customers and their share of the `whole`; () of nobody."""
    sums = [(count, sum(largest[:count])) for count in TOPS if count <= len(largest)]
    return tuple(
        Top(customers=count, revenue=money(part, scale), share=share(part, whole) if whole > 0 else None)
        for count, part in sums
    )


def _largest(found: Accounts, first: pd.DataFrame, scale: int, *, compared: bool) -> tuple[LargeAccount, ...]:
    ids, did = first.index.tolist(), found.acted.table.select("customer", now="revenue", before="revenue_before")
    segments = first["place"].map(dict(enumerate(found.crowd.sums.index)))
    named = first[["revenue"]].assign(segment=segments)
    table = named.join(_of(did, ids).reindex(ids, fill_value=0)).join(_of(found.countries, ids))
    rows = table.reset_index(names="customer").to_dict("records")
    return tuple(_account(row, scale, compared=compared) for row in rows)


def _of(table: ir.Table, customers: list[Any]) -> pd.DataFrame:
    """The rows of some customers."""
    frame: pd.DataFrame = table.filter(table.customer.isin(customers)).to_pyarrow().to_pandas()
    return frame.set_index("customer")


def _account(row: dict[Any, Any], scale: int, *, compared: bool) -> LargeAccount:
    return LargeAccount(
        customer=str(row["customer"]),
        segment=str(row["segment"]),
        country=row["country"] if isinstance(row["country"], str) else None,
        revenue=money(int(row["revenue"]), scale),
        period_revenue=money(int(row["now"]), scale),
        previous_revenue=money(int(row["before"]), scale) if compared else None,
    )
