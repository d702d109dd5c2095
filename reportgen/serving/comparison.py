"""Two briefs side by side: key figures, segments, and who moved between their segments."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from reportgen.brief import Brief, Segment
from reportgen.hosting.catalogue import figures
from reportgen.hosting.trend import Measure, measures
from reportgen.wording import Words

NOWHERE = "In no segment"
"""Not yet a customer in the one, or no longer in the window of the other."""


SAME = "same"


@dataclass(frozen=True)
class Row:
    """A figure or a segment in both, and the differences."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Movement:
    """Customers by their segment in the one (rows) and in the other (columns)."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str
    corner: str
    """What rows and columns are."""
    moved: str
    anybody: bool
    """Whether somebody stands elsewhere."""


@dataclass(frozen=True)
class Comparison:
    """What differs between two briefs; `same` if no figure does."""

    figures: tuple[Row, ...]
    segments: tuple[Row, ...]
    windows: str
    """What the revenue of the segments covers: more than the period of the key figures."""
    movement: Movement | None
    same: bool


def compare(one: Brief, other: Brief, lists: tuple[bytes, bytes] | None, locale: str) -> Comparison:
    """`other` against `one`; `lists` are their customers as CSV, without them nobody knows who moved."""
    words = Words(locale, other.currency, other.scale)
    same = (one.period_totals, one.totals, one.segments) == (other.period_totals, other.totals, other.segments)
    return Comparison(
        tuple(_figure(each, one, other, words) for each in measures(words)),
        tuple(_segments(one, other, words)),
        _windows(one, other, words),
        _movement((one, other), lists, words) if lists else None,
        same,
    )


def _figure(measure: Measure, one: Brief, other: Brief, words: Words) -> Row:
    was, now = measure.read(figures(one)), measure.read(figures(other))
    if measure.is_share:
        difference = words.points(now, was)
    else:
        difference = words.count(None) if now is None else words.change(now, was)
    if now == was and now is not None:
        difference = SAME
    return Row(measure.label, (measure.shown(was), measure.shown(now), difference))


def _windows(one: Brief, other: Brief, words: Words) -> str:
    was, now = words.window(one), words.window(other)
    return f"Revenue {was}." if was == now else f"Revenue {was}, beside that {now}."


def _segments(one: Brief, other: Brief, words: Words) -> list[Row]:
    before = {segment.name: segment for segment in one.segments}
    after = {segment.name: segment for segment in other.segments}
    names = list(dict.fromkeys([*after, *before]))
    return [Row(name, _cells(before.get(name), after.get(name), words)) for name in names]


def _cells(was: Segment | None, now: Segment | None, words: Words) -> tuple[str, ...]:
    """Customers, revenue and share in each, and the change of customers; a segment that is in one alone has none."""
    customers, revenue, shares = zip(*map(_sizes, (was, now)), strict=True)
    change = words.count(None)
    if was and now:
        change = words.signed(now.customers - was.customers) if now.customers != was.customers else SAME
    return (
        *map(words.count, customers), change, *map(words.compact, revenue), *map(words.percent, shares),
    )  # fmt: skip


def _sizes(segment: Segment | None) -> tuple[int | None, Decimal | None, float | None]:
    return (segment.customers, segment.revenue, segment.revenue_share) if segment else (None, None, None)


@dataclass(frozen=True)
class Places:
    """The segment of each customer, and the segments in the brief's order."""

    of: Mapping[str, str]
    order: tuple[str, ...]


def _places(brief: Brief, content: bytes) -> Places:
    return Places(members(content), tuple(segment.name for segment in brief.segments))


def members(content: bytes) -> dict[str, str]:
    """Customer → segment of a list of customers."""
    reader = csv.DictReader(StringIO(content.decode(), newline=""))
    return {row["customer"]: row["segment"] for row in reader}


def _movement(briefs: tuple[Brief, Brief], lists: tuple[bytes, bytes], words: Words) -> Movement:
    before, after = (_places(brief, content) for brief, content in zip(briefs, lists, strict=True))
    alike = briefs[0].recipe == briefs[1].recipe
    pairs = Counter((before.of.get(who, NOWHERE), after.of.get(who, NOWHERE)) for who in {*before.of, *after.of})
    rows, heads = _named(before, {name for name, _ in pairs}), _named(after, {name for _, name in pairs})
    return Movement(
        heads,
        tuple(Row(row, tuple(words.count(pairs[row, head] or None) for head in heads)) for row in rows),
        "Who moved" if alike else "Where they stand",
        "From \\ to" if alike else "First \\ second",
        _moved(pairs, words) if alike else _stood(pairs, words),
        any(was != now for was, now in pairs),
    )


def _moved(pairs: Counter[tuple[str, str]], words: Words) -> str:
    """Who changed segment between two issues by one recipe."""
    both, moved, (came, left) = _counted(pairs)
    if not moved + came + left:
        return f"Nobody: {words.plural(both, 'customer stands', 'customers stand')} where they stood."
    text = f"Of {words.plural(both, 'customer')} in both, {words.count(moved)} changed segment"
    entered = [f"{words.count(count)} {what}" for count, what in ((came, "came in"), (left, "left")) if count]
    return "; ".join(filter(None, (text, ", ".join(entered)))) + "."


def _stood(pairs: Counter[tuple[str, str]], words: Words) -> str:
    """Where two recipes put the same customers: nobody moved."""
    both, otherwise, alone = _counted(pairs)
    text = f"Of {words.plural(both, 'customer')} in both, {words.count(otherwise)}"
    rest = [
        f"{words.count(count)} in no segment of the {which}"
        for count, which in zip(alone, ("first", "second"), strict=True) if count
    ]  # fmt: skip
    return "; ".join([f"{text} in segments of two names", *rest]) + "."


def _counted(pairs: Counter[tuple[str, str]]) -> tuple[int, int, tuple[int, int]]:
    """Customers in both, those of them in segments of two names, and those who are in the other or the one alone."""
    both = sum(count for pair, count in pairs.items() if NOWHERE not in pair)
    moved = sum(count for (was, now), count in pairs.items() if was != now and NOWHERE not in (was, now))
    came, left = (sum(count for pair, count in pairs.items() if pair[place] == NOWHERE) for place in (0, 1))
    return both, moved, (came, left)


def _named(places: Places, names: set[str]) -> tuple[str, ...]:
    """`names` in the brief's order; who is in no list comes last."""
    known = [name for name in places.order if name in names]
    return (*known, *sorted(names - {*known, NOWHERE}), *({NOWHERE} & names))
