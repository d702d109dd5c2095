"""Details: what the lines tell of customers and segments beyond R, F, M: countries, products."""

from collections.abc import Hashable, Mapping, Sequence
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


def countries(moments: ir.Table, start: datetime, cutoff: datetime) -> ir.Table:
    """customer, country of its latest purchase, the first in text order where several share the instant."""
    inside = moments.filter(_.sold_at >= start, _.sold_at < cutoff, standing(_, cutoff))
    # Purchases alone have a country.
    latest = inside.filter(_.country.notnull()).group_by("customer", "country").aggregate(last=_.sold_at.max())
    newest = latest.group_by("customer").aggregate(last=_.last.max())
    return latest.inner_join(newest, ["customer", "last"]).group_by("customer").aggregate(country=_.country.min())


def by_country(placed: ir.Table, homes: ir.Table, groups: Sequence[str]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Group id -> countries with their customers, the most frequent first, ties in the order of the text.

    placed: see `countries`; homes: customer, place of its group in `groups`
    """
    counts = placed.inner_join(homes, "customer").group_by("place", "country").aggregate(customers=_.count())
    found: dict[str, list[tuple[str, int]]] = {group: [] for group in groups}
    for row in counts.to_pyarrow().to_pylist():
        found[groups[row["place"]]].append((row["country"], row["customers"]))
    return {group: sorted(rows, key=lambda row: (-row[1], row[0])) for group, rows in found.items()}


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
