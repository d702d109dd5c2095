"""Details: what the lines tell of customers and segments beyond R, F, M: countries, products."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Final

import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.brief import Product
from reportgen.cancellations import standing
from reportgen.findings.amounts import money
from reportgen.findings.goods import LEAST_BUYERS, LEAST_SHARE, Goods

TOP_PRODUCTS: Final = 3


def countries(moments: ir.Table, start: datetime, cutoff: datetime) -> "pd.Series[str]":
    """Customer -> country of its latest purchase, the first in text order where several share the instant."""
    inside = moments.filter(_.purchases > 0, _.sold_at >= start, _.sold_at < cutoff, standing(_, cutoff))
    placed = inside.filter(_.country.notnull())
    latest = placed.group_by("customer", "country").aggregate(last=_.sold_at.max()).to_pyarrow().to_pandas()
    several = latest["customer"].duplicated(keep=False)
    ordered = latest[several].sort_values(["last", "country"], ascending=[False, True]).drop_duplicates("customer")
    first: pd.Series[str] = pd.concat([latest[~several], ordered]).set_index("customer")["country"]
    return first


def products(found: Goods, scale: int) -> Mapping[str, tuple[Product, ...]]:
    """Group id -> its most distinctive products."""
    return {
        str(group): tuple(_product(row, found.names, scale) for row in rows.to_dict("records"))
        for group, rows in distinctive(found).groupby("group")
    }


def distinctive(found: Goods) -> pd.DataFrame:
    """The products of each group with the highest lift: share of the group's customers over share of all."""
    sold = found.sold
    sizes = sold["group"].map(found.sizes).astype("int64")
    base = sold.groupby("code")["customers"].transform("sum")
    lift = (sold["customers"] * sum(found.sizes.values())) / (sizes * base)
    frame = sold.assign(lift=lift.round(4))
    enough = (frame["customers"] >= LEAST_BUYERS) & (frame["customers"] >= LEAST_SHARE * sizes)
    ordered = frame[enough].sort_values(["group", "lift", "customers", "code"], ascending=[True, False, False, True])
    return ordered.groupby("group").head(TOP_PRODUCTS)


def _product(row: Mapping[Hashable, object], names: Mapping[str, str], scale: int) -> Product:
    code = str(row["code"])
    return Product(
        code=code,
        description=names.get(code, ""),
        customers=int(str(row["customers"])),
        revenue=money(int(str(row["revenue"])), scale),
        lift=float(str(row["lift"])),
    )
