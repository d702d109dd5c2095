"""Title page: the answer, its figures, the chart that tells the story, what to do, what to read with care."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, Segment
from reportgen.brief.playbook import Account
from reportgen.charts import ChartSpec, tokens
from reportgen.charts.effects import sized, spread
from reportgen.pages import _answer as answer
from reportgen.pages import _care as care
from reportgen.pages import _kpis as kpis
from reportgen.pages import _plays as plays
from reportgen.pages._figures import identified
from reportgen.pages._revision import changes
from reportgen.wording import Words
from reportgen.wording.facts import through, whole_record

PLACE = 10
NAME = "Summary"
ACTIONS = 3
LOST = "lost"


@dataclass(frozen=True)
class ActionRow:
    """What to do about a segment, for whom, and what is at stake."""

    title: str
    text: str
    document: str
    segment: str
    color: str
    customers: str
    revenue: str
    """"" where nothing is known to be at stake."""
    span: str
    """The interval of a size, or why there is no revenue, "" where neither is."""
    owner: str


@dataclass(frozen=True)
class Overdue:
    """The regular customers who are late: how many with what revenue, and the largest of them, who isn't named here."""

    all: str
    largest: str
    """"" in a copy that tells nothing of single customers."""


@dataclass(frozen=True)
class Context:
    """What `summary.html.j2` prints."""

    headline: str
    reason: str
    changes: str
    """What a revision changed, "" for a first issue."""
    kpis: tuple[kpis.Kpi, ...]
    basis: str
    """What customers and orders are counted on, "" if it needs no saying."""
    chart: ChartSpec | None
    overdue: Overdue | None
    """Who comes before all actions; None where nobody is late."""
    actions: tuple[ActionRow, ...]
    actions_title: str
    worth: str
    """The head of the column of money."""
    at_stake: str
    """What the money is."""
    cautions: tuple[str, ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context:
    """The title page of `brief`."""
    rows = actions(brief, words)
    return Context(
        headline=answer.headline(brief, words),
        reason=answer.reason(brief, words),
        changes=changes(brief, words),
        kpis=kpis.kpis(brief, words),
        basis=_basis(brief, words),
        chart=charts.get("share") or charts.get("trend"),
        overdue=_overdue(brief, words),
        actions=rows,
        actions_title=_actions_title(brief, rows),
        worth="In a month, about" if sized(brief) else "At stake",
        at_stake=_at_stake(brief, words),
        cautions=care.cautions(brief, words),
    )


def _basis(brief: Brief, words: Words) -> str:
    """What the key figures count, where the segments or the revenue count more."""
    now = brief.period_totals
    worth = f"{words.compact(identified(now).revenue)} of the {words.compact(now.revenue)}"
    known = f"sales with a customer number, {worth}" if now.guests.orders else ""
    book = brief.playbook
    taken = book is not None and book.giants.counted and book.giants.reversed_orders
    standing = "without orders taken back in full, which the segments count" if taken else ""
    parts = ", ".join(filter(None, (known, standing)))
    return f"Customers, orders and order value: {parts}." if brief.segments and parts else ""


def actions(brief: Brief, words: Words) -> tuple[ActionRow, ...]:
    """The three most valuable actions: by size, or where none has one, by the money at stake; then those without."""
    rows = _sized(brief, words) or _staked(brief, words)
    named = {segment.id for segment, *_ in rows}
    others = [segment for segment in brief.segments if rows and segment.customers and segment.id not in named]
    return tuple(_row(brief, *row, words) for row in [*rows, *_worthless(brief, others, words)][:ACTIONS])


def _overdue(brief: Brief, words: Words) -> Overdue | None:
    found = brief.playbook.watch_list if brief.playbook else None
    if found is None or not found.overdue:
        return None
    one = found.overdue == 1
    who = f"{words.plural(found.overdue, 'regular customer')} ({words.compact(found.revenue)} of revenue)"
    return Overdue(f"{who} {plays.late(found.overdue)}: start there.", "".join(_silent(brief, account, words, one=one)
                                                          for account in found.accounts[:1]))  # fmt: skip


def _silent(brief: Brief, account: Account, words: Words, *, one: bool) -> str:
    """How long the largest of those overdue is silent, and what is usual for it."""
    segment = plays.named(brief, (account.segment,), words)
    who = f"It belongs to {segment} and" if one else f"The largest, {words.compact(account.revenue)} in {segment},"
    usual = words.figure(account.median_gap)
    return f"{who} has been silent for {words.plural(account.days_since, 'day')}; {usual} are usual."


def _sized(brief: Brief, words: Words) -> list[tuple[Segment, str, str, str]]:
    """The actions that have a size, the largest first; those for customers who are lost come last."""
    return [
        (segment, words.count(segment.customers), words.compact(size.value), spread(size, words))
        for segment, size in sorted(sized(brief), key=lambda row: row[0].archetype == LOST)
    ]


def _worthless(brief: Brief, segments: Sequence[Segment], words: Words) -> list[tuple[Segment, str, str, str]]:
    """The rows of `segments` without a figure, and why: an action for few segments is no plan for all customers."""
    if sized(brief):
        return [(segment, words.count(segment.customers), "", "no size") for segment in segments]
    stakes = [(segment, _stake(brief, segment)[0]) for segment in segments]
    return [(segment, words.count(customers), "", _spared(segment, customers)) for segment, customers in stakes]


def _spared(segment: Segment, customers: int) -> str:
    """Why nothing of `segment` is at stake, of which `customers` could be."""
    if segment.archetype == LOST:
        return "lost already"
    return "no net revenue" if customers else "all ordered"


def _row(brief: Brief, segment: Segment, customers: str, revenue: str, span: str, words: Words) -> ActionRow:  # noqa: PLR0913, PLR0917
    does = plays.doing(brief, segment, words)
    return ActionRow(
        title=does.title,
        text=does.text,
        document=does.document,
        owner=does.owner,
        segment=segment.name,
        color=tokens(brief)[segment.id],
        customers=customers,
        revenue=revenue,
        span=span,
    )


def _staked(brief: Brief, words: Words) -> list[tuple[Segment, str, str, str]]:
    """The segments with most money at stake, most first; what is lost already is not at stake."""
    at_stake = [(segment, *_stake(brief, segment)) for segment in brief.segments if segment.archetype != LOST]
    ranked = sorted((row for row in at_stake if row[1] and row[2] > 0), key=lambda row: -row[2])
    return [(segment, words.count(customers), words.compact(revenue), "") for segment, customers, revenue in ranked]


def _idle(brief: Brief) -> bool:
    """Whether what is at stake is what idle customers may take along: in a month that somebody sat out."""
    return not whole_record(brief) and any(segment.idle_revenue > 0 for segment in brief.segments)


def _stake(brief: Brief, segment: Segment) -> tuple[int, Decimal]:
    """Customers of `segment` who sat the period out and their window revenue; or else all of them."""
    if not _idle(brief):
        return segment.customers, segment.revenue
    return segment.customers - segment.active_customers, segment.idle_revenue


def _actions_title(brief: Brief, rows: Sequence[ActionRow]) -> str:
    """Says how they were chosen, if all of them were."""
    if not all(row.revenue for row in rows):
        return "What to do"
    if not sized(brief):
        return "What to do: where most is at stake"
    passed = any(segment.archetype == LOST for segment, _ in sized(brief)[: len(rows)])
    most = "the most valuable actions"
    return f"What to do: {most} for those who aren’t lost" if passed else f"What to do: {most}"


def _at_stake(brief: Brief, words: Words) -> str:
    """What the customers and the money of the actions are."""
    if sized(brief):
        return (
            "To gain: what a better segment’s share of buyers would bring; to keep: what a weaker one’s would cost. "
            "One order each; no forecast."
        )
    revenue = words.revenue_name(brief)
    if not _idle(brief):
        return f"At stake: the segment’s customers and their {revenue}."
    during = words.during(brief.period.start, through(brief))
    return f"At stake: customers of the segment who did not order {during}, and their {revenue}."
