"""Who moved between the two month-ends: shares, matrix, the largest moves, sums by direction."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.changes import Direction, Flow, Migration, Move
from reportgen.charts import ChartSpec, tokens
from reportgen.wording import Claim, Words, capital, title
from reportgen.wording.claims import FLOOR, flow_moved
from reportgen.wording.facts import last_day, names, through, yardstick

PLACE = 30
NAME = "Who moved"
SEVERAL = 5
"""Largest moves shown."""
NAMED, ROOM = 7, 15
"""Columns of the matrix bear the segments' names up to so many segments and letters, else their numbers."""
TINTS = 3
FLOWS: Mapping[Direction, str] = {
    "up": "Moved up", "aside": "Up without an order", "down": "Moved down", "stayed": "Stayed", "new": "Entered",
    "left": "Left the segments",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """Customers who went from the row's segment to the column's; `tint`: "up-2", "down-1", "same" … or ""."""

    text: str
    tint: str


@dataclass(frozen=True)
class MatrixRow:
    """Where the customers of a segment went."""

    name: str
    color: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class MoveRow:
    """A move, its direction in words, its customers and their revenue then and now."""

    source: str
    target: str
    direction: str
    tone: str
    customers: str
    before: str
    revenue: str


@dataclass(frozen=True)
class FlowRow:
    """All moves of one direction; `even`: customers and revenue over windows of equal length."""

    name: str
    tone: str
    customers: str
    before: str
    revenue: str
    even: tuple[str, str] | None


@dataclass(frozen=True)
class Context:
    """What `moves.html.j2` prints."""

    title: str
    deck: str
    chart: ChartSpec | None
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    numbered: bool
    largest: tuple[MoveRow, ...]
    flows: tuple[FlowRow, ...]
    even: str
    """Head of the like-for-like columns, "" without them."""
    then: str
    now: str
    revenue_name: str
    aside: bool
    """Whether some moved up without an order."""
    note: str


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None without a previous month-end."""
    migration = brief.migration
    if migration is None or not migration.moves:
        return None
    then, now = (words.date(last_day(end)) for end in (migration.before, migration.now))
    numbered = len(brief.segments) > NAMED or any(len(segment.name) > ROOM for segment in brief.segments)
    equal = brief.like_for_like
    return Context(
        title=title(*claims(brief, words), plain="Customers who moved between the segments"),
        deck=f"Segment on {then} against {now}, by the same {yardstick(brief)}.",
        chart=charts.get("moves"),
        columns=_columns(brief, migration, words, numbered=numbered),
        rows=_rows(brief, migration, words),
        numbered=numbered,
        largest=_largest(brief, migration, words, numbered=numbered),
        flows=_flows(migration, equal, words),
        even=f"Equal windows, {words.plural(equal.now.history_months, 'month')} each" if equal else "",
        then=then,
        now=now,
        revenue_name=capital(words.revenue_name(brief)),
        aside=_flow(migration, "aside").customers > 0,
        note=" ".join(filter(None, (_note(brief, migration, words), _causes(migration, words)))),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """Whether more moved down or up, with the largest move by revenue; where neither is clear, that move alone."""
    migration = brief.migration
    if migration is None or brief.period.partial:
        return ()
    balance, clear = _balance(brief, migration, words)
    who, where = _most(migration, words, names(brief))
    return (
        Claim(f"{balance}; the largest move by revenue: {who} from {where}", holds=clear and bool(who)),
        Claim(f"{balance}; the largest move by revenue: {where}", holds=clear and bool(who)),
        Claim(balance, holds=clear),
        Claim(f"The largest move by revenue: {who} from {where}", holds=bool(who)),
    )


def _balance(brief: Brief, migration: Migration, words: Words) -> tuple[str, bool]:
    """How many moved down and up, and whether these differ beyond chance; of unequal windows, over equal ones."""
    even = brief.like_for_like or migration
    down, up = _flow(even, "down").customers, _flow(even, "up").customers
    over = " over equal windows" if brief.like_for_like else ""
    more, fewer = ((down, "down"), (up, "up")) if down > up else ((up, "up"), (down, "down"))
    who = words.plural(more[0], "customer")
    return f"{who} moved {more[1]}, {words.count(fewer[0])} {fewer[1]}{over}", flow_moved(up, down)


def _most(migration: Migration, words: Words, name: Mapping[str, str]) -> tuple[str, str]:
    """The move up, down or out whose customers brought most before, who and where; ("", "") where none brought any."""
    found = [move for move in (migration.most_gained, migration.most_lost) if move and move.source]
    most = max(found, key=lambda move: move.revenue_before, default=None)
    if most is None or most.source is None or most.revenue_before <= 0:
        return "", ""
    where = f"to {name[most.target]}" if most.target else "out of the segments"
    who = f"{words.plural(most.customers, 'customer')} worth {words.compact(most.revenue_before)}"
    return who, f"{name[most.source]} {where}"


CAUSES = {
    "first-purchase": "{} by a first purchase",
    "back": "{} after a time in no segment",
    "out-of-window": "{} with nothing bought inside the window any more",
    "no-purchase-left": "{} with every purchase cancelled",
    "net-not-positive": "{} whose returns equal or exceed their purchases",
    "net-negative": "{} whose returns exceed their purchases",
}


def _causes(migration: Migration, words: Words) -> str:
    """Why customers came and went: "Entered: 322 by a first purchase. Left: 1 with every purchase cancelled."."""
    made = []
    for name, reasons in (("Entered", migration.entered), ("Left", migration.left)):
        parts = [CAUSES[part.reason].format(words.count(part.customers)) for part in reasons if part.customers]
        made += [f"{name}: {words.joined(parts)}."] if parts else []
    return " ".join(made)


def _note(brief: Brief, migration: Migration, words: Words) -> str:
    """Why moves are overstated: the days to come, or a shorter history before."""
    if brief.period.partial:
        return (
            f"Records end on {words.date(through(brief))}: whoever orders after it counts as silent until the month’s "
            "end, so moves down and out are overstated."
        )
    if brief.like_for_like is None:
        return ""
    then, now = migration.before.history_months, migration.now.history_months
    return (
        f"The month-end before rests on {words.plural(then, 'month')} of records, this one on {words.count(now)}, "
        "which lifts customers by itself."
    )


def _flow(migration: Migration, direction: Direction) -> Flow:
    none = Flow(direction=direction, customers=0, revenue=Decimal(0), revenue_before=Decimal(0))
    return next((flow for flow in migration.flows if flow.direction == direction), none)


def _columns(brief: Brief, migration: Migration, words: Words, *, numbered: bool) -> tuple[str, ...]:
    names = [words.count(place + 1) if numbered else s.name for place, s in enumerate(brief.segments)]
    return (*names, *(["Left"] if _flow(migration, "left").customers else []))


def _rows(brief: Brief, migration: Migration, words: Words) -> tuple[MatrixRow, ...]:
    found = {(move.source, move.target): move for move in migration.moves}
    most = max((move.customers for move in migration.moves if move.direction in {"up", "down"}), default=1)
    targets: list[str | None] = [segment.id for segment in brief.segments]
    targets += [None] if _flow(migration, "left").customers else []
    color = tokens(brief)
    sources: list[tuple[str | None, str, str]] = [(s.id, s.name, color[s.id]) for s in brief.segments]
    if _flow(migration, "new").customers:
        sources.append((None, "Entered", ""))
    return tuple(
        MatrixRow(name, token, tuple(_cell(found.get((source, target)), most, words) for target in targets))
        for source, name, token in sources
    )


def _cell(move: Move | None, most: int, words: Words) -> Cell:
    """A count; the deeper its tint, the more customers."""
    if move is None or not move.customers:
        return Cell("·", "")
    depth = min(TINTS, 1 + int(TINTS * move.customers / (most + 1)))
    tints = {"up": f"up-{depth}", "down": f"down-{depth}", "left": f"down-{depth}", "new": "came"}
    return Cell(words.count(move.customers), tints.get(move.direction, "same"))


def _largest(brief: Brief, migration: Migration, words: Words, *, numbered: bool) -> tuple[MoveRow, ...]:
    """By name, or by the numbers of the matrix where it has them."""
    numbers = {segment.id: words.count(place) for place, segment in enumerate(brief.segments, 1)}
    name = numbers if numbered else names(brief)
    return tuple(
        MoveRow(
            source=name[move.source],
            target=name[move.target],
            direction="up" if move.direction == "up" else "down",
            tone="good" if move.direction == "up" else "bad",
            customers=words.count(move.customers),
            before=words.compact(move.revenue_before),
            revenue=words.compact(move.revenue),
        )
        for move in migration.largest[:SEVERAL]
        if move.source and move.target
    )


def _flows(migration: Migration, equal: Migration | None, words: Words) -> tuple[FlowRow, ...]:
    """All directions that anybody took."""
    tones = {"up": "good", "down": "bad", "left": "bad"}
    return tuple(
        FlowRow(
            name=FLOWS[direction],
            tone=tones.get(direction, "") if flow.customers >= FLOOR else "",
            customers=words.count(flow.customers),
            before=words.compact(flow.revenue_before) if direction != "new" else "",
            revenue=words.compact(flow.revenue) if direction != "left" else "",
            even=_even(equal, direction, words) if equal else None,
        )
        for direction in FLOWS
        for flow in (_flow(migration, direction),)
        if flow.customers or (equal and _flow(equal, direction).customers)
    )


def _even(equal: Migration, direction: Direction, words: Words) -> tuple[str, str]:
    flow = _flow(equal, direction)
    return words.count(flow.customers), words.compact(flow.revenue) if direction != "left" else ""
