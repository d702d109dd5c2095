"""Palette: one colour per segment, the same in every chart and table."""

from collections import Counter

from reportgen.brief import Brief

RAMP = 11
"""Colours of the ordered ramp; a recipe with more segments starts again."""
ARCHETYPES = frozenset({
    "big-spenders", "high-value", "best", "loyal", "consistent", "new", "low-engagement", "at-risk", "lost",
})  # fmt: skip
"""Archetypes that have a colour token of their own."""


def tokens(brief: Brief) -> dict[str, str]:
    """The colour token of each segment by its id.

    By archetype, so that Lost looks alike in every recipe; by place in the order where archetypes repeat or are new.
    """
    kinds = Counter(segment.archetype for segment in brief.segments)
    own = set(kinds) <= ARCHETYPES and all(times == 1 for times in kinds.values())
    return {
        segment.id: f"seg-{segment.archetype}" if own else f"ramp-{_step(place, len(brief.segments))}"
        for place, segment in enumerate(brief.segments)
    }


def _step(place: int, count: int) -> int:
    """1 … `RAMP`: `count` colours spread over the ramp."""
    return 1 + (round(place * (RAMP - 1) / (count - 1)) if 1 < count <= RAMP else place % RAMP)
