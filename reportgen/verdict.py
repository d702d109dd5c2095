"""Verdict: an Evaluation in words; what the terminal, the PDF and the HTML page of an evaluation print.

Takes the facts and the words, gives text: the media only lay it out, so that they cannot disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.evaluation import (
    Agreement,
    ClusterQuality,
    Evaluation,
    Judgement,
    Quality,
    SegmentJudgement,
    SkippedMonth,
    Track,
)
from reportgen.wording import NONE, Claim, Words, title

TITLE = "Evaluation of segmentations"
BANDS = "Stability: below 0.60 unstable, to 0.75 doubtful, above 0.75 stable, above 0.85 highly stable"
STEADY = ("stable", "highly stable")
SMALL = 0.01
"""Leaves of the tree with a smaller share of the customers are not put into words."""
NOTABLE = 0.3
"""Rank correlations below it are not named."""
OUTSIDE = "In no segment"
PAIR = 2
MOST_COLUMNS = 4
"""Segments up to which a crosstab fits half a page, two figures in a cell."""

Place = tuple[str | None, str | None]
"""A segment of the one recipe and one of the other, None = in none."""


@dataclass(frozen=True)
class Table:
    """Text in rows and columns; the first column is of words, `texts` are the places of others that are."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """What is said of one recipe, or of two side by side: tables, then paragraphs with their names.

    `wide`: a table has more columns than half a page has room for
    """

    title: str
    deck: str
    tables: tuple[Table, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wide: bool = False


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
        parts=tuple(_part(judgement, evaluation, words) for judgement in evaluation.judgements),
        agreements=tuple(_agreement(found, evaluation, words) for found in evaluation.agreements),
        reading=_reading(evaluation, words),
    )


def claims(evaluation: Evaluation, words: Words) -> tuple[Claim, ...]:
    """Which recipe is steadier by its weakest segment; of one alone, how many of its segments are stable."""
    weakest = {judgement.recipe: _weakest(judgement) for judgement in evaluation.judgements}
    rated = sorted(((found.stability or 0.0, name) for name, found in weakest.items() if found), reverse=True)
    if len(rated) > 1:
        (best, name), (worst, other) = rated[0], rated[-1]
        scores = f"its weakest segment scores {_index(best, words)}, that of {other} {_index(worst, words)}"
        return (Claim(f"{name} is the steadiest: {scores}", holds=_index(best, words) != _index(rated[1][0], words)),)
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
    return Table(
        caption="Recipes side by side",
        head=("Recipe", "Segments", "Customers", "Rand index, resampled", "Weakest segment", "Moved by row order",
              "Told by the tree", "Names that fit", "Bought next month", "Silhouette"),
        rows=tuple(_overview_row(judgement, words) for judgement in evaluation.judgements),
        texts=(4,),
    )  # fmt: skip


def _overview_row(judgement: Judgement, words: Words) -> tuple[str, ...]:
    weakest = _weakest(judgement)
    labels = [segment.label for segment in judgement.segments if segment.label]
    quality = _chosen(judgement.clusters)
    return (
        judgement.recipe,
        words.count(len(judgement.segments)),
        words.count(judgement.customers),
        _index(judgement.stability.rand_index, words),
        f"{weakest.name} {_index(weakest.stability, words)}" if weakest else NONE,
        words.percent(judgement.row_order.changed),
        words.percent(judgement.drivers.fidelity, 0),
        f"{words.count(sum(label.fits for label in labels))} of {words.count(len(labels))}",
        _spread(judgement, words),
        _index(quality.silhouette if quality else None, words, 3),
    )


def _spread(judgement: Judgement, words: Words) -> str:
    """The lowest and the highest share of the segments."""
    shares = [segment.track.share for segment in judgement.segments if segment.track.share is not None]
    return f"{words.percent(min(shares), 0)}–{words.percent(max(shares), 0)}" if shares else NONE


def _part(judgement: Judgement, evaluation: Evaluation, words: Words) -> Part:
    origin = f", document {judgement.document}" if judgement.document else ""
    tables = [_segments(judgement, words)]
    if judgement.clusters:
        tables.append(_qualities(judgement.clusters, words))
    return Part(
        title=f"{judgement.recipe}: {judgement.title}{origin}",
        deck=_followed(judgement, words),
        tables=tuple(tables),
        notes=tuple((name, texts) for name, texts in _notes(judgement, evaluation, words) if texts),
    )


def _followed(judgement: Judgement, words: Words) -> str:
    """Which month-ends the track record covers."""
    ends = judgement.track.month_ends
    if not ends:
        return "No track record: no month-end has enough records before it and a whole month after it."
    span = words.short_date(ends[0]) + (f" to {words.short_date(ends[-1])}" if len(ends) > 1 else "")
    return f"Track record of {words.plural(len(ends), 'month-end')}: {span}."


def _segments(judgement: Judgement, words: Words) -> Table:
    rows = [_segment(segment, words) for segment in judgement.segments]
    if judgement.track.elsewhere.customers:
        rows.append(("Other names then", "", "", "", *_track(judgement.track.elsewhere, words)))
    everyone = _track(judgement.track.everyone, words)
    rows.append(("All", words.count(judgement.customers), words.percent(1, 0), "", *everyone))
    return Table(
        caption=f"Segments of {judgement.recipe}",
        head=("Segment", "Customers", "Revenue", "Jaccard, stability", "Bought next month", "Spend each"),
        rows=tuple(rows),
        texts=(3,),
    )


def _segment(segment: SegmentJudgement, words: Words) -> tuple[str, ...]:
    return (
        segment.name,
        words.count(segment.customers),
        words.percent(segment.revenue_share, 0),
        f"{_index(segment.stability, words)} {segment.band}" if segment.band else NONE,
        *_track(segment.track, words),
    )


def _track(track: Track, words: Words) -> tuple[str, str]:
    """Who bought, of how many; and what each of them spent."""
    bought = f"{words.percent(track.share, 0)} of {words.count(track.customers)}" if track.customers else NONE
    return bought, words.whole(track.spend_per_buyer)


def _names(judgement: Judgement, words: Words) -> tuple[str, ...]:
    """The names that do not fit their evidence, and why."""
    checked = [segment for segment in judgement.segments if segment.label]
    misfits = [
        f"{segment.name}: “{segment.label.label}” does not fit, {segment.label.reason}."
        for segment in checked
        if segment.label and not segment.label.fits
    ]
    fits = len(checked) - len(misfits)
    return (*misfits, f"{words.count(fits)} of {words.plural(len(checked), 'name')} fit the evidence.")


def _qualities(found: ClusterQuality, words: Words) -> Table:
    """The indices in rows, k in columns."""
    tried = found.qualities
    return Table(
        caption=f"{found.algorithm} over the number of clusters",
        head=("Clusters", *(f"{words.count(q.k)}, in use" if q.chosen else words.count(q.k) for q in tried)),
        rows=(
            ("Silhouette", *(_index(quality.silhouette, words, 3) for quality in tried)),
            ("Davies–Bouldin", *(_index(quality.davies_bouldin, words, 3) for quality in tried)),
            ("Calinski–Harabasz", *(words.count(quality.calinski_harabasz) for quality in tried)),
            ("Inertia", *(words.count(quality.inertia) for quality in tried)),
        ),
    )


def _notes(judgement: Judgement, evaluation: Evaluation, words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    everywhere = _skipped_by_all(evaluation)
    own = [month for month in judgement.track.skipped if month not in everywhere]
    return (
        ("What tells them apart", (*_leaves(judgement, words), _fidelity(judgement, words))),
        ("Names", _names(judgement, words)),
        ("Rank correlation", (_correlated(judgement, words),)),
        ("Number of clusters", (judgement.clusters.why,) if judgement.clusters else ()),
        ("Resamples", (_resampled(judgement, words),)),
        ("Row order", (_ordered(judgement, words),)),
        ("Track record", _skipped(own, words)),
        ("Recipe", judgement.notes),
    )


def _leaves(judgement: Judgement, words: Words) -> tuple[str, ...]:
    """The tree as sentences, the largest group of customers first; the smallest groups are only counted."""
    leaves = sorted(judgement.drivers.leaves, key=lambda leaf: -leaf.customers)
    told = [leaf for leaf in leaves if leaf.customers >= SMALL * judgement.customers or leaf is leaves[0]]
    rest = sum(leaf.customers for leaf in leaves) - sum(leaf.customers for leaf in told)
    sentences = [
        f"{leaf.name}: {words.rule(leaf.when) or 'everybody'} ({words.about(leaf.hits / leaf.customers)} of "
        f"{words.plural(leaf.customers, 'customer')})."
        for leaf in told
    ]
    return (
        *sentences,
        *([f"{words.plural(rest, 'other')}, in groups below {words.percent(SMALL, 0)} of all."] if rest else []),
    )


def _fidelity(judgement: Judgement, words: Words) -> str:
    found = judgement.drivers
    names = {"R": "recency", "F": "orders", "M": "spend", "T": "tenure"}
    used = sorted((part for part in found.importance if part.share), key=lambda part: -part.share)
    shares = words.joined([f"{names[part.axis]} {words.about(part.share)}" for part in used])
    return (
        f"These questions put {words.about(found.fidelity)} of customers where the recipe does; the largest segment alone "
        f"holds {words.about(found.largest)}." + (f" Weight of the questions: {shares}." if shares else "")
    )


def _correlated(judgement: Judgement, words: Words) -> str:
    """The measures that rise and fall together, the strongest first."""
    pairs = [pair for pair in judgement.drivers.correlations if abs(pair.rank or 0) >= NOTABLE]
    shown = [
        f"{pair.one} and {pair.other} {words.signed(pair.rank, lambda rank: words.count(rank, 2))}"
        for pair in sorted(pairs, key=lambda pair: -abs(pair.rank or 0))
    ]
    rest = f"all others within ±{words.count(NOTABLE, 2)}"
    return f"{', '.join([*shown, rest])}."


def _resampled(judgement: Judgement, words: Words) -> str:
    stable = judgement.stability
    failed = f" {words.plural(stable.failed, 'resample')} could not be segmented." if stable.failed else ""
    return f"{words.count(stable.resamples)}. {stable.note}{failed}"


def _ordered(judgement: Judgement, words: Words) -> str:
    order = judgement.row_order
    most = f", at most {words.percent(order.most)}," if order.changed else ""
    moved = f"{words.percent(order.changed)} of customers{most} change segment over {words.plural(order.shuffles, 'shuffle')}"
    return f"{moved}. {order.reason}"


def _skipped(months: Iterable[SkippedMonth], words: Words) -> tuple[str, ...]:
    """The month-ends left out of a track record, by reason."""
    reasons: dict[str, list[str]] = {}
    for skipped in months:
        reasons.setdefault(skipped.reason.rstrip("."), []).append(words.short_date(skipped.month_end))
    return tuple(f"Not in it: {words.joined(ends)} ({reason})." for reason, ends in reasons.items())


def _skipped_by_all(evaluation: Evaluation) -> tuple[SkippedMonth, ...]:
    """The month-ends that no recipe's track record holds, for one reason."""
    first, *others = (judgement.track.skipped for judgement in evaluation.judgements)
    return tuple(month for month in first if all(month in other for other in others))


def _agreement(found: Agreement, evaluation: Evaluation, words: Words) -> Part:
    one, other = (_named(evaluation, name) for name in (found.one, found.other))
    total = sum(cell.revenue for cell in found.cells)
    counts = {(cell.one, cell.other): words.count(cell.customers) for cell in found.cells}
    shares = {(c.one, c.other): words.percent(c.revenue / total if total else 0, 0) for c in found.cells}
    both = {key: f"{counts[key]} · {shares[key]}" for key in counts}
    wide = len(other) > MOST_COLUMNS
    cells = {"customers": counts, "share of revenue": shares} if wide else {"customers · share of revenue": both}
    return Part(
        title=f"{found.one} and {found.other}",
        deck=f"Adjusted Rand index {_index(found.rand_index, words)} over {words.plural(found.customers, 'customer')} in "
        "both; 1 is the same grouping, 0 chance.",
        tables=tuple(_crosstab(f"{found.one}: {name}", shown, one, other) for name, shown in cells.items()),
        wide=wide,
    )


def _crosstab(corner: str, shown: Mapping[Place, str], one: Mapping[str, str], other: Mapping[str, str]) -> Table:
    """`shown` by segments of the one (rows) and of the other; rows and columns without customers are left out."""
    rows = [key for key in (*one, None) if any(row == key for row, _ in shown)]
    columns = [key for key in (*other, None) if any(column == key for _, column in shown)]
    return Table(
        caption=corner,
        head=(corner, *(OUTSIDE if key is None else other[key] for key in columns)),
        rows=tuple(
            (OUTSIDE if row is None else one[row], *(shown.get((row, column), NONE) for column in columns))
            for row in rows
        ),
    )


def _named(evaluation: Evaluation, recipe: str) -> dict[str, str]:
    """Id -> name of a recipe's segments, in their order."""
    judgement = next(found for found in evaluation.judgements if found.recipe == recipe)
    return {segment.id: segment.name for segment in judgement.segments}


def _reading(evaluation: Evaluation, words: Words) -> tuple[str, ...]:
    resamples = words.count(max(judgement.stability.resamples for judgement in evaluation.judgements))
    jaccard = "the mean share that a segment has in common with its best match"
    bought = "Bought: a purchase in the next month that was not taken back in full by its end"
    skipped = " ".join(_skipped(_skipped_by_all(evaluation), words))
    return (
        f"Jaccard: customers are drawn anew {resamples} times and segmented again; {jaccard}. {BANDS}.",
        "Rand index: how alike the whole segmentations of these draws are; 1 is the same, 0 chance.",
        f"Track record: each past month-end segmented as of then; customers count once for each. {bought}. {skipped}",
        "Told by the tree: customers whom a decision tree of at most three questions puts where the recipe does.",
        "Silhouette and Calinski–Harabasz are better high, Davies–Bouldin low; inertia always falls with k.",
    )


def _weakest(judgement: Judgement) -> SegmentJudgement | None:
    """The segment with the lowest Jaccard index, the first among equals."""
    rated = [segment for segment in judgement.segments if segment.stability is not None]
    return min(rated, key=lambda segment: segment.stability or 0.0, default=None)


def _chosen(found: ClusterQuality | None) -> Quality | None:
    return next((quality for quality in found.qualities if quality.chosen), None) if found else None


def _index(value: float | None, words: Words, digits: int = 2) -> str:
    """An index with its sign only where it is negative."""
    return words.signed(value, lambda size: words.count(size, digits)).removeprefix("+") if value is not None else NONE
