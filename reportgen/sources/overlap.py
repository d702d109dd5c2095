"""Overlap: where files cover the same time, a line counts as often as in the file that has it most often."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.sources.columns import OPTIONAL
from reportgen.sources.connection import Connection
from reportgen.sources.engine import Engine
from reportgen.transactions import Removed

_DIFFERING: Final = """
WITH placed AS (SELECT invoice, sold_at::DATE AS day, CASE {part} END AS part FROM lines),
    orders AS (SELECT invoice, min(part) AS first, max(part) AS last FROM placed GROUP BY invoice, day),
    odd AS (SELECT * FROM orders WHERE first < last)
SELECT count(*), min(invoice), arg_min(first, invoice), arg_min(last, invoice) FROM odd
"""
SAME: Final = ("invoice", "code", "description", "quantity", "price", "sold_at", "customer", "country")
"""What tells a line from another."""


def repeated(engine: Engine, staged: ir.Table, common: Collection[str]) -> tuple[ir.Table, Removed] | None:
    """Ibis table of each repeated `line`, and the step that counts them; None if no files overlap.

    staged: lines of all parts, with their `part`; `invoice` is null where the input has none
    common: the optional columns that all parts have; in another one, a line can't be told from itself
    """
    shared = _shared_time(staged)
    if shared is None:
        return None
    same = [name for name in SAME if name not in OPTIONAL or name in common]
    inside = staged.filter(staged.sold_at.between(*shared))
    each = inside.mutate(copy=ibis.row_number().over(group_by=[*same, "part"], order_by="line"))
    ranked = each.mutate(place=ibis.row_number().over(group_by=[*same, "copy"], order_by="part"))
    return surplus(engine, ranked, "overlap", "Lines repeated where files overlap")


def differing(con: Connection, names: Sequence[str], ends: Sequence[int]) -> Iterator[str]:
    """That orders of one day stand in several parts with different lines, which all count.

    con: has what is left as `lines`; names: of the parts; ends: the last line of each
    """
    part = " ".join(f"WHEN line <= {end} THEN {place}" for place, end in enumerate(ends))
    odd, such, first, last = con.execute(_DIFFERING.format(part=part)).fetchall()[0]
    if odd > len(names) - 1:  # where files follow on one another, an order may lie across
        yield (
            f"{odd:,} invoice numbers, such as {such} in {names[first]} and {names[last]}, stand in several files on "
            "one day with different lines, and all of them count: if one file corrects the other, read only that one"
        )


def surplus(engine: Engine, ranked: ir.Table, step: str, label: str) -> tuple[ir.Table, Removed] | None:
    """Ibis table of each `line` that isn't in the first `place` of its like, and the step that counts them; or None."""
    extra = engine.create_table(step, ranked.filter(ranked.place > 0).select("line", "amount"), temp=True)
    rows, amount = extra.agg(n=extra.count(), amount=extra.amount.sum()).to_pyarrow().to_pylist()[0].values()
    return (extra, Removed(step, label, int(rows), int(amount))) if rows else None


def _shared_time(staged: ir.Table) -> tuple[datetime, datetime] | None:
    """From the first to the last instant that more than one part covers."""
    spans = staged.group_by("part").agg(first=staged.sold_at.min(), last=staged.sold_at.max())
    bounds = sorted((span["first"], span["last"]) for span in spans.to_pyarrow().to_pylist())
    latest, shared = bounds[0][1] if bounds else None, []
    for first, last in bounds[1:]:
        if latest is not None and first <= latest:
            shared.append((first, min(last, latest)))
        latest = max(latest, last)
    return (min(first for first, _ in shared), max(last for _, last in shared)) if shared else None
