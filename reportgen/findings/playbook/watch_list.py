"""The watch list: customers whose silence exceeds their own rhythm, and what they spent."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief.playbook import Account, WatchList
from reportgen.cancellations import standing
from reportgen.findings.amounts import money
from reportgen.findings.crowd import Crowd
from reportgen.findings.month_ends import Frame
from reportgen.periods import midnight_after

LEAST_DAYS: Final = 5
"""Purchase days inside the window that make a rhythm."""
FACTOR: Final = 1.5
SHOWN: Final = 20
LOST: Final = "lost"
"""The archetype whose customers are gone, not slipping."""


def overdue(moments: ir.Table, frame: Frame, crowd: Crowd) -> tuple[int, pd.DataFrame]:
    """How many customers of the `crowd` have a rhythm, and those who exceed it, by revenue.

    Index customer; columns segment, last (date), days_since, median_gap, longest_gap, orders, revenue (units).
    """
    # Where records end before the period does, or the shop was closed, silence since then isn't the customer's.
    through = midnight_after(frame.latest.date())
    days = _days(moments, frame)
    regular = _regular(days, crowd)
    gaps = _gaps(days.inner_join(_silent(regular, through), "customer"))
    rhythm = gaps.groupby("customer").agg(
        median_gap=("gap", "median"), longest_gap=("gap", "max"), last=("day", "max")
    )  # fmt: skip
    since = (pd.Timestamp(through) - rhythm["last"]).dt.days - 1
    late = rhythm[(since > FACTOR * rhythm["median_gap"]) & (since > rhythm["longest_gap"])]
    own = crowd.those(late.index.tolist())
    segments = own["place"].map(dict(enumerate(crowd.sums.index)))
    made = late.assign(days_since=since.loc[late.index], segment=segments).join(own[["orders", "revenue"]])
    return int(regular.count().to_pyarrow().as_py()), made.sort_values("revenue", ascending=False, kind="stable")


def watch_list(regular: int, late: pd.DataFrame, through: date, scale: int) -> WatchList:
    """The facts of `overdue`, by the silence up to the day `through`."""
    return WatchList(
        least_days=LEAST_DAYS,
        factor=FACTOR,
        regular=regular,
        overdue=len(late),
        through=through,
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


def _days(moments: ir.Table, frame: Frame) -> ir.Table:
    """(customer, day) of purchases inside the window."""
    inside = moments.filter(_.purchases > 0, _.sold_at >= frame.start, _.sold_at < frame.cutoff)
    stood = inside.filter(standing(_, frame.cutoff))
    return stood.select(customer=_.customer, day=_.sold_at.truncate("D")).distinct()


def _regular(days: ir.Table, crowd: Crowd) -> ir.Table:
    """Customers in a segment that isn't lost who have enough `days`: how many, the first and the last."""
    alive = [place for place, group in enumerate(crowd.division.groups) if group.archetype != LOST]
    spans = days.group_by("customer").aggregate(days=_.count(), first=_.day.min(), last=_.day.max())
    return spans.filter(_.days >= LEAST_DAYS).semi_join(crowd.homes.filter(_.place.isin(alive)), "customer")


def _silent(regular: ir.Table, through: datetime) -> ir.Table:
    """Those of the `regular` who have been silent for longer than their mean gap: the longest is no shorter."""
    since = ibis.literal(through.date()).delta(regular["last"].date(), unit="day") - 1
    span = regular["last"].date().delta(regular["first"].date(), unit="day")
    return regular.filter(since * (regular.days - 1) > span).select("customer")


def _gaps(days: ir.Table) -> pd.DataFrame:
    """(customer, day, gap to the day before it)."""
    ordered: pd.DataFrame = days.to_pyarrow().to_pandas().sort_values(["customer", "day"])
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
