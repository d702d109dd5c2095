"""Briefs made by hand: any number of segments, edge months; every sum and share in them is right."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from reportgen.brief import (
    SCHEMA_VERSION,
    Action,
    Band,
    Bin,
    Brief,
    Candidate,
    Cell,
    Clustering,
    Country,
    CutPoint,
    Data,
    Distribution,
    GuestTotals,
    HeatMap,
    Label,
    Method,
    Month,
    Period,
    PeriodTotals,
    Product,
    ReconciliationStep,
    Segment,
    Totals,
)
from reportgen.brief.changes import KeyFigures
from tests.change_factory import NOTHING as WITHOUT_CHANGES
from tests.change_factory import changed, year_before
from tests.playbook_factory import with_playbook

KINDS = ("big-spenders", "best", "loyal", "new", "low-engagement", "at-risk", "lost")
RULES = ("R <= 180 and M >= 17000", "R <= 60 and F >= 5 and M >= 2000", "R <= 90 and F >= 3", "T <= 90 and F <= 2", "",
         "60 < R <= 180 and (F >= 3 or M >= 910)", "R > 180")  # fmt: skip
SIZES = (40, 600, 1_000, 850, 660, 260, 830, 500, 400, 300, 200)
EACH = (56_000, 4_700, 1_400, 450, 480, 1_400, 470, 900, 800, 700, 600)
"""Customers of the segments and their mean revenue."""

replace = msgspec.structs.replace


def with_changes(made: Brief) -> Brief:
    """`made` with the facts of change and the playbook that fit its totals."""
    return with_playbook(changed(made))


def segment(place: int, customers: int, each: int, total: tuple[int, int], **changed: Any) -> Segment:
    """Segment `place` of a brief with `total` customers and revenue."""
    kind = KINDS[place % len(KINDS)]
    orders = customers * (1 + 40 // (place + 1))
    revenue = Decimal(customers * each)
    some = customers > 0
    made = Segment(
        id=f"{kind}-{place}" if place >= len(KINDS) else kind,
        name=kind.replace("-", " ").title() + (f" {place}" if place >= len(KINDS) else ""),
        archetype=kind,
        rule=RULES[place % len(RULES)],
        customers=customers,
        customer_share=customers / total[0] if total[0] else 0.0,
        orders=orders,
        revenue=revenue,
        revenue_share=float(revenue / total[1]) if total[1] else 0.0,
        recency_mean=9.5 + 30 * place if some else None,
        frequency_mean=orders / customers if some else None,
        monetary_mean=Decimal(each) if some else None,
        recency_median=7.0 + 30 * place if some else None,
        frequency_median=float(orders // customers) if some else None,
        monetary_median=Decimal(each) * 3 / 4 if some else None,
        tenure_median=330.0 if some else None,
        order_value=revenue / orders if some else None,
        one_order_share=min(0.1 * place, 0.9) if some else None,
        active_customers=customers // (place + 1),
        period_revenue=(revenue / 12).quantize(Decimal("0.01")),
        idle_revenue=revenue / 4,
        countries=(Country(name="United Kingdom", customers=customers, share=1.0),) if some else (),
        products=(Product(code="A1", description='<b>&"=SUM(A1) JUMBO', customers=3, revenue=Decimal(9), lift=2.5),)
        if some
        else (),
        meaning=f"What {kind} means.",
        action=Action(title=f"Do {kind}", text=f"Text of {kind}.", document="A, C"),
    )
    return replace(made, **changed)


def brief(count: int = 7, *, sizes: tuple[int, ...] = SIZES, each: tuple[int, ...] = EACH, **changed: Any) -> Brief:
    """November 2011 with `count` segments of the given sizes and mean revenues; `changed` replaces fields."""
    sizes, each = sizes[:count], each[:count]
    total = (sum(sizes), sum(size * mean for size, mean in zip(sizes, each, strict=True)))
    segments = tuple(segment(place, sizes[place], each[place], total) for place in range(count))
    totals = Totals(customers=total[0], orders=sum(s.orders for s in segments), revenue=Decimal(total[1]))
    made = Brief(
        schema_version=SCHEMA_VERSION,
        recipe="strategic",
        period=Period(label="2011-11", start=date(2011, 11, 1), end=date(2011, 11, 30), partial=False),
        as_of=datetime(2011, 12, 1),
        currency="GBP",
        scale=2,
        data=Data(
            rows=100_000,
            first=datetime(2010, 12, 1, 8),
            last=datetime(2011, 12, 9, 12),
            has_invoices=True,
            has_products=True,
            has_countries=True,
            has_guests=True,
        ),
        reconciliation=reconciliation(totals.revenue),
        totals=totals,
        segments=segments,
        period_totals=period(11, "1461756.25", 2763, 1663, guests="329348.51"),
        previous_totals=period(10, "1070704.67", 2027, 1362, guests="96101.08"),
        trend=tuple(month(at) for at in range(12)),
        distributions=distributions(totals),
        heat_map=heat_map(totals),
        method=Method(
            title="Strategic segments",
            summary="Segments by rules",
            source="The project",
            document="A, C",
            documents={"A": "A Study of a Shop", "C": "Another Study"},
            returns="net",
            window_start=datetime(2010, 12, 1),
            window_months=12,
            history_months=12,
            reference="period-end",
            orders="purchases",
            frequency="invoices",
            monetary="sum",
            worth="net",
            match_order=tuple(s.id for s in segments if s.rule),
            cut_points=(CutPoint(name="high", axis="M", value=Decimal(2000), origin="the 80th percentile, rounded"),),
            clustering=None,
            notes=("A note.",),
        ),
    )
    return with_changes(replace(made, **changed))


def period(number: int, revenue: str, orders: int, customers: int, guests: str = "0") -> PeriodTotals:
    """A month of 2011; guests have a twentieth of the orders, or none."""
    start = date(2011, number, 1)
    end = date(2011 + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    net, part = Decimal(revenue), Decimal(guests)
    return PeriodTotals(
        start=start,
        end=end,
        revenue=net,
        orders=orders,
        customers=customers,
        guests=GuestTotals(
            orders=orders // 20 if part else 0, revenue=part, revenue_share=float(part / net) if net > 0 else None
        ),
    )


def month(at: int) -> Month:
    """Month `at` of twelve, from December 2010; the last is the period's."""
    first = date(2010 + (11 + at) // 12, (11 + at) % 12 + 1, 1)
    revenue = Decimal("1461756.25") if at == 11 else Decimal(500_000 + 50_000 * at)
    return Month(
        month=first, revenue=revenue, guest_revenue=revenue / 10, orders=1_000 + 100 * at, customers=800, partial=False
    )


def reconciliation(revenue: Decimal) -> tuple[ReconciliationStep, ...]:
    steps = (("raw", "Rows in the input", 100_000, revenue + 99_000), ("guests", "Sold without a customer id", -20_000,
             Decimal(-100_000)), ("duplicates", "Repeated", 0, Decimal(0)), ("cancellations", "Cancelled", -1_000,
             Decimal(1_000)), ("segmented", "In segments", 79_000, revenue))  # fmt: skip
    return tuple(ReconciliationStep(step=s, label=label, rows=rows, amount=amount) for s, label, rows, amount in steps)


def _parts(whole: int, count: int) -> list[int]:
    """`whole` in `count` integers that add up to it."""
    return [whole // count + (place < whole % count) for place in range(count)]


def distributions(totals: Totals) -> tuple[Distribution, ...]:
    edges = {"recency": (0, 30, 60, 90, 180), "frequency": (1, 2, 3, 6, 11), "monetary": (0, 100, 500, 1000, 5000)}
    made = []
    for axis, lows in edges.items():
        ends = (*lows[1:], None)
        customers, revenue = _parts(totals.customers, 5), _parts(int(totals.revenue), 5)
        bins = tuple(
            Bin(low=Decimal(low), high=None if high is None else Decimal(high), customers=c, revenue=Decimal(r))
            for low, high, c, r in zip(lows, ends, customers, revenue, strict=True)
        )
        middle = Decimal(lows[2])
        quartiles = (Decimal(lows[1]), middle, Decimal(lows[3]))
        made.append(
            Distribution(
                axis=axis, bins=bins, lower_quartile=quartiles[0], median=quartiles[1], upper_quartile=quartiles[2],
                mean=middle * 2,
            )
        )  # fmt: skip
    return tuple(made)


def heat_map(totals: Totals) -> HeatMap:
    rows = tuple(Band(low=low, high=high) for low, high in ((0, 30), (30, 90), (90, None)))
    columns = tuple(Band(low=low, high=high) for low, high in ((1, 2), (2, 5), (5, 10), (10, None)))
    customers, revenue = _parts(totals.customers, 12), _parts(int(totals.revenue), 12)
    cells = tuple(
        Cell(recency=at // 4, frequency=at % 4, customers=customers[at], revenue=Decimal(revenue[at]))
        for at in range(12)
    )
    return HeatMap(recency=rows, frequency=columns, cells=cells)


# --- edge months --------------------------------------------------------------------------------------------


def first_month() -> Brief:
    """Nothing before it: no previous period, one month on file."""
    made = brief()
    method = replace(made.method, history_months=1)
    return with_changes(replace(made, previous_totals=None, trend=made.trend[-1:], method=method))


def partial_month() -> Brief:
    """Records end on the 9th."""
    made = brief()
    last = replace(made.trend[-1], partial=True)
    data = replace(made.data, last=datetime(2011, 11, 9, 12))
    before = replace(period(10, "429000", 700, 600), end=date(2011, 10, 9))
    return with_changes(replace(made, period=replace(made.period, partial=True), data=data, previous_totals=before,
                   trend=(*made.trend[:-1], last)))  # fmt: skip


def one_customer() -> Brief:
    """A single customer in a single segment; the others are empty."""
    return brief(sizes=(0, 1, 0, 0, 0, 0, 0))


def one_empty() -> Brief:
    """A segment without customers."""
    return brief(sizes=(40, 600, 1_000, 0, 660, 260, 830))


def all_guests() -> Brief:
    """Nobody identified in the period; the segments live on."""
    made = brief()
    now = replace(period(11, "50000", 100, 0, guests="50000"), guests=GuestTotals(
        orders=100, revenue=Decimal(50_000), revenue_share=1.0))  # fmt: skip
    segments = tuple(replace(s, active_customers=0, period_revenue=Decimal(0)) for s in made.segments)
    return with_changes(replace(made, period_totals=now, segments=segments))


def nobody() -> Brief:
    """A window of guests alone: no segments at all."""
    made = replace(all_guests(), segments=(), distributions=(), playbook=None, **WITHOUT_CHANGES)
    raw, guests, *_, last = made.reconciliation
    steps = (raw, replace(guests, rows=-raw.rows, amount=-raw.amount), replace(last, rows=0, amount=Decimal(0)))
    none = Totals(customers=0, orders=0, revenue=Decimal(0))
    past = [replace(m, guest_revenue=m.revenue, customers=0) for m in made.trend[:-1]]
    end = replace(made.trend[-1], revenue=Decimal(50_000), guest_revenue=Decimal(50_000), orders=100, customers=0)
    before = period(10, "40000", 90, 0, guests="40000")
    return replace(
        made, totals=none, heat_map=heat_map(none), reconciliation=steps, trend=(*past, end),
        previous_totals=replace(before, guests=replace(before.guests, orders=90)),
        key_figures=nobodys("500"), previous_key_figures=nobodys("444.4444"),
        method=replace(made.method, cut_points=(), match_order=()),
    )  # fmt: skip


def nobodys(order_value: str) -> KeyFigures:
    """Key figures of sales without a customer number."""
    unknown: dict[str, Any] = dict.fromkeys(KeyFigures.__struct_fields__)
    known = {"order_value": Decimal(order_value), "first_time_customers": 0, "returning_customers": 0}
    return KeyFigures(**unknown | known)


def with_last_year() -> Brief:
    """Two years on file."""
    ago = replace(period(11, "1200000", 2300, 1500), start=date(2010, 11, 1), end=date(2010, 11, 30))
    return year_before(brief(), ago)


def negative_month() -> Brief:
    """More returned than sold."""
    made = brief()
    last = replace(made.trend[-1], revenue=Decimal(-12_000), guest_revenue=Decimal(0))
    return with_changes(replace(made, period_totals=period(11, "-12000.50", 30, 20), trend=(*made.trend[:-1], last)))


def orders_only() -> Brief:
    """An order-level export: no products, no countries, no currency, no guests."""
    made = brief()
    data = replace(made.data, has_products=False, has_countries=False, has_guests=False, has_invoices=False)
    segments = tuple(replace(s, products=(), countries=()) for s in made.segments)
    return with_changes(replace(made, data=data, segments=segments, currency=None,
                   period_totals=period(11, "1461756.25", 2763, 1663), previous_totals=period(10, "999999", 2000, 1300),
                   trend=tuple(replace(m, guest_revenue=Decimal(0)) for m in made.trend)))  # fmt: skip


def yen() -> Brief:
    """Billions, without decimals."""
    made = brief(each=tuple(mean * 1_000 for mean in EACH))
    return with_changes(replace(made, currency="JPY", scale=0,
                   period_totals=period(11, "146175625000", 2763, 1663, guests="32934851000"),
                   previous_totals=period(10, "107070467000", 2027, 1362, guests="9610108000"),
                   trend=tuple(replace(m, revenue=m.revenue.quantize(Decimal(1)) * 100_000,
                                       guest_revenue=m.guest_revenue.quantize(Decimal(1)) * 100_000)
                               for m in made.trend)))  # fmt: skip


def long_names() -> Brief:
    """Eleven segments with 40-character names, and mark-up in one of them."""
    made = brief(11)
    segments = tuple(
        replace(s, name=f"A & B <i> of a very long segment name {n:02}") for n, s in enumerate(made.segments)
    )
    return with_changes(replace(made, segments=segments))


def clusters() -> Brief:
    """Four clusters with published labels, over all records."""
    made = brief(4)
    fits = Label(label="Best", fits=True, reason="fits its evidence")
    fails = Label(label="At Risk", fits=False, reason="last bought 16 days ago on average, against 93 for all")
    segments = tuple(replace(s, rule="", published_label=check.label, label_check=check)
                     for s, check in zip(made.segments, (fits, fails, fails, fits), strict=True))  # fmt: skip
    candidates = tuple(
        Candidate(algorithm=name, k=k, silhouette=0.3 + k / 100, inertia=None, chosen=name == "k-means" and k == 4)
        for name in ("k-means", "ward")
        for k in (3, 4)
    )
    clustering = Clustering(
        algorithm="k-means", k=4, inputs=("R", "F", "M"), transform="none", scale="standard", seed=42, starts=10,
        inertia=4092.14, candidates=candidates,
    )  # fmt: skip
    method = replace(made.method, match_order=(), cut_points=(), clustering=clustering, window_months=None,
                     returns="exclude")  # fmt: skip
    whole = Period(label="all", start=date(2010, 12, 1), end=date(2011, 12, 9), partial=False)
    now = replace(made.period_totals, start=whole.start, end=whole.end)
    return with_changes(
        replace(made, segments=segments, method=method, period=whole, period_totals=now, previous_totals=None)
    )


EDGES = {
    made.__name__: made
    for made in (
        brief, with_last_year, first_month, partial_month, one_customer, one_empty, all_guests, nobody, negative_month,
        orders_only, yen, long_names, clusters,
    )
}  # fmt: skip
"""Every kind of brief that must read well, by name."""
