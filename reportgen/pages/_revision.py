"""What a revision changed, in sentences; nothing for a first issue."""

from collections.abc import Callable
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.revision import Changed, Revision, SegmentChanged
from reportgen.wording import Words

NAMED = 2
"""Segments that are told apart."""
FIGURES = {"revenue": "net revenue", "orders": "orders", "customers": "active customers"}


def changes(brief: Brief, words: Words) -> str:
    """Which issue this is, and what differs from the one before, in numbers and by segment; "" for the first."""
    if brief.revision is None:
        return ""
    made = brief.revision
    if not made.compared:
        return (
            f"Revision {words.count(made.number)} replaces the issue sent before, which is in the archive no more: "
            "what differs can't be told."
        )
    parts = (
        f"Revision {words.count(made.number)} replaces the issue sent before.",
        _figures(made, brief, words),
        _segments(made, words),
    )
    return " ".join(part for part in parts if part)


def _figures(made: Revision, brief: Brief, words: Words) -> str:
    period = words.between(brief.period_totals.start, brief.period_totals.end)
    if not made.figures:
        return f"The revenue, orders and customers of {period} are as they were."
    said = words.joined([_figure(change, words) for change in made.figures])
    return f"{period}: {said}."


def _figure(change: Changed, words: Words) -> str:
    return f"{FIGURES[change.figure]} {_from(change.issued, change.now, _shown(change, words))}"


def _shown(change: Changed, words: Words) -> Callable[[Decimal], str]:
    if change.figure != "revenue":
        return words.count
    return words.whole if words.whole(change.issued) != words.whole(change.now) else words.money


def _segments(made: Revision, words: Words) -> str:
    if not made.segments:
        return "No segment changed in customers or revenue."
    weight = {change.id: abs(change.revenue - change.issued_revenue) for change in made.segments}
    largest = sorted(made.segments, key=lambda change: -weight[change.id])[:NAMED]
    named = "; ".join(_segment(change, words) for change in made.segments if change in largest)
    more = len(made.segments) - len(largest)
    rest = f"; {words.plural(more, 'more segment')}" if more else ""
    return f"{named}{rest}."


def _segment(change: SegmentChanged, words: Words) -> str:
    parts = []
    if change.customers != change.issued_customers:
        parts.append(f"{_from(Decimal(change.issued_customers), Decimal(change.customers), words.count)} customers")
    if change.revenue != change.issued_revenue:
        parts.append(f"{_from(change.issued_revenue, change.revenue, words.whole)} revenue")
    return f"{change.name}: {', '.join(parts)}"


def _from(was: Decimal, now: Decimal, shown: Callable[[Decimal], str]) -> str:
    """Such as "£1,461,756 → £1,460,210"; the exact difference where both look alike."""
    return f"{shown(was)} → {shown(now)}" if shown(was) != shown(now) else f"about {shown(now)} as before"
