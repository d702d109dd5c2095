"""Baskets: which products a segment's customers order together, and what to offer to whom.

The engine counts: distinct (order, code) of the segment's most bought products, joined with themselves. Only the counts
of the pairs come back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief.playbook import Baskets, Pair
from reportgen.findings.amounts import mean_money, share
from reportgen.findings.drivers import Scales
from reportgen.findings.goods import MOST_BOUGHT, Goods, numbers

LEAST: Final = 20
LEAST_SHARE: Final = 0.01
"""A pair counts from 20 orders with both on, and from 1 % of the segment's orders on."""
LIFT: Final = 1.5
CONFIDENCE: Final = 0.1
DEARER: Final = Fraction(3, 2)
CROSS, UP = 3, 2
"""Suggestions of either kind for a segment."""

Row: TypeAlias = Mapping[Any, Any]


def baskets(found: Goods, orders: Mapping[str, int], scales: Scales) -> dict[str, Baskets]:
    """The baskets of each group; `orders`: of its customers in the window."""
    numbered = _numbered(found)
    items = _items(found, numbered)
    products = _frame(items.group_by("number").aggregate(orders=_.count()).filter(_.orders >= LEAST))
    known = numbered.merge(products, on="number")
    pairs = _counted(_named(_joined(items), numbered), known[["group", "code", "orders"]])
    telling: dict[str, list[Row]] = {group: [] for group in orders}
    for row in _telling(pairs, orders).to_dict("records"):
        telling[row["group"]].append(row)
    prices = _prices(found, {row["code"] for rows in telling.values() for row in rows}, scales)
    makers = {group: _Maker(count, found.names, prices, scales.money) for group, count in orders.items()}
    return {group: maker.baskets(telling[group]) for group, maker in makers.items()}


def _least(orders: int) -> int:
    """Orders with both that make a pair count, of so many of a group."""
    return max(LEAST, -(-orders * int(LEAST_SHARE * 100) // 100))


def _telling(pairs: pd.DataFrame, orders: Mapping[str, int]) -> pd.DataFrame:
    """Those of `pairs` that count, the most telling first."""
    count = pairs["group"].map(orders).astype("int64")
    least = pairs["group"].map({group: _least(number) for group, number in orders.items()}).astype("int64")
    lift = (pairs["both"] * count / (pairs["orders"] * pairs["offered_orders"])).round(4)
    rows = pairs.assign(lift=lift, confidence=pairs["both"] / pairs["orders"])
    rows = rows[(rows["both"] >= least) & (rows["lift"] >= LIFT) & (rows["confidence"] >= CONFIDENCE)]
    return rows.sort_values(["lift", "both", "confidence", "code", "offered"],
                            ascending=[False, False, False, True, True])  # fmt: skip


def _numbered(found: Goods) -> pd.DataFrame:
    """The most bought products of each group in their order, numbered through: texts would take much longer to join."""
    ordered = found.most_bought().sort_values(["group", "code"], ignore_index=True)
    places = {group: place for place, group in enumerate(found.groups)}
    return ordered.assign(number=ordered.index.astype("int64"), place=ordered["group"].map(places).astype("int8"))


def _items(found: Goods, numbered: pd.DataFrame) -> ir.Table:
    """Distinct (place, invoice, number) of the most bought products: few enough to be joined with themselves."""
    # One number for each code first: joined by place and code at once, an engine may lay out customers x products.
    codes = numbers(set(numbered["code"])).rename(columns={"number": "item"})
    popular = ibis.memtable(numbered.merge(codes, on="code")[["place", "item", "number"]])
    few = found.lines.inner_join(ibis.memtable(codes), "code").inner_join(found.homes, "customer")
    some = few.select("place", "invoice", "item").distinct()
    return some.inner_join(popular, ["place", "item"]).select("place", "invoice", "number").cache()


def _joined(items: ir.Table) -> pd.DataFrame:
    """(number, other, both): how many orders hold both of two products of a group, the lesser number first."""
    other = items.view()
    same = [items.place == other.place, items.invoice == other.invoice, items.number < other.number]
    pairs = items.inner_join(other, same).select(number=items.number, other=other.number)
    return _frame(pairs.group_by("number", "other").aggregate(both=_.count()).filter(_.both >= LEAST))


def _named(joined: pd.DataFrame, numbered: pd.DataFrame) -> pd.DataFrame:
    """(group, code, offered, both)."""
    known = numbered.set_index("number")
    return pd.DataFrame(
        {
            "group": joined["number"].map(known["group"]),
            "code": joined["number"].map(known["code"]),
            "offered": joined["other"].map(known["code"]),
            "both": joined["both"],
        }
    ).astype({"group": known["group"].dtype, "code": known["code"].dtype, "offered": known["code"].dtype})


def _counted(joined: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """Each pair in both directions: group, code, orders, offered, offered_orders, both."""
    other = products.rename(columns={"code": "offered", "orders": "offered_orders"})
    there = joined.merge(products, on=["group", "code"]).merge(other, on=["group", "offered"])
    back = there.rename(columns={"code": "offered", "offered": "code", "orders": "offered_orders",
                                 "offered_orders": "orders"})  # fmt: skip
    both = pd.concat([there, back], ignore_index=True)
    return both[["group", "code", "orders", "offered", "offered_orders", "both"]]


def _prices(found: Goods, codes: Collection[str], scales: Scales) -> dict[str, int]:
    """Code -> median price per piece of its lines, in units of money; {} without quantities.

    A mean would follow one mistyped line, and a cap of lines would make dear products cheap.
    """
    if scales.quantity is None or not codes:
        return {}
    named = found.lines.inner_join(ibis.memtable(numbers(codes)), "code")
    counted = _frame(named.group_by("code", "price").aggregate(lines=_.count())).sort_values(["code", "price"])
    lines = counted.groupby("code")["lines"]
    middle = counted[2 * lines.cumsum() >= lines.transform("sum")].drop_duplicates("code")
    pairs = zip(middle["code"], middle["price"].tolist(), strict=True)
    return {str(code): price * 10**scales.quantity for code, price in pairs}


@dataclass(frozen=True)
class _Maker:
    """Makes the baskets of one group of so many `orders`."""

    orders: int
    texts: Mapping[str, str]
    prices: Mapping[str, int]
    scale: int

    def baskets(self, ordered: Sequence[Row]) -> Baskets:
        """Of the telling pairs of the group, in their order."""
        complements = _once(ordered, CROSS)
        shown = [{row["code"], row["offered"]} for row in complements]
        dearer = [row for row in ordered if self.dearer(row) and {row["code"], row["offered"]} not in shown]
        return Baskets(
            orders=self.orders,
            products=MOST_BOUGHT,
            least=_least(self.orders),
            least_lift=LIFT,
            cross_sell=tuple(self.pair(row) for row in complements),
            up_sell=tuple(self.pair(row) for row in _once(dearer, UP)),
        )

    def dearer(self, row: Row) -> bool:
        """Whether the product offered costs at least half as much again."""
        code, offered = row["code"], row["offered"]
        known = code in self.prices and offered in self.prices
        return known and self.prices[offered] >= DEARER * self.prices[code]

    def pair(self, row: Row) -> Pair:
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


def _once(rows: Iterable[Row], most: int) -> Sequence[Row]:
    """The first `most` of `rows` in which no product stands twice."""
    taken: list[Row] = []
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
