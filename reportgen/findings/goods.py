"""Goods: product lines bought in the window, and what each segment bought of each product."""

from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.cleaning import matches_code
from reportgen.segmentation import Segmentation

MOST_BOUGHT: Final = 100
"""Pairs are looked for among so many products of a segment, by customers."""


@dataclass(frozen=True)
class Goods:
    """The lines of segmented customers that are products.

    lines: those of the window, with `group`; members: customer -> group id
    sold: one row per (group, code); int64 customers, revenue (units), pieces (units of quantity)
    """

    lines: ir.Table
    members: "pd.Series[str]"
    sold: pd.DataFrame

    def most_bought(self) -> pd.DataFrame:
        """(group, code) of the products that most customers of each group bought."""
        order = self.sold.sort_values(["group", "customers", "code"], ascending=[True, False, True])
        return order.groupby("group").head(MOST_BOUGHT)[["group", "code"]]


def goods(bought: ir.Table, segmentation: Segmentation, fees: tuple[str, ...]) -> Goods:
    """The goods among the purchase lines `bought`; codes that match `fees` are none."""
    members = segmentation.members
    groups = ibis.memtable(pd.DataFrame({"customer": members.index, "group": members.to_numpy()}))
    coded = bought.filter(_.code.notnull(), ~matches_code(bought.code, fees))
    kept = coded.select("customer", "invoice", "code", "description", "amount", "quantity")
    # Four questions are asked of them.
    lines = kept.inner_join(groups, "customer").cache()
    each = lines.group_by("group", "code", "customer").aggregate(revenue=_.amount.sum(), pieces=_.quantity.sum())
    sold = each.group_by("group", "code").aggregate(
        customers=_.count(), revenue=_.revenue.sum().cast("int64"), pieces=_.pieces.sum().cast("int64")
    )
    return Goods(lines, members, sold.to_pyarrow().to_pandas())


def descriptions(found: Goods, codes: list[str]) -> dict[str, str]:
    """Code -> its most frequent description, the first in text order among equals."""
    if not codes:
        return {}
    named = found.lines.filter(_.code.isin(codes), _.description.notnull())
    counts = named.group_by("code", "description").aggregate(lines=_.count()).to_pyarrow().to_pandas()
    ordered = counts.sort_values(["code", "lines", "description"], ascending=[True, False, True])
    first = ordered.drop_duplicates("code")
    return dict(zip(first["code"], first["description"], strict=True))
