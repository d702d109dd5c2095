"""Held: customers too many for Python's memory stay in the engine; what comes of them are counts, sums and samples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis import _

from reportgen.customers import COUNTED, MEAN_OF, NO_PURCHASE, UNPAID, CustomerTable, Measured
from reportgen.recipe import Measures
from reportgen.tally import Tally
from reportgen.transactions import Removed

MANY: Final = 1_000_000
"""Beyond so many customers, they are scored and segmented by the engine."""
COLUMNS: Final = ("recency", "frequency", "monetary", "tenure", "orders", "revenue")


@dataclass(frozen=True)
class HeldCustomers:
    """As `CustomerTable`, of an engine's table: `customer` and `COLUMNS`; computed once, see `ir.Table.cache`."""

    table: ir.Table
    scale: int
    count: int
    _tallies: dict[str, Tally] = field(default_factory=dict, compare=False)

    def __len__(self) -> int:
        """See `Customers`."""
        return self.count

    def tally(self, column: str) -> Tally:
        """See `Customers`."""
        if column not in self._tallies:
            counted = self.table.group_by(column).aggregate(customers=self.table.count()).to_pyarrow()
            self._tallies[column] = Tally.of(counted[column].to_numpy(), counted["customers"].to_numpy())
        return self._tallies[column]

    def nth(self, column: str, value: int, place: int) -> str:
        """See `Customers`."""
        same = self.table.filter(self.table[column] == value)
        numbered = same.select("customer", number=ibis.row_number().over(order_by="customer"))  # Spark knows no offset
        found: str = numbered.filter(numbered.number == place).to_pyarrow()["customer"][0].as_py()
        return found

    def sample(self, size: int) -> CustomerTable:
        """`size` of the customers (all of fewer), at equal distances in the order of the ids."""
        numbered = self.table.mutate(number=ibis.row_number().over(order_by="customer"))
        drawn = numbered if self.count <= size else numbered.filter(numbered.number * size % self.count < size)
        frame: pd.DataFrame = drawn.drop("number").to_pyarrow().to_pandas()
        return CustomerTable(frame.set_index("customer").sort_index(), self.scale)


def told(counts: ir.Table, as_of: datetime, scale: int, measures: Measures) -> Measured[HeldCustomers]:
    """As `customers.told`; the engine keeps the customers."""
    least = 1 if measures.customers == "positive" else 0
    orders = counts.orders.fill_null(0)
    fate = ibis.cases((orders == 0, NO_PURCHASE[0]), (counts.revenue < least, UNPAID[measures.customers][0]), else_="")
    until, clock = ibis.literal(as_of.date()), time_of_day(as_of)
    marked = counts.select(
        "customer", "lines", "revenue",
        recency=whole_days(counts["last"], until, later(counts["last"], clock)),
        frequency=counts[COUNTED[measures.frequency]].cast("int64"),
        monetary=monetary(counts, counts.revenue, measures),
        tenure=whole_days(counts["first"], until, later(counts["first"], clock)),
        orders=orders,
        fate=fate,
    )  # fmt: skip
    sums = marked.group_by("fate").aggregate(
        customers=marked.count(), rows=marked["lines"].sum(), worth=marked.revenue.sum()
    )
    found: dict[str, dict[str, int]] = {row["fate"]: row for row in sums.to_pyarrow().to_pylist()}
    people = marked.filter(marked.fate == "").select("customer", *COLUMNS).cache()
    nothing = {"customers": 0, "rows": 0, "worth": 0}
    stay = found.get("", nothing)
    removed = tuple(_removed(*step, found.get(step[0], nothing)) for step in (NO_PURCHASE, UNPAID[measures.customers]))
    return Measured(HeldCustomers(people, scale, stay["customers"]), removed, (int(stay["rows"]), int(stay["worth"])))


def sums(grouped: ir.Table, key: str) -> pd.DataFrame:
    """As `CustomerTable.sums`, by the column `key`."""
    added = grouped.group_by(key).aggregate(customers=_.count(), **{name: _[name].sum() for name in COLUMNS})
    frame: pd.DataFrame = added.to_pyarrow().to_pandas().set_index(key).sort_index()
    return frame.astype("int64")


def _removed(step: str, label: str, sums: Mapping[str, int]) -> Removed:
    return Removed(step, label, int(sums["rows"]), int(sums["worth"]))


def whole_days(since: ir.TimestampValue, until: ir.DateValue, same: ir.TimestampValue) -> Any:  # noqa: ANN401  Ibis
    """Midnights from `since` to the day `until`, less one where it is later on its day than `same`."""
    return until.delta(since.date(), unit="day") - (since > same).ifelse(1, 0)


def later(instant: ir.TimestampValue, clock: timedelta) -> ir.TimestampValue:
    """The time of day `clock` on the day of `instant`."""
    day: Any = instant.truncate("D")
    return day + ibis.interval(microseconds=clock // timedelta(microseconds=1)) if clock else day


def time_of_day(instant: datetime) -> timedelta:
    """Since midnight."""
    return instant - instant.replace(hour=0, minute=0, second=0, microsecond=0)


def monetary(counts: ir.Table, net: ir.IntegerValue, measures: Measures) -> ir.IntegerValue:
    """M as `customers.monetary`; means are rounded half to even."""
    worth = net if measures.worth == "net" else counts.gross
    if measures.monetary == "sum":
        return worth
    count = counts[MEAN_OF[measures.monetary]].nullif(0)
    rest = worth % count
    mean = ((worth - rest) / count).cast("int64")
    return mean + ((2 * rest > count) | ((2 * rest == count) & (mean % 2 == 1))).ifelse(1, 0)
