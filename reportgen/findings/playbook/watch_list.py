"""The watch list: customers whose silence exceeds their own rhythm, and what they spent."""

from decimal import Decimal
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief.playbook import Account, WatchList
from reportgen.cancellations import standing
from reportgen.findings.amounts import money
from reportgen.findings.month_ends import Frame
from reportgen.periods import midnight_after
from reportgen.segmentation import Segmentation

LEAST_DAYS: Final = 5
"""Purchase days inside the window that make a rhythm."""
FACTOR: Final = 1.5
SHOWN: Final = 20
LOST: Final = "lost"
"""The archetype whose customers are gone, not slipping."""


def overdue(moments: ir.Table, frame: Frame, customers: pd.DataFrame, found: Segmentation) -> tuple[int, pd.DataFrame]:
    """How many customers have a rhythm, and those who exceed it, by revenue; `customers`: those segmented.

    Index customer; columns segment, last (date), days_since, median_gap, longest_gap, orders, revenue (units).
    """
    days = _days(moments, frame)
    gone = {group.id for group in found.groups if group.archetype == LOST}
    rhythm = days.groupby("customer").agg(
        median_gap=("gap", "median"), longest_gap=("gap", "max"), last=("day", "max")
    ).join(found.members.rename("segment"))  # fmt: skip
    rhythm = rhythm[rhythm["segment"].notna() & ~rhythm["segment"].isin(gone)]
    # Where records end before the period does, silence since then is the file's, not the customer's.
    through = min(frame.cutoff, midnight_after(frame.last.date()))
    since = (pd.Timestamp(through) - rhythm["last"]).dt.days - 1
    late = rhythm[(since > FACTOR * rhythm["median_gap"]) & (since > rhythm["longest_gap"])]
    made = late.assign(days_since=since.loc[late.index]).join(customers[["orders", "revenue"]])
    return len(rhythm), made.sort_values("revenue", ascending=False, kind="stable")


def watch_list(regular: int, late: pd.DataFrame, scale: int) -> WatchList:
    """The facts of `overdue`."""
    return WatchList(
        least_days=LEAST_DAYS,
        factor=FACTOR,
        regular=regular,
        overdue=len(late),
        revenue=money(int(late["revenue"].sum()), scale),
        accounts=accounts(late[:SHOWN], scale),
    )


def accounts(late: pd.DataFrame, scale: int) -> tuple[Account, ...]:
    """The rows of `overdue` as facts."""
    return tuple(_account(row, scale) for row in late.reset_index().to_dict("records"))


def by_segment(late: pd.DataFrame, scale: int) -> dict[str, tuple[int, Decimal]]:
    """Segment -> its overdue customers and their revenue."""
    return {
        str(segment): (len(part), money(int(part["revenue"].sum()), scale)) for segment, part in late.groupby("segment")
    }


def _days(moments: ir.Table, frame: Frame) -> pd.DataFrame:
    """(customer, day, gap to the day before it) of those with enough purchase days inside the window."""
    inside = moments.filter(_.purchases > 0, _.sold_at >= frame.start, _.sold_at < frame.cutoff)
    stood = inside.filter(standing(_, frame.cutoff))
    days = stood.select(customer=_.customer, day=_.sold_at.truncate("D")).distinct()
    counted = days.mutate(days=_.count().over(ibis.window(group_by="customer")))
    table = counted.filter(_.days >= LEAST_DAYS).select("customer", "day").to_pyarrow().to_pandas()
    ordered: pd.DataFrame = table.sort_values(["customer", "day"])
    return ordered.assign(gap=ordered.groupby("customer")["day"].diff().dt.days)


def _account(row: dict[Any, Any], scale: int) -> Account:
    return Account(
        customer=str(row["customer"]),
        segment=str(row["segment"]),
        last_order=row["last"].date(),
        days_since=int(row["days_since"]),
        median_gap=float(row["median_gap"]),
        longest_gap=int(row["longest_gap"]),
        orders=int(row["orders"]),
        revenue=money(int(row["revenue"]), scale),
    )
