"""A playbook for a brief made by hand, from its own segments."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from reportgen.brief import Brief, Segment
from reportgen.brief.playbook import (
    Account,
    Baskets,
    Concentration,
    GiantOrder,
    Giants,
    GuestOrder,
    Kpi,
    LargeAccount,
    Minimum,
    Pair,
    Play,
    Playbook,
    Programme,
    Reversal,
    Sizing,
    Span,
    Top,
    WatchList,
)
from reportgen.brief.track import MonthTrack, SkippedMonth, Track

replace = msgspec.structs.replace
CENT = Decimal("0.01")
KEPT = {"big-spenders", "best"}
ENDS = (date(2011, 8, 31), date(2011, 9, 30), date(2011, 10, 31))
LONG = "TIN OF FORTY <b>NOSTALGIC</b> TRAVEL SWEETS, ASSORTED"


def with_playbook(brief: Brief) -> Brief:
    """`brief` with a playbook; sizes only where there is a month-end before."""
    ends = ENDS if brief.previous_month_end else ()
    plays = tuple(_play(brief, segment, ends) for segment in brief.segments)
    sized = sorted((play for play in plays if play.sizing.value), key=lambda play: -play.sizing.value)
    return replace(brief, playbook=Playbook(
        minimums=_minimums(brief, len(ends)), month_ends=ends,
        skipped=(SkippedMonth(month_end=date(2010, 12, 31), reason="fewer than 3 whole months of records before it"),),
        least_observed=100, least_orders=30, resamples=1000, level=0.95, plays=plays,
        ranking=tuple(play.segment for play in sized), watch_list=_watch_list(brief),
        concentration=_concentration(brief), giants=_giants(brief),
    ))  # fmt: skip


def _minimums(brief: Brief, ends: int) -> tuple[Minimum, ...]:
    found = (("customers", 200, brief.totals.customers), ("month-ends", 3, ends))
    orders = brief.totals.orders if brief.data.has_products else 0
    return (
        *(Minimum(id=name, needed=needed, found=there, met=there >= needed) for name, needed, there in found),
        Minimum(id="silent-days", needed=30, found=0, met=True),
        Minimum(id="products", needed=1, found=orders, met=orders > 0),
    )


def _play(brief: Brief, segment: Segment, ends: tuple[date, ...]) -> Play:
    track = _track(segment, ends)
    few = min(segment.customers, 3)
    kpi = None
    if ends:
        part = segment.customers // 3
        kpi = Kpi(id="bought" if segment.archetype in KEPT else "moved-up", part=part, whole=segment.customers,
                  share=part / segment.customers if segment.customers else None)  # fmt: skip
    return Play(
        segment=segment.id, track=track, kpi=kpi, sizing=_sizing(brief, segment, track),
        baskets=_baskets(segment) if brief.data.has_products else None,
        programmes=(Programme(id="retention", title="Retention offer", text="To those.", document="D"),
                    Programme(id="referral", title="Referral rewards", text="Reward.", document="D"))[:few],
        overdue=few, overdue_revenue=(segment.revenue / 10).quantize(CENT),
    )  # fmt: skip


def _track(segment: Segment, ends: tuple[date, ...]) -> Track:
    count, bought = segment.customers, segment.customers // 3
    months = tuple(MonthTrack(month_end=end, customers=count, bought=bought, spend=Decimal(100 * bought),
                              share=bought / count if count else None) for end in ends)  # fmt: skip
    total, did = count * len(ends), bought * len(ends)
    return Track(customers=total, bought=did, share=did / total if total else None, spend=Decimal(100 * did),
                 spend_per_buyer=Decimal(100) if did else None, months=months)  # fmt: skip


def _sizing(brief: Brief, segment: Segment, track: Track) -> Sizing:
    ids = [other.id for other in brief.segments]
    place = ids.index(segment.id) + (1 if segment.archetype in KEPT else -1)
    others = (ids[place],) if 0 <= place < len(ids) else ()
    reason = None
    if not segment.customers:
        reason = "no-customers"
    elif not track.months:
        reason = "thin"
    elif not others:
        reason = "no-comparison"
    elif track.customers < 100:
        reason = "few-observed"
    value = (segment.revenue / 100).quantize(CENT)
    keep = segment.archetype in KEPT
    return Sizing(
        goal="keep" if keep else "gain", compared=others, observed=track.customers, bought=track.bought,
        orders=track.bought, spend=track.spend, compared_observed=500, compared_bought=100 if keep else 300,
        rate=track.share, compared_rate=0.2 if keep else 0.6, order_value=Decimal("312.5000"),
        value=None if reason else value, low=None if reason else value * 3 / 4, high=None if reason else value * 5 / 4,
        unsized=reason,
    )  # fmt: skip


def _baskets(segment: Segment) -> Baskets:
    pair = Pair(code="A1", description="WOODEN STAR", offered="B2", offered_description=LONG, orders=60,
                offered_orders=50, both=30, support=0.02, confidence=0.5, lift=12.34, price=Decimal("0.3300"),
                offered_price=Decimal("2.9500"))  # fmt: skip
    pairs = (pair,) if segment.customers > 1 else ()
    return Baskets(orders=segment.orders, products=100, least=20, least_lift=1.5, cross_sell=pairs, up_sell=pairs)


def _watch_list(brief: Brief) -> WatchList:
    some = [segment for segment in brief.segments if segment.customers > 1]
    accounts = tuple(
        Account(customer=f"C{n:03}", segment=some[n % len(some)].id, last_order=date(2011, 9, 1), days_since=60 + n,
                median_gap=7.5, longest_gap=30, orders=9, revenue=Decimal(900 - n))
        for n in range(20 if some else 0)
    )  # fmt: skip
    worth = sum((account.revenue for account in accounts), Decimal(0))
    more = Decimal(5000) if accounts else Decimal(0)
    overdue, regular = (32, 900) if accounts else (0, 0)
    return WatchList(least_days=5, factor=1.5, regular=regular, overdue=overdue, revenue=worth + more,
                     accounts=accounts)  # fmt: skip


def _concentration(brief: Brief) -> Concentration:
    whole = brief.totals.revenue
    counts = [count for count in (1, 5, 10) if count <= brief.totals.customers]
    tops = tuple(Top(customers=n, revenue=whole * n / 100, share=n / 100 if whole > 0 else None) for n in counts)
    home = next(segment for segment in brief.segments if segment.customers or segment is brief.segments[-1])
    before = Decimal(40) if brief.previous_totals else None
    largest = tuple(
        LargeAccount(customer=f"L{n}", segment=home.id, country="Österreich" if brief.data.has_countries else None,
                     revenue=whole / 100, period_revenue=Decimal(-12), previous_revenue=before)
        for n in counts
    )  # fmt: skip
    return Concentration(window=tops, period=tops, previous=tops if before else (), largest=largest)


def _giants(brief: Brief) -> Giants:
    now = Span(purchases=Decimal(100_000), orders=400, order_value=Decimal(250), giants=1, giant_revenue=Decimal(9000),
               order_value_without=Decimal("228.0702"))  # fmt: skip
    order = GiantOrder(customer="C001", day=date(2011, 11, 8), revenue=Decimal(9000), share=0.09, undone=3)
    placed = datetime(2011, 1, 18, 10, 1)
    reversal = Reversal(customer="C002", ordered=placed, cancelled=placed.replace(minute=17), rank=8,
                        revenue=Decimal("77183.60"), description="JAR <i>", quantity=Decimal(74215))  # fmt: skip
    before = replace(now, giants=0, giant_revenue=Decimal(0), order_value_without=Decimal(250))
    return Giants(
        least_share=0.01, times=10, orders=(order,), period=now, previous=before if brief.previous_totals else None,
        hours=24, reversed_orders=3, reversed_revenue=Decimal(80_000), purchases=Decimal(8_000_000), counted=False,
        largest=(reversal,), guests=tuple(GuestOrder(invoice=f"I{n}", day=date(2011, 11, n), revenue=Decimal(52_000))
                                          for n in (7, 14)),
    )  # fmt: skip
