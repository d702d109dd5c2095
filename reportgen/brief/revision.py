"""What a revision changed: the figures of the issue that went out, against those that hold now."""

from decimal import Decimal

from reportgen.brief.facts import Facts


class Changed(Facts):
    """One figure of the period as it was issued and as it is now. `revenue` is money, the others are counts."""

    figure: str
    """"revenue", "orders" (of identified customers) or "customers" of `period_totals`."""
    issued: Decimal
    now: Decimal


class SegmentChanged(Facts):
    """A segment's customers and window revenue as issued and as they are now; 0 where it was not there."""

    id: str
    name: str
    issued_customers: int
    customers: int
    issued_revenue: Decimal
    revenue: Decimal


class Revision(Facts):
    """The second or a later issue of a period, and how it differs from the one that went out before."""

    number: int
    """2 for the first revision."""
    figures: tuple[Changed, ...]
    """Those of the period that differ; () where only other figures do."""
    segments: tuple[SegmentChanged, ...]
    """Those that differ, in the brief's order."""
    compared: bool = True
    """False where the issue before is in the archive no more: nobody can say what differs."""
