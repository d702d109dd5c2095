"""Key figures of the title page, each with its change against the period before."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, PeriodTotals
from reportgen.charts.share import leaders
from reportgen.pages._figures import identified, repeat_share
from reportgen.wording import Words
from reportgen.wording.claims import amount_moved, count_moved, mean_moved

MOST = 6
LONG = 7
"""Characters of a value that fit at full size."""


@dataclass(frozen=True)
class Kpi:
    """A figure: `tone` is "good", "bad" or "" (neither); `note` says what it was before, or what it is of."""

    label: str
    value: str
    change: str
    tone: str
    note: str

    @property
    def long(self) -> bool:
        """Whether the value needs smaller type to stand in a sixth of the page."""
        return len(self.value) > LONG


def kpis(brief: Brief, words: Words) -> tuple[Kpi, ...]:
    """Revenue, customers, orders, revenue per order, guests, repeat customers, the leading segments: four to six."""
    made = (*_moving(brief, words), _guests(brief, words), _repeat(brief, words), _leading(brief, words))
    return tuple(kpi for kpi in made if kpi is not None)[:MOST]


def _moving(brief: Brief, words: Words) -> tuple[Kpi, ...]:
    now, before = brief.period_totals, brief.previous_totals
    part, old = identified(now), identified(before) if before else None
    revenue = (now.revenue, before.revenue if before else None)
    return (
        _amount("Net revenue", *revenue, _moved(now, before), before, words),
        _count("Customers ordering", now.customers, before.customers if before else None, before, words),
        _count("Orders", part.orders, old.orders if old else None, before, words),
        _amount(
            "Revenue per order",
            part.per_order,
            old.per_order if old else None,
            bool(old and part.per_order and old.per_order)
            and mean_moved(float(part.per_order or 0), float((old and old.per_order) or 0), part.orders,
                           old.orders if old else 0),
            before,
            words,
        ),
    )  # fmt: skip


def _moved(now: PeriodTotals, before: PeriodTotals | None) -> bool:
    if before is None:
        return False
    return amount_moved(float(now.revenue), float(before.revenue), now.orders, before.orders)


def _amount(  # noqa: PLR0913, PLR0917
    label: str, now: Decimal | None, old: Decimal | None, moved: bool, before: PeriodTotals | None, words: Words
) -> Kpi:
    change, tone = _change(now, old, moved=moved, words=words)
    return Kpi(label, words.compact(now), change, tone, _was(before, words.compact(old), words))


def _count(label: str, now: int, old: int | None, before: PeriodTotals | None, words: Words) -> Kpi:
    moved = old is not None and count_moved(now, old)
    change, tone = _change(now, old, moved=moved, words=words)
    return Kpi(label, words.count(now), change, tone, _was(before, words.count(old), words))


def _change(now: Decimal | int | None, old: Decimal | int | None, *, moved: bool, words: Words) -> tuple[str, str]:
    """The change and whether it is good; within noise it is called none."""
    if now is None or old is None or old <= 0:
        return "", ""
    if not moved:
        return "no clear change", ""
    return words.change(now, old), "good" if now > old else "bad"


def _was(before: PeriodTotals | None, value: str, words: Words) -> str:
    if before is None:
        return ""
    whole = words.between(before.start, before.end) == words.month_name(before.start)
    days = "" if whole else f"{before.start.day}–{before.end.day} "
    return f"{days}{words.short_month(before.start)} {value}"


def _guests(brief: Brief, words: Words) -> Kpi | None:
    now, before = brief.period_totals.guests, brief.previous_totals
    if not now.orders or now.revenue_share is None:
        return None
    old = before.guests.revenue_share if before else None
    change = words.points(now.revenue_share, old) if old is not None else ""
    note = _was(before, words.percent(old), words) if before else "of net revenue"
    return Kpi("No customer no.", words.percent(now.revenue_share), change, "", note)


def _repeat(brief: Brief, words: Words) -> Kpi | None:
    share = repeat_share(brief)
    if share is None:
        return None
    months = brief.method.window_months
    span = f"in {words.plural(months, 'month')}" if months else "on record"
    return Kpi("Repeat customers", words.percent(share), "", "", f"2+ orders {span}")


def _leading(brief: Brief, words: Words) -> Kpi | None:
    top = leaders(brief)
    if not top or len(top) == len(brief.segments):
        return None
    share = sum(segment.revenue_share for segment in top)
    return Kpi(f"From {words.joined([s.name for s in top])}", words.percent(share), "", "", "of segments’ revenue")
