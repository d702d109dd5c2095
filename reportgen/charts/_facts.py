"""Facts that charts and pages derive alike from the Brief."""

from datetime import date, timedelta

from reportgen.brief import Brief, Segment
from reportgen.brief.changes import Bridge, BridgeItem, BridgeKind, Migration, MonthEnd
from reportgen.wording.claims import flow_moved

WANTED = frozenset({"big-spenders", "high-value", "best", "loyal", "consistent", "new"})
"""Archetypes of which more is good news."""
UNWANTED = frozenset({"at-risk", "lost"})

SPREAD = 10
"""Fewer customers than that are no distribution to draw."""


def whole_record(brief: Brief) -> bool:
    """Whether the period is as long as the segments' window, so that there is no month to tell from it."""
    return brief.period.start <= brief.method.window_start.date()


def through(brief: Brief) -> date:
    """The last day that the figures can know of."""
    return min(brief.period.end, brief.data.last.date())


def yardstick(brief: Brief) -> str:
    """By what both month-ends are measured alike."""
    return "clusters" if brief.method.clustering else "cut points"


def last_day(end: MonthEnd) -> date:
    """The last day that `end` knows of; the first briefs of version 1 did not say it."""
    return end.through or (end.as_of - timedelta(microseconds=1)).date()


def news(segment: Segment, more: bool) -> str:
    """Whether more (or fewer) customers in `segment` are "good" or "bad"; "" where it is neither."""
    if segment.archetype in WANTED:
        return "good" if more else "bad"
    if segment.archetype in UNWANTED:
        return "bad" if more else "good"
    return ""


def segment_moved(brief: Brief, segment: Segment) -> bool:
    """Whether more (or fewer) customers came into `segment` than left it, beyond chance; not known of a part month.

    Where records begin inside the window, windows of equal length must say so, too: longer records fill segments.
    """
    if brief.migration is None or brief.period.partial:
        return False
    came, went = flow(brief.migration, segment)
    if brief.like_for_like is None:
        return flow_moved(came, went)
    equal_came, equal_went = flow(brief.like_for_like, segment)
    alike = (came - went) * (equal_came - equal_went) > 0
    return alike and flow_moved(came, went) and flow_moved(equal_came, equal_went)


def flow(migration: Migration, segment: Segment) -> tuple[int, int]:
    """How many customers came into `segment`, and how many left it."""
    came = sum(move.customers for move in migration.moves if move.target == segment.id != move.source)
    went = sum(move.customers for move in migration.moves if move.source == segment.id != move.target)
    return came, went


def item(bridge: Bridge, kind: BridgeKind) -> BridgeItem:
    """The part of `bridge` of that kind."""
    return next(item for item in bridge.items if item.kind == kind)


def names(brief: Brief) -> dict[str, str]:
    """The name of each segment by its id, in order."""
    return {segment.id: segment.name for segment in brief.segments}
