"""What changed since the previous period: who moved, why revenue moved, and the months before.

"Window revenue" is what R, F, M count: the recipe's cleaned lines over its window. "The period's revenue" of customers
is that of the recipe's cleaned lines in the period. Money and shares as in `reportgen.brief`.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from reportgen.brief.facts import Facts

Direction = Literal["up", "down", "stayed", "new", "left", "aside"]
"""aside: to a more valuable segment, but most of them placed no order: time alone moved them."""
Cause = Literal["first-purchase", "back", "out-of-window", "no-purchase-left", "net-not-positive", "net-negative"]
BridgeKind = Literal[
    "new", "reactivated", "expansion", "contraction", "lapsed", "returns-only", "guests", "left-out"
]  # fmt: skip


class MonthEnd(Facts):
    """An instant that segments were measured at, and what their window holds."""

    as_of: datetime
    window_start: datetime
    history_months: int
    """Whole months of records inside the window."""
    short: bool
    """Records begin inside the window: a longer history would show more orders and revenue."""
    through: date | None = None
    """The last day whose lines count; `as_of` may lie after it, where a recipe counts R from a later instant."""


class SegmentBefore(Facts):
    """A segment at the previous month-end: same recipe, this period's cut points (or nearest cluster centre)."""

    customers: int
    customer_share: float
    revenue: Decimal
    """Window revenue then."""
    revenue_share: float
    active_customers: int
    """Its customers then who placed an order in the previous period."""
    period_revenue: Decimal
    """Revenue of its customers then in the previous period."""
    customers_change: int
    """Now minus then, as the other changes."""
    revenue_change: Decimal
    period_revenue_change: Decimal
    revenue_share_change: float


class Move(Facts):
    """Customers by their segments at two month-ends; None = in no segment then (not yet a customer) or now (left)."""

    source: str | None
    target: str | None
    direction: Direction
    customers: int
    revenue: Decimal
    """Their window revenue now; of those who left, what is left of it."""
    revenue_before: Decimal
    """Their window revenue at the previous month-end."""
    active: int = 0
    """How many of them placed an order since; the first briefs of version 1 did not say it."""


class Flow(Facts):
    """All moves of one direction."""

    direction: Direction
    customers: int
    revenue: Decimal
    revenue_before: Decimal


class Departure(Facts):
    """Where the customers of a segment at the previous month-end went; shares are of `customers`."""

    segment: str
    customers: int
    up: int
    stayed: int
    down: int
    left: int
    up_share: float | None
    stayed_share: float | None
    down_share: float | None
    left_share: float | None
    aside: int = 0


class Reason(Facts):
    """Why customers entered or left the segments, and how many."""

    reason: Cause
    label: str
    customers: int


class Migration(Facts):
    """Who moved between two month-ends, both measured with this period's cut points."""

    before: MonthEnd
    now: MonthEnd
    order: tuple[str, ...]
    """Segment ids from most to least valuable, the order in which the recipe shows them: up is towards the first."""
    moves: tuple[Move, ...]
    """Every pair of segments that has customers, by source and target in `order`, None last."""
    flows: tuple[Flow, ...]
    """One per direction, zeros included."""
    departures: tuple[Departure, ...]
    """One per segment, in `order`."""
    largest: tuple[Move, ...]
    """Up to eight moves up or down, by `revenue_before`."""
    most_gained: Move | None
    """The move up with the most `revenue_before`, None without one."""
    most_lost: Move | None
    """The move down, or out of the segments, with the most `revenue_before`, None without one."""
    entered: tuple[Reason, ...]
    left: tuple[Reason, ...]


class BridgeItem(Facts):
    """A part of the change of revenue, and the customers behind it (None: no customers are known).

    new: first purchase on file in the period · reactivated: an earlier purchase on file, none in the previous period
    expansion, contraction: bought in both, and revenue is no lower, or lower · lapsed: bought in the previous only
    returns-only: bought in neither, only returns · guests: sold without a customer id · left-out: cleaned by the recipe
    """

    kind: BridgeKind
    customers: int | None
    amount: Decimal


class BridgeLine(Facts):
    """The bridge of one segment's customers; `segment` None: of identified customers in no segment."""

    segment: str | None
    before: Decimal
    now: Decimal
    change: Decimal
    items: tuple[BridgeItem, ...]
    """new … returns-only, zeros included; they add up to `change`."""


class Bridge(Facts):
    """Why the ledger's revenue changed from the previous period to this one; everything adds up exactly.

    before + the amounts of `items` = now; the lines of `segments`, and those of `segments_before`, add up to `items`
    without guests and left-out.
    """

    start: date
    end: date
    """First and last day of the previous period; for a partial period the same days of the month before."""
    before: Decimal
    now: Decimal
    change: Decimal
    items: tuple[BridgeItem, ...]
    """In the order of BridgeKind, zeros included."""
    segments: tuple[BridgeLine, ...]
    """By segment now, the one without last."""
    segments_before: tuple[BridgeLine, ...]
    """By segment at the previous month-end, the one without last."""


class Factor(Facts):
    """A factor of purchases and what its change is worth (`effect`, None where nothing is compared)."""

    name: Literal["customers", "orders-per-customer", "items-per-order", "price-per-item", "value-per-order"]
    now: Decimal | None
    """At 4 decimals, money in currency; None without orders."""
    before: Decimal | None
    effect: Decimal | None


class DriverTotals(Facts):
    """Identified customers' purchases of a period that stood at its end, returns, and the two together."""

    customers: int
    orders: int
    items: Decimal | None
    """Pieces, fees included; None where the input has no quantity."""
    purchases: Decimal
    returns: Decimal
    """Every other line: returns, and purchases with their cancellation."""
    revenue: Decimal


class Drivers(Facts):
    """Purchases = customers x orders per customer x items per order x price per item (or x value per order).

    Effects are the logarithmic mean Divisia index (LMDI-I, additive; Ang 2005, Energy Policy 33, 867-871), rounded to
    the ledger's scale; what rounding leaves over goes to the largest one, so that effects + returns = change.
    """

    now: DriverTotals
    before: DriverTotals | None
    factors: tuple[Factor, ...]
    returns_effect: Decimal | None
    change: Decimal | None


class SegmentPoint(Facts):
    """A segment at a month-end; `segment` None: identified customers in no segment then (with lines on file)."""

    segment: str | None
    customers: int
    revenue: Decimal
    """In the month, of those who stood in the segment at its end."""
    window_revenue: Decimal


class SegmentMonth(Facts):
    """A month of the segments' trend: all of them, the point without a segment last."""

    month: date
    """Its first day."""
    partial: bool
    month_end: MonthEnd
    segments: tuple[SegmentPoint, ...]


class Cohort(Facts):
    """Customers by the month of their first purchase, purchases as they stand at the period's end."""

    month: date
    first_on_file: bool
    """The first month of the records: its customers may have bought before."""
    customers: int
    active: tuple[int, ...]
    """Who bought in that month, the next … that of the period."""
    shares: tuple[float, ...]
    """`active` over `customers`; () without customers."""


TOP = frozenset({"big-spenders", "best"})
"""The archetypes whose share of revenue is a key figure."""


class KeyFigures(Facts):
    """A period's figures beside its totals.

    repeat_rate: the share of the period's identified customers who had bought before it (the returning customer rate)
    top_…: the segments of the archetypes big-spenders and best at the period's end; None where the recipe has neither
    """

    order_value: Decimal | None
    """Net revenue per order, guests included."""
    customer_order_value: Decimal | None
    """Net revenue per order of identified customers."""
    first_time_customers: int
    returning_customers: int
    repeat_rate: float | None
    top_customers: int | None
    top_customer_share: float | None
    top_revenue: Decimal | None
    """Window revenue."""
    top_revenue_share: float | None
    month_end: MonthEnd | None
    """What the top figures were measured over; None where they are."""
