"""Composes the Evaluation: every judgement of every recipe, and how they agree."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import combinations

from reportgen.brief import Label
from reportgen.brief.track import Track
from reportgen.errors import UsageError
from reportgen.evaluation import SCHEMA_VERSION, Evaluation, Judgement, SegmentJudgement, fingerprint
from reportgen.findings.amounts import money, share
from reportgen.findings.compose import Question
from reportgen.judging import regrouping
from reportgen.judging.agreement import agreement
from reportgen.judging.clusters import cluster_quality
from reportgen.judging.drivers import drivers
from reportgen.judging.row_order import row_order
from reportgen.judging.snapshots import SEED, Material, Snapshot, opened, snapshot
from reportgen.judging.stability import band, stability
from reportgen.judging.track_record import track_record
from reportgen.recipe import Recipe
from reportgen.schemes.labels import checks
from reportgen.segmentation import Group
from reportgen.telling import Say
from reportgen.transactions import Transactions


def evaluate(
    transactions: Transactions,
    recipes: Sequence[Recipe],
    question: Question,
    say: Say,
    during: Callable[[Recipe], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> Evaluation:
    """Judges `recipes` (different ones, at least one) on one ledger and period; `during`: entered for each of them.

    Raises `UsageError` for a recipe asked for twice, `InputError`, `RecipeError`.
    """
    _refuse_repeats(recipes)
    material = opened(transactions, question)
    if material.sample:
        say.note(f"Drew {material.sample.drawn:,} of {material.sample.on_file:,} customers")
    shots, judgements = [], []
    for recipe in recipes:
        say.stage(f"Judging {recipe.id}")
        with during(recipe):
            shots.append(snapshot(material, recipe))
            judgements.append(judge(material, shots[-1]))
    return Evaluation(
        schema_version=SCHEMA_VERSION,
        period=shots[0].frame.period,
        currency=question.currency,
        scale=transactions.scale,
        sample=material.sample,
        seed=SEED,
        judgements=tuple(judgements),
        agreements=tuple(agreement(one, other) for one, other in combinations(shots, 2)),
    )


def judge(material: Material, shot: Snapshot) -> Judgement:
    """One recipe."""
    customers, groups = shot.customers, regrouping.codes(shot.segmentation)
    settled = regrouping.chosen(shot.recipe, shot.segmentation)
    regroup = regrouping.regroup(settled)
    stable = stability(customers, groups, settled, regroup, SEED)
    record = track_record(material, shot)
    tracks = record.of(shot.segmentation.groups)
    return Judgement(
        recipe=shot.recipe.id,
        fingerprint=fingerprint(shot.recipe),
        title=shot.recipe.title,
        document=shot.recipe.document,
        as_of=shot.frame.as_of,
        window_start=shot.frame.start,
        customers=len(customers.frame),
        revenue=money(int(customers.frame["revenue"].sum()), customers.scale),
        orders=shot.recipe.measures.orders,
        frequency=shot.recipe.measures.frequency,
        monetary=shot.recipe.measures.monetary,
        worth=shot.recipe.measures.worth,
        segments=_segments(shot, stable.segments, tracks),
        stability=stable.facts,
        row_order=row_order(customers, groups, settled, regroup, SEED),
        track=record.facts(shot.segmentation.groups),
        drivers=drivers(customers, groups, shot.segmentation.groups),
        clusters=cluster_quality(customers, shot.recipe, settled),
        notes=shot.segmentation.notes,
    )


def _segments(shot: Snapshot, stable: Mapping[int, float], tracks: tuple[Track, ...]) -> tuple[SegmentJudgement, ...]:
    labels = checks(shot.customers.sums(shot.segmentation.members), shot.segmentation.groups, shot.recipe)
    return tuple(
        _segment(shot, group, stable.get(place), tracks[place], labels.get(group.id))
        for place, group in enumerate(shot.segmentation.groups)
    )


def _segment(
    shot: Snapshot, group: Group, jaccard: float | None, track: Track, label: Label | None
) -> SegmentJudgement:
    frame = shot.customers.frame
    members = frame[shot.segmentation.members == group.id]
    revenue = int(members["revenue"].sum())
    return SegmentJudgement(
        id=group.id,
        name=group.name,
        archetype=group.archetype,
        customers=len(members),
        customer_share=share(len(members), len(frame)),
        revenue=money(revenue, shot.customers.scale),
        revenue_share=share(revenue, int(frame["revenue"].sum())),
        stability=jaccard,
        band=None if jaccard is None else band(jaccard),
        track=track,
        label=label,
    )


def _refuse_repeats(recipes: Sequence[Recipe]) -> None:
    ids = [recipe.id for recipe in recipes]
    if repeated := sorted({name for name in ids if ids.count(name) > 1}):
        raise UsageError(
            f"two recipes have the id `{repeated[0]}`", "Name each --recipe once, and give your own ids of their own."
        )
