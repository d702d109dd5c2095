"""Segments: the facts of each group of a segmentation over the recipe's window and in the period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import pandas as pd

from reportgen.brief import Action, Country, Label, Product, Segment
from reportgen.brief.changes import SegmentBefore
from reportgen.findings.amounts import mean, mean_money, money, share
from reportgen.findings.crowd import Crowd
from reportgen.findings.goods import Goods
from reportgen.recipe import Archetype, Recipe
from reportgen.schemes.labels import checks
from reportgen.segmentation import Group
from reportgen.tally import Tally

TOP_COUNTRIES: Final = 3
AXES: Final = ("recency", "frequency", "monetary", "tenure")
HALF: Final = Fraction(1, 2)
NOBODY: Final = Tally.of([])


@dataclass(frozen=True)
class Details:
    """What the lines tell beyond R, F, M.

    doings: group id -> sums of its rows of the `crossing`
    countries: group id -> countries with their customers, the most frequent first
    goods: what was bought, None without product codes
    products: group id -> its products
    before: group id -> the segment at the previous month-end, empty without one
    scale: decimals of money
    """

    doings: Mapping[str, Mapping[str, int]]
    countries: Mapping[str, Sequence[tuple[str, int]]]
    goods: Goods | None
    products: Mapping[str, tuple[Product, ...]]
    before: Mapping[str, SegmentBefore]
    scale: int


def segments(crowd: Crowd, recipe: Recipe, details: Details) -> tuple[Segment, ...]:
    """One entry per group, in the division's order, empty ones included."""
    groups = crowd.division.groups
    labels = checks(crowd.sums, groups, recipe)
    facts = _facts(crowd)
    return tuple(_segment(group, facts[group.id], recipe, details, labels.get(group.id)) for group in groups)


def _segment(group: Group, facts: Mapping[str, Any], recipe: Recipe, details: Details, label: Label | None) -> Segment:
    archetype = next(archetype for archetype in recipe.vocabulary if archetype.id == group.archetype)
    return Segment(
        id=group.id,
        name=group.name,
        archetype=group.archetype,
        rule=group.rule,
        **facts,
        **_period(details.doings[group.id], details.scale),
        countries=_countries(details.countries[group.id], facts["customers"]),
        products=details.products.get(group.id, ()),
        meaning=archetype.meaning,
        action=_action(group, archetype, recipe),
        published_label=group.published,
        label_check=label,
        before=details.before.get(group.id),
    )


def _facts(crowd: Crowd) -> dict[str, dict[str, Any]]:
    """Group id -> the fields of its `Segment` that R, F, M tell."""
    scale, whole = crowd.customers.scale, crowd.sums[["customers", "revenue"]].sum()
    spreads = [_tallies(crowd, column) for column in (*AXES, "orders")]
    made = {}
    for place, (group, row) in enumerate(crowd.sums.iterrows()):
        tallies = [found.get(place, NOBODY) for found in spreads]
        made[str(group)] = _size(row, whole, scale) | _averages(row, tallies, scale)
    return made


def _tallies(crowd: Crowd, column: str) -> dict[int, Tally]:
    """Place of a group -> its values in `column`."""
    counts = crowd.counts("place", column)
    parts = {place: counts[counts["place"] == place] for place in counts["place"].unique().tolist()}
    return {place: Tally.of(part[column], part["customers"]) for place, part in parts.items()}


def _size(sums: "pd.Series[int]", whole: "pd.Series[int]", scale: int) -> dict[str, Any]:
    customers, revenue, orders = (int(sums[name]) for name in ("customers", "revenue", "orders"))
    return {
        "customers": customers,
        "customer_share": share(customers, int(whole["customers"])),
        "orders": orders,
        "revenue": money(revenue, scale),
        "revenue_share": share(revenue, int(whole["revenue"])),
        "order_value": mean_money(revenue, orders, scale),
    }


def _averages(sums: "pd.Series[int]", tallies: Sequence[Tally], scale: int) -> dict[str, Any]:
    """`tallies`: of `AXES` and of orders."""
    count = int(sums["customers"])
    recency, frequency, monetary, tenure, orders = tallies
    return {
        "recency_mean": mean(int(sums["recency"]), count),
        "frequency_mean": mean(int(sums["frequency"]), count),
        "monetary_mean": mean_money(int(sums["monetary"]), count, scale),
        "recency_median": _median(recency),
        "frequency_median": _median(frequency),
        "monetary_median": mean_money(monetary.quantile(HALF), 1, scale) if count else None,
        "tenure_median": _median(tenure),
        "one_order_share": share(orders.below(2), count) if count else None,
    }


def _median(values: Tally) -> float | None:
    return float(values.quantile(HALF)) if len(values) else None


def _period(sums: Mapping[str, int], scale: int) -> dict[str, Any]:
    return {
        "idle_revenue": money(sums["idle"], scale),
        "active_customers": sums["active"],
        "period_revenue": money(sums["revenue"], scale),
    }


def _countries(counts: Sequence[tuple[str, int]], customers: int) -> tuple[Country, ...]:
    return tuple(
        Country(name=name, customers=count, share=share(count, customers)) for name, count in counts[:TOP_COUNTRIES]
    )


def _action(group: Group, archetype: Archetype, recipe: Recipe) -> Action:
    own = next((rule.action for rule in recipe.segments if rule.id == group.id), None)
    action = own or archetype.action
    return Action(title=action.title, text=action.text, document=action.document)
