"""Overlap: where files cover the same time, a line counts as often as in the file that has it most often."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.sources.columns import OPTIONAL
from reportgen.sources.engine import Engine
from reportgen.transactions import Removed

_SAME: Final = ("invoice", "code", "description", "quantity", "price", "sold_at", "customer", "country")


def repeated(engine: Engine, staged: ir.Table, common: Collection[str]) -> tuple[ir.Table, Removed] | None:
    """Ibis table of each repeated `line`, and the step that counts them; None if no files overlap.

    staged: lines of all parts, with their `part`; `invoice` is null where the input has none
    common: the optional columns that all parts have; in another one, a line can't be told from itself
    """
    shared = _shared_time(staged)
    if shared is None:
        return None
    same = [name for name in _SAME if name not in OPTIONAL or name in common]
    inside = staged.filter(staged.sold_at.between(*shared))
    each = inside.mutate(copy=ibis.row_number().over(group_by=[*same, "part"], order_by="line"))
    ranked = each.mutate(place=ibis.row_number().over(group_by=[*same, "copy"], order_by="part"))
    return surplus(engine, ranked, "overlap", "Lines repeated where files overlap")


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
