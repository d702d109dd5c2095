"""Title page: the answer, its figures, the chart that tells the story, what to do, what to read with care."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.brief import Brief, Segment
from reportgen.charts import ChartSpec
from reportgen.charts._palette import tokens
from reportgen.pages import _answer as answer
from reportgen.pages import _care as care
from reportgen.pages import _kpis as kpis
from reportgen.wording import Words

PLACE = 10
NAME = "Summary"
ACTIONS = 3


@dataclass(frozen=True)
class ActionRow:
    """What to do about a segment, and what it is worth."""

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
    kpis: tuple[kpis.Kpi, ...]
    basis: str
    """What customers and orders are counted on, "" if it needs no saying."""
    chart: ChartSpec | None
    actions: tuple[ActionRow, ...]
    revenue_name: str
    cautions: tuple[str, ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context:
    """The title page of `brief`."""
    guests = brief.period_totals.guests
    basis = "Customers, orders and revenue per order: sales with a customer number." if guests.orders else ""
    return Context(
        headline=answer.headline(brief, words),
        reason=answer.reason(brief, words),
        kpis=kpis.kpis(brief, words),
        basis=basis,
        chart=charts.get("share"),
        actions=actions(brief, words),
        revenue_name=words.revenue_name(brief),
        cautions=care.cautions(brief, words),
    )


def actions(brief: Brief, words: Words) -> tuple[ActionRow, ...]:
    """The actions of the segments with most revenue, most first."""
    worth = [segment for segment in brief.segments if segment.customers and segment.revenue > 0]
    ranked = sorted(worth, key=lambda segment: -segment.revenue)[:ACTIONS]
    color = tokens(brief)
    return tuple(_row(segment, color[segment.id], words) for segment in ranked)


def _row(segment: Segment, color: str, words: Words) -> ActionRow:
    return ActionRow(
        title=segment.action.title,
        text=segment.action.text,
        document=segment.action.document,
        segment=segment.name,
        color=color,
        customers=words.count(segment.customers),
        revenue=words.compact(segment.revenue),
    )
