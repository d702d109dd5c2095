"""The Brief: every number of an edition and every sentence's ingredients, and nothing else.

It holds str, int, float, Decimal, date and tuples of small frozen structs: no frame, figure, path, configuration or
markup. It is written as `brief.json`, and it is the only source of PDF and HTML, so that they cannot disagree.

Units: money is an exact Decimal at the ledger's scale (means of money at 4 places, half-even); recency and tenure are
whole days; shares are 0 … 1; `revenue` is net of returns unless `method.returns` is "exclude".
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from reportgen.brief.changes import (
    Bridge,
    Cohort,
    Drivers,
    KeyFigures,
    Migration,
    MonthEnd,
    SegmentBefore,
    SegmentMonth,
)
from reportgen.brief.facts import Facts
from reportgen.brief.judged import Judged
from reportgen.brief.playbook import Playbook
from reportgen.brief.revision import Revision

SCHEMA_VERSION = 1
FIRST_RECORD_BY_DAY = 3
"""The first month on file is whole only with records by this day; before it, the shop may have been trading unseen."""


class Period(Facts):
    """First and last day covered; `partial` if the records do not reach from one to the other."""

    label: str
    """"2011-11", or "all"."""
    start: date
    end: date
    partial: bool


class Data(Facts):
    """What was read: parsed lines, their first and last instant, and which optional columns the input had."""

    rows: int
    first: datetime
    last: datetime
    has_invoices: bool
    has_products: bool
    has_countries: bool
    has_guests: bool
    half_named: Decimal = Decimal(0)
    """Worth of all lines without a customer id on invoices that have one in other lines."""
    rounded_rows: int = 0
    """Rows whose price had more decimals than `rounded_to`, and was rounded to them as configured."""
    rounded_to: int = 0


class ReconciliationStep(Facts):
    """A signed step from `raw` to `segmented`; removed rows are negative, amount = minus what was removed."""

    step: str
    label: str
    rows: int
    amount: Decimal


class Totals(Facts):
    """Segmented customers, their orders and revenue, over the recipe's window."""

    customers: int
    orders: int
    revenue: Decimal


class GuestTotals(Facts):
    """The part of the period sold without a customer id."""

    orders: int
    revenue: Decimal
    revenue_share: float | None
    """Of the period's net revenue; None where that is zero or below."""


class PeriodTotals(Facts):
    """The ledger's figures of one period: every accepted line of it, whatever the recipe cleans away.

    `revenue` is net of returns, `orders` counts distinct purchase invoices that were not cancelled before the
    period's end, `customers` those identified who placed one; `guests` says which part had no customer id.
    """

    start: date
    end: date
    revenue: Decimal
    orders: int
    customers: int
    guests: GuestTotals


class Month(Facts):
    """One month of the trend: net revenue of all lines, and the part of guests."""

    month: date
    """Its first day."""
    revenue: Decimal
    guest_revenue: Decimal
    orders: int
    customers: int
    partial: bool


class Action(Facts):
    """The strategic action of a segment, in the brief's words, and the source document(s) it comes from."""

    title: str
    text: str
    document: str


class Country(Facts):
    """A country's customers in a segment (country of the latest purchase) and their share of it."""

    name: str
    customers: int
    share: float


STANDS_OUT = 1.25
"""A product stands out if the segment buys it so many times as often as all customers."""


class Product(Facts):
    """A product of a segment: how much more of the segment's customers bought it than of all (`lift`, 1 = as all)."""

    code: str
    description: str
    customers: int
    revenue: Decimal
    lift: float


class Label(Facts):
    """A name given by a document, put beside the evidence: does it fit, and why not."""

    label: str
    fits: bool
    reason: str


class Segment(Facts):
    """One segment over the recipe's window. Means, medians and shares are over its customers."""

    id: str
    name: str
    archetype: str
    rule: str
    """A condition such as "R <= 60 and F >= 5", "all others", or "" for a cluster."""
    customers: int
    customer_share: float
    orders: int
    revenue: Decimal
    revenue_share: float
    recency_mean: float | None
    frequency_mean: float | None
    monetary_mean: Decimal | None
    recency_median: float | None
    frequency_median: float | None
    monetary_median: Decimal | None
    tenure_median: float | None
    """Days since the first purchase on file."""
    order_value: Decimal | None
    """Revenue per order."""
    one_order_share: float | None
    """Customers with a single order in the window."""
    active_customers: int
    """Customers of the segment who placed an order in the period."""
    period_revenue: Decimal
    """Net revenue of its customers in the period."""
    idle_revenue: Decimal
    """Window revenue of its customers who placed no order in the period: what is at stake."""
    countries: tuple[Country, ...]
    products: tuple[Product, ...]
    meaning: str
    action: Action
    published_label: str | None = None
    label_check: Label | None = None
    """The published label, or else the segment's own name, against its evidence."""
    before: SegmentBefore | None = None
    """The segment at the previous month-end; None without one (first month on file, `all`)."""


class Bin(Facts):
    """Customers with low <= value < high (None = open end) and their revenue."""

    low: Decimal | None
    high: Decimal | None
    customers: int
    revenue: Decimal


class Distribution(Facts):
    """How R (days), F (orders) or M (currency) is spread over the segmented customers."""

    axis: Literal["recency", "frequency", "monetary"]
    bins: tuple[Bin, ...]
    lower_quartile: Decimal
    median: Decimal
    upper_quartile: Decimal
    mean: Decimal


class Band(Facts):
    """low <= value < high; None = open end. Days or orders."""

    low: int
    high: int | None


class Cell(Facts):
    """A cell of the R×F map: row and column index, customers, revenue."""

    recency: int
    frequency: int
    customers: int
    revenue: Decimal


class HeatMap(Facts):
    """Customers and revenue by recency (rows, most recent first) and frequency (columns, ascending)."""

    recency: tuple[Band, ...]
    frequency: tuple[Band, ...]
    cells: tuple[Cell, ...]


FIXED = "set by the recipe"
"""The origin of a cut point that nothing computes."""


class CutPoint(Facts):
    """A cut point as used: `value` in the axis's unit, and where it comes from, in words."""

    name: str
    axis: Literal["R", "F", "M", "T"]
    value: Decimal
    origin: str


class Candidate(Facts):
    """A clustering that was tried: silhouette (-1 … 1, higher separates better) and inertia (None for Ward)."""

    algorithm: str
    k: int
    silhouette: float | None
    inertia: float | None
    chosen: bool


class Clustering(Facts):
    """How the clusters were made, in words and figures."""

    algorithm: str
    k: int
    inputs: tuple[str, ...]
    transform: str
    scale: str
    seed: int
    starts: int
    inertia: float | None
    candidates: tuple[Candidate, ...]


class Method(Facts):
    """How the figures were made."""

    title: str
    summary: str
    source: str
    document: str
    returns: Literal["net", "exclude"]
    window_start: datetime
    """Lines before it count for none of R, F, M."""
    window_months: int | None
    """Length asked for in months; None where the window is all history or in days."""
    history_months: int
    """Whole months of records inside the window."""
    reference: str
    orders: Literal["purchases", "all"]
    """The lines that R, F and T see: purchases not cancelled in full, or all that cleaning leaves."""
    frequency: Literal["invoices", "lines", "days"]
    """What F counts of them: distinct invoices, the lines, or distinct days."""
    monetary: Literal["sum", "mean-per-order", "mean-per-day"]
    """M is a sum, or a mean per distinct invoice or day."""
    worth: Literal["net", "gross"]
    """Whether returns are deducted from M. Revenue is always net of the lines that cleaning leaves."""
    match_order: tuple[str, ...]
    """Ids of the segments that have a rule, in the order in which the rules are tried; () for clusters."""
    cut_points: tuple[CutPoint, ...]
    clustering: Clustering | None
    notes: tuple[str, ...]
    documents: dict[str, str] = msgspec.field(default_factory=dict)
    """Titles of the documents that the recipe and actions name."""
    evaluation: Judged | None = None
    """What the last evaluation said of this recipe, on data of no later day than the brief's."""


class Brief(Facts):
    """A whole edition as data; see the module's docstring."""

    schema_version: int
    recipe: str
    """Id of the recipe."""
    period: Period
    as_of: datetime
    """The instant that recency counts back from; every record at or after the period's end is left out."""
    currency: str | None
    """ISO 4217 code, None if unknown."""
    scale: int
    """Decimals of the ledger's money."""
    data: Data
    reconciliation: tuple[ReconciliationStep, ...]
    totals: Totals
    segments: tuple[Segment, ...]
    """In the recipe's order, the fixed order of every table and chart."""
    period_totals: PeriodTotals
    previous_totals: PeriodTotals | None
    """The period before (for a partial one: the same days of it); None without records for it."""
    trend: tuple[Month, ...]
    """Up to 13 months to the period's end."""
    distributions: tuple[Distribution, ...]
    heat_map: HeatMap
    method: Method
    month_end: MonthEnd | None = None
    """What the segments were measured over."""
    previous_month_end: MonthEnd | None = None
    """The same of the previous month-end; None without one, and then there is no `migration` and no `bridge`."""
    migration: Migration | None = None
    like_for_like: Migration | None = None
    """The migration over windows of equal length; None unless records begin inside the previous window."""
    bridge: Bridge | None = None
    drivers: Drivers | None = None
    """The driver tree; without a previous period, only this one's figures."""
    segment_trend: tuple[SegmentMonth, ...] = ()
    """The months of `trend`, by segment, under this period's cut points."""
    cohorts: tuple[Cohort, ...] = ()
    """The months of `trend`, by the month of the first purchase."""
    key_figures: KeyFigures | None = None
    previous_key_figures: KeyFigures | None = None
    year_before: PeriodTotals | None = None
    """The same days a year earlier; None where they are not on file from the start."""
    year_before_key_figures: KeyFigures | None = None
    playbook: Playbook | None = None
    """None in briefs of versions that had none."""
    revision: Revision | None = None
    """What changed since the issue that went out; None for a first issue."""


def encode(brief: Brief) -> bytes:
    """`brief` as indented UTF-8 JSON: money as strings, dates in ISO 8601, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(brief), indent=1) + b"\n"


def decode(document: bytes) -> Brief:
    """The inverse of `encode`. Raises `msgspec.ValidationError`."""
    return msgspec.json.decode(document, type=Brief)
