"""Key figures: what page 1 tells of a period beside its totals."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportgen.brief.changes import TOP, KeyFigures
from reportgen.findings.amounts import mean_money, money, share
from reportgen.findings.books import PeriodBooks
from reportgen.findings.month_sums import Standing, Sums
from reportgen.segmentation import Group


def key_figures(books: PeriodBooks, end: Standing | None, groups: Sequence[Group], scale: int) -> KeyFigures:
    """The key figures of the period of `books`; `end`: the customers at its end, where they are known."""
    totals = books.totals
    customers = books.first_time + books.returning
    identified = totals.revenue - totals.guests.revenue
    return KeyFigures(
        order_value=_per_order(totals.revenue, totals.orders, scale),
        customer_order_value=_per_order(identified, totals.orders - totals.guests.orders, scale),
        first_time_customers=books.first_time,
        returning_customers=books.returning,
        repeat_rate=share(books.returning, customers) if customers and books.known_before else None,
        **_part(_top(end, groups), end, scale),
    )


def _per_order(revenue: Decimal, orders: int, scale: int) -> Decimal | None:
    return mean_money(int(revenue.scaleb(scale)), orders, scale)


def _top(end: Standing | None, groups: Sequence[Group]) -> list[Sums] | None:
    """The top segments; None where the recipe or the month-end has none."""
    names = [group.id for group in groups if group.archetype in TOP]
    return [end.members[name] for name in names if name in end.members] if end and names else None


def _part(top: list[Sums] | None, end: Standing | None, scale: int) -> dict[str, Any]:
    """The top fields of KeyFigures."""
    if top is None or end is None:
        fields = ("top_customers", "top_customer_share", "top_revenue", "top_revenue_share", "month_end")
        return dict.fromkeys(fields)
    customers, revenue = sum(sums.customers for sums in top), sum(sums.monetary for sums in top)
    everyone = end.members.values()
    return {
        "top_customers": customers,
        "top_customer_share": share(customers, sum(sums.customers for sums in everyone)),
        "top_revenue": money(revenue, scale),
        "top_revenue_share": share(revenue, sum(sums.monetary for sums in everyone)),
        "month_end": end.end.facts(),
    }
