"""What the last evaluation said of the brief's recipe; an evaluation is never computed with a brief."""

from datetime import date
from decimal import Decimal
from typing import Literal

from reportgen.brief.facts import Facts


class SegmentJudged(Facts):
    """A segment in the evaluation: how stable it is, and what those who stood in it did in the next month."""

    id: str
    name: str
    stability: float | None
    """Mean Jaccard index with its best match over resamples of the customers; None where it had none."""
    band: Literal["unstable", "doubtful", "stable", "highly stable"] | None
    """Below 0.60, up to 0.75, above 0.75, above 0.85."""
    observed: int
    """Customers at past month-ends; one counts once for each."""
    bought: int
    """Of them, those who bought in the next month."""
    bought_share: float | None
    spend_per_buyer: Decimal | None


class Judged(Facts):
    """The evaluation: data through `through`, on a sample of `sample` customers (None: all)."""

    through: date
    sample: int | None
    resamples: int
    rand_index: float | None
    """Mean adjusted Rand index of the resamples; 1 = segmented the same."""
    moved: float
    """Share of customers that change segment when they are listed in another order."""
    month_ends: int
    segments: tuple[SegmentJudged, ...]
