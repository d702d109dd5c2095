"""Palette: one colour per segment, the same in every chart and table, and for a kind of segment in every recipe."""

from collections import Counter

from reportgen.brief import Brief, Segment

RAMP = 11
"""Colours of the ordered ramp, for segments that have none of their own; more of them start again."""
ARCHETYPES = frozenset({
    "big-spenders", "high-value", "best", "loyal", "consistent", "potential", "new", "low-engagement", "cooling",
    "at-risk", "lost", "mixed",
})  # fmt: skip
"""Archetypes that have colours of their own: a token, and that with "-2" for a second segment of the kind."""
TIERS = frozenset({"gold", "silver", "bronze"})
"""Segments whose name is a colour."""


def tokens(brief: Brief) -> dict[str, str]:
    """The colour token of each segment by its id.

    By archetype, so that Lost looks alike in every recipe: the segment of its name first, then by place in the order.
    By place in the ramp where an archetype has no colour, or none is left.
    """
    count, seen, found = len(brief.segments), Counter[str](), {}
    for place, segment in sorted(enumerate(brief.segments), key=lambda entry: entry[1].id != entry[1].archetype):
        seen[segment.archetype] += 1
        found[segment.id] = _own(segment, seen[segment.archetype]) or f"ramp-{_step(place, count)}"
    return {segment.id: found[segment.id] for segment in brief.segments}


def _own(segment: Segment, number: int) -> str:
    """The token of the `number`th segment of its archetype, "" if there is none."""
    if segment.id in TIERS:
        return f"seg-{segment.id}"
    shades = (f"seg-{segment.archetype}", f"seg-{segment.archetype}-2") if segment.archetype in ARCHETYPES else ()
    return shades[number - 1] if number <= len(shades) else ""


def _step(place: int, count: int) -> int:
    """1 … `RAMP`: `count` colours spread over the ramp."""
    return 1 + (round(place * (RAMP - 1) / (count - 1)) if 1 < count <= RAMP else place % RAMP)
