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
from reportgen.sources.engine import one
from reportgen.sources.survey import Loaded
from reportgen.transactions import Removed

_SHOWN: Final = 3
_WORDS: Final = r"\p{L}{3,}"
_REMEDY: Final = (
    "Correct the input; or say how it writes ([input] date_format, decimal, decimals, round_prices), or how"
    " many bad rows are acceptable ([input] max_bad_rows, max_bad_share)."
)
_REMEDIES: Final = {
    "follows": (
        "These rows have neither date nor customer: if only the first row of each order has them, fill both down onto "
        "the rows below it, in a spreadsheet or where it is exported"
    ),
    "named": (
        "Names of months are read in English, German, French, Spanish, Italian, Dutch and Portuguese; those of days "
        'only in English, by a format: [input] date_format = "%a %d %b %Y". Write other dates as 2011-11-30 08:26'
    ),
    "undated": (
        'If all are written in one way, say in which: [input] date_format = "%d/%m/%Y %H:%M", or "%Y-%m" for months '
        'and "%G-W%V" for weeks. Else write them as 2011-11-30 08:26'
    ),
}
"""What to do about rows that can't be read for one reason, by that reason."""
_ALLOW: Final = "; or say how many bad rows are acceptable ([input] max_bad_rows, max_bad_share)."


@dataclass(frozen=True)
class Reject:
    """A row that can't be read: where, what stands there, and why it is refused; `sign` is one of `_REMEDIES` or ""."""

    part: str
    place: str
    column: str
    value: str | None
    reason: str
    sign: str = ""

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
            loaded.part.name,
            f"data row {each['row']}",
            loaded.columns[each["meaning"]],
            each["value"],
            each["reason"],
            each["sign"],
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
            _remedy(rejects, few=2 * bad < rows),
        )
    if bad == 0:
        return ()
    reasons = Counter(f"{reject.column} {reject.reason}" for reject in rejects)
    listed = ", ".join(f"{count} × {reason}" for reason, count in sorted(reasons.items()))
    return (Removed("rejected", f"Rows that can't be read: {listed}", bad, 0),)


def _remedy(rejects: Sequence[Reject], *, few: bool) -> str:
    """What to do about most of `rejects`, which are `few` of all rows."""
    ((sign, count),) = Counter(reject.sign for reject in rejects).most_common(1) or [("", 0)]
    if sign not in _REMEDIES or 2 * count <= len(rejects):
        return _REMEDY
    return _REMEDIES[sign] + (_ALLOW if few else ".")


def undated(loaded: Loaded, moments: ir.Table, limit: int) -> InputError | None:
    """That more than `limit` dates of the part can't be read, by `moments`, see `lines.moments`."""
    bad = moments.filter(moments.sold_at.isnull(), ~_blank(moments.key))
    count = int(one(bad.agg(bad=bad.n.sum()))["bad"] or 0)
    if count <= limit:
        return None
    rows = loaded.rows.semi_join(bad, loaded.rows.date == bad.key).mutate(sold_at=ibis.null("timestamp"))
    first = one(rows.select("row", "date", sign=_sign(rows)).order_by("row").limit(1))
    where = f"{loaded.part.name}, data row {first['row']}, column {loaded.columns['date']}"
    return InputError(
        f"{where}: “{first['date']}” is not a date, as {count:,} of {loaded.count:,} aren't",
        f"{_REMEDIES.get(first['sign'], _REMEDY)}.",
    )


MOST: Final = 10_000
"""Rejects that are fetched at most; more only differ in their count."""


def _blank(column: ir.Value) -> ir.Value:
    return column.isnull() | (column.cast("string").strip() == "")


def _first_fault(loaded: Loaded, bad: ir.Table) -> dict[str, ir.Value]:
    """Meaning, value and reason of the first column of a row that can't be read, and its sign."""
    money = loaded.money
    faults = [("date", bad.sold_at.isnull(), ibis.ifelse(_blank(bad.date), "is missing", "is not a date"))]
    if "quantity" in loaded.columns:
        faults.append(("quantity", bad.quantity_value.isnull(), bad.quantity_reason))
    faults.append((money, bad.price_value.isnull(), bad.price_reason))
    return {
        "meaning": ibis.cases(*((fault, ibis.literal(name)) for name, fault, _ in faults)),
        "value": ibis.cases(*((fault, bad[name].cast("string")) for name, fault, _ in faults)),
        "reason": ibis.cases(*((fault, reason.coalesce("is missing")) for _, fault, reason in faults)),
        "sign": _sign(bad),
    }


def _sign(bad: ir.Table) -> ir.StringValue:
    """What a row without a date tells of the file."""
    undated = bad.sold_at.isnull()
    return ibis.cases(
        (undated & _blank(bad.date) & _blank(bad.customer), "follows"),
        (undated & ~_blank(bad.date) & bad.date.cast("string").re_search(_WORDS), "named"),
        (undated & ~_blank(bad.date), "undated"),
        else_="",
    )
