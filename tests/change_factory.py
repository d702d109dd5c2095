"""Facts of change for a brief made by hand, from its own totals: every sum in them is right."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import msgspec

from reportgen.brief import Brief, PeriodTotals, Segment
from reportgen.brief.changes import (
    Bridge,
    BridgeItem,
    BridgeLine,
    Cohort,
    Departure,
    Drivers,
    DriverTotals,
    Factor,
    Flow,
    KeyFigures,
    Migration,
    MonthEnd,
    Move,
    SegmentBefore,
    SegmentMonth,
    SegmentPoint,
)

replace = msgspec.structs.replace
KINDS = ("new", "reactivated", "expansion", "contraction", "lapsed", "returns-only")
PARTS = (Decimal("0.15"), Decimal("0.3"), Decimal("0.2"), Decimal("-0.22"), Decimal("-0.31"), Decimal("0.01"))
"""What each kind is of a segment's revenue now."""
CENT = Decimal("0.01")
NOTHING = {
    "month_end": None, "previous_month_end": None, "migration": None, "like_for_like": None, "bridge": None,
    "drivers": None, "previous_key_figures": None, "segment_trend": (), "cohorts": (), "key_figures": None,
}  # fmt: skip


def changed(brief: Brief) -> Brief:
    """`brief` with facts of change that fit its totals; without a previous period, with none."""
    plain = replace(brief, **NOTHING, segments=tuple(replace(s, before=None) for s in brief.segments))
    if brief.previous_totals is None:
        return plain
    moves = _moves(plain)
    ends = _ends(plain)
    return replace(
        plain,
        segments=tuple(replace(s, before=_before(s, plain, moves)) for s in plain.segments),
        month_end=ends[1],
        previous_month_end=ends[0],
        migration=_migration(plain, moves, ends),
        like_for_like=_migration(plain, moves[:-1], ends),
        bridge=_bridge(plain, brief.previous_totals),
        drivers=_drivers(plain.period_totals, brief.previous_totals),
        segment_trend=_trend(plain, ends[1]),
        cohorts=_cohorts(plain),
        key_figures=_figures(plain.period_totals, plain, ends[1]),
        previous_key_figures=_figures(brief.previous_totals, plain, ends[0]),
    )


def year_before(brief: Brief, totals: PeriodTotals) -> Brief:
    """`brief` with the year before."""
    return replace(brief, year_before=totals, year_before_key_figures=_figures(totals, brief, brief.month_end))


def _ends(brief: Brief) -> tuple[MonthEnd, MonthEnd]:
    now = datetime.combine(brief.period.end + timedelta(days=1), time())
    then = datetime.combine(brief.period.start, time())
    return (
        MonthEnd(as_of=then, window_start=datetime(2010, 11, 1), history_months=11, short=True),
        MonthEnd(as_of=now, window_start=datetime(2010, 12, 1), history_months=12, short=False),
    )


def _move(source: Segment | None, target: Segment | None, direction: str, customers: int) -> Move:
    held = target or source
    each = held.revenue / held.customers if held and held.customers else Decimal(100)
    worth = (each * customers).quantize(CENT)
    return Move(
        source=source.id if source else None, target=target.id if target else None, direction=direction,
        customers=customers, revenue=worth if target else Decimal(0),
        revenue_before=(worth * 9 / 10).quantize(CENT) if source else Decimal(0),
    )  # fmt: skip


def _moves(brief: Brief) -> list[Move]:
    """Four fifths stayed, a tenth rose by one segment, a twentieth fell by one, the rest are new; one left."""
    made = []
    for place, target in enumerate(brief.segments):
        below = brief.segments[place + 1] if place + 1 < len(brief.segments) else None
        above = brief.segments[place - 1] if place else None
        stayed = target.customers * 4 // 5
        rose = target.customers // 10 if below else 0
        fell = target.customers // 20 if above else 0
        made += [
            _move(target, target, "stayed", stayed), _move(below, target, "up", rose),
            _move(above, target, "down", fell), _move(None, target, "new", target.customers - stayed - rose - fell),
        ]  # fmt: skip
    made.append(_move(brief.segments[-1], None, "left", 1))
    return [move for move in made if move.customers]


def _before(segment: Segment, brief: Brief, moves: list[Move]) -> SegmentBefore:
    gone = [move for move in moves if move.source == segment.id]
    customers, revenue = sum(m.customers for m in gone), sum((m.revenue_before for m in gone), Decimal(0))
    all_, worth = sum(m.customers for m in moves if m.source), sum((m.revenue_before for m in moves), Decimal(0))
    line = _line(segment)
    share = float(revenue / worth) if worth else 0.0
    return SegmentBefore(
        customers=customers, customer_share=customers / all_ if all_ else 0.0, revenue=revenue, revenue_share=share,
        active_customers=customers * segment.active_customers // max(segment.customers, 1), period_revenue=line.before,
        customers_change=segment.customers - customers, revenue_change=segment.revenue - revenue,
        period_revenue_change=line.change, revenue_share_change=segment.revenue_share - share,
    )  # fmt: skip


def _migration(brief: Brief, moves: list[Move], ends: tuple[MonthEnd, MonthEnd]) -> Migration:
    flows = tuple(_flow(direction, moves) for direction in ("up", "down", "stayed", "new", "left", "aside"))
    steps = sorted((m for m in moves if m.direction in {"up", "down"}), key=lambda m: -m.revenue_before)
    ups = [move for move in steps if move.direction == "up"]
    losses = [move for move in moves if move.direction in {"down", "left"}]
    return Migration(
        before=ends[0], now=ends[1], order=tuple(s.id for s in brief.segments), moves=tuple(moves), flows=flows,
        departures=tuple(_departure(segment.id, moves) for segment in brief.segments), largest=tuple(steps[:8]),
        most_gained=ups[0] if ups else None,
        most_lost=max(losses, key=lambda m: m.revenue_before) if losses else None, entered=(), left=(),
    )  # fmt: skip


def _flow(direction: str, moves: list[Move]) -> Flow:
    those = [move for move in moves if move.direction == direction]
    return Flow(
        direction=direction, customers=sum(m.customers for m in those),
        revenue=sum((m.revenue for m in those), Decimal(0)),
        revenue_before=sum((m.revenue_before for m in those), Decimal(0)),
    )  # fmt: skip


def _departure(segment: str, moves: list[Move]) -> Departure:
    count = {
        direction: sum(m.customers for m in moves if m.source == segment and m.direction == direction)
        for direction in ("up", "stayed", "down", "left")
    }
    total = sum(count.values())
    shares = {f"{name}_share": number / total if total else None for name, number in count.items()}
    return Departure(segment=segment, customers=total, **count, **shares)


def _line(segment: Segment) -> BridgeLine:
    now = segment.period_revenue.quantize(CENT)
    items = tuple(
        BridgeItem(kind=kind, customers=segment.active_customers // 4, amount=(now * part).quantize(CENT))
        for kind, part in zip(KINDS, PARTS, strict=True)
    )
    change = sum((item.amount for item in items), Decimal(0))
    return BridgeLine(segment=segment.id, before=now - change, now=now, change=change, items=items)


def _bridge(brief: Brief, before: PeriodTotals) -> Bridge:
    guests = brief.period_totals.guests.revenue - before.guests.revenue
    change = brief.period_totals.revenue - before.revenue
    known = tuple(_line(segment) for segment in brief.segments)
    lines = (*known, _nobodys(change - guests - sum((line.change for line in known), Decimal(0))))
    sums = [
        BridgeItem(
            kind=kind, customers=sum(line.items[place].customers or 0 for line in lines),
            amount=sum((line.items[place].amount for line in lines), Decimal(0)),
        )
        for place, kind in enumerate(KINDS)
    ]  # fmt: skip
    sums += [BridgeItem(kind="guests", customers=None, amount=guests),
             BridgeItem(kind="left-out", customers=None, amount=Decimal(0))]  # fmt: skip
    return Bridge(start=before.start, end=before.end, before=before.revenue, now=brief.period_totals.revenue,
                  change=change, items=tuple(sums), segments=lines, segments_before=lines)  # fmt: skip


def _nobodys(rest: Decimal) -> BridgeLine:
    """Those in no segment: what the segments leave of the change."""
    kind = "expansion" if rest > 0 else "contraction"
    items = tuple(BridgeItem(kind=each, customers=0, amount=rest if each == kind else Decimal(0)) for each in KINDS)
    return BridgeLine(segment=None, before=max(-rest, Decimal(0)), now=max(rest, Decimal(0)), change=rest, items=items)


def _bought(totals: PeriodTotals) -> DriverTotals:
    revenue, orders = totals.revenue - totals.guests.revenue, totals.orders - totals.guests.orders
    returns = Decimal(-1000) if totals.customers else Decimal(0)
    return DriverTotals(customers=totals.customers, orders=orders, items=Decimal(orders * 200),
                        purchases=revenue - returns, returns=returns, revenue=revenue)  # fmt: skip


def _drivers(now: PeriodTotals, before: PeriodTotals) -> Drivers:
    a, b = _bought(now), _bought(before)
    change = a.revenue - b.revenue
    effects = [(change * part).quantize(CENT) for part in (Decimal("0.7"), Decimal("0.6"), Decimal("-0.2"))]
    effects.append(change - sum(effects, Decimal(0)))
    names = ("customers", "orders-per-customer", "items-per-order", "price-per-item")
    values = zip(names, _ratios(a), _ratios(b), effects, strict=True)
    return Drivers(
        now=a, before=b, returns_effect=a.returns - b.returns, change=change,
        factors=tuple(Factor(name=n, now=x, before=y, effect=e if x and y else None) for n, x, y, e in values),
    )  # fmt: skip


def _ratios(totals: DriverTotals) -> tuple[Decimal | None, ...]:
    pairs = (
        (Decimal(totals.customers), Decimal(1)), (Decimal(totals.orders), Decimal(totals.customers)),
        (totals.items or Decimal(0), Decimal(totals.orders)), (totals.purchases, totals.items or Decimal(0)),
    )  # fmt: skip
    return tuple((top / foot).quantize(Decimal("0.0001")) if foot else None for top, foot in pairs)


def _trend(brief: Brief, end: MonthEnd) -> tuple[SegmentMonth, ...]:
    share = {segment.id: Decimal(repr(segment.revenue_share)) for segment in brief.segments}
    short = replace(end, history_months=3, short=True)
    return tuple(
        SegmentMonth(
            month=month.month, partial=month.partial, month_end=end if month == brief.trend[-1] else short,
            segments=tuple(
                SegmentPoint(segment=s.id, customers=s.customers, window_revenue=s.revenue,
                             revenue=((month.revenue - month.guest_revenue) * share[s.id]).quantize(CENT))
                for s in brief.segments
            ),
        )
        for month in brief.trend
    )  # fmt: skip


def _cohorts(brief: Brief) -> tuple[Cohort, ...]:
    last = len(brief.trend) - 1
    made = []
    for place, month in enumerate(brief.trend):
        active = tuple(200 if after == 0 else 40 + after for after in range(last - place + 1))
        made.append(Cohort(month=month.month, first_on_file=place == 0, customers=200, active=active,
                           shares=tuple(number / 200 for number in active)))  # fmt: skip
    return tuple(made)


def _figures(totals: PeriodTotals, brief: Brief, end: MonthEnd | None) -> KeyFigures:
    top = [segment for segment in brief.segments if segment.archetype in {"big-spenders", "best"}]
    first = totals.customers // 5
    part = totals.revenue - totals.guests.revenue
    orders = totals.orders - totals.guests.orders
    return KeyFigures(
        order_value=totals.revenue / totals.orders if totals.orders else None,
        customer_order_value=part / orders if orders else None,
        first_time_customers=first, returning_customers=totals.customers - first,
        repeat_rate=1 - first / totals.customers if totals.customers else None,
        top_customers=sum(s.customers for s in top), top_customer_share=sum(s.customer_share for s in top),
        top_revenue=sum((s.revenue for s in top), Decimal(0)), top_revenue_share=sum(s.revenue_share for s in top),
        month_end=end,
    )  # fmt: skip
