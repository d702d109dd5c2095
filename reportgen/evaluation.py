"""The Evaluation: how good recipes are on one ledger and period, as facts and nothing else.

It holds str, int, float, Decimal, date and tuples of small frozen structs, like the Brief. It is written as
`evaluation.json`, and it is the only source of the table in the terminal, the PDF and the HTML.

Units: money is an exact Decimal at the ledger's scale (means of money at 4 places, half-even); shares and indices are
0 … 1, rank correlations and silhouettes -1 … 1. No clock: its date is the instant it was computed as of.
"""

from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Literal

import msgspec

from reportgen.brief import Label, Period
from reportgen.brief.facts import Facts
from reportgen.brief.judged import Judged, SegmentJudged
from reportgen.brief.track import SkippedMonth, Track

SCHEMA_VERSION = 1

Band = Literal["unstable", "doubtful", "stable", "highly stable"]
"""Jaccard index below 0.60, up to 0.75, above 0.75, above 0.85."""


class Sample(Facts):
    """The customers that were drawn, of those on file: everything was computed on the lines of these alone."""

    on_file: int
    drawn: int


class SegmentJudgement(Facts):
    """A segment as of the evaluation, and what speaks for it."""

    id: str
    name: str
    archetype: str
    customers: int
    customer_share: float
    revenue: Decimal
    revenue_share: float
    stability: float | None
    """Mean Jaccard index with its best match over the resamples; None where it has no customers."""
    band: Band | None
    track: Track
    label: Label | None
    """Its published label, or else its name, against the evidence; None without customers."""


class Stability(Facts):
    """Bootstrap of the customers, each resample segmented anew.

    resamples: those that count; failed: those that the recipe could not segment
    rand_index: mean adjusted Rand index with the segmentation judged; 1 = the same, 0 = as by chance
    """

    resamples: int
    failed: int
    rand_index: float | None
    note: str


class RowOrder(Facts):
    """What the order of customers decides: the same customers numbered in another order, segmented again.

    changed, most: share of customers in another segment, on average and at most over the shuffles
    """

    shuffles: int
    changed: float
    most: float
    reason: str


class TrackRecord(Facts):
    """Past month-ends, customers in the segments of now as they stood then; `everyone` is all segments together."""

    month_ends: tuple[date, ...]
    skipped: tuple[SkippedMonth, ...]
    everyone: Track


class Leaf(Facts):
    """A sentence of the tree: customers for whom `when` holds ("" for all) stand mostly in `segment`."""

    when: str
    """A condition on R, F, M, T such as `R <= 60 and F >= 5`, exact."""
    segment: str
    name: str
    customers: int
    hits: int
    """Those of them who really stand in it."""


class Importance(Facts):
    """How much an axis contributes to telling the segments apart in the tree; all add to 1."""

    axis: str
    share: float


class Correlation(Facts):
    """Spearman's rank correlation of two measures over the customers; None where one of them is constant."""

    one: str
    other: str
    rank: float | None


class Drivers(Facts):
    """What tells the segments apart: a decision tree of depth 3 or less on R, F, M and T.

    fidelity: share of customers that the tree puts where the recipe does; largest: that of the largest segment,
    which a tree without any question would reach
    """

    fidelity: float
    largest: float
    leaves: tuple[Leaf, ...]
    importance: tuple[Importance, ...]
    correlations: tuple[Correlation, ...]


class Quality(Facts):
    """A clustering: silhouette and Calinski–Harabasz are better high, Davies–Bouldin and inertia low."""

    k: int
    silhouette: float | None
    davies_bouldin: float | None
    calinski_harabasz: float | None
    inertia: float
    """Sum of squared distances to the cluster's mean, in the recipe's transformed and scaled inputs."""
    chosen: bool


class ClusterQuality(Facts):
    """The recipe's algorithm over k = 2 … 10, and why k is what it is."""

    algorithm: str
    k: int
    why: str
    sample: int | None
    """Customers that the silhouette looked at, None for all."""
    qualities: tuple[Quality, ...]


class Judgement(Facts):
    """A recipe judged."""

    recipe: str
    """Its id."""
    fingerprint: str
    """Of the whole recipe: an evaluation speaks of a recipe only as long as that is the same."""
    title: str
    document: str
    as_of: datetime
    window_start: datetime
    customers: int
    revenue: Decimal
    segments: tuple[SegmentJudgement, ...]
    stability: Stability
    row_order: RowOrder
    track: TrackRecord
    drivers: Drivers
    clusters: ClusterQuality | None
    """None for rules."""
    notes: tuple[str, ...]
    orders: Literal["purchases", "all"] = "purchases"
    frequency: Literal["invoices", "lines", "days"] = "invoices"
    monetary: Literal["sum", "mean-per-order", "mean-per-day"] = "sum"
    worth: Literal["net", "gross"] = "net"
    """What F and M are, as in the recipe's measures."""


class AgreementCell(Facts):
    """Customers in a segment of the one recipe (id, None = in none) and of the other; empty cells are left out.

    revenue: as the one recipe measures it, and so 0 for customers that only the other segments
    """

    one: str | None
    other: str | None
    customers: int
    revenue: Decimal


class Agreement(Facts):
    """Two recipes side by side. rand_index: adjusted Rand index over the customers that both segment."""

    one: str
    other: str
    customers: int
    """Segmented by both."""
    rand_index: float | None
    cells: tuple[AgreementCell, ...]


class Evaluation(Facts):
    """Recipes judged on the same ledger and period."""

    schema_version: int
    period: Period
    currency: str | None
    scale: int
    sample: Sample | None
    """None where all customers were looked at."""
    seed: int
    judgements: tuple[Judgement, ...]
    agreements: tuple[Agreement, ...]


def fingerprint(value: msgspec.Struct) -> str:
    """The sha256 of all that `value`, a recipe or a configuration, says."""
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def judged(evaluation: Evaluation, recipe: msgspec.Struct) -> Judged | None:
    """What a brief carries of `evaluation`; None where it did not judge `recipe` as it is."""
    mark = fingerprint(recipe)
    found = next((judgement for judgement in evaluation.judgements if judgement.fingerprint == mark), None)
    if found is None:
        return None
    return Judged(
        through=evaluation.period.end,
        sample=evaluation.sample.drawn if evaluation.sample else None,
        resamples=found.stability.resamples,
        rand_index=found.stability.rand_index,
        moved=found.row_order.changed,
        month_ends=len(found.track.month_ends),
        segments=tuple(_segment_judged(segment) for segment in found.segments),
    )


def _segment_judged(segment: SegmentJudgement) -> SegmentJudged:
    return SegmentJudged(
        id=segment.id,
        name=segment.name,
        stability=segment.stability,
        band=segment.band,
        observed=segment.track.customers,
        bought=segment.track.bought,
        bought_share=segment.track.share,
        spend_per_buyer=segment.track.spend_per_buyer,
    )


def encode(evaluation: Evaluation) -> bytes:
    """`evaluation` as indented UTF-8 JSON: money as strings, dates in ISO 8601, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(evaluation), indent=1) + b"\n"


def decode(document: bytes) -> Evaluation:
    """The inverse of `encode`. Raises `msgspec.ValidationError`."""
    return msgspec.json.decode(document, type=Evaluation)
