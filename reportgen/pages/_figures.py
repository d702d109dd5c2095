"""Figures that several pages derive from the Brief's facts."""

from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from typing import Protocol

from reportgen.brief import Brief, PeriodTotals
from reportgen.wording.claims import amount_moved


class Sold(Protocol):
    """Revenue, and the orders that brought it."""

    @property
    def revenue(self) -> Decimal: ...
    @property
    def orders(self) -> int: ...


def revenue_moved(now: Sold, before: Sold) -> bool:
    """Whether revenue differs by more than chance."""
    return amount_moved(float(now.revenue), float(before.revenue), now.orders, before.orders)


@dataclass(frozen=True)
class Identified:
    """The part of a period that has a customer number."""

    revenue: Decimal
    orders: int

    @property
    def per_order(self) -> Decimal | None:
        """Net revenue per order."""
        return self.revenue / self.orders if self.orders else None


def identified(totals: PeriodTotals) -> Identified:
    """`totals` without its guests."""
    return Identified(totals.revenue - totals.guests.revenue, totals.orders - totals.guests.orders)


def repeat_share(brief: Brief) -> float | None:
    """The share of segmented customers with two or more orders in the window."""
    if not brief.totals.customers:
        return None
    once = fsum((segment.one_order_share or 0) * segment.customers for segment in brief.segments)
    return 1 - once / brief.totals.customers
