"""Facts that charts and pages derive alike from the Brief."""

from datetime import date, timedelta

from reportgen.brief import FIRST_RECORD_BY_DAY, Brief, Segment
from reportgen.brief.changes import Bridge, BridgeItem, BridgeKind, Migration, MonthEnd
from reportgen.wording.claims import flow_moved

WANTED = frozenset({"big-spenders", "high-value", "best", "loyal", "consistent", "new"})
"""Archetypes of which more is good news."""
UNWANTED = frozenset({"at-risk", "lost"})

ALIKE = 0.1
"""A segment that differs by more of its customers over a shorter window is another one."""
SPREAD = 10
"""Fewer customers than that are no distribution to draw."""


def whole_record(brief: Brief) -> bool:
    """Whether the period is as long as the segments' window, so that there is no month to tell from it."""
    return brief.period.start <= brief.method.window_start.date()


def through(brief: Brief) -> date:
    """The last day that the figures can know of."""
    return min(brief.period.end, brief.data.last.date())


def seasoned(brief: Brief, start: date) -> bool:
    """Whether records reach back a year before `start`: until then, too few buyers are known from before."""
    first = brief.data.first.date()
    day = 1 if first.day <= FIRST_RECORD_BY_DAY else first.day
    return (first.year + 1, first.month, day) <= (start.year, start.month, start.day)


def tells_new(brief: Brief, segment: Segment) -> bool:
    """Whether `segment` can be compared with the period before: of first purchases only where records are long."""
    before = brief.previous_totals
    return segment.archetype != "new" or (before is not None and seasoned(brief, before.start))


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
    if brief.migration is None or brief.period.partial or not tells_new(brief, segment):
        return False
    came, went = flow(brief.migration, segment)
    if brief.like_for_like is None:
        return flow_moved(came, went)
    equal_came, equal_went = flow(brief.like_for_like, segment)
    alike = (came - went) * (equal_came - equal_went) > 0
    told = alike and holds_over_equal_windows(brief, segment)
    return told and flow_moved(came, went) and flow_moved(equal_came, equal_went)


def sizes(migration: Migration, segment: Segment) -> tuple[int, int]:
    """How many customers `segment` had before, and has now."""
    before = sum(move.customers for move in migration.moves if move.source == segment.id)
    return before, sum(move.customers for move in migration.moves if move.target == segment.id)


def uneven(brief: Brief) -> bool:
    """Whether the month-end before rests on fewer months of records, so that what counts the window grew by itself."""
    before, now = brief.previous_month_end, brief.month_end
    return before is not None and now is not None and before.history_months < now.history_months


def growth(brief: Brief, segment: Segment) -> int | None:
    """How many customers more than at the month-end before; None without one.

    Where records then were shorter, over windows of equal length, and None where these say nothing about the segment.
    """
    if brief.like_for_like is None:
        return segment.before.customers_change if segment.before else None
    if not holds_over_equal_windows(brief, segment):
        return None
    before, now = sizes(brief.like_for_like, segment)
    return now - before


def holds_over_equal_windows(brief: Brief, segment: Segment) -> bool:
    """Whether windows of equal length find nearly as many customers in `segment`: else they say nothing about it.

    A window of half a year finds nobody who has been silent for longer.
    """
    if brief.like_for_like is None:
        return True
    _before, now = sizes(brief.like_for_like, segment)
    return abs(now - segment.customers) <= ALIKE * segment.customers


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
