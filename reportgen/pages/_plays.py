"""A segment's play in words: how it changed, its figure to watch, its record, its programmes, who does it by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, Segment
from reportgen.brief.changes import Move
from reportgen.brief.playbook import Assignment, Kpi, Play, Playbook, Sizing
from reportgen.charts._facts import flow, last_day, news, segment_moved
from reportgen.wording import Words
from reportgen.wording.claims import FLOOR, few, flow_moved, level

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
    """How its customers changed since the month-end before, and whether that is "good" or "bad" ("": neither)."""
    before, end = segment.before, brief.previous_month_end
    if before is None or end is None or not (segment.customers or before.customers):
        return "", ""
    since = words.date(last_day(end))
    if not before.customers or not segment_moved(brief, segment):
        return _unequal(brief, segment, since, words) or _unmoved(
            brief, segment.customers, before.customers, since, words
        ), ""
    more = before.customers_change > 0
    relative = words.change(segment.customers, before.customers)
    count = words.count(abs(before.customers_change))
    text = f"{count} {'more' if more else 'fewer'} than on {since} ({relative})"
    return f"{text}{_exchange(brief, segment, words, more=more)}.", news(segment, more)


def _unequal(brief: Brief, segment: Segment, since: str, words: Words) -> str:
    """How many there were, and how many more there are over windows of equal length, where that is something else."""
    if brief.like_for_like is None or brief.migration is None or segment.before is None or brief.period.partial:
        return ""
    if not segment.before.customers or not flow_moved(*flow(brief.migration, segment)):
        return ""
    came, went = flow(brief.like_for_like, segment)
    net = f"{words.count(abs(came - went))} {'more' if came > went else 'fewer'}" if came != went else "as many"
    return f"{words.count(segment.before.customers)} on {since}; over windows of equal length {net}."


def _unmoved(brief: Brief, now: int, before: int, since: str, words: Words) -> str:
    """How many there were, where no change may be claimed; that nothing changed is a claim, too."""
    then = words.count(before)
    if brief.period.partial or few(now, before):
        return f"{then} on {since}."
    if level(now, before):
        return f"About as many as on {since} ({then})."
    return f"{then} on {since}, within chance."


def _exchange(brief: Brief, segment: Segment, words: Words, *, more: bool) -> str:
    """Where most of those who came were, or where most of those who went are."""
    moves = brief.migration.moves if brief.migration else ()
    if more:
        came = [move for move in moves if move.target == segment.id and move.source not in {segment.id, None}]
        return _largest(came, "source", "; of the other segments, {} gave most ({})", brief, words)
    gone = [move for move in moves if move.source == segment.id and move.target not in {segment.id, None}]
    return _largest(gone, "target", "; most of those who left went to {} ({})", brief, words)


def _largest(moves: list[Move], side: str, text: str, brief: Brief, words: Words) -> str:
    largest = max(moves, key=lambda move: move.customers, default=None)
    if largest is None or largest.customers < FLOOR:
        return ""
    return text.format(named(brief, (getattr(largest, side),), words), words.count(largest.customers))


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


def premise(brief: Brief, segment: Segment, sizing: Sizing, words: Words) -> str:
    """What a size supposes, in a sentence."""
    others, value = named(brief, sizing.compared, words), words.compact(sizing.order_value)
    rates = f"{words.percent(sizing.compared_rate)} a month, not {words.percent(sizing.rate)}"
    many = "few" if sizing.goal == "keep" else "many"
    own = words.plural(segment.customers, "customer")
    ending = "would be missing" if sizing.goal == "keep" else "more"
    size = f"{words.compact(sizing.value)} a month {ending}"
    return f"If of its {own} as {many} bought as of {others} ({rates}), one order of {value} each: {size}."


def unsized(book: Playbook, sizing: Sizing, words: Words) -> str:
    """Why an action has no size."""
    least = words.count(book.least_observed)
    reasons = {
        "no-customers": "no customers",
        "no-comparison": "no other segment to compare it with",
        "few-observed": f"fewer than {least} customer-months or {words.count(book.least_orders)} orders observed",
        "unclear": f"the difference may be chance: the {words.about(Decimal(repr(book.level)))} interval includes zero",
        "thin": "the data are too thin for sizes",
    }
    return reasons[sizing.unsized] if sizing.unsized else ""
