"""The last evaluation beside the brief's segments: stability and track record."""

from dataclasses import dataclass

from reportgen.brief import Brief
from reportgen.brief.judged import Judged, SegmentJudged
from reportgen.charts import tokens
from reportgen.wording import NONE, Words


@dataclass(frozen=True)
class JudgedRow:
    """A segment; dashes where the evaluation did not know it."""

    name: str
    color: str
    stability: str
    observed: str
    bought: str
    spend: str


@dataclass(frozen=True)
class JudgedTable:
    """The rows, and what they mean."""

    title: str
    rows: tuple[JudgedRow, ...]
    note: str


def judged_table(brief: Brief, words: Words) -> JudgedTable | None:
    """None where no evaluation of the recipe is there."""
    found = brief.method.evaluation
    if found is None:
        return None
    known = {segment.id: segment for segment in found.segments}
    color = tokens(brief)
    return JudgedTable(
        title=f"What the evaluation of data through {words.date(found.through)} found",
        rows=tuple(_row(segment.name, color[segment.id], known.get(segment.id), words) for segment in brief.segments),
        note=_note(found, words),
    )


def _row(name: str, color: str, found: SegmentJudged | None, words: Words) -> JudgedRow:
    if found is None:
        return JudgedRow(name, color, NONE, NONE, NONE, NONE)
    stability = f"{words.count(found.stability, 2)}, {found.band}" if found.stability is not None else NONE
    bought = words.percent(found.bought_share, 0) if found.observed else NONE
    return JudgedRow(name, color, stability, words.count(found.observed), bought, words.whole(found.spend_per_buyer))


def _note(found: Judged, words: Words) -> str:
    resamples, ends = words.count(found.resamples), words.plural(found.month_ends, "past month-end")
    bands = "below 0.60 unstable, to 0.75 doubtful, above 0.75 stable, above 0.85 highly stable"
    jaccard = f"mean share in common with the best match (Jaccard): {bands}"
    parts = [
        f"Stability: customers drawn anew {resamples} times and segmented again; {jaccard}.",
        f"Stood there: customers at {ends}, once for each; bought: those who did in the next month.",
        f"Another order of rows moves {words.percent(found.moved)} of customers.",
    ]
    if found.sample:
        parts.append(f"A sample of {words.count(found.sample)} customers.")
    return " ".join(parts)
