"""The recipe: how a segmentation cleans, measures, scores and groups, as one frozen value.

A recipe is written as TOML (see `docs/recipes.md`) and loaded by `reportgen.recipes`; this module only says
what it may contain. Every field has a stated meaning, unit and default.
"""

from decimal import Decimal
from typing import Literal

import msgspec

Axis = Literal["R", "F", "M", "T"]
"""Recency in days, frequency in orders, monetary in currency, tenure in days."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table in a recipe file: unknown keys are refused."""


# --- cleaning: steps in the order written; each line is counted under the first step that drops it -----------


class Guests(Part, tag_field="step", tag="guests"):
    """Drop lines without a customer id."""


class Cancellations(Part, tag_field="step", tag="cancellations"):
    """Drop invoices that cancel others, told by their prefix."""

    prefix: str = "C"


class Adjustments(Part, tag_field="step", tag="adjustments"):
    """Drop accounting adjustments (bad debt), told by their prefix."""

    prefix: str = "A"


class NonPositiveQuantity(Part, tag_field="step", tag="non-positive-quantity"):
    """Drop lines whose quantity is zero or below: returns, write-offs."""


class NonPositivePrice(Part, tag_field="step", tag="non-positive-price"):
    """Drop lines whose unit price is zero or below."""


class ZeroAmount(Part, tag_field="step", tag="zero-amount"):
    """Drop lines that are worth nothing."""


class Duplicates(Part, tag_field="step", tag="duplicates"):
    """Keep one of each set of lines that agree in every column."""


class NonMerchandise(Part, tag_field="step", tag="non-merchandise"):
    """Drop postage, fees and manual lines: the shop's list of codes, and `codes` besides."""

    codes: tuple[str, ...] = ()


class Countries(Part, tag_field="step", tag="countries"):
    """Keep only, or drop, the lines of some countries."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Cap(Part, tag_field="step", tag="cap"):
    """Lower line totals above the given quantile (0 … 1, linear) to it; drops no line."""

    quantile: float = 0.95


Step = (
    Guests
    | Cancellations
    | Adjustments
    | NonPositiveQuantity
    | NonPositivePrice
    | ZeroAmount
    | Duplicates
    | NonMerchandise
    | Countries
    | Cap
)


# --- time and measures ----------------------------------------------------------------------------------


class Time(Part):
    """Window and reference of R, F, M.

    `window`: "all", "N months" or "N days", back from the reference.
    `reference`: "period-end" (midnight after the last day) or "last-purchase + N days".
    """

    window: str = "12 months"
    reference: str = "period-end"


class Measures(Part):
    """What F and M count. `returns`: "net" pairs cancellations with purchases and deducts the rest from M."""

    returns: Literal["net", "exclude"] = "net"
    frequency: Literal["invoices"] = "invoices"
    monetary: Literal["sum"] = "sum"


# --- segments by rule -------------------------------------------------------------------------------------


class Cut(Part):
    """A named cut point: a literal `value`, or a `quantile` of the axis rounded up to `digits` significant digits."""

    axis: Axis
    value: Decimal | None = None
    quantile: float | None = None
    digits: int = 2


class Score(Part):
    """Score 1 (worst) … n (best) of an axis by `quantiles` equal parts; equal values share a score."""

    quantiles: int = 5


class Action(Part):
    """What to do about a segment, in the brief's words, and the document(s) it comes from ("A, C")."""

    title: str
    text: str
    document: str


class Archetype(Part):
    """A kind of segment: what it means, what to do, and the evidence that earns the name.

    `evidence` is a condition on a group's mean R, F, M relative to all customers (`r`, `f`, `m`, 1 = as the base)
    and its share of the customers (`share`, 0 … 1); clusters are named by it, every name is checked by it.
    """

    id: str
    name: str
    meaning: str
    evidence: str
    action: Action


class SegmentRule(Part):
    """A segment of a rule table. `when` is empty for the rest."""

    id: str
    name: str
    archetype: str
    when: str = ""
    action: Action | None = None


class Published(Part):
    """A row of the table that a document publishes: its label and mean R, F, M, and its own action if it has one."""

    label: str
    archetype: str
    customers: int
    recency: float
    frequency: float
    monetary: float


class Clusters(Part):
    """A clustering of customers.

    `k` fixed, or chosen between `k_min` and `k_max` by the silhouette, over all `algorithms`.
    """

    algorithms: tuple[Literal["k-means", "ward"], ...] = ("k-means",)
    inputs: tuple[Literal["R", "F", "M"], ...] = ("R", "F", "M")
    transform: Literal["none", "log1p"] = "none"
    scale: Literal["standard"] = "standard"
    k: int | None = None
    k_min: int = 3
    k_max: int = 8
    seed: int = 42
    starts: int = 10
    vocabulary: tuple[str, ...] = ()
    published: tuple[Published, ...] = ()


class Recipe(Part):
    """A whole segmentation. Either `segments` (first match wins, the last one is the rest) or `clusters`."""

    id: str
    title: str
    summary: str
    source: str
    document: str = ""
    notes: tuple[str, ...] = ()
    clean: tuple[Step, ...] = ()
    time: Time = Time()
    measures: Measures = Measures()
    cuts: dict[str, Cut] = {}
    scores: dict[Axis, Score] = {}
    segments: tuple[SegmentRule, ...] = ()
    clusters: Clusters | None = None
    vocabulary: tuple[Archetype, ...] = ()
