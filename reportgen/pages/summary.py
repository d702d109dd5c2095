"""Title page: the answer, its figures, the chart that tells the story, what to do, what to read with care."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, Segment
from reportgen.charts import ChartSpec
from reportgen.charts._facts import through, whole_record
from reportgen.charts._palette import tokens
from reportgen.pages import _answer as answer
from reportgen.pages import _care as care
from reportgen.pages import _kpis as kpis
from reportgen.pages._revision import changes
from reportgen.wording import Words

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
    actions: tuple[ActionRow, ...]
    at_stake: str
    """What the money is."""
    cautions: tuple[str, ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context:
    """The title page of `brief`."""
    told = brief.segments and brief.period_totals.guests.orders
    basis = "Customers, orders and order value: sales with a customer number." if told else ""
    return Context(
        headline=answer.headline(brief, words),
        reason=answer.reason(brief, words),
        changes=changes(brief, words),
        kpis=kpis.kpis(brief, words),
        basis=basis,
        chart=charts.get("share") or charts.get("trend"),
        actions=actions(brief, words),
        at_stake=_at_stake(brief, words),
        cautions=care.cautions(brief, words),
    )


def actions(brief: Brief, words: Words) -> tuple[ActionRow, ...]:
    """The actions with most money at stake, most first; what is lost already is not at stake."""
    at_stake = [(segment, *_stake(brief, segment)) for segment in brief.segments if segment.archetype != LOST]
    ranked = sorted((row for row in at_stake if row[1] and row[2] > 0), key=lambda row: -row[2])[:ACTIONS]
    color = tokens(brief)
    return tuple(
        ActionRow(
            title=segment.action.title,
            text=segment.action.text,
            document=segment.action.document,
            segment=segment.name,
            color=color[segment.id],
            customers=words.count(customers),
            revenue=words.compact(revenue),
        )
        for segment, customers, revenue in ranked
    )


def _idle(brief: Brief) -> bool:
    """Whether what is at stake is what idle customers may take along: in a month that somebody sat out."""
    return not whole_record(brief) and any(segment.idle_revenue > 0 for segment in brief.segments)


def _stake(brief: Brief, segment: Segment) -> tuple[int, Decimal]:
    """Customers of `segment` who sat the period out and their window revenue; or else all of them."""
    if not _idle(brief):
        return segment.customers, segment.revenue
    return segment.customers - segment.active_customers, segment.idle_revenue


def _at_stake(brief: Brief, words: Words) -> str:
    """What the customers and the money of the actions are."""
    revenue = words.revenue_name(brief)
    if not _idle(brief):
        return f"At stake: the segment’s customers and their {revenue}."
    during = words.during(brief.period.start, through(brief))
    return f"At stake: customers of the segment who did not order {during}, and their {revenue}."
