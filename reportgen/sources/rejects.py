"""Rejects: rows that can't be read; a few are counted, more are an error that shows the first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add, and_
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from reportgen.errors import InputError
from reportgen.sources import marks, sums
from reportgen.sources.engine import one
from reportgen.sources.survey import Loaded
from reportgen.sources.toml import inline_table
from reportgen.transactions import Removed

_SHOWN, _NAMED = 3, 12
_WORDS: Final = r"\p{L}{3,}"
_REMEDY: Final = (
    "Correct the input; or say how it writes ([input] date_format, decimal, decimals, round_prices), or how"
    " many bad rows are acceptable ([input] max_bad_rows, max_bad_share)."
)
_ENOUGH: Final = (
    "Otherwise complete them, or say how many bad rows are acceptable ([input] max_bad_rows, max_bad_share)."
)
_WRITTEN: Final = {
    "named": (
        "Names of months are read in English, German, French, Spanish, Italian, Dutch and Portuguese; those of days "
        'only in English, by a format: [input] date_format = "%a %d %b %Y". Write other dates as 2011-11-30 08:26'
    ),
    "undated": (
        'If all are written in one way, say in which: [input] date_format = "%d/%m/%Y %H:%M", or "%Y-%m" for months '
        'and "%G-W%V" for weeks. Else write them as 2011-11-30 08:26'
    ),
}
"""What to do about dates that can't be read, by what stands there."""
_ALLOW: Final = "; or say how many bad rows are acceptable ([input] max_bad_rows, max_bad_share)."
_TEXTS: Final = ("invoice", "customer", "description", "code", "date")
"""Where a row may be called a total."""


@dataclass(frozen=True)
class Reject:
    """A row that can't be read: where, what stands there, and why it is refused.

    remedy: what to do about such rows, "" if that is as usual; total: what it is called, if it is a sum of others
    """

    part: str
    place: str
    column: str
    value: str | None
    reason: str
    remedy: str = ""
    total: str = ""

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
            _advice(loaded, each["sign"]),
            _total(each),
        )
        for each in rows
    )
    return int(counts["blank"] or 0), int(counts["bad"] or 0), _summed(loaded, rejects, rows)


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
    """What to do about `rejects`: first about totals, for whoever fills these down counts them; then about most.

    few: of all rows; so many can be left out.
    """
    totals = [*dict.fromkeys(each.remedy for each in rejects if each.total)]
    others = [each.remedy for each in rejects if not each.total]
    if not others:
        return totals[0] if totals else _REMEDY
    ((most, count),) = Counter(others).most_common(1)
    chosen = most if most and 2 * count > len(others) else _REMEDY
    allowed = (_ALLOW if few else ".") if chosen in _WRITTEN.values() else ""
    return " ".join((*totals[:1], chosen + allowed))


def _advice(loaded: Loaded, sign: str) -> str:
    """What to do about rows with such a `sign`, see `_sign`."""
    kind, _, meanings = sign.partition(" ")
    empty = [loaded.columns[meaning] for meaning in meanings.split()]
    if kind == "follows":
        are, them, down = [("is", "it", "it"), ("are", "them", "both"), ("are", "them", "all three")][len(empty) - 1]
        return (
            f"Of these rows, {_listed(empty)} {are} empty: if only the first row of each order has {them}, fill {down} "
            f"down onto the rows below it, in a spreadsheet or where it is exported. {_ENOUGH}"
        )
    if kind == "total":
        return (
            f"Of these rows, {empty[0]} is empty: if it is the order's total, and stands on the first row of each "
            "order only, fill it down onto the rows below it, in a spreadsheet or where it is exported, and let it "
            f'count once by [input] amounts = "orders". {_ENOUGH}'
        )
    return _WRITTEN.get(kind, "")


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _total(row: Mapping[str, Any]) -> str:
    return row["called"] if row["called"] and marks.sums_up(row["called"]) else ""


def _summed(loaded: Loaded, rejects: Sequence[Reject], rows: Sequence[Mapping[str, Any]]) -> tuple[Reject, ...]:
    """`rejects` of `rows`, with what to do about those that are totals of others."""
    found: dict[str, list[str]] = {}
    for each, row in zip(rejects, rows, strict=True):
        if each.total and each.total not in (listed := found.setdefault(loaded.columns[row["where"]], [])):
            listed.append(each.total)
    out = (
        f", or leave them out: [input] leave_out = {inline_table(found)}"
        if len(found) == 1 and max(map(len, found.values())) <= _NAMED
        else " from the file"
    )
    such = next((each.total for each in rejects if each.total), "")
    remedy = f"Rows called “{such}” or the like seem to be totals of others, which would count twice: remove them{out}."
    return tuple(replace(each, remedy=remedy) if each.total else each for each in rejects)


def undated(loaded: Loaded, moments: ir.Table, limit: int) -> InputError | None:
    """That more than `limit` dates of the part can't be read, by `moments`, see `lines.moments`."""
    bad = moments.filter(moments.sold_at.isnull(), ~_blank(moments.key))
    count = int(one(bad.agg(bad=bad.n.sum()))["bad"] or 0)
    if count <= limit:
        return None
    rows = loaded.rows.semi_join(bad, loaded.rows.date == bad.key)
    first = one(rows.select("row", "date", written=_written(rows)).order_by("row").limit(1))
    where = f"{loaded.part.name}, data row {first['row']}, column {loaded.columns['date']}"
    return InputError(
        f"{where}: “{first['date']}” is not a date, as {count:,} of {loaded.count:,} aren't",
        f"{_WRITTEN[first['written']]}.",
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
        "sign": _sign(loaded, bad),
        **_called(loaded, bad),
    }


def _written(bad: ir.Table) -> ir.StringValue:
    """How a date that can't be read is written, see `_WRITTEN`."""
    return ibis.ifelse(bad.date.cast("string").re_search(_WORDS), "named", "undated")


def _sign(loaded: Loaded, bad: ir.Table) -> ir.StringValue:
    """What a row that can't be read tells of the file: how its date is `_written`, or what is empty there.

    "follows", with date, and perhaps customer and invoice, or "total" with amount.
    """
    undated = bad.sold_at.isnull()
    empty = [
        ibis.ifelse(_blank(bad[name]), f" {name}", "") for name in ("customer", "invoice") if name in loaded.columns
    ]
    rest = bad.price_value.isnull() & _blank(bad[loaded.money])
    ordered = ~_blank(bad.invoice) if "invoice" in loaded.columns else ibis.literal(value=False)
    return ibis.cases(
        (undated & _blank(bad.date), reduce(add, empty, ibis.literal("follows date"))),
        (undated, _written(bad)),
        (~undated & rest & ordered & (loaded.money == "amount"), "total amount"),
        else_="",
    )


def _called(loaded: Loaded, bad: ir.Table) -> dict[str, ir.Value]:
    """Which text of a row without a date may call it a total (`called`), and `where` it stands."""
    texts = {name: bad[name].cast("string") for name in _TEXTS if name in loaded.columns}
    nobody = _blank(bad.customer)
    such = {name: bad.sold_at.isnull() & text.re_search(sums.CALLED) for name, text in texts.items()}
    # A product may be called so, too.
    for name in such.keys() & {"description", "code"}:
        such[name] &= nobody & texts[name].re_search(rf"^\W*(\w+ ?)?{sums.CALLED}")
    if "description" in such and "code" in texts:
        such["description"] &= _blank(bad.code)
    return {
        "called": ibis.cases(*((such[name], text.strip()) for name, text in texts.items()), else_=""),
        "where": ibis.cases(*((such[name], ibis.literal(name)) for name in texts), else_=""),
    }
