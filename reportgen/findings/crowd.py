"""The crowd: the period's customers in their groups, in memory or in the engine, as far as findings ask of them.

What is told of it is small: sums by group, and by the values of an axis.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, Protocol

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen import customers, schemes
from reportgen.customers import CustomerTable, Instants, Measured, held
from reportgen.customers.held import HeldCustomers
from reportgen.errors import GateError
from reportgen.recipe import Recipe
from reportgen.schemes.inside import Ruler
from reportgen.segmentation import Division, Segmentation, nobody, places
from reportgen.transactions import Transactions

PART: Final = 1_000_000
"""Rows of a list's part: as many as a spreadsheet opens."""


class Crowd(Protocol):
    """Segmented customers. Groups are told by their `place` in the division."""

    @property
    def customers(self) -> CustomerTable | HeldCustomers:
        """R, F, M."""
        ...

    @property
    def division(self) -> Division:
        """How they are told apart."""
        ...

    @property
    def sums(self) -> pd.DataFrame:
        """By id of each group, in their order: `customers`, and the sum of each column of a `CustomerTable`."""
        ...

    @property
    def homes(self) -> ir.Table:
        """Customer, place; in the engine."""
        ...

    def ruler(self, recipe: Recipe) -> Ruler:
        """What tells the group of any other customer by what `recipe` found on these."""
        ...

    def counts(self, *keys: str) -> pd.DataFrame:
        """By `keys`, of columns and `place`: `customers`, and their `revenue` (units)."""
        ...

    def largest(self, count: int) -> pd.DataFrame:
        """The `count` customers of most revenue, equal ones by id: index customer, columns place, orders, revenue."""
        ...

    def those(self, ids: Sequence[Any]) -> pd.DataFrame:
        """As `largest`, of the customers with these ids those that are there, in their order."""
        ...


@dataclass(frozen=True)
class InMemory:
    """See `Crowd`."""

    customers: CustomerTable
    division: Segmentation

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The customers' table with their `place`."""
        order = [group.id for group in self.division.groups]
        return self.customers.frame.assign(place=places(self.division.members, order).astype("int8"))

    @cached_property
    def sums(self) -> pd.DataFrame:
        """See `Crowd`."""
        return _ordered(self.customers.sums(self.division.members), self.division)

    @cached_property
    def homes(self) -> ir.Table:
        """See `Crowd`."""
        return ibis.memtable(self.frame[["place"]].reset_index(names="customer"))

    def ruler(self, recipe: Recipe) -> Ruler:
        """See `Crowd`."""
        return schemes.ruler(self.customers, recipe, self.division)

    def counts(self, *keys: str) -> pd.DataFrame:
        """See `Crowd`."""
        grouped = self.frame.groupby(list(keys), as_index=False)["revenue"]
        return grouped.agg(["size", "sum"]).rename(columns={"size": "customers", "sum": "revenue"})

    def largest(self, count: int) -> pd.DataFrame:
        """See `Crowd`."""
        return self.frame.nlargest(count, "revenue")[["place", "orders", "revenue"]]

    def those(self, ids: Sequence[Any]) -> pd.DataFrame:
        """See `Crowd`."""
        known = [name for name in ids if name in self.frame.index]
        return self.frame.loc[known, ["place", "orders", "revenue"]]

    def rows(self) -> pd.DataFrame:
        """All customers by id: customer, place, and the columns of a `CustomerTable`."""
        return self.frame.reset_index(names="customer")


@dataclass(frozen=True)
class InEngine:
    """See `Crowd`; the table of `customers` has their `place`, too."""

    customers: HeldCustomers
    division: Division
    told: Ruler

    @property
    def table(self) -> ir.Table:
        """The customers with their `place`."""
        return self.customers.table

    @cached_property
    def sums(self) -> pd.DataFrame:
        """See `Crowd`."""
        found = held.sums(self.table, "place")
        ids = {place: group.id for place, group in enumerate(self.division.groups)}
        return _ordered(found.rename(index=ids), self.division)

    @property
    def homes(self) -> ir.Table:
        """See `Crowd`."""
        return self.table.select("customer", "place")

    def ruler(self, _recipe: Recipe) -> Ruler:
        """See `Crowd`."""
        return self.told

    def counts(self, *keys: str) -> pd.DataFrame:
        """See `Crowd`."""
        counted = self.table.group_by(*keys).aggregate(customers=_.count(), told=_.revenue.sum())
        frame: pd.DataFrame = counted.to_pyarrow().to_pandas().rename(columns={"told": "revenue"})
        return frame.astype("int64").sort_values(list(keys), ignore_index=True)

    def largest(self, count: int) -> pd.DataFrame:
        """See `Crowd`."""
        return self._indexed(self.table.order_by(ibis.desc("revenue"), "customer").limit(count))

    def those(self, ids: Sequence[Any]) -> pd.DataFrame:
        """See `Crowd`."""
        # As a table: the engine compares each customer with every one of a list.
        asked = ibis.memtable({"customer": list(ids)}, schema={"customer": self.table.customer.type()})
        found = self._indexed(self.table.semi_join(asked, "customer"))
        return found.loc[[name for name in ids if name in found.index]]

    def parts(self) -> Iterator[ir.Table]:
        """All customers, as `table` has them, by ranges of ids with `PART` in each."""
        numbered = self.table.select("customer", number=ibis.row_number().over(order_by="customer"))
        lasts = numbered.filter(_.number % PART == PART - 1, _.number < len(self.customers) - 1)
        ids = lasts.order_by("number").to_pyarrow()["customer"].to_pylist()
        for low, high in pairwise((None, *ids, None)):
            part = self.table if low is None else self.table.filter(_.customer > low)
            yield part if high is None else part.filter(_.customer <= high)

    def proved(self) -> "InEngine":
        """Itself, if each of the customers is in exactly one group. Raises `GateError`."""
        if (placed := int(self.sums["customers"].sum())) != len(self.customers):
            raise GateError(f"the segmentation puts {placed:,} of {len(self.customers):,} customers into a group")
        return self

    @staticmethod
    def _indexed(rows: ir.Table) -> pd.DataFrame:
        frame: pd.DataFrame = rows.select("customer", "place", "orders", "revenue").to_pyarrow().to_pandas()
        return frame.sort_values(["revenue", "customer"], ascending=[False, True]).set_index("customer")


def measured_at(
    moments: ir.Table, at: Instants, recipe: Recipe, transactions: Transactions
) -> Measured[CustomerTable] | Measured[HeldCustomers]:
    """Those of `moments`; in the engine where they are `held.MANY`."""
    counts, scale = customers.counted(moments, at, recipe.measures), transactions.scale
    if transactions.raw_rows > held.MANY:
        counts = counts.cache()
        if int(counts.count().to_pyarrow().as_py()) > held.MANY:
            return held.told(counts, at.as_of, scale, recipe.measures)
    return customers.told(counts, at.as_of, scale, recipe.measures)


def _ordered(sums: pd.DataFrame, division: Division) -> pd.DataFrame:
    """`sums` by group, for every group of the `division`."""
    return sums.reindex([group.id for group in division.groups], fill_value=0)


def crowd(people: CustomerTable | HeldCustomers, recipe: Recipe) -> Crowd:
    """The `people` in the groups of `recipe`; without people there are no groups. Raises `RecipeError`."""
    if isinstance(people, CustomerTable):
        index = people.frame.index
        return InMemory(people, nobody(index) if index.empty else schemes.segment(people, recipe))
    division, ruler = schemes.divide(people, recipe)
    told = ruler(people.table)
    table = told.table.mutate(group=told.group(told.table))
    order = [(table.group == group.id, ibis.literal(place, "int8")) for place, group in enumerate(division.groups)]
    placed = table.select("customer", *held.COLUMNS, place=ibis.cases(*order)).cache()
    return InEngine(replace(people, table=placed), division, ruler).proved()
