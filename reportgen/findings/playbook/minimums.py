"""Minimums: what claims need, and whether the data have it."""

from typing import Final

from reportgen.brief.playbook import Minimum

CUSTOMERS: Final = 200
MONTH_ENDS: Final = 3
SILENT_DAYS: Final = 30


def minimums(customers: int, month_ends: int, silent_days: int, products: int | None) -> tuple[Minimum, ...]:
    """Segmented customers, month-ends followed, days since the last purchase, orders with products (None: no codes)."""
    return (
        Minimum(id="customers", needed=CUSTOMERS, found=customers, met=customers >= CUSTOMERS),
        Minimum(id="month-ends", needed=MONTH_ENDS, found=month_ends, met=month_ends >= MONTH_ENDS),
        Minimum(id="silent-days", needed=SILENT_DAYS, found=silent_days, met=silent_days <= SILENT_DAYS),
        Minimum(id="products", needed=1, found=products or 0, met=bool(products)),
    )


def thin(found: tuple[Minimum, ...]) -> bool:
    """Whether the data carry no size of an action."""
    return not all(minimum.met for minimum in found if minimum.id != "products")
