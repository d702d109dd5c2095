"""Migration: who stood where at two month-ends, both measured with the same cut points."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import pandas as pd

from reportgen.brief.changes import Cause, Departure, Direction, Flow, Migration, Move, Reason
from reportgen.findings.amounts import money, share
from reportgen.findings.month_ends import MonthEnd
from reportgen.findings.standings import NONE

LARGEST: Final = 8
DIRECTIONS: Final[tuple[Direction, ...]] = ("up", "down", "stayed", "new", "left", "aside")
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


def migrate(
    rows: pd.DataFrame, ends: tuple[MonthEnd, MonthEnd], unpaid: Cause, order: Sequence[str], scale: int
) -> Migration:
    """The moves between two month-ends (before, now), by the `rows` of a `crossing`; `order`: group ids, best first.

    unpaid: why those who bought stand in no segment
    """
    some = rows[(rows["source"] != NONE) | (rows["target"] != NONE)]
    moves = tuple(_move(row, order, scale) for row in _summed(some, order))
    changed = [move for move in moves if move.direction in {"up", "down"}]
    lost = [move for move in moves if move.direction in {"down", "left"}]
    fresh, gone = some[some["source"] == NONE], some[some["target"] == NONE]
    return Migration(
        before=ends[0].facts(),
        now=ends[1].facts(),
        order=tuple(order),
        moves=moves,
        flows=tuple(_flow(direction, moves, scale) for direction in DIRECTIONS),
        departures=tuple(_departure(segment, moves) for segment in order),
        largest=tuple(sorted(changed, key=_before, reverse=True)[:LARGEST]),
        most_gained=max((move for move in changed if move.direction == "up"), key=_before, default=None),
        most_lost=max(lost, key=_before, default=None),
        entered=_reasons(
            {"first-purchase": fresh[~fresh["known"]], "back": fresh[fresh["known"]]},
        ),
        left=_reasons(
            {cause: gone[gone["why"] == cause] for cause in ("out-of-window", "no-purchase-left", unpaid)},
        ),
    )


def _summed(rows: pd.DataFrame, order: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """(place before, place now, customers, active, worth, worth before), in the order of segments, in none last."""
    places = {segment: place for place, segment in enumerate(order)}
    sums = rows.groupby(["source", "target"])[["customers", "active", "worth", "worth_before"]].sum()
    found = [(places.get(source, _OUTSIDE), places.get(target, _OUTSIDE), *counts)
             for (source, target), *counts in sums.itertuples(name=None)]  # fmt: skip
    last = len(order)
    yield from sorted(found, key=lambda row: [last if place == _OUTSIDE else place for place in row[:2]])


def _move(row: tuple[int, ...], order: Sequence[str], scale: int) -> Move:
    source, target, customers, active, worth, worth_before = row
    return Move(
        source=None if source == _OUTSIDE else order[source],
        target=None if target == _OUTSIDE else order[target],
        direction=_direction(source, target, idle=2 * active < customers),
        customers=customers,
        revenue=money(worth, scale),
        revenue_before=money(worth_before, scale),
        active=active,
    )


def _direction(source: int, target: int, *, idle: bool) -> Direction:
    if _OUTSIDE in {source, target}:
        return "new" if source == _OUTSIDE else "left"
    if source == target:
        return "stayed"
    if target > source:
        return "down"
    return "aside" if idle else "up"


def _before(move: Move) -> Decimal:
    return move.revenue_before


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
        aside=counts["aside"],
    )


def _reasons(rows: Mapping[Cause, pd.DataFrame]) -> tuple[Reason, ...]:
    return tuple(
        Reason(reason=cause, label=REASONS[cause], customers=int(some["customers"].sum()))
        for cause, some in rows.items()
    )
