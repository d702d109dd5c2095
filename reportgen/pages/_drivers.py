"""The factors of identified customers' purchases: which moved beyond chance, and what each is worth."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief.changes import Drivers, DriverTotals, Factor
from reportgen.pages._figures import revenue_moved
from reportgen.wording import Words
from reportgen.wording.claims import count_moved, mean_moved

NAMES = {
    "customers": ("Buyers", "more buyers", "fewer buyers"),
    "orders-per-customer": ("Orders per buyer", "more orders each", "fewer orders each"),
    "items-per-order": ("Items per order", "more items per order", "fewer items per order"),
    "price-per-item": ("Value per item", "a dearer mix of items", "a cheaper mix of items"),
    "value-per-order": ("Value per order", "higher order values", "lower order values"),
}
"""A factor's name; what a rise and a fall of it are."""
PART = Decimal("0.15")
"""A factor is named if its effect is at least so much of the largest one's."""


@dataclass(frozen=True)
class Cause:
    """A factor that moved beyond chance, and its effect on revenue."""

    text: str
    effect: Decimal


def moved(drivers: Drivers, factor: Factor) -> bool:
    """Whether `factor` differs by more than chance."""
    before = drivers.before
    if before is None or not factor.now or not factor.before:
        return False
    if factor.name == "customers":
        return count_moved(drivers.now.customers, before.customers)
    many = _customers if factor.name == "orders-per-customer" else _orders
    return mean_moved(float(factor.now), float(factor.before), many(drivers.now), many(before))


def _customers(totals: DriverTotals) -> int:
    return totals.customers


def _orders(totals: DriverTotals) -> int:
    return totals.orders


def causes(drivers: Drivers | None) -> tuple[Cause, ...]:
    """The factors worth naming, the largest effect first."""
    if drivers is None:
        return ()
    made = [
        Cause(NAMES[factor.name][1 if factor.effect > 0 else 2], factor.effect)
        for factor in drivers.factors
        if factor.effect and moved(drivers, factor)
    ]
    made.sort(key=lambda cause: -abs(cause.effect))
    return tuple(cause for cause in made if abs(cause.effect) >= PART * abs(made[0].effect))


def explained(drivers: Drivers | None, words: Words) -> str:
    """The causes as a clause: "more buyers (+£215k) outweighed fewer items per order (−£200k)"; "" without any."""
    made = causes(drivers)
    if drivers is None or drivers.before is None or not made or not drivers.change:
        return ""
    if not revenue_moved(drivers.now, drivers.before):
        return ""
    rise = drivers.change > 0
    with_, against = ([c for c in made if (c.effect > 0) == rise], [c for c in made if (c.effect > 0) != rise])
    helped, hindered = (_listed(part, words) for part in (with_, against))
    if not helped:
        return ""
    if against and _sum(with_) > _sum(against):
        return f"{helped} outweighed {hindered}"
    return "" if against else f"{helped} made the difference"


def _sum(made: list[Cause]) -> Decimal:
    return abs(sum((cause.effect for cause in made), Decimal(0)))


def _listed(made: list[Cause], words: Words) -> str:
    return words.joined([f"{cause.text} ({words.signed(cause.effect, words.compact)})" for cause in made])
