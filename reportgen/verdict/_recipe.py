"""A recipe judged, in words: its segments, what tells them apart, the notes."""

from reportgen.brief.track import SkippedMonth, Track
from reportgen.evaluation import ClusterQuality, Evaluation, Judgement, Leaf, SegmentJudgement
from reportgen.verdict._text import Part, Table, index, skipped
from reportgen.wording import NONE, Nouns, Words, nouns

SMALL = 0.01
"""Leaves of the tree with a smaller share of the customers are not put into words."""
NOTABLE = 0.3
"""Rank correlations below it are not named."""


def part(judgement: Judgement, evaluation: Evaluation, words: Words) -> Part:
    several = "s" if ", " in judgement.document else ""
    origin = f", document{several} {judgement.document}" if judgement.document else ""
    tables = [_segments(judgement, words)]
    if judgement.clusters:
        tables.append(_qualities(judgement.clusters, words))
    return Part(
        title=f"{judgement.recipe}: {judgement.title}{origin}",
        deck=_followed(judgement, words),
        tables=tuple(tables),
        notes=tuple((name, texts) for name, texts in _notes(judgement, evaluation, words) if texts),
    )


def skipped_by_all(evaluation: Evaluation) -> tuple[SkippedMonth, ...]:
    """The month-ends that no recipe's track record holds, for one reason."""
    first, *others = (judgement.track.skipped for judgement in evaluation.judgements)
    return tuple(month for month in first if all(month in other for other in others))


def _followed(judgement: Judgement, words: Words) -> str:
    """Which month-ends the track record covers."""
    ends = judgement.track.month_ends
    if not ends:
        return "No track record: no month-end has enough records before it and a whole month after it."
    span = words.short_date(ends[0]) + (f" to {words.short_date(ends[-1])}" if len(ends) > 1 else "")
    return f"Track record of {words.plural(len(ends), 'month-end')}: {span}."


def _segments(judgement: Judgement, words: Words) -> Table:
    rows = [_segment(segment, words) for segment in judgement.segments]
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
        f"{index(segment.stability, words)} {segment.band}" if segment.band else NONE,
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
            ("Silhouette", *(index(quality.silhouette, words, 3) for quality in tried)),
            ("Davies–Bouldin", *(index(quality.davies_bouldin, words, 3) for quality in tried)),
            ("Calinski–Harabasz", *(words.count(quality.calinski_harabasz) for quality in tried)),
            ("Inertia", *(words.count(quality.inertia) for quality in tried)),
        ),
    )


def _notes(judgement: Judgement, evaluation: Evaluation, words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    everywhere = skipped_by_all(evaluation)
    own = [month for month in judgement.track.skipped if month not in everywhere]
    return (
        ("What tells them apart", (*_leaves(judgement, words), _fidelity(judgement, words))),
        ("Names", _names(judgement, words)),
        ("Rank correlation", (_correlated(judgement, words),)),
        ("Number of clusters", (judgement.clusters.why,) if judgement.clusters else ()),
        ("Resamples", (_resampled(judgement, words),)),
        ("Row order", (_ordered(judgement, words),)),
        ("Track record", skipped(own, words)),
        ("Recipe", judgement.notes),
    )


def _leaves(judgement: Judgement, words: Words) -> tuple[str, ...]:
    """The tree as sentences, the largest group of customers first; the smallest groups are only counted."""
    leaves = sorted(judgement.drivers.leaves, key=lambda leaf: -leaf.customers)
    told = [leaf for leaf in leaves if leaf.customers >= SMALL * judgement.customers or leaf is leaves[0]]
    rest = sum(leaf.customers for leaf in leaves if leaf not in told)
    small = f"{words.plural(rest, 'other')}, in groups below {words.percent(SMALL, 0)} of all."
    return (*(_leaf(leaf, words, nouns(judgement)) for leaf in told), *([small] if rest else []))


def _leaf(leaf: Leaf, words: Words, named: Nouns) -> str:
    share = f"{words.about(leaf.hits / leaf.customers)} of {words.plural(leaf.customers, 'customer')}"
    return f"{leaf.name}: {words.rule(leaf.when, named) or 'everybody'} ({share})."


def _fidelity(judgement: Judgement, words: Words) -> str:
    found = judgement.drivers
    named = nouns(judgement)
    names = {"R": "recency", "F": named.many, "M": named.spend, "T": "tenure"}
    used = sorted((part for part in found.importance if part.share), key=lambda part: -part.share)
    shares = words.joined([f"{names[part.axis]} {words.about(part.share)}" for part in used])
    put = f"These questions put {words.about(found.fidelity)} of customers where the recipe does"
    alone = f"the largest segment alone holds {words.about(found.largest)}"
    return f"{put}; {alone}." + (f" Weight of the questions: {shares}." if shares else "")


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
    return f"{words.plural(stable.resamples, 'draw')}. {stable.note}{failed}"


def _ordered(judgement: Judgement, words: Words) -> str:
    order = judgement.row_order
    most = f", at most {words.percent(order.most)}," if order.changed else ""
    shuffles = words.plural(order.shuffles, "shuffle")
    moved = f"{words.percent(order.changed)} of customers{most} change segment over {shuffles}"
    return f"{moved}. {order.reason}"
