"""Migration: who stood where at two month-ends, both measured with the same cut points."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from reportgen.brief.changes import Cause, Departure, Direction, Flow, Migration, Move, Reason
from reportgen.findings.alignment import beside
from reportgen.findings.amounts import money, share
from reportgen.findings.snapshots import Snapshot
from reportgen.segmentation import places

LARGEST: Final = 8
DIRECTIONS: Final[tuple[Direction, ...]] = ("up", "down", "stayed", "new", "left")
_OUTSIDE: Final = -1
REASONS: Final[Mapping[Cause, str]] = MappingProxyType(
    {
        "first-purchase": "First purchase since the previous month-end",
        "back": "Had bought before, but stood in no segment",
        "out-of-window": "Nothing bought inside the window any more",
        "no-purchase-left": "Every purchase in the window cancelled",
        "net-not-positive": "Returns equal or exceed purchases",
        "net-negative": "Returns exceed purchases",
    }
)


def migrate(before: Snapshot, now: Snapshot, order: Sequence[str], scale: int) -> Migration:
    """The moves between two snapshots of one scheme; `order`: group ids, from most to least valuable."""
    pairs = _pairs(before, now, order)
    moves = tuple(_move(row, order, scale) for row in _summed(pairs, ["source", "target"]).to_dict("records"))
    changed = [move for move in moves if move.direction in {"up", "down"}]
    lost = [move for move in moves if move.direction in {"down", "left"}]
    return Migration(
        before=before.end.facts(),
        now=now.end.facts(),
        order=tuple(order),
        moves=moves,
        flows=tuple(_flow(direction, moves, scale) for direction in DIRECTIONS),
        departures=tuple(_departure(segment, moves) for segment in order),
        largest=tuple(sorted(changed, key=lambda move: -move.revenue)[:LARGEST]),
        most_gained=max((move for move in changed if move.direction == "up"), key=lambda m: m.revenue, default=None),
        most_lost=max(lost, key=lambda move: move.revenue_before, default=None),
        entered=_reasons(_entered(pairs), ("first-purchase", "back")),
        left=_reasons(_left(pairs, now), ("out-of-window", "no-purchase-left", now.unpaid)),
    )


def _pairs(before: Snapshot, now: Snapshot, order: Sequence[str]) -> pd.DataFrame:
    """Every customer in a segment at either end: places of both in `order` (-1 for none), money, what tells why."""
    then = beside(before.frame[["segment", "monetary", "first"]], now.frame.index)
    frame = pd.DataFrame(
        {
            "source": places(then["segment"], order),
            "target": places(now.frame["segment"], order),
            "revenue": now.frame["monetary"],
            "before": then["monetary"].fillna(0).astype("int64"),
            "first": then["first"].fillna(-1),
            "frequency": now.frame["frequency"],
            "lines": now.frame["lines"],
        },
        index=now.frame.index,
    )
    return frame[(frame["source"] != _OUTSIDE) | (frame["target"] != _OUTSIDE)]


def _entered(pairs: pd.DataFrame) -> "pd.Series[str]":
    """Why each of `pairs` that stood nowhere before does so now."""
    known_before = pairs[pairs["source"] == _OUTSIDE]["first"] >= 0
    return known_before.map({False: "first-purchase", True: "back"})


def _left(pairs: pd.DataFrame, now: Snapshot) -> "pd.Series[str]":
    """Why each of `pairs` stands nowhere now."""
    gone = pairs[pairs["target"] == _OUTSIDE]
    reasons = np.select([gone["lines"] == 0, gone["frequency"] == 0], ["out-of-window", "no-purchase-left"], now.unpaid)
    return pd.Series(reasons)


def _summed(pairs: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Customers and money by `keys`, in the order of the segments, those in none last."""
    summed = pairs.groupby(keys).agg(
        customers=("revenue", "size"), revenue=("revenue", "sum"), before=("before", "sum")
    ).reset_index()  # fmt: skip
    return summed.sort_values(keys, key=lambda places: places.where(places != _OUTSIDE, len(summed)))


def _move(row: Mapping[Hashable, int], order: Sequence[str], scale: int) -> Move:
    source, target = row["source"], row["target"]
    return Move(
        source=None if source == _OUTSIDE else order[source],
        target=None if target == _OUTSIDE else order[target],
        direction=_direction(source, target),
        customers=row["customers"],
        revenue=money(row["revenue"], scale),
        revenue_before=money(row["before"], scale),
    )


def _direction(source: int, target: int) -> Direction:
    if _OUTSIDE in {source, target}:
        return "new" if source == _OUTSIDE else "left"
    if source == target:
        return "stayed"
    return "up" if target < source else "down"


def _flow(direction: Direction, moves: Iterable[Move], scale: int) -> Flow:
    own = [move for move in moves if move.direction == direction]
    return Flow(
        direction=direction,
        customers=sum(move.customers for move in own),
        revenue=sum((move.revenue for move in own), start=money(0, scale)),
        revenue_before=sum((move.revenue_before for move in own), start=money(0, scale)),
    )


def _departure(segment: str, moves: Iterable[Move]) -> Departure:
    counts = dict.fromkeys(DIRECTIONS, 0)
    for move in moves:
        if move.source == segment:
            counts[move.direction] += move.customers
    total = sum(counts.values())

    def part(direction: Direction) -> float | None:
        return share(counts[direction], total) if total else None

    return Departure(
        segment=segment,
        customers=total,
        up=counts["up"],
        stayed=counts["stayed"],
        down=counts["down"],
        left=counts["left"],
        up_share=part("up"),
        stayed_share=part("stayed"),
        down_share=part("down"),
        left_share=part("left"),
    )


def _reasons(found: "pd.Series[str]", names: Iterable[Cause]) -> tuple[Reason, ...]:
    counts = found.value_counts()
    return tuple(Reason(reason=name, label=REASONS[name], customers=int(counts.get(name, 0))) for name in names)
