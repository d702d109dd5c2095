"""Restatement: the previous period's issue against the same figures from today's ledger.

Revenue stays in each line's own month, so an issue reads the same for ever unless its lines changed since. Segments are
made anew as the issue made them: by the recipe's own rules on the customers of that month-end.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reportgen.brief import FIXED, Brief, PeriodTotals
from reportgen.brief.playbook import Difference, Figure, Restatement
from reportgen.findings.amounts import money
from reportgen.findings.crowd import Crowd
from reportgen.recipe import Cap, Outliers, Recipe

Found = dict[tuple[str | None, Figure], Decimal]
"""(segment or None, figure) -> its value."""


Sizes = Mapping[str, tuple[int, Decimal]]
"""Segment -> its customers and their revenue."""


def restatement(issue: Brief, today: Brief, before: Sizes | None) -> Restatement | None:
    """What of `issue` reads otherwise in `today`, the brief of the period after it; None where they don't meet.

    before: the segments at the issue's month-end as today's ledger has them, None where rules alone don't tell
    """
    totals = today.previous_totals
    if totals is None or (totals.start, totals.end) != (issue.period_totals.start, issue.period_totals.end):
        return None
    issued, now = _headline(issue.period_totals), _headline(totals)
    comparable = before is not None and _alike(issue, today)
    if before is not None and comparable:
        for part in issue.segments:
            issued |= {(part.id, "customers"): Decimal(part.customers), (part.id, "revenue"): part.revenue}
        for segment, (customers, revenue) in before.items():
            now |= {(segment, "customers"): Decimal(customers), (segment, "revenue"): revenue}
    return Restatement(
        label=issue.period.label,
        segments=comparable,
        compared=len(issued.keys() | now.keys()),
        differences=tuple(_differences(issued, now)),
        redrawn=tuple(_redrawn(issue, today)) if comparable else (),
    )


def _redrawn(issue: Brief, today: Brief) -> Iterator[Difference]:
    """Segments of `issue` whose customers are others by today's cut points."""
    for part, segment in zip(issue.segments, today.segments, strict=True):
        if segment.before and segment.before.customers != part.customers:
            issued, now = Decimal(part.customers), Decimal(segment.before.customers)
            yield Difference(segment=part.id, figure="customers", issued=issued, now=now)


def _headline(totals: PeriodTotals) -> Found:
    return {
        (None, "revenue"): totals.revenue,
        (None, "orders"): Decimal(totals.orders),
        (None, "customers"): Decimal(totals.customers),
        (None, "guest-revenue"): totals.guests.revenue,
    }


def by_rules_alone(recipe: Recipe) -> bool:
    """Whether a month-end reads the same from any later month: bounds of a cap are those of the window, as clusters."""
    return not recipe.clusters and not any(isinstance(step, Cap | Outliers) for step in recipe.clean)


def _alike(issue: Brief, today: Brief) -> bool:
    """Whether both are made by the same recipe, as far as the briefs tell."""
    ids = [[segment.id for segment in brief.segments] for brief in (issue, today)]
    rules = [(brief.method.match_order, _yardstick(brief)) for brief in (issue, today)]
    return issue.recipe == today.recipe and ids[0] == ids[1] and rules[0] == rules[1]


def _yardstick(brief: Brief) -> list[tuple[object, ...]]:
    """Where the lines between segments are: those that are fixed by their values, the others by what finds them."""
    return [(cut.name, cut.axis, cut.origin, cut.value if cut.origin == FIXED else None)
            for cut in brief.method.cut_points]  # fmt: skip


def sizes(crowd: Crowd) -> Sizes:
    """Those of the segments of `crowd`."""
    found = crowd.sums[["customers", "revenue"]]
    return {segment: (int(count), money(int(revenue), crowd.customers.scale))
            for segment, count, revenue in found.itertuples(name=None)}  # fmt: skip


def _differences(issued: Found, now: Found) -> Iterator[Difference]:
    """Headline first, then by segment in their order."""
    for segment_id, figure in dict.fromkeys([*issued, *now]):
        then, today = issued.get((segment_id, figure)), now.get((segment_id, figure))
        if then != today:
            yield Difference(segment=segment_id, figure=figure, issued=then, now=today)
