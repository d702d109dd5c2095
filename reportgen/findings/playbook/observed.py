"""Observed: who stood in which segment at a past month-end, and what he or she bought in the month after.

All month-ends are segmented by this period's cut points; a purchase counts if it stood at the end of its month.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from reportgen.findings.month_sums import Standing
from reportgen.findings.standings import NONE
from reportgen.findings.track_record import Record, followable


@dataclass(frozen=True)
class Observed:
    """The customer-months of a brief.

    rows: one per unit of customers and segment; columns unit, segment, and int64 observed (customer-months), and of
        those: bought, orders, spend (units of 10^-scale) in the month after
    record: the same, by month-end and segment
    """

    rows: pd.DataFrame
    record: Record


def observed(months: Sequence[Standing], rows: pd.DataFrame, scale: int) -> Observed:
    """The customer-months of `months`; `rows`: see `month_sums`."""
    ends, skipped = followable([month.end for month in months])
    followed = {month.end.month.end: month.members for month in months if month.end in ends}
    places = [place for place, month in enumerate(months) if month.end in ends]
    known = rows[rows["place"].isin(places) & (rows["segment"] != NONE)]
    counts = known.groupby(["unit", "segment"], as_index=False)[["customers", "bought", "orders", "spend"]].sum()
    return Observed(counts.rename(columns={"customers": "observed"}), Record(followed, skipped, scale))
