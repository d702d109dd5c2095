"""The recipe: how a segmentation cleans, measures, scores and groups, as one frozen value.

A recipe is written as TOML (see `docs/recipes.md`) and loaded by `reportgen.recipes`; this module only says
what it may contain. Every field has a stated meaning, unit and default.
"""

from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from reportgen.mistakes import like

Axis = Literal["R", "F", "M", "T"]
"""Recency in days, frequency (orders, lines or days), monetary in currency, tenure in days."""

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=1)]
Id = Annotated[
    str,
    like("^(?!r[0-9]+$)[a-z0-9][a-z0-9-]*$", "Small letters, digits and hyphens, such as my-grid; not r and a number."),
]
"""Becomes part of a folder's name, where r2 would be a revision."""
Name = Annotated[str, msgspec.Meta(min_length=1, extra={"remedy": "It is printed: write what readers shall see."})]
"""Is printed."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table in a recipe file: unknown keys are refused."""


# --- cleaning: steps in the order written; each line is counted under the first step that drops it -----------


class Guests(Part, frozen=True, tag_field="step", tag="guests"):
    """Drop lines without a customer id."""


class Cancellations(Part, frozen=True, tag_field="step", tag="cancellations"):
    """Drop invoices that cancel others, told by their prefix."""

    prefix: str = "C"


class Adjustments(Part, frozen=True, tag_field="step", tag="adjustments"):
    """Drop accounting adjustments (bad debt), told by their prefix."""

    prefix: str = "A"


class NonPositiveQuantity(Part, frozen=True, tag_field="step", tag="non-positive-quantity"):
    """Drop lines whose quantity is zero or below: returns, write-offs."""


class NonPositivePrice(Part, frozen=True, tag_field="step", tag="non-positive-price"):
    """Drop lines whose unit price is zero or below."""


class ZeroAmount(Part, frozen=True, tag_field="step", tag="zero-amount"):
    """Drop lines that are worth nothing."""


class Duplicates(Part, frozen=True, tag_field="step", tag="duplicates"):
    """Keep one of each set of lines that agree in every column."""


class NonMerchandise(Part, frozen=True, tag_field="step", tag="non-merchandise"):
    """Drop postage, fees and manual lines: the shop's list of codes, and `codes` besides."""

    codes: tuple[str, ...] = ()


class Codes(Part, frozen=True, tag_field="step", tag="codes"):
    """Keep only, or drop, the lines of some product codes; a `*` at the end stands for any rest."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Countries(Part, frozen=True, tag_field="step", tag="countries"):
    """Keep only, or drop, the lines of some countries."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Cap(Part, frozen=True, tag_field="step", tag="cap"):
    """Move figures beyond a bound to it; drops no line, but changes what it is worth.

    The bounds are the quantiles `low` and `high` (0 … 1, linear) of the window's lines still kept, moved apart by `k`
    times their distance: low 0.25, high 0.75 and k 1.5 are the rule of box plots. One that isn't given doesn't bound.
    A line's worth changes in the proportion of its quantity or price, rounded half to even to the ledger's unit.
    """

    of: Literal["total", "quantity", "price"] = "total"
    low: Share | None = None
    high: Share | None = None
    k: Annotated[float, msgspec.Meta(ge=0)] = 0
    side: Literal["both", "lower", "upper"] = "both"


class Outliers(Part, frozen=True, tag_field="step", tag="outliers"):
    """Drop the lines whose figure lies beyond a bound; the bounds are those of `cap`."""

    of: Literal["total", "quantity", "price"] = "total"
    low: Share | None = None
    high: Share | None = None
    k: Annotated[float, msgspec.Meta(ge=0)] = 0
    side: Literal["both", "lower", "upper"] = "both"


Step = (
    Guests
    | Cancellations
    | Adjustments
    | NonPositiveQuantity
    | NonPositivePrice
    | ZeroAmount
    | Duplicates
    | NonMerchandise
    | Codes
    | Countries
    | Cap
    | Outliers
)


# --- time and measures ----------------------------------------------------------------------------------


class Time(Part, frozen=True):
    """Window and reference of R, F, M.

    `window`: "all", "N months" or "N days", back from the reference.
    `reference`: "period-end" (midnight after the last day) or "last-purchase + N days" or an instant of the shop's
    local time, "2011-12-10" or "2011-12-10T13:00".
    """

    window: str = "12 months"
    reference: str = "period-end"


class Measures(Part, frozen=True):
    """What R, F and M count, and whose customers stay.

    returns: "net" pairs cancellations with purchases and deducts the other returns from M; "exclude" needs the step
    `non-positive-quantity`
    orders: the lines that R, F and T see: "purchases", worth more than zero and not cancelled in full; or "all" that
    cleaning leaves, cancellations and gifts included
    frequency: their distinct invoices, the lines, or the distinct days
    monetary: the sum, or the mean per distinct invoice or day, rounded half to even to the ledger's unit
    worth: "net" of returns, or "gross": without deducting them
    customers: who stays in the segmentation: those with a "positive" net, or with one that is "not-negative". Without
    an order nobody stays.
    """

    returns: Literal["net", "exclude"] = "net"
    orders: Literal["purchases", "all"] = "purchases"
    frequency: Literal["invoices", "lines", "days"] = "invoices"
    monetary: Literal["sum", "mean-per-order", "mean-per-day"] = "sum"
    worth: Literal["net", "gross"] = "net"
    customers: Literal["positive", "not-negative"] = "positive"


# --- segments by rule -------------------------------------------------------------------------------------


class Cut(Part, frozen=True):
    """A named cut point: a literal `value`, or a `quantile` of the axis rounded up to `digits` significant digits.

    Quantiles (0 … 1) interpolate linearly; on days and orders they are rounded up to whole ones first.
    """

    axis: Axis
    value: Decimal | None = None
    quantile: Share | None = None
    digits: Annotated[int, msgspec.Meta(ge=1, le=9)] = 2


class Score(Part, frozen=True):
    """Score 1 (worst) … n (best) of an axis; for recency, few days are good.

    quantiles: number of equal parts; method: a quantile between two values is interpolated, the lower or the higher
    at: literal cut points instead, ascending, in the axis's unit
    shift: added to each quantile, in the axis's unit
    closed: a value on a cut point belongs to the part below it ("right") or above it ("left")
    ties: equal values "share" a score; or are split by "customer" id, ascending, into parts of equal size (what
    `rank(method="first")` does to a sorted table); or share it and equal cut points are "drop"ped, leaving fewer scores
    """

    quantiles: Annotated[int, msgspec.Meta(ge=2, le=10)] = 5
    method: Literal["linear", "lower", "higher"] = "linear"
    shift: Decimal = Decimal(0)
    at: tuple[Decimal, ...] | None = None
    closed: Literal["right", "left"] = "right"
    ties: Literal["share", "customer", "drop"] = "share"

    def parts(self) -> int:
        """The best score there can be."""
        return self.quantiles if self.at is None else len(self.at) + 1


class Action(Part, frozen=True):
    """What to do about a segment, in the brief's words, and the document(s) it comes from ("A, C")."""

    title: str
    text: str
    document: str


class Archetype(Part, frozen=True):
    """A kind of segment: what it means, what to do, and the evidence that earns the name.

    `evidence` is a condition on a group's mean R, F, M, T relative to all customers (`r`, `f`, `m`, `t`, 1 = as the
    base) and its share of the customers (`share`, 0 … 1); clusters are named by it, every name is checked by it.
    `goal`: the action shall "gain" purchases, or "keep" those there are; its size compares the segment's rate of
    purchase with that of the first kind in `compare` (ids of archetypes) that the segmentation has.
    """

    id: str
    name: Name
    meaning: str
    evidence: str
    action: Action
    goal: Literal["gain", "keep"] | None = None
    compare: tuple[str, ...] = ()


class SegmentRule(Part, frozen=True):
    """A segment of a rule table: a condition, or score codes such as "554" (R, F, M). The rest has neither."""

    id: str
    name: Name
    archetype: str
    when: str = ""
    codes: tuple[str, ...] = ()
    action: Action | None = None


class Published(Part, frozen=True):
    """A row of the table that a document publishes: its label, the archetype it claims, customers, mean R, F, M."""

    label: str
    archetype: str
    customers: int
    recency: float
    frequency: float
    monetary: float


class Clusters(Part, frozen=True):
    """A clustering of customers.

    `k` fixed, or chosen between `k_min` and `k_max` by the silhouette, over all `algorithms`.
    `vocabulary`: the archetypes that may name a cluster, all if empty; the first whose evidence holds names it, the
    last is the home of clusters that no evidence fits. `starts`: of k-means++ or the mixture, the best one
    counts. `transform`: of each input; box-cox fits its exponent to the input plus one.
    `scale`: to mean 0 and deviation 1, to 0 … 1, or to median 0 and interquartile range 1.
    """

    algorithms: tuple[Literal["k-means", "ward", "gaussian-mixture"], ...] = ("k-means",)
    inputs: tuple[Literal["R", "F", "M"], ...] = ("R", "F", "M")
    transform: Literal["none", "log1p", "box-cox"] = "none"
    scale: Literal["standard", "min-max", "robust", "none"] = "standard"
    k: Annotated[int, msgspec.Meta(ge=2)] | None = None
    k_min: Annotated[int, msgspec.Meta(ge=2)] = 3
    k_max: Annotated[int, msgspec.Meta(ge=2)] = 8
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)] = 42
    starts: Count = 10
    vocabulary: tuple[str, ...] = ()
    published: tuple[Published, ...] = ()


class Recipe(Part, frozen=True):
    """A whole segmentation. Either `segments` (first match wins, the one without `when` is the rest) or `clusters`.

    `segments` stand in the order of display; `match_order` (ids of those with a `when`) is the order in which their
    conditions are tried, as written if empty. `fm_rounding`: of `FM_score`, the mean of the F and M scores.
    `documents`: the titles of those that `document` names here and in actions.
    """

    id: Id
    title: Name
    summary: str
    source: str
    document: str = ""
    documents: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    clean: tuple[Step, ...] = ()
    time: Time = Time()
    measures: Measures = Measures()
    cuts: dict[str, Cut] = {}
    scores: dict[Axis, Score] = {}
    fm_rounding: Literal["half-up", "half-even", "down"] = "half-up"
    segments: tuple[SegmentRule, ...] = ()
    match_order: tuple[str, ...] = ()
    clusters: Clusters | None = None
    vocabulary: tuple[Archetype, ...] = ()
