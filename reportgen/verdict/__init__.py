"""Verdict: an Evaluation in words; what the terminal, the PDF and the HTML page of an evaluation print.

Takes the facts and the words, gives text: the media only lay it out, so that they cannot disagree.
"""

from dataclasses import dataclass

from reportgen.evaluation import ClusterQuality, Evaluation, Judgement, Quality, SegmentJudgement
from reportgen.verdict._agreement import agreement
from reportgen.verdict._recipe import part, skipped_by_all
from reportgen.verdict._text import Part, Table, index, skipped
from reportgen.wording import NONE, Claim, Words, title

__all__ = ["TITLE", "Part", "Table", "Verdict", "claims", "verdict"]

TITLE = "Evaluation of segmentations"
BANDS = "Stability: below 0.60 unstable, to 0.75 doubtful, above 0.75 stable, above 0.85 highly stable"
STEADY = ("stable", "highly stable")
PAIR = 2


@dataclass(frozen=True)
class Verdict:
    """A whole evaluation in words.

    period, scope, colophon: text of title page and foot
    overview: the recipes side by side; parts: each recipe; agreements: each two of them
    """

    title: str
    deck: str
    period: str
    scope: str
    colophon: str
    overview: Table
    parts: tuple[Part, ...]
    agreements: tuple[Part, ...]
    reading: tuple[str, ...]

    @property
    def columns(self) -> tuple[tuple[Part, ...], ...]:
        """What stands side by side on paper: two recipes, their crosstab under the first if it is narrow."""
        if len(self.parts) != PAIR:
            return ()
        return ((self.parts[0], *(part for part in self.agreements if not part.wide)), (self.parts[1],))

    @property
    def rows(self) -> tuple[Part, ...]:
        """What takes the whole width, below."""
        beside = [part for column in self.columns for part in column]
        return tuple(part for part in (*self.parts, *self.agreements) if part not in beside)


def verdict(evaluation: Evaluation, words: Words) -> Verdict:
    """`evaluation` in words."""
    period = evaluation.period
    end = words.date(period.end)
    return Verdict(
        title=title(*claims(evaluation, words), plain="How good the segmentations are"),
        deck=_deck(evaluation, words),
        period=words.period(period) + (" (not complete)" if period.partial else ""),
        scope=f"{words.joined([judgement.title for judgement in evaluation.judgements])}.",
        colophon=f"Customers in segments on {end}",
        overview=_overview(evaluation, words),
        parts=tuple(part(judgement, evaluation, words) for judgement in evaluation.judgements),
        agreements=tuple(agreement(found, evaluation, words) for found in evaluation.agreements),
        reading=_reading(evaluation, words),
    )


def claims(evaluation: Evaluation, words: Words) -> tuple[Claim, ...]:
    """Which recipe is steadier by its weakest segment; of one alone, how many of its segments are stable."""
    weakest = {judgement.recipe: _weakest(judgement) for judgement in evaluation.judgements}
    rated = sorted(((found.stability or 0.0, name) for name, found in weakest.items() if found), reverse=True)
    if len(rated) > 1:
        (best, name), (worst, other) = rated[0], rated[-1]
        scores = f"its weakest segment scores {index(best, words)}, that of {other} {index(worst, words)}"
        return (Claim(f"{name} is the steadiest: {scores}", holds=index(best, words) != index(rated[1][0], words)),)
    return _alone(evaluation.judgements[0], words)


def _alone(judgement: Judgement, words: Words) -> tuple[Claim, ...]:
    rated = [segment for segment in judgement.segments if segment.band]
    steady = [segment for segment in rated if segment.band in STEADY]
    count = words.count(len(rated))
    part = f"{words.count(len(steady))} of {words.plural(len(rated), 'segment')} of {judgement.recipe} are stable"
    return (
        Claim(f"All {count} segments of {judgement.recipe} are stable", holds=len(steady) == len(rated) > 1),
        Claim(part, holds=1 < len(steady) < len(rated)),
    )


def _deck(evaluation: Evaluation, words: Words) -> str:
    sample = evaluation.sample
    everyone = "All customers were looked at."
    drawn = sample and f"A sample: {words.count(sample.drawn)} of {words.count(sample.on_file)} customers on file."
    return f"Customers in segments on {words.date(evaluation.period.end)}. {drawn or everyone}"


def _overview(evaluation: Evaluation, words: Words) -> Table:
    head = ("Recipe", "Segments", "Customers", "Rand index, resampled", "Weakest segment", "Moved by row order",
            "Told by the tree", "Names that fit", "Bought next month", "Silhouette")  # fmt: skip
    shown = len(head) if _clustered(evaluation) else -1
    return Table(
        caption="Recipes side by side",
        head=head[:shown],
        rows=tuple(_overview_row(judgement, words)[:shown] for judgement in evaluation.judgements),
        texts=(4,),
    )


def _clustered(evaluation: Evaluation) -> bool:
    """Whether any of the recipes has clusters, so that their indices need a column and a word."""
    return any(judgement.clusters for judgement in evaluation.judgements)


def _overview_row(judgement: Judgement, words: Words) -> tuple[str, ...]:
    weakest = _weakest(judgement)
    labels = [segment.label for segment in judgement.segments if segment.label]
    quality = _chosen(judgement.clusters)
    return (
        judgement.recipe,
        words.count(len(judgement.segments)),
        words.count(judgement.customers),
        index(judgement.stability.rand_index, words),
        f"{weakest.name} {index(weakest.stability, words)}" if weakest else NONE,
        words.percent(judgement.row_order.changed),
        words.percent(judgement.drivers.fidelity, 0),
        f"{words.count(sum(label.fits for label in labels))} of {words.count(len(labels))}",
        _spread(judgement, words),
        index(quality.silhouette if quality else None, words, 3),
    )


def _spread(judgement: Judgement, words: Words) -> str:
    """The lowest and the highest share of the segments."""
    shares = [segment.track.share for segment in judgement.segments if segment.track.share is not None]
    return f"{words.percent(min(shares), 0)}–{words.percent(max(shares), 0)}" if shares else NONE


def _reading(evaluation: Evaluation, words: Words) -> tuple[str, ...]:
    resamples = words.count(max(judgement.stability.resamples for judgement in evaluation.judgements))
    jaccard = "the mean share that a segment has in common with its best match"
    bought = "Bought: a purchase in the next month that was not taken back in full by its end"
    stood = "at each past month-end, customers by the cut points, or the nearest cluster centre, of the segments of now"
    left_out = " ".join(skipped(skipped_by_all(evaluation), words))
    indices = "Silhouette and Calinski–Harabasz are better high, Davies–Bouldin low; inertia always falls with k."
    return (
        f"Jaccard: customers are drawn anew {resamples} times and segmented again; {jaccard}. {BANDS}.",
        "Rand index: how alike the whole segmentations of these draws are; 1 is the same, 0 chance.",
        f"Track record: {stood}; customers count once for each. {bought}. {left_out}".rstrip(),
        "Told by the tree: customers whom a decision tree of at most three questions puts where the recipe does.",
        *((indices,) if _clustered(evaluation) else ()),
    )


def _weakest(judgement: Judgement) -> SegmentJudgement | None:
    """The segment with the lowest Jaccard index, the first among equals."""
    rated = [segment for segment in judgement.segments if segment.stability is not None]
    return min(rated, key=lambda segment: segment.stability or 0.0, default=None)


def _chosen(found: ClusterQuality | None) -> Quality | None:
    return next((quality for quality in found.qualities if quality.chosen), None) if found else None
