"""Segments: the facts of each group of a segmentation over the recipe's window and in the period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import pandas as pd

from reportgen.brief import Action, Country, Label, Product, Segment
from reportgen.brief.changes import SegmentBefore
from reportgen.customers import CustomerTable
from reportgen.findings.amounts import mean, mean_money, money, share
from reportgen.findings.goods import Goods
from reportgen.recipe import Archetype, Recipe
from reportgen.schemes.labels import checks
from reportgen.segmentation import Group, Segmentation

TOP_COUNTRIES: Final = 3


@dataclass(frozen=True)
class Details:
    """What the lines tell beyond R, F, M.

    doings: group id -> sums of its rows of the `crossing`
    countries: group id -> countries with their customers, the most frequent first
    goods: what was bought, None without product codes
    products: group id -> its products
    before: group id -> the segment at the previous month-end, empty without one
    """

    doings: Mapping[str, Mapping[str, int]]
    countries: Mapping[str, Sequence[tuple[str, int]]]
    goods: Goods | None
    products: Mapping[str, tuple[Product, ...]]
    before: Mapping[str, SegmentBefore]


def segments(
    customers: CustomerTable, segmentation: Segmentation, recipe: Recipe, details: Details
) -> tuple[Segment, ...]:
    """One entry per group, in the segmentation's order, empty ones included."""
    labels = checks(customers, segmentation, recipe)
    return tuple(
        _segment(group, customers, segmentation, recipe, details, labels.get(group.id)) for group in segmentation.groups
    )


def _segment(  # noqa: PLR0913, PLR0917
    group: Group,
    customers: CustomerTable,
    segmentation: Segmentation,
    recipe: Recipe,
    details: Details,
    label: Label | None,
) -> Segment:
    members = customers.frame[segmentation.members == group.id]
    archetype = next(archetype for archetype in recipe.vocabulary if archetype.id == group.archetype)
    return Segment(
        id=group.id,
        name=group.name,
        archetype=group.archetype,
        rule=group.rule,
        **_size(members, customers),
        **_averages(members, customers.scale),
        **_period(details.doings[group.id], customers.scale),
        countries=_countries(details.countries[group.id], len(members)),
        products=details.products.get(group.id, ()),
        meaning=archetype.meaning,
        action=_action(group, archetype, recipe),
        published_label=group.published,
        label_check=label,
        before=details.before.get(group.id),
    )


def _size(members: pd.DataFrame, customers: CustomerTable) -> dict[str, Any]:
    revenue, orders = int(members["revenue"].sum()), int(members["orders"].sum())
    return {
        "customers": len(members),
        "customer_share": share(len(members), len(customers.frame)),
        "orders": orders,
        "revenue": money(revenue, customers.scale),
        "revenue_share": share(revenue, int(customers.frame["revenue"].sum())),
        "order_value": mean_money(revenue, orders, customers.scale),
    }


def _averages(members: pd.DataFrame, scale: int) -> dict[str, Any]:
    count = len(members)
    once = int((members["orders"] == 1).sum())
    return {
        "recency_mean": mean(int(members["recency"].sum()), count),
        "frequency_mean": mean(int(members["frequency"].sum()), count),
        "monetary_mean": mean_money(int(members["monetary"].sum()), count, scale),
        "recency_median": _median(members["recency"]),
        "frequency_median": _median(members["frequency"]),
        "monetary_median": mean_money(Fraction(members["monetary"].median()), 1, scale) if count else None,
        "tenure_median": _median(members["tenure"]),
        "one_order_share": share(once, count) if count else None,
    }


def _median(values: "pd.Series[int]") -> float | None:
    return float(values.median()) if len(values) else None


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
