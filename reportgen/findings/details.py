"""Details: what the lines tell of customers and segments beyond R, F, M: countries, products."""

from collections.abc import Hashable, Mapping
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief import Product
from reportgen.cleaning import matches_code
from reportgen.findings.amounts import money
from reportgen.segmentation import Segmentation

TOP_PRODUCTS: Final = 3
LEAST_BUYERS: Final = 10
LEAST_SHARE: Final = 0.05
"""A product is named for a segment if at least 10 of its customers, and 5 % of them, bought it."""


def countries(bought: ir.Table) -> "pd.Series[str]":
    """Customer -> country of its latest purchase, the first in text order where several share the instant."""
    placed = bought.filter(_.country.notnull(), _.customer.notnull())
    latest = placed.group_by("customer", "country").aggregate(last=_.sold_at.max()).to_pyarrow().to_pandas()
    ordered = latest.sort_values(["last", "country"], ascending=[False, True])
    first: pd.Series[str] = ordered.drop_duplicates("customer").set_index("customer")["country"]
    return first


def products(
    bought: ir.Table, segmentation: Segmentation, fees: tuple[str, ...], scale: int
) -> Mapping[str, tuple[Product, ...]]:
    """Group id -> its most distinctive products; codes that match `fees` are none."""
    goods = bought.filter(_.code.notnull(), ~matches_code(bought.code, fees))
    members = ibis.memtable(pd.DataFrame({"customer": segmentation.members.index, "group": segmentation.members}))
    sold = goods.inner_join(members, "customer").group_by("group", "code", "customer").aggregate(
        revenue=_.amount.sum()
    )  # fmt: skip
    found = sold.group_by("group", "code").aggregate(customers=_.count(), revenue=_.revenue.sum())
    frame = found.to_pyarrow().to_pandas()
    top = _distinctive(frame, segmentation.members)
    names = descriptions(goods, sorted(set(top["code"])))
    return {
        str(group): tuple(_product(row, names, scale) for row in rows.to_dict("records"))
        for group, rows in top.groupby("group")
    }


def _distinctive(found: pd.DataFrame, members: "pd.Series[str]") -> pd.DataFrame:
    """The products of each group with the highest lift: share of the group's customers over share of all."""
    sizes = found["group"].map(members.value_counts()).astype("int64")
    base = found.groupby("code")["customers"].transform("sum")
    lift = (found["customers"] * len(members)) / (sizes * base)
    frame = found.assign(lift=lift.round(4))
    enough = (frame["customers"] >= LEAST_BUYERS) & (frame["customers"] >= LEAST_SHARE * sizes)
    ordered = frame[enough].sort_values(["group", "lift", "customers", "code"], ascending=[True, False, False, True])
    return ordered.groupby("group").head(TOP_PRODUCTS)


def descriptions(goods: ir.Table, codes: list[str]) -> dict[str, str]:
    """Code -> its most frequent description, the first in text order among equals."""
    if not codes:
        return {}
    named = goods.filter(_.code.isin(codes), _.description.notnull())
    counts = named.group_by("code", "description").aggregate(lines=_.count()).to_pyarrow().to_pandas()
    ordered = counts.sort_values(["code", "lines", "description"], ascending=[True, False, True])
    first = ordered.drop_duplicates("code")
    return dict(zip(first["code"], first["description"], strict=True))


def _product(row: Mapping[Hashable, object], names: Mapping[str, str], scale: int) -> Product:
    code = str(row["code"])
    return Product(
        code=code,
        description=names.get(code, ""),
        customers=int(str(row["customers"])),
        revenue=money(int(str(row["revenue"])), scale),
        lift=float(str(row["lift"])),
    )
