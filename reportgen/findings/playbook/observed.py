"""Observed: who stood in which segment at a past month-end, and what he or she bought in the month after.

All month-ends are segmented by this period's cut points; a purchase counts if it stood at the end of its month.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from reportgen.findings.snapshots import Snapshot
from reportgen.findings.track_record import Record, added_up, followable


@dataclass(frozen=True)
class Observed:
    """The customer-months of a brief.

    rows: one per customer in a segment and month-end followed; columns customer, segment, and int64
        bought (1 or 0), orders, spend (units of 10^-scale) in the month after
    record: the same, added up by month-end and segment
    """

    rows: pd.DataFrame
    record: Record


def observed(months: Sequence[Snapshot], bought: pd.DataFrame, scale: int) -> Observed:
    """The customer-months of `months`; `bought`: see `moments.monthly`."""
    by_month = dict(list(bought.groupby("month")))
    ends, skipped = followable([snapshot.end for snapshot in months])
    parts, followed = [_EMPTY], {}
    for snapshot in months:
        if snapshot.end in ends:
            part = _follow(snapshot, by_month.get(pd.Timestamp(snapshot.end.cutoff)))
            parts.append(part)
            followed[snapshot.end.month.end] = added_up(part["segment"], part["bought"], part["spend"])
    return Observed(pd.concat(parts, ignore_index=True), Record(followed, skipped, scale))


_EMPTY = pd.DataFrame({"customer": pd.Series(dtype="str"), "segment": pd.Series(dtype="str"),
                       **{name: pd.Series(dtype="int64") for name in ("bought", "orders", "spend")}})  # fmt: skip


def _follow(snapshot: Snapshot, after: pd.DataFrame | None) -> pd.DataFrame:
    """The customers of one month-end in the month after."""
    members = snapshot.members["segment"]
    known = _EMPTY if after is None else after.rename(columns={"bought": "spend"})
    did = known.set_index("customer")[["orders", "spend"]].reindex(members.index).fillna(0).astype("int64")
    did["bought"] = (did["orders"] > 0).astype("int64")
    frame = did.assign(segment=members).rename_axis("customer").reset_index()
    return frame[["customer", "segment", "bought", "orders", "spend"]]
