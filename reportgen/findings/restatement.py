"""Restatement: the previous period's issue against the same figures from today's ledger.

Revenue stays in each line's own month, so an issue reads the same for ever unless its lines changed since. Segments are
made anew as the issue made them: by the recipe's own rules on the customers of that month-end.
"""

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from reportgen.brief import Brief, PeriodTotals
from reportgen.brief.playbook import Difference, Figure, Restatement
from reportgen.customers import CustomerTable
from reportgen.findings.amounts import money
from reportgen.recipe import Cap, Outliers, Recipe
from reportgen.schemes import segment

Found = dict[tuple[str | None, Figure], Decimal]
"""(segment or None, figure) -> its value."""


def restatement(issue: Brief, today: Brief, before: CustomerTable | None, recipe: Recipe) -> Restatement | None:
    """What of `issue` reads otherwise in `today`, the brief of the period after it; None where they don't meet.

    before: the customers of the issue's month-end as today's ledger has them
    """
    totals = today.previous_totals
    if totals is None or (totals.start, totals.end) != (issue.period_totals.start, issue.period_totals.end):
        return None
    issued, now = _headline(issue.period_totals), _headline(totals)
    comparable = before is not None and _by_rules_alone(recipe) and _alike(issue, today)
    if before is not None and comparable:
        for part in issue.segments:
            issued |= {(part.id, "customers"): Decimal(part.customers), (part.id, "revenue"): part.revenue}
        now |= _segments(before, recipe)
    return Restatement(
        label=issue.period.label,
        segments=comparable,
        compared=len(issued.keys() | now.keys()),
        differences=tuple(_differences(issued, now)),
    )


def _headline(totals: PeriodTotals) -> Found:
    return {
        (None, "revenue"): totals.revenue,
        (None, "orders"): Decimal(totals.orders),
        (None, "customers"): Decimal(totals.customers),
        (None, "guest-revenue"): totals.guests.revenue,
    }


def _by_rules_alone(recipe: Recipe) -> bool:
    """Whether a month-end reads the same from any later month: bounds of a cap are those of the window, as clusters."""
    return not recipe.clusters and not any(isinstance(step, Cap | Outliers) for step in recipe.clean)


def _alike(issue: Brief, today: Brief) -> bool:
    """Whether both are made by the same recipe, as far as the briefs tell."""
    ids = [[segment.id for segment in brief.segments] for brief in (issue, today)]
    return issue.recipe == today.recipe and ids[0] == ids[1] and issue.method.match_order == today.method.match_order


def _segments(before: CustomerTable, recipe: Recipe) -> Found:
    found = segment(before, recipe)
    frame = before.frame.assign(segment=found.members)
    made: Found = {}
    for group in found.groups:
        part: pd.DataFrame = frame[frame["segment"] == group.id]
        made[group.id, "customers"] = Decimal(len(part))
        made[group.id, "revenue"] = money(int(part["revenue"].sum()), before.scale)
    return made


def _differences(issued: Found, now: Found) -> Iterator[Difference]:
    """Headline first, then by segment in their order."""
    for segment_id, figure in dict.fromkeys([*issued, *now]):
        then, today = issued.get((segment_id, figure)), now.get((segment_id, figure))
        if then != today:
            yield Difference(segment=segment_id, figure=figure, issued=then, now=today)
