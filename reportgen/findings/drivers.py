"""The driver tree: what customers, orders per customer, items per order and price per item did to revenue."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final, Literal

from reportgen.brief.changes import Drivers, DriverTotals, Factor
from reportgen.findings.amounts import MEAN, money
from reportgen.findings.crossing import Activity

Name = Literal["customers", "orders-per-customer", "items-per-order", "price-per-item", "value-per-order"]

_PRECISE: Final = Context(prec=50, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Scales:
    """Decimals of money and of quantities; None where the input has no quantity."""

    money: int
    quantity: int | None


def drivers(before: Activity | None, now: Activity, scales: Scales) -> Drivers:
    """The tree of what customers did now and before, None where there is nothing to compare."""
    totals = _totals(now, scales)
    if before is None:
        return Drivers(now=totals, before=None, factors=_factors(totals, None, ()), returns_effect=None, change=None)
    then = _totals(before, scales)
    return Drivers(
        now=totals,
        before=then,
        factors=_factors(totals, then, _effects(then, totals, scales.money)),
        returns_effect=totals.returns - then.returns,
        change=totals.revenue - then.revenue,
    )


def _totals(did: Activity, scales: Scales) -> DriverTotals:
    return DriverTotals(
        customers=did.active,
        orders=did.orders,
        items=None if scales.quantity is None else money(did.items, scales.quantity),
        purchases=money(did.bought, scales.money),
        returns=money(did.revenue - did.bought, scales.money),
        revenue=money(did.revenue, scales.money),
    )


def _steps(totals: DriverTotals) -> list[tuple[Name, Decimal]]:
    """Each level of the tree, from customers to money; a factor is a level over the one before it."""
    levels: list[tuple[Name, Decimal]] = [
        ("customers", Decimal(totals.customers)),
        ("orders-per-customer", Decimal(totals.orders)),
    ]
    if totals.items is None:
        return [*levels, ("value-per-order", totals.purchases)]
    return [*levels, ("items-per-order", totals.items), ("price-per-item", totals.purchases)]


def _ratios(totals: DriverTotals) -> list[Decimal | None]:
    levels = [level for _, level in _steps(totals)]
    below = [Decimal(1), *levels[:-1]]
    return [_PRECISE.divide(level, base) if base else None for level, base in zip(levels, below, strict=True)]


def _effects(before: DriverTotals, now: DriverTotals, scale: int) -> Sequence[Decimal]:
    """What each factor did to purchases, exact in sum; () unless every factor is above zero in both periods."""
    change = now.purchases - before.purchases
    ratios = list(zip(_ratios(before), _ratios(now), strict=True))
    pairs = [(then, since) for then, since in ratios if then and since and min(then, since) > 0]
    if len(pairs) < len(ratios):
        return ()
    weight = _log_mean(now.purchases, before.purchases)
    unit = Decimal(1).scaleb(-scale)
    effects = [(weight * _PRECISE.ln(since / then)).quantize(unit, ROUND_HALF_EVEN) for then, since in pairs]
    largest = max(range(len(effects)), key=lambda place: (abs(effects[place]), -place))
    effects[largest] += change - sum(effects)
    return effects


def _log_mean(first: Decimal, second: Decimal) -> Decimal:
    """The logarithmic mean of two amounts above zero: what equal logarithmic changes weigh alike."""
    if first == second:
        return first
    return _PRECISE.divide(first - second, _PRECISE.ln(first) - _PRECISE.ln(second))


def _factors(now: DriverTotals, before: DriverTotals | None, effects: Sequence[Decimal]) -> tuple[Factor, ...]:
    names = [name for name, _ in _steps(now)]
    then: Sequence[Decimal | None] = _ratios(before) if before else [None] * len(names)
    worth: Sequence[Decimal | None] = effects or [None] * len(names)
    return tuple(
        Factor(name=name, now=_shown(value), before=_shown(old), effect=effect)
        for name, value, old, effect in zip(names, _ratios(now), then, worth, strict=True)
    )


def _shown(ratio: Decimal | None) -> Decimal | None:
    return None if ratio is None else ratio.quantize(MEAN, ROUND_HALF_EVEN)
