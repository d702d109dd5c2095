"""What to do, and why to believe it: track records, sized actions, next best products, accounts to watch.

Money and shares as in `reportgen.brief`; a customer-month is one customer at one past month-end.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from reportgen.brief.facts import Facts
from reportgen.brief.track import SkippedMonth, Track

Goal = Literal["gain", "keep"]
"""What an action is for: more purchases than now, or not to lose those there are."""

Unsized = Literal["no-customers", "no-comparison", "few-observed", "unclear", "opposite", "thin"]
"""Why an action has no size: nobody in the segment; nothing to compare with; too few customer-months or orders; the
interval includes zero; it lies below zero, so that those compared with are no measure; the data as a whole are too
thin."""

PLACEHOLDERS = (
    "customers", "customer_share", "revenue", "revenue_share", "order_value", "bought", "size", "overdue",
)  # fmt: skip
"""What an own wording may name in braces, such as {customers}."""


class Minimum(Facts):
    """Something that claims need: how much of it, and how much there is."""

    id: Literal["customers", "month-ends", "silent-days", "products"]
    needed: int
    """At least; for silent-days, at most."""
    found: int
    met: bool


class Sizing(Facts):
    """An action's size: customers x difference of two observed rates x observed order value, for one month.

    A rate is the share of customer-months with a purchase in the next month. The difference is one that was seen
    between two groups of customers, not an effect of the action: the size is an order of magnitude, not a forecast.
    """

    goal: Goal | None
    compared: tuple[str, ...]
    """Ids of the segments that the segment is compared with."""
    observed: int
    """Customer-months of the segment; `bought`: those with a purchase in the next month; `orders`, `spend`: in it."""
    bought: int
    orders: int
    spend: Decimal
    compared_observed: int
    compared_bought: int
    rate: float | None
    compared_rate: float | None
    order_value: Decimal | None
    value: Decimal | None
    """For the segment's customers now; None where it has no size, as `low` and `high`: 95 % of the resamples."""
    low: Decimal | None
    high: Decimal | None
    unsized: Unsized | None
    """None where it has a size."""


class Pair(Facts):
    """Two products that a segment's customers order together: to those who buy `code`, offer `offered`.

    Counts are orders of the segment that hold `code`, `offered`, or both.
    """

    code: str
    description: str
    offered: str
    offered_description: str
    orders: int
    offered_orders: int
    both: int
    support: float
    """Of the segment's orders, those with both."""
    confidence: float
    """Of the orders with `code`, those with both."""
    lift: float
    """Confidence over the share of all orders that hold `offered`; 1 = as by chance."""
    price: Decimal | None
    """Median price per piece of its lines; None without quantities."""
    offered_price: Decimal | None


class Baskets(Facts):
    """What a segment's orders say of products."""

    orders: int
    """All in the window."""
    products: int
    """Pairs are looked for among so many products, those that most of its customers bought."""
    least: int
    """A pair counts from so many orders with both on ..."""
    least_lift: float
    """... and from this lift on."""
    cross_sell: tuple[Pair, ...]
    """Complements, by lift; a product stands in one pair only."""
    up_sell: tuple[Pair, ...]
    """Other pairs, where what is offered costs at least half as much again."""


class Programme(Facts):
    """A programme that cuts across segments, where a segment's facts call for it."""

    id: Literal["campaign", "tiers", "retention", "cross-sell", "referral"]
    title: str
    text: str
    document: str


class Kpi(Facts):
    """The figure to watch: of `whole` customers who stood in the segment at the previous month-end, `part`.

    bought: those who bought in the period; moved-up: those who stand in a more valuable segment now
    """

    id: Literal["bought", "moved-up"]
    part: int
    whole: int
    share: float | None


class Play(Facts):
    """What to do about one segment. `overdue`: its accounts on the watch list, `overdue_revenue`: theirs."""

    segment: str
    track: Track
    kpi: Kpi | None
    """None without a previous month-end, or for kinds without a goal."""
    sizing: Sizing
    baskets: Baskets | None
    """None where the input has no products."""
    programmes: tuple[Programme, ...]
    overdue: int
    overdue_revenue: Decimal


class Account(Facts):
    """A customer whose silence exceeds the own rhythm. Gaps are days between purchase days inside the window."""

    customer: str
    segment: str
    last_order: date
    days_since: int
    median_gap: float
    longest_gap: int
    orders: int
    revenue: Decimal
    """In the window: what is at stake."""


class WatchList(Facts):
    """Customers overdue: silent for longer than `factor` median gaps and than any gap before.

    Looked at: `regular` customers, with `least_days` purchase days in the window and not in a segment of the lost.
    """

    least_days: int
    factor: float
    regular: int
    overdue: int
    revenue: Decimal
    """Of all overdue."""
    accounts: tuple[Account, ...]
    """Up to 20, by revenue; the edition's watch_list.csv has all."""
    through: date | None = None
    """The last day with sales up to the period's end: silence counts up to it. The first briefs did not say it."""


class Top(Facts):
    """The revenue of the `customers` largest, and its share; None where the whole is zero or below."""

    customers: int
    revenue: Decimal
    share: float | None


class LargeAccount(Facts):
    """One of the largest customers by window revenue; `segment` as now."""

    customer: str
    segment: str
    country: str | None
    revenue: Decimal
    period_revenue: Decimal
    previous_revenue: Decimal | None
    """In the previous period; None without one."""


class Concentration(Facts):
    """How far revenue hangs on few customers: the top 1, 5 and 10 of each span."""

    window: tuple[Top, ...]
    """Segmented customers."""
    period: tuple[Top, ...]
    """All identified customers, as `previous`."""
    previous: tuple[Top, ...]
    """() without a previous period."""
    largest: tuple[LargeAccount, ...]
    """Up to five."""


class GiantOrder(Facts):
    """An order worth `share` of what identified customers bought in the period."""

    customer: str
    day: date
    revenue: Decimal
    share: float
    undone: int | None = None
    """Minutes until the customer returned something of the same worth, within `Giants.hours`; None = didn't. The lines
    differ, so that it is no cancellation: the order stands, the return is deducted."""


class GuestOrder(Facts):
    """An order without a customer, as large as a giant."""

    invoice: str
    day: date
    revenue: Decimal


class Span(Facts):
    """Identified customers' purchases of a period, with and without its giant orders."""

    purchases: Decimal
    """Those that stood at its end, as `orders`; returns are not deducted."""
    orders: int
    order_value: Decimal | None
    giants: int
    giant_revenue: Decimal
    order_value_without: Decimal | None


class Reversal(Facts):
    """Purchases of one order that were cancelled in full within a day."""

    customer: str
    ordered: datetime
    cancelled: datetime
    revenue: Decimal
    """What it was before it was cancelled."""
    description: str
    """Of its dearest line."""
    quantity: Decimal | None
    rank: int
    """The customer's place by window revenue if it counted."""


class Giants(Facts):
    """Orders so large that they move a figure by themselves, and large ones taken back at once."""

    least_share: float
    """An order is a giant from this share of its period's purchases on, and ..."""
    times: int
    """... from so many times the mean order value on."""
    orders: tuple[GiantOrder, ...]
    """Of the period, up to five, largest first."""
    period: Span
    previous: Span | None
    hours: int
    """Cancelled at once: within so many hours."""
    reversed_orders: int
    """Orders of the window that were."""
    reversed_revenue: Decimal
    purchases: Decimal
    """All purchases of the window that the recipe keeps, with them; without them it is less by `reversed_kept`."""
    counted: bool
    """Whether the recipe counts them as purchases."""
    largest: tuple[Reversal, ...]
    """Up to four."""
    reversed_kept: Decimal | None = None
    """Of `reversed_revenue`, what the recipe would count: without lines it drops, and after a cap."""
    guests: tuple[GuestOrder, ...] = ()
    """Orders of the period without a customer, by the same measures of all its purchases: up to five, largest first."""


class Assignment(Facts):
    """Who does it, by when, and the house's own words for it; placeholders in braces stand for the segment's facts."""

    segment: str
    owner: str
    due: date | None
    title: str
    text: str


Figure = Literal["revenue", "orders", "customers", "guest-revenue"]


class Difference(Facts):
    """A figure of the earlier issue that reads otherwise today; None where it isn't there."""

    segment: str | None
    """None: of the whole period."""
    figure: Figure
    issued: Decimal | None
    now: Decimal | None


class Restatement(Facts):
    """The previous period's issue in the archive against the same figures from today's input."""

    label: str
    segments: bool
    """Whether the segments could be compared too: same recipe, made by rules."""
    compared: int
    """Figures that were."""
    differences: tuple[Difference, ...]
    redrawn: tuple[Difference, ...] = ()
    """Segments that had other customers at the issue's month-end by this period's cut points, which follow the data."""


class Playbook(Facts):
    """Actions, evidence and warnings, beside the segments."""

    minimums: tuple[Minimum, ...]
    month_ends: tuple[date, ...]
    """Those that the track record follows."""
    skipped: tuple[SkippedMonth, ...]
    least_observed: int
    """A size needs so many customer-months on both sides, and `least_orders` orders."""
    least_orders: int
    resamples: int
    level: float
    """Share of the resamples between `low` and `high` of a size."""
    plays: tuple[Play, ...]
    """One per segment, in their order."""
    ranking: tuple[str, ...]
    """Ids of the segments whose action has a size, the largest first."""
    watch_list: WatchList
    concentration: Concentration
    giants: Giants
    assignments: tuple[Assignment, ...] = ()
    restatement: Restatement | None = None
    """None without an earlier issue in the archive."""
