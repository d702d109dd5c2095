"""Flow: the geometry of two columns of nodes and the bands between them, in pixels.

Nodes stand in slots: as high as their customers ask for, and high enough for a label. Both columns have one scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

STEPS = 14
"""Points along a band's edge: enough to look round."""
GAP = 4
"""Pixels between two nodes, at least."""


@dataclass(frozen=True)
class Node:
    """A node of `count` customers between two pixels; `label` is the middle of its slot."""

    top: float
    bottom: float
    label: float


@dataclass(frozen=True)
class Band:
    """A band of `count` customers from the node `source` to `target`: upper edges and thickness, in pixels."""

    source: str
    target: str
    count: int
    start: float
    end: float
    thickness: float


def scale_of(columns: Sequence[Sequence[int]], height: float, least: float) -> float:
    """Pixels per customer, such that each column fits into `height` with slots of at least `least`."""
    return min(_scale(column, height, least) for column in columns)


def _scale(counts: Sequence[int], height: float, least: float) -> float:
    """The larger nodes share what the slots of the smaller ones leave."""
    large = sorted(counts, reverse=True)
    while large:
        scale = (height - least * (len(counts) - len(large)) - GAP * len(large)) / max(1, sum(large))
        if large[-1] * scale + GAP >= least:
            return scale
        large.pop()
    return height / max(1, sum(counts))


def column(counts: Mapping[str, int], scale: float, top: float, height: float, least: float) -> dict[str, Node]:
    """Nodes from `top` down, in order; what `height` leaves is spread between them."""
    slots = {name: max(least, count * scale + GAP) for name, count in counts.items()}
    spare = max(0.0, height - fsum(slots.values())) / max(1, len(slots))
    nodes, here = {}, top
    for name, count in counts.items():
        middle = here + (slots[name] + spare) / 2
        nodes[name] = Node(middle - count * scale / 2, middle + count * scale / 2, middle)
        here += slots[name] + spare
    return nodes


def bands(
    flows: Mapping[tuple[str, str], int], left: Mapping[str, Node], right: Mapping[str, Node], scale: float
) -> list[Band]:
    """The bands in the order of their nodes, so that none crosses another at its end."""
    starts, ends = ({name: node.top for name, node in nodes.items()} for nodes in (left, right))
    made = []
    for source in left:
        for target in right:
            if count := flows.get((source, target), 0):
                thick = count * scale
                made.append(Band(source, target, count, starts[source], ends[target], thick))
                starts[source] += thick
                ends[target] += thick
    return made


def outline(band: Band, start: float, end: float) -> tuple[list[float], list[float]]:
    """The edge of `band` between the pixels `start` and `end`, clockwise: x and y of its points."""
    steps = [step / STEPS for step in range(STEPS + 1)]
    xs = [start + (end - start) * step for step in steps]
    # The cubic that is level at both ends.
    upper = [band.start + (band.end - band.start) * step * step * (3 - 2 * step) for step in steps]
    lower = [y + band.thickness for y in upper]
    return [*xs, *reversed(xs), xs[0]], [*upper, *reversed(lower), upper[0]]
