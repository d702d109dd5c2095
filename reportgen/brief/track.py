"""Track records: what customers did in the month after they stood in a segment."""

from datetime import date
from decimal import Decimal

from reportgen.brief.facts import Facts


class MonthTrack(Facts):
    """A past month-end: who stood in the segment then, who of them bought in the next month, what they spent."""

    month_end: date
    customers: int
    bought: int
    spend: Decimal
    share: float | None = None
    """Of the customers, those who bought; None of nobody."""


class Track(Facts):
    """`months` added up: a customer counts once for each month-end at which he or she stood there."""

    customers: int
    bought: int
    share: float | None
    """Of the customers, those who bought in the next month; None of nobody."""
    spend: Decimal
    """Worth of their purchases in the next month, those taken back in full by its end left out."""
    spend_per_buyer: Decimal | None
    months: tuple[MonthTrack, ...]


class SkippedMonth(Facts):
    """A month-end that the track record leaves out, and why."""

    month_end: date
    reason: str
