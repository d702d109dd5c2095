"""The ledger of the period beside the period before."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.pages._figures import identified
from reportgen.wording import Words

Format = Callable[[int | float | Decimal | None], str]


@dataclass(frozen=True)
class LedgerRow:
    """A figure now and before, and its change; "" where there is nothing before."""

    name: str
    now: str
    before: str
    change: str
    relative: str
    strong: bool = False
    part: bool = False
    """A part of the figure above."""


def ledger(brief: Brief, words: Words) -> tuple[LedgerRow, ...]:
    """Revenue of identified customers and of guests, which add up; orders, customers, revenue per order."""
    now, before = brief.period_totals, brief.previous_totals
    part, old = identified(now), identified(before) if before else None
    unit = f", {words.symbol}" if words.symbol else ""
    shown = words.exact(
        [totals.revenue for totals in (now, before) if totals] + [t.guests.revenue for t in (now, before) if t]
    )
    rows = [_money(f"Net revenue{unit}", now.revenue, before.revenue if before else None, shown, words, strong=True)]
    if now.guests.orders or (before and before.guests.orders):
        rows += [
            _money("identified customers", part.revenue, old.revenue if old else None, shown, words, part=True),
            _money(
                "without a customer number",
                now.guests.revenue,
                before.guests.revenue if before else None,
                shown,
                words,
                part=True,
            ),
        ]
    rows += [
        _count("Orders of identified customers", part.orders, old.orders if old else None, words),
        _count("Customers ordering", now.customers, before.customers if before else None, words),
        _per_order(part.per_order, old.per_order if old else None, words),
    ]
    return tuple(rows)


def _money(  # noqa: PLR0913
    name: str,
    now: Decimal,
    before: Decimal | None,
    shown: Format,
    words: Words,
    *,
    strong: bool = False,
    part: bool = False,
) -> LedgerRow:
    return LedgerRow(
        name=name,
        now=shown(now),
        before="" if before is None else shown(before),
        change="" if before is None else words.signed(now - before, shown),
        relative="" if before is None else words.change(now, before),
        strong=strong,
        part=part,
    )


def _count(name: str, now: int, before: int | None, words: Words) -> LedgerRow:
    return LedgerRow(
        name=name,
        now=words.count(now),
        before="" if before is None else words.count(before),
        change="" if before is None else words.signed(now - before),
        relative="" if before is None else words.change(now, before),
    )


def _per_order(now: Decimal | None, before: Decimal | None, words: Words) -> LedgerRow:
    both = now is not None and before is not None
    return LedgerRow(
        name="Revenue per order, identified",
        now=words.whole(now),
        before=words.whole(before) if before is not None else "",
        change=words.signed((now or 0) - (before or 0), words.whole) if both else "",
        relative=words.change(now or 0, before) if both else "",
    )
