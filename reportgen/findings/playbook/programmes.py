"""Programmes: the five of document D that cut across segments, and the facts that call for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from reportgen.brief.playbook import Programme
from reportgen.schemes.conditions import COMPARE, Comparison, fold, parse

NAMES: Final = ("r", "f", "m", "t", "share", "cross", "up", "products", "overdue", "down")
"""What a condition may speak of: means relative to all customers and the segment's share of them, as in the evidence of
names; suggestions to cross-sell and to sell up; distinctive products; accounts overdue; the share of those who stood in
the segment a month ago and moved down since."""


@dataclass(frozen=True)
class Offer:
    """A programme and the condition under which a segment gets it."""

    id: Literal["campaign", "tiers", "retention", "cross-sell", "referral"]
    when: str
    title: str
    text: str


OFFERS: Final = (
    Offer(
        id="campaign",
        when="products >= 1 and r < 1.8",
        title="Personal campaign",
        text="A campaign of its own, with recommendations from what this segment buys more often than others.",
    ),
    Offer(
        id="tiers",
        when="f >= 1 and r <= 0.9",
        title="Loyalty programme with tiers",
        text="Its customers buy often enough for points to add up: upper tiers open new products early.",
    ),
    Offer(
        id="retention",
        when="overdue >= 1 or down >= 0.15",
        title="Retention offer",
        text="To those whose frequency or spend declines, before they are late.",
    ),
    Offer(
        id="cross-sell",
        when="(cross >= 1 or up >= 1) and r < 1.8",
        title="Cross-sell and up-sell",
        text="Offer with the next order what its baskets combine, and the better version of what they hold.",
    ),
    Offer(
        id="referral",
        when="m >= 2 and r <= 0.7",
        title="Referral rewards",
        text="High-value customers who are satisfied know others like them: reward who brings one.",
    ),
)
DOCUMENT: Final = "D"
_CONDITIONS: Final = MappingProxyType({offer.id: parse(offer.when, NAMES) for offer in OFFERS})


def programmes(facts: Mapping[str, float]) -> tuple[Programme, ...]:
    """Those that the `facts` of a segment (by `NAMES`) call for."""

    def holds(leaf: Comparison) -> np.bool_:
        return np.bool_(COMPARE[leaf.operator](facts[leaf.name], float(leaf.number())))

    return tuple(
        Programme(id=offer.id, title=offer.title, text=offer.text, document=DOCUMENT)
        for offer in OFFERS
        if fold(_CONDITIONS[offer.id], holds)
    )
