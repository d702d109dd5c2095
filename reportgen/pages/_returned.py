"""Who bought again: the customers of each segment at the previous month-end, and what they did in the period."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.changes import Bridge, BridgeLine
from reportgen.charts import tokens
from reportgen.charts.bridge import spans
from reportgen.wording import NONE, Claim, Words, title
from reportgen.wording.claims import FLOOR, share_moved
from reportgen.wording.facts import last_day, names

LATE = frozenset({"at-risk", "lost"})
"""Archetypes whose customers are away: whoever buys came back."""


@dataclass(frozen=True)
class ReturnedRow:
    """A segment then: its customers, how many bought before, of them again, and how many others came back."""

    name: str
    color: str
    customers: str
    bought: str
    again: str
    share: str
    back: str
    before: str
    now: str
    change: str


@dataclass(frozen=True)
class Returned:
    """The table, its title and heads. `total` is its last row."""

    title: str
    then: str
    now: str
    day: str
    net: str
    """What the money is."""
    unit: str
    rows: tuple[ReturnedRow, ...]
    total: ReturnedRow


def returned(brief: Brief, words: Words) -> Returned | None:
    """The table of `brief`; None without a previous month-end."""
    bridge, end = brief.bridge, brief.previous_month_end
    if bridge is None or end is None:
        return None
    then, now = spans(brief, bridge, words)
    known = _lines(bridge)
    unit = words.unit([line.before / 100 for line in known] + [line.now / 100 for line in known])
    color, name = tokens(brief), names(brief)
    size = {segment.id: segment.before.customers for segment in brief.segments if segment.before}

    def row(label: str, token: str, customers: int, lines: list[BridgeLine]) -> ReturnedRow:
        bought, again, back = (sum(counts) for counts in zip(*(_counts(line) for line in lines), strict=True))
        before, after = (sum((getattr(line, at) for line in lines), Decimal(0)) for at in ("before", "now"))
        return ReturnedRow(
            name=label, color=token, customers=words.count(customers), bought=words.count(bought),
            again=words.count(again), share=words.percent(again / bought, 0) if bought else NONE,
            back=words.count(back), before=words.in_unit(before, unit), now=words.in_unit(after, unit),
            change=words.signed(after - before, lambda amount: words.in_unit(amount, unit)),
        )  # fmt: skip

    return Returned(
        title=title(*claims(brief, words), plain=f"Who bought again in {now}, by segment"),
        then=then,
        now=now,
        day=words.date(last_day(end)),
        net=words.net(brief),
        unit=unit.label,
        rows=tuple(row(name[s], color[s], size.get(s, 0), [line]) for line in known if (s := line.segment)),
        total=row("All segments", "", sum(size.values()), known),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """Which segment's buyers came again most and least often, where that is no chance."""
    if brief.bridge is None or brief.period.partial:
        return ()
    name = names(brief)
    rates = [(again / bought, again, bought, line.segment or "") for line in _lines(brief.bridge)
             for bought, again, _ in (_counts(line),) if bought >= FLOOR]  # fmt: skip
    if len(rates) < 2:  # noqa: PLR2004
        return ()
    (least, few, of_few, low), *_, (most, many, of_many, high) = sorted(rates)
    then, now = spans(brief, brief.bridge, words)
    text = (
        f"{words.about(most)} of {name[high]} who bought in {then} bought again in {now}, but {words.about(least)} of "
        f"{name[low]}"
    )
    return (Claim(text, holds=most > least and share_moved(many, of_many, few, of_few)),)


def returned_late(brief: Brief, words: Words) -> tuple[str, str] | None:
    """How many of those who were away came back, and what they brought."""
    late = {segment.id for segment in brief.segments if segment.archetype in LATE}
    names = [segment.name for segment in brief.segments if segment.id in late]
    away = sum(segment.before.customers for segment in brief.segments if segment.id in late and segment.before)
    if brief.bridge is None or not away:
        return None
    items = [item for line in _lines(brief.bridge) if line.segment in late for item in line.items]
    back = [item for item in items if item.kind == "reactivated"]
    count, amount = sum(item.customers or 0 for item in back), sum((item.amount for item in back), Decimal(0))
    text = (
        f"{words.count(count)} of the {words.plural(away, 'customer')} in {words.joined(names)} bought again, worth "
        f"{words.compact(amount)}."
    )
    return "Back from silence", text


def _lines(bridge: Bridge) -> list[BridgeLine]:
    """Of those who stood in a segment."""
    return [line for line in bridge.segments_before if line.segment]


def _counts(line: BridgeLine) -> tuple[int, int, int]:
    """Customers who bought before, of them again now, and others who came back."""
    count = {item.kind: item.customers or 0 for item in line.items}
    again = count["expansion"] + count["contraction"]
    return again + count["lapsed"], again, count["reactivated"]
