"""Goods: product lines bought in the window, and what each segment bought of each product.

Who bought what is the second largest table of all (customers x products): it is only counted for products that can
matter. A product has no more buyers than lines, so that lines tell which these are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.cleaning import matching_codes
from reportgen.findings.crowd import Crowd
from reportgen.findings.wares import shown

MOST_BOUGHT: Final = 100
"""Pairs are looked for among so many products of a segment, by customers."""
LEAST_BUYERS: Final = 10
LEAST_SHARE: Final = 0.05
"""A product is named for a segment if at least 10 of its customers, and 5 % of them, bought it."""
_SPARE: Final = 50
"""Products whose buyers are counted beyond `MOST_BOUGHT`: some have fewer buyers than their lines promise."""


@dataclass(frozen=True)
class Goods:
    """The lines of segmented customers that are products.

    lines: purchases of the window, others' and fees too; homes: customer, `place` of its group in `groups`
    sizes: customers of each group
    sold: one row per (group, code) of the products that can matter; int64 customers, revenue (units)
    names: code -> its most frequent description as it is shown, the first in text order among equals
    """

    lines: ir.Table
    homes: ir.Table
    groups: Sequence[str]
    sizes: Mapping[str, int]
    sold: pd.DataFrame
    names: Mapping[str, str]

    def most_bought(self) -> pd.DataFrame:
        """(group, code) of the products that most customers of each group bought."""
        order = self.sold.sort_values(["group", "customers", "code"], ascending=[True, False, True])
        return order.groupby("group").head(MOST_BOUGHT)[["group", "code"]]


def goods(bought: ir.Table, crowd: Crowd, fees: tuple[str, ...]) -> Goods:
    """The goods among the purchase lines `bought` of the `crowd`; codes that match `fees` are none."""
    ids, homes = crowd.sums.index.tolist(), crowd.homes
    lines = bought.select("customer", "invoice", "code", "description", "amount", "price")
    told = _told(lines.inner_join(homes, "customer"), fees)
    sums = told.groupby(["place", "code"], as_index=False)[["lines", "revenue"]].sum()
    sizes = pd.Series(crowd.sums["customers"].tolist())
    sold = _sold(lines, homes, sums, sizes).assign(group=lambda frame: frame["place"].map(dict(enumerate(ids))))
    return Goods(
        lines,
        homes,
        ids,
        dict(zip(ids, sizes.tolist(), strict=True)),
        sold[["group", "code", "customers", "revenue"]],
        _names(told),
    )


def _told(lines: ir.Table, fees: tuple[str, ...]) -> pd.DataFrame:
    """(place, code, description) -> lines, revenue (units)."""
    sums = {"lines": _.count(), "revenue": _.amount.sum().cast("int64")}
    told = lines.group_by("place", "code", "description").aggregate(**sums).to_pyarrow().to_pandas()
    coded: pd.DataFrame = told.dropna(subset="code")
    # Here, where codes are few: asked of every line, that would take an eighth of the query.
    return coded[~coded["code"].isin(matching_codes(coded["code"].unique(), fees))]


def _sold(lines: ir.Table, homes: ir.Table, sums: pd.DataFrame, sizes: "pd.Series[int]") -> pd.DataFrame:
    """`sums` of the products that can matter, with their customers."""
    codes = _candidates(sums, sizes)
    sold = sums.merge(_buyers(lines, homes, codes), on=["place", "code"])
    if not _enough(sums[~sums["code"].isin(codes)], sold):
        sold = sums.merge(_buyers(lines, homes, set(sums["code"])), on=["place", "code"])
    return sold


def _candidates(sums: pd.DataFrame, sizes: "pd.Series[int]") -> Collection[str]:
    """Products that have enough lines in a group to be named for it, or to be among its most bought ones."""
    least = (sums["place"].map(sizes) * LEAST_SHARE).clip(lower=LEAST_BUYERS)
    rank = sums.groupby("place")["lines"].rank(method="min", ascending=False)
    return set(sums.loc[(sums["lines"] >= least) | (rank <= MOST_BOUGHT + _SPARE), "code"])


def _enough(rest: pd.DataFrame, sold: pd.DataFrame) -> bool:
    """Whether no product of the `rest` can be among the most bought ones of a group."""
    ordered = sold.sort_values(["place", "customers"], ascending=[True, False])
    last = ordered[ordered.groupby("place").cumcount() == MOST_BOUGHT - 1].set_index("place")["customers"]
    return bool((rest["lines"] < rest["place"].map(last).fillna(0)).all())


def _buyers(lines: ir.Table, homes: ir.Table, codes: Collection[str]) -> pd.DataFrame:
    """(place, code) -> how many customers bought it."""
    numbered = numbers(codes)
    pairs = lines.inner_join(ibis.memtable(numbered), "code").select("customer", "number").distinct()
    placed = pairs.inner_join(homes, "customer")
    counted = placed.group_by("place", "number").aggregate(customers=_.count()).to_pyarrow().to_pandas()
    found: pd.DataFrame = counted.merge(numbered, on="number")[["place", "code", "customers"]]
    return found


def numbers(codes: Collection[str]) -> pd.DataFrame:
    """(code, number) of each: numbers are told apart and joined in less time than texts."""
    ordered = sorted(codes)
    return pd.DataFrame({"code": pd.Series(ordered, dtype="str"), "number": range(len(ordered))})


def _names(told: pd.DataFrame) -> dict[str, str]:
    counts = told.dropna(subset="description").groupby(["code", "description"], as_index=False)[["lines"]].sum()
    ordered = counts.sort_values(["code", "lines", "description"], ascending=[True, False, True])
    first = ordered.drop_duplicates("code")
    return dict(zip(first["code"], map(shown, first["description"]), strict=True))
