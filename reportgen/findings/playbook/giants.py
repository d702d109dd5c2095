"""Giants: orders so large that they move a figure by themselves, and large ones that were taken back at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import itemgetter, or_
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief.playbook import GiantOrder, Giants, GuestOrder, Reversal, Span
from reportgen.cancellations import standing
from reportgen.findings.amounts import mean_money, money, share
from reportgen.findings.crowd import Crowd
from reportgen.findings.drivers import Scales
from reportgen.findings.month_ends import Frame
from reportgen.findings.wares import shown
from reportgen.moments import KEPT, Interval, within

LEAST_SHARE: Final = 0.01
TIMES: Final = 10
HOURS: Final = 24
SHOWN, REVERSED_SHOWN = 5, 4


@dataclass(frozen=True)
class Shop:
    """Where giants are looked for.

    lines: with `cancelled_at`; rolled, moments: these rolled up, see `Books`
    crowd: the window's customers
    counted: whether the recipe counts purchases that were cancelled in full
    """

    lines: ir.Table
    rolled: ir.Table
    moments: ir.Table
    crowd: Crowd
    scales: Scales
    counted: bool


def giants(shop: Shop, frame: Frame, period: Interval, previous: Interval | None) -> Giants:
    """Giants of the `period`, of the one before and of the frame's window."""
    (span, rows), *before = _spans(shop, [each for each in (period, previous) if each])
    taken_back = _taken_back(shop.rolled, frame)
    worth, kept = int(taken_back["revenue"].sum()), int(taken_back["kept"].sum())
    purchases = _purchases(shop.moments, frame) + (0 if shop.counted else kept)
    return Giants(
        least_share=LEAST_SHARE,
        times=TIMES,
        orders=_orders(shop, rows[:SHOWN], span, frame.cutoff),
        period=span,
        previous=before[0][0] if before else None,
        hours=HOURS,
        reversed_orders=len(taken_back),
        reversed_revenue=money(worth, shop.scales.money),
        reversed_kept=money(kept, shop.scales.money),
        purchases=money(purchases, shop.scales.money),
        counted=shop.counted,
        largest=_largest(shop, frame, taken_back, span),
        guests=_guests(shop, period, span),
    )


def _guests(shop: Shop, period: Interval, span: Span) -> tuple[GuestOrder, ...]:
    """Giants among the orders of the period that have no customer; `span`: of those that have one."""
    bought = within(shop.rolled, [period]).filter(_.customer.isnull(), _.sales > 0)
    orders = bought.group_by("invoice").aggregate(worth=_.gross.sum(), day=_.sold_at.min())
    sums = _rows(orders.aggregate(worth=_.worth.sum(), orders=_.count()))[0]
    worth = int(sums["worth"] or 0) + int(span.purchases.scaleb(shop.scales.money))
    large = orders.filter(_giant(worth, int(sums["orders"]) + span.orders))
    rows = _rows(large.order_by(ibis.desc("worth"), "invoice").limit(SHOWN)) if worth else []
    scale = shop.scales.money
    return tuple(GuestOrder(str(row["invoice"]), row["day"].date(), money(row["worth"], scale)) for row in rows)


def _spans(shop: Shop, intervals: Sequence[Interval]) -> list[tuple[Span, list[dict[str, Any]]]]:
    """Each of `intervals` and its giant orders (customer, invoice, worth, day), largest first."""
    bought = within(shop.moments, intervals).filter(_.purchases > 0, standing(_, _.cutoff))
    orders = bought.group_by("cutoff", "customer", "invoice").aggregate(worth=_.bought.sum(), day=_.sold_at.max())
    sums = _rows(orders.group_by("cutoff").aggregate(worth=_.worth.sum(), orders=_.count()))
    told = {row["cutoff"]: row for row in sorted(sums, key=itemgetter("cutoff"))}
    large = [(_.cutoff == row["cutoff"]) & _giant(row["worth"], row["orders"]) for row in told.values()]
    found = _rows(orders.filter(reduce(or_, large))) if large else []
    scale = shop.scales.money
    return [_span(told.get(end), [row for row in found if row["cutoff"] == end], scale) for _start, end in intervals]


def _giant(worth: int, orders: int) -> Any:  # noqa: ANN401  a condition on `ibis._`
    """Whether an order's worth is that of a giant among so many `orders` of so much `worth` in all."""
    # In whole units, so that no engine rounds: worth * 100 >= total, and worth * count >= 10 * total.
    return (_.worth * round(1 / LEAST_SHARE) >= worth) & (_.worth * orders >= TIMES * worth)


def _span(sums: dict[str, Any] | None, large: list[dict[str, Any]], scale: int) -> tuple[Span, list[dict[str, Any]]]:
    """The span of orders with these `sums` (None without any), and the `large` ones in their order."""
    worth, count = (int(sums["worth"]), int(sums["orders"])) if sums else (0, 0)
    rows = sorted(large, key=lambda row: (-row["worth"], row["customer"], row["invoice"]))
    part = sum(int(row["worth"]) for row in rows)
    span = Span(
        purchases=money(worth, scale),
        orders=count,
        order_value=mean_money(worth, count, scale),
        giants=len(rows),
        giant_revenue=money(part, scale),
        order_value_without=mean_money(worth - part, count - len(rows), scale),
    )
    return span, rows


def _orders(shop: Shop, rows: list[dict[str, Any]], span: Span, cutoff: datetime) -> tuple[GiantOrder, ...]:
    """The giant orders of `rows`, with what became of them before `cutoff`."""
    scale = shop.scales.money
    total = int(span.purchases.scaleb(scale))
    returns = _returns(shop.rolled, rows, cutoff)
    return tuple(
        GiantOrder(
            customer=str(row["customer"]),
            day=row["day"].date(),
            revenue=money(row["worth"], scale),
            share=share(row["worth"], total),
            undone=_undone(row, returns),
        )
        for row in rows
    )


def _returns(rolled: ir.Table, rows: list[dict[str, Any]], cutoff: datetime) -> list[dict[str, Any]]:
    """Returns of the customers of `rows` before `cutoff`: customer, worth, day."""
    back = rolled.filter(_.customer.isin([row["customer"] for row in rows]), _.worth < _.gross, _.sold_at < cutoff)
    return _rows(back.group_by("customer", "invoice").aggregate(worth=(_.worth - _.gross).sum(), day=_.sold_at.min()))


def _undone(order: dict[str, Any], returns: list[dict[str, Any]]) -> int | None:
    """Minutes from `order` to the first of `returns` that is worth as much, if it is soon enough."""
    same = [r for r in returns if r["customer"] == order["customer"] and r["worth"] == -order["worth"]]
    waits = [r["day"] - order["day"] for r in same if timedelta() <= r["day"] - order["day"] <= timedelta(hours=HOURS)]
    return int(min(waits).total_seconds() // 60) if waits else None


def _taken_back(rolled: ir.Table, frame: Frame) -> pd.DataFrame:
    """Orders of the window with purchases cancelled at once: customer, invoice, ordered, cancelled, revenue, kept.

    `kept`: of the revenue, what a recipe that drops lines or caps them would count.
    """
    taken = rolled.filter(_.customer.notnull(), _.sales > 0, *_at_once(frame))
    bought = taken["bought" if "bought" in taken.columns else "gross"]
    orders = taken.group_by("customer", "invoice").aggregate(
        ordered=_.sold_at.min(), cancelled=_.cancelled_at.max(), revenue=_.gross.sum(),
        kept=(taken.fate == KEPT).ifelse(bought, 0).sum(),
    )  # fmt: skip
    table: pd.DataFrame = orders.to_pyarrow().to_pandas()
    return table.sort_values(["revenue", "customer", "invoice"], ascending=[False, True, True])


def _at_once(frame: Frame) -> tuple[Any, ...]:
    """Of purchases: those of the window that were cancelled within `HOURS`, before it ended."""
    soon = _.cancelled_at <= _.sold_at + ibis.interval(hours=HOURS)
    return soon, _.cancelled_at < frame.cutoff, _.sold_at >= frame.start


def _purchases(moments: ir.Table, frame: Frame) -> int:
    """Worth of the recipe's purchases in the window."""
    inside = moments.filter(_.sold_at >= frame.start, _.sold_at < frame.cutoff)
    return int(inside.filter(standing(_, frame.cutoff)).bought.sum().to_pyarrow().as_py() or 0)


def _largest(shop: Shop, frame: Frame, taken_back: pd.DataFrame, span: Span) -> tuple[Reversal, ...]:
    """The largest ones taken back, as far as they are giants by the period's order value."""
    floor = TIMES * (span.order_value or Decimal(0)).scaleb(shop.scales.money)
    large = taken_back[taken_back["revenue"] >= float(floor)][:REVERSED_SHOWN].to_dict("records")
    if not large:
        return ()
    invoices = sorted({row["invoice"] for row in large})
    # What else of the order came back later, even after the period, does not name what came back at once.
    lines = shop.lines.filter(_.invoice.isin(invoices), _.amount > 0, *_at_once(frame))
    dearest = lines.select("customer", "invoice", "amount", "description", "quantity").to_pyarrow().to_pandas()
    ordered = dearest.sort_values(["amount", "description", "quantity"], ascending=[False, True, True])
    first = ordered.drop_duplicates(["customer", "invoice"]).set_index(["customer", "invoice"])
    return tuple(_reversal(shop, row, first.loc[row["customer"], row["invoice"]]) for row in large)


def _reversal(shop: Shop, row: dict[Any, Any], line: Any) -> Reversal:  # noqa: ANN401  a row of pandas
    revenue = int(row["revenue"])
    tally = shop.crowd.customers.tally("revenue")
    own = int(shop.crowd.those([row["customer"]])["revenue"].sum())
    with_it = own + (0 if shop.counted else int(row["kept"]))
    quantity = shop.scales.quantity
    return Reversal(
        customer=str(row["customer"]),
        ordered=row["ordered"].to_pydatetime(),
        cancelled=row["cancelled"].to_pydatetime(),
        revenue=money(revenue, shop.scales.money),
        description=shown(line["description"]) if isinstance(line["description"], str) else "",
        quantity=None if quantity is None else _pieces(int(line["quantity"]), quantity),
        rank=1 + len(tally) - tally.below(with_it + 1),
    )


def _pieces(units: int, scale: int) -> Decimal:
    exact = Fraction(units, 10**scale)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _rows(table: ir.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return rows
