"""A segment's play in words: how it changed, its figure to watch, its record, its programmes, who does it by when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, Segment
from reportgen.brief.playbook import Assignment, Kpi, Play, Playbook, Sizing
from reportgen.wording import Words, capital
from reportgen.wording.claims import FLOOR, few, flow_moved, level
from reportgen.wording.facts import flow, holds_over_equal_windows, last_day, news, segment_moved, sizes, tells_new

NO_TASK = Assignment(segment="", owner="", due=None, title="", text="")


@dataclass(frozen=True)
class Doing:
    """The action as the brief prints it; `document`: "own" where the wording is the house's own; `origin`: in words."""

    title: str
    text: str
    document: str
    origin: str
    owner: str
    """Who and by when, "" if nobody is named."""


@dataclass(frozen=True)
class Watched:
    """A figure to watch and what it is."""

    value: str
    text: str


def play_of(brief: Brief, segment: Segment) -> Play | None:
    """The play of `segment`; None in a brief without a playbook."""
    plays = brief.playbook.plays if brief.playbook else ()
    return next((play for play in plays if play.segment == segment.id), None)


def named(brief: Brief, ids: tuple[str, ...], words: Words) -> str:
    """The names of the segments `ids`."""
    return words.joined([segment.name for segment in brief.segments if segment.id in ids])


# --- what to do ---------------------------------------------------------------------------------------------


def doing(brief: Brief, segment: Segment, words: Words) -> Doing:
    """The configured wording where all it names is known, else the recipe's."""
    tasks = brief.playbook.assignments if brief.playbook else ()
    task = next((task for task in tasks if task.segment == segment.id), NO_TASK)
    known = facts(brief, segment, words)
    title, text = filled(task.title, known), filled(task.text, known)
    due = f"by {words.date(task.due)}" if task.due else ""
    return Doing(
        title=title or segment.action.title,
        text=text or segment.action.text,
        document="own" if text else segment.action.document,
        origin="own wording" if text else f"Document {segment.action.document}",
        owner=", ".join(part for part in (task.owner, due) if part),
    )


def facts(brief: Brief, segment: Segment, words: Words) -> Mapping[str, str | None]:
    """What an own wording may name, as printed; None where the segment has no such fact."""
    play = play_of(brief, segment)
    size = play.sizing.value if play else None
    record = play.track.share if play else None
    return {
        "customers": words.count(segment.customers),
        "customer_share": words.about(segment.customer_share),
        "revenue": words.compact(segment.revenue),
        "revenue_share": words.about(segment.revenue_share),
        "order_value": None if segment.order_value is None else words.compact(segment.order_value),
        "bought": None if record is None else words.about(record),
        "size": None if size is None else words.compact(size),
        "overdue": words.count(play.overdue) if play else None,
    }


def filled(text: str, known: Mapping[str, str | None]) -> str:
    """`text` with the facts it names; "" where one of them is missing."""
    missing = any(value is None and f"{{{name}}}" in text for name, value in known.items())
    return "" if missing else text.format_map({name: value or "" for name, value in known.items()})


# --- how it did ---------------------------------------------------------------------------------------------


def change(brief: Brief, segment: Segment, words: Words) -> tuple[str, str]:
    """How its customers changed since the month-end before, and whether that is "good" or "bad" ("": neither).

    Where the records behind that month-end are shorter, over windows of equal length.
    """
    before, end = segment.before, brief.previous_month_end
    if before is None or end is None or not (segment.customers or before.customers):
        return "", ""
    since = words.date(last_day(end))
    then, now = sizes(brief.like_for_like, segment) if brief.like_for_like else (before.customers, segment.customers)
    if not then or not segment_moved(brief, segment):
        return _uncompared(brief, segment, since, words) or _unmoved(
            brief, segment.customers, before.customers, since, words
        ), ""
    more = now > then
    over = "over windows of equal length, " if brief.like_for_like else ""
    text = f"{over}{words.count(abs(now - then))} {'more' if more else 'fewer'} than on {since}"
    exchange = _exchange(brief, segment, words, more=more)
    return f"{capital(text)} ({words.change(now, then)}){exchange}.", news(segment, more)


def _uncompared(brief: Brief, segment: Segment, since: str, words: Words) -> str:
    """How many there were where shorter records forbid to compare, and why; "" where they don't."""
    if brief.migration is None or segment.before is None or brief.period.partial or not segment.before.customers:
        return ""
    then = words.count(segment.before.customers)
    if not tells_new(brief, segment):
        return f"{then} on {since}; the shorter the records, the more customers look new."
    if brief.like_for_like is None:
        return ""
    if not holds_over_equal_windows(brief, segment):
        return f"{then} on {since}, when records were too short to compare."
    if not flow_moved(*flow(brief.migration, segment)):
        return ""
    came, went = flow(brief.like_for_like, segment)
    net = f"{words.count(abs(came - went))} {'more' if came > went else 'fewer'}" if came != went else "as many"
    return f"{then} on {since}; over windows of equal length {net}."


def _unmoved(brief: Brief, now: int, before: int, since: str, words: Words) -> str:
    """How many there were, where no change may be claimed; that nothing changed is a claim, too."""
    then = words.count(before)
    if brief.period.partial or few(now, before):
        return f"{then} on {since}."
    if level(now, before):
        return f"About as many as on {since} ({then})."
    return f"{then} on {since}, within chance."


def _exchange(brief: Brief, segment: Segment, words: Words, *, more: bool) -> str:
    """Where most of them came from, or went, less those who went the other way: another segment, or outside."""
    migration = brief.like_for_like or brief.migration
    net: Counter[str | None] = Counter()
    for move in migration.moves if migration else ():
        if move.target == segment.id != move.source:
            net[move.source] += move.customers
        if move.source == segment.id != move.target:
            net[move.target] -= move.customers
    other, count = max(net.items(), key=lambda entry: entry[1] if more else -entry[1], default=(None, 0))
    if abs(count) < FLOOR or (count > 0) is not more:
        return ""
    return _told(words.count(abs(count)), named(brief, (other,), words) if other else "", more=more)


def _told(count: str, other: str, *, more: bool) -> str:
    if not other:
        return f"; {count} more entered the segments here than left them" if more else f"; {count} left the segments"
    return f"; {other} gave {count} more than it took" if more else f"; {other} took {count} more than it gave"


def watched(brief: Brief, segment: Segment, words: Words) -> Watched | None:
    """The figure to watch; of few customers as a count."""
    play = play_of(brief, segment)
    if play is None or play.kpi is None or not play.kpi.whole or brief.previous_month_end is None:
        return None
    kpi, then = play.kpi, words.date(last_day(brief.previous_month_end))
    count = f"{words.count(kpi.part)} of {words.count(kpi.whole)}"
    rare = kpi.whole < FLOOR
    did = _did(brief, kpi, words)
    who = f"of its customers on {then}"
    value = count if rare else words.about(kpi.share)
    return Watched(value, f"{who} {did}" + ("" if rare else f" ({count})"))


def _did(brief: Brief, kpi: Kpi, words: Words) -> str:
    if kpi.id == "moved-up":
        return "have moved up"
    return f"bought {words.during(brief.period_totals.start, brief.period_totals.end)}"


def record(brief: Brief, play: Play, words: Words) -> str:
    """What customers did in the month after they stood in the segment."""
    book, track = brief.playbook, play.track
    if book is None or not book.month_ends:
        return "No track record: the history is too short."
    if track.customers < book.least_observed:
        return f"Hardly a track record: {words.plural(track.customers, 'customer-month')} so far."
    spend = f", {words.compact(track.spend_per_buyer)} each" if track.bought else ""
    return (
        f"{words.about(track.share)} of {words.plural(track.customers, 'customer-month')} saw a purchase in the next "
        f"month{spend}."
    )


def programmes(play: Play, words: Words) -> tuple[str, ...]:
    """Titles of its programmes, with what calls for them where it is a count."""
    made = []
    for programme in play.programmes:
        overdue = programme.id == "retention" and play.overdue
        worth = words.compact(play.overdue_revenue)
        made.append(f"{programme.title} ({words.count(play.overdue)} overdue, {worth})" if overdue else programme.title)
    return tuple(made)


# --- sizes --------------------------------------------------------------------------------------------------


def supposed(brief: Brief, sizing: Sizing, who: str, words: Words) -> str:
    """What a size supposes of `who`, without the rate of today."""
    only = "only " if sizing.goal == "keep" else ""
    others = named(brief, sizing.compared, words)
    return f"If {only}{words.percent(sizing.compared_rate)} of {who} bought in a month, as of {others}"


def premise(brief: Brief, segment: Segment, sizing: Sizing, words: Words) -> str:
    """What a size supposes, in a sentence."""
    same = supposed(brief, sizing, f"its {words.plural(segment.customers, 'customer')}", words)
    ending = "would be missing" if sizing.goal == "keep" else "more"
    return (
        f"{same}, and not {words.percent(sizing.rate)}, one order of {words.compact(sizing.order_value)} each: "
        f"{words.compact(sizing.value)} a month {ending}."
    )


def late(count: int) -> str:
    """What so many accounts of the watch list are."""
    return "is overdue by its own rhythm" if count == 1 else "are overdue by their own rhythm"


def unsized(book: Playbook, sizing: Sizing, words: Words) -> str:
    """Why an action has no size."""
    least = words.count(book.least_observed)
    reasons = {
        "no-customers": "no customers",
        "no-comparison": "no other segment to compare with",
        "few-observed": f"fewer than {least} customer-months or {words.count(book.least_orders)} orders observed",
        "unclear": f"the difference may be chance: the {words.about(Decimal(repr(book.level)))} interval includes zero",
        "opposite": _opposite(sizing),
        "thin": "the data are too thin for sizes",
    }
    return reasons[sizing.unsized] if sizing.unsized else ""


def _opposite(sizing: Sizing) -> str:
    """Why a comparison is no measure: it points the other way."""
    others = "the segment compared with"
    return f"{others} buys more often" if sizing.goal == "keep" else f"already buys more often than {others}"
