"""Rejects: rows that can't be read; a few are counted, more are an error that shows the first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.errors import InputError
from reportgen.sources.survey import Loaded
from reportgen.transactions import Removed

_SHOWN: Final = 3


@dataclass(frozen=True)
class Reject:
    """A row that can't be read: where, what stands there, and why it is refused."""

    part: str
    place: str
    column: str
    value: str | None
    reason: str

    def __str__(self) -> str:
        shown = f"“{self.value}” " if self.value and self.value.strip() else ""
        return f"{self.part}, {self.place}, column {self.column}: {shown}{self.reason}"


def find(loaded: Loaded, table: ir.Table) -> tuple[int, int, tuple[Reject, ...]]:
    """Blank rows, rows of a `joined` table that can't be read, and the first of these by row."""
    unread = table.filter(table.sold_at.isnull() | table.quantity_value.isnull() | table.price_value.isnull())
    blank = reduce(and_, (_blank(unread[meaning]) for meaning in loaded.columns))
    bad = unread.filter(~blank)
    rows = bad.select(bad.row, **_first_fault(loaded, bad)).order_by("row").limit(MOST).to_pyarrow().to_pylist()
    counts = unread.agg(blank=blank.sum(), bad=(~blank).sum()).to_pyarrow().to_pylist()[0]
    rejects = tuple(
        Reject(
            loaded.part.name, f"data row {each['row']}", loaded.columns[each["meaning"]], each["value"], each["reason"]
        )
        for each in rows
    )
    return int(counts["blank"] or 0), int(counts["bad"] or 0), rejects


def judge(rejects: Sequence[Reject], bad: int, rows: int, limit: int) -> tuple[Removed, ...]:
    """The step that counts the rejects, if there are any. Raises `InputError` where they are more than `limit`."""
    if bad > limit:
        first = "\n".join(f"  {reject}" for reject in rejects[:_SHOWN])
        raise InputError(
            f"{bad:,} of {rows:,} rows can't be read, more than the {limit:,} allowed:\n{first}",
            "Correct the input; or say how it writes ([input] date_format, decimal, decimals, round_prices), or how"
            " many bad rows are acceptable ([input] max_bad_rows, max_bad_share).",
        )
    if bad == 0:
        return ()
    reasons = Counter(f"{reject.column} {reject.reason}" for reject in rejects)
    listed = ", ".join(f"{count} × {reason}" for reason, count in sorted(reasons.items()))
    return (Removed("rejected", f"Rows that can't be read: {listed}", bad, 0),)


MOST: Final = 10_000
"""Rejects that are fetched at most; more only differ in their count."""


def _blank(column: ir.Value) -> ir.Value:
    return column.isnull() | (column.cast("string").strip() == "")


def _first_fault(loaded: Loaded, bad: ir.Table) -> dict[str, ir.Value]:
    """Meaning, value and reason of the first column of a row that can't be read."""
    money = loaded.money
    faults = [("date", bad.sold_at.isnull(), ibis.ifelse(_blank(bad.date), "is missing", "is not a date"))]
    if "quantity" in loaded.columns:
        faults.append(("quantity", bad.quantity_value.isnull(), bad.quantity_reason))
    faults.append((money, bad.price_value.isnull(), bad.price_reason))
    return {
        "meaning": ibis.cases(*((fault, ibis.literal(name)) for name, fault, _ in faults)),
        "value": ibis.cases(*((fault, bad[name].cast("string")) for name, fault, _ in faults)),
        "reason": ibis.cases(*((fault, reason.coalesce("is missing")) for _, fault, reason in faults)),
    }
