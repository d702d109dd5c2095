"""Baskets: which products a segment's customers order together, and what to offer to whom.

The engine counts: distinct (order, code) of the segment's most bought products, joined with themselves. Only the counts
of the pairs come back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief.playbook import Baskets, Pair
from reportgen.cleaning import matches_code
from reportgen.findings.amounts import mean_money, share
from reportgen.findings.details import descriptions
from reportgen.findings.drivers import Scales
from reportgen.segmentation import Segmentation

LEAST: Final = 20
LEAST_SHARE: Final = 0.01
"""A pair counts from 20 orders with both on, and from 1 % of the segment's orders on."""
MOST_BOUGHT: Final = 200
"""Pairs are looked for among so many products of a segment."""
LIFT: Final = 1.5
CONFIDENCE: Final = 0.1
DEARER: Final = Fraction(3, 2)
CROSS, UP = 3, 2
"""Suggestions of either kind for a segment."""


@dataclass(frozen=True)
class Goods:
    """Product lines bought in the window, their segmentation, the scales of their money and quantities."""

    lines: ir.Table
    segmentation: Segmentation
    scales: Scales


def goods(bought: ir.Table, segmentation: Segmentation, fees: tuple[str, ...], scales: Scales) -> Goods:
    """The goods among the lines `bought`: codes that match `fees` are none."""
    return Goods(bought.filter(_.code.notnull(), ~matches_code(bought.code, fees)), segmentation, scales)


def baskets(found: Goods) -> dict[str, Baskets]:
    """The baskets of each group that has any, by id."""
    items = _items(found)
    orders = _frame(items.group_by("group").aggregate(orders=_.invoice.nunique())).set_index("group")["orders"]
    ranked = _most_bought(items)
    products = _frame(ranked)
    pairs = _counted(_joined(items, ranked), products)
    texts = descriptions(found.lines, sorted({*pairs["code"], *pairs["offered"]}))
    prices = _prices(found, pairs)
    makers = {group: _Maker(int(count), texts, prices, found.scales.money) for group, count in orders.items()}
    split = dict(list(pairs.groupby("group")))
    return {str(group): maker.baskets(split.get(group, pairs[:0])) for group, maker in makers.items()}


def _items(found: Goods) -> ir.Table:
    """Distinct (group, invoice, code)."""
    members = found.segmentation.members
    groups = ibis.memtable(pd.DataFrame({"customer": members.index, "group": members.to_numpy()}))
    sold = found.lines.inner_join(groups, "customer")
    return sold.select("group", "invoice", "code").distinct().cache()


def _most_bought(items: ir.Table) -> ir.Table:
    """(group, code, orders, rank) of the products that can be in a pair."""
    counts = items.group_by("group", "code").aggregate(orders=_.count()).filter(_.orders >= LEAST)
    first = ibis.window(group_by="group", order_by=[_.orders.desc(), _.code])
    return counts.mutate(rank=ibis.row_number().over(first)).filter(_["rank"] < MOST_BOUGHT)


def _joined(items: ir.Table, ranked: ir.Table) -> pd.DataFrame:
    """(group, one, other, both): how many orders hold both of two products, by their ranks."""
    left = items.inner_join(ranked, ["group", "code"]).select("group", "invoice", "rank").cache()
    right = left.view()
    same = [left.group == right.group, left.invoice == right.invoice, left["rank"] < right["rank"]]
    pairs = left.inner_join(right, same).select(group=left.group, one=left["rank"], other=right["rank"])
    return _frame(pairs.group_by("group", "one", "other").aggregate(both=_.count()).filter(_.both >= LEAST))


def _counted(joined: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """Each pair in both directions: group, code, orders, offered, offered_orders, both."""
    known = products.rename(columns={"rank": "one"})[["group", "one", "code", "orders"]]
    other = known.rename(columns={"one": "other", "code": "offered", "orders": "offered_orders"})
    there = joined.merge(known, on=["group", "one"]).merge(other, on=["group", "other"])
    back = there.rename(columns={"code": "offered", "offered": "code", "orders": "offered_orders",
                                 "offered_orders": "orders"})  # fmt: skip
    both = pd.concat([there, back], ignore_index=True)
    return both[["group", "code", "orders", "offered", "offered_orders", "both"]]


def _prices(found: Goods, pairs: pd.DataFrame) -> dict[str, Fraction]:
    """Code -> mean price per piece in units of money; {} without quantities."""
    codes = sorted({*pairs["code"], *pairs["offered"]})
    if found.scales.quantity is None or not codes:
        return {}
    sums = found.lines.filter(_.code.isin(codes)).group_by("code").aggregate(
        worth=_.amount.sum(), pieces=_.quantity.sum()
    )  # fmt: skip
    scale = 10**found.scales.quantity
    rows = _frame(sums).to_dict("records")
    return {row["code"]: Fraction(int(row["worth"]) * scale, int(row["pieces"])) for row in rows if row["pieces"] > 0}


@dataclass(frozen=True)
class _Maker:
    """Makes the baskets of one group of so many `orders`."""

    orders: int
    texts: Mapping[str, str]
    prices: Mapping[str, Fraction]
    scale: int

    def baskets(self, pairs: pd.DataFrame) -> Baskets:
        least = max(LEAST, -(-self.orders * int(LEAST_SHARE * 100) // 100))
        rows = pairs[pairs["both"] >= least]
        lift = rows["both"] * self.orders / (rows["orders"] * rows["offered_orders"])
        telling = rows.assign(lift=lift.round(4), confidence=rows["both"] / rows["orders"])
        telling = telling[(telling["lift"] >= LIFT) & (telling["confidence"] >= CONFIDENCE)]
        ordered = telling.sort_values(["lift", "both", "confidence", "code", "offered"],
                                      ascending=[False, False, False, True, True]).to_dict("records")  # fmt: skip
        dearer = [row for row in ordered if self.dearer(row["code"], row["offered"])]
        return Baskets(
            orders=self.orders,
            least=least,
            cross_sell=tuple(self.pair(row) for row in _once(ordered, CROSS)),
            up_sell=tuple(self.pair(row) for row in _once(dearer, UP)),
        )

    def dearer(self, code: str, offered: str) -> bool:
        """Whether the product offered costs at least half as much again."""
        known = code in self.prices and offered in self.prices
        return known and self.prices[offered] >= DEARER * self.prices[code]

    def pair(self, row: Mapping[str, Any]) -> Pair:
        code, offered, both = row["code"], row["offered"], int(row["both"])
        return Pair(
            code=code,
            description=self.texts.get(code, ""),
            offered=offered,
            offered_description=self.texts.get(offered, ""),
            orders=int(row["orders"]),
            offered_orders=int(row["offered_orders"]),
            both=both,
            support=share(both, self.orders),
            confidence=share(both, int(row["orders"])),
            lift=float(row["lift"]),
            price=self.price(code),
            offered_price=self.price(offered),
        )

    def price(self, code: str) -> Decimal | None:
        return mean_money(self.prices[code], 1, self.scale) if code in self.prices else None


def _once(rows: Iterable[Mapping[str, Any]], most: int) -> Sequence[Mapping[str, Any]]:
    """The first `most` of `rows` in which no product stands twice."""
    taken: list[Mapping[str, Any]] = []
    used: set[str] = set()
    for row in rows:
        if len(taken) == most:
            break
        if not {row["code"], row["offered"]} & used:
            taken.append(row)
            used |= {row["code"], row["offered"]}
    return taken


def _frame(table: ir.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pyarrow().to_pandas()
    return frame
