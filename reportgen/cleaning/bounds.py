"""Bounds: where the quantiles of the lines put the ends of the ordinary, and what happens to the lines beyond them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.errors import RecipeError
from reportgen.recipe import Cap, Outliers
from reportgen.tally import Tally

COLUMNS: Final = {"total": "amount", "quantity": "quantity", "price": "price"}


@dataclass(frozen=True)
class Bounds:
    """The ends of the ordinary, in the column's units; None where there is none."""

    lower: Fraction | None
    upper: Fraction | None

    def beyond(self, figure: ir.IntegerValue) -> ir.BooleanValue:
        """Whether `figure` lies outside."""
        # Compared with whole numbers: a figure exceeds 2.5 if it exceeds 2.
        below = ibis.literal(value=False) if self.lower is None else figure < -(-self.lower).__floor__()
        above = ibis.literal(value=False) if self.upper is None else figure > self.upper.__floor__()
        return below | above

    def nearest(self, figure: int) -> Fraction:
        """The bound on the side where `figure` lies outside."""
        if self.upper is not None and figure > self.upper:
            return self.upper
        return Fraction(figure) if self.lower is None else self.lower


def validate(step: Cap | Outliers, place: str) -> None:
    """Refuse bounds that aren't two ends. Raises `RecipeError` at `place`."""
    if step.low is None and step.high is None:
        raise RecipeError(f"{place}: it has no bound", "Give the quantile `low`, `high` or both, such as high = 0.95.")
    if step.low is None or step.high is None:
        if step.k:
            raise RecipeError(f"{place}, k: it needs the quantiles `low` and `high`", "Give both, or leave k out.")
        if step.side == ("upper" if step.high is None else "lower"):
            raise RecipeError(f"{place}, side: the quantile of the {step.side} bound is missing", "Give it.")
    elif step.low >= step.high:
        raise RecipeError(f"{place}: low = {step.low} is not below high = {step.high}", "Exchange them.")


def outside(table: ir.Table, step: Outliers, kept: ir.BooleanValue) -> ir.BooleanValue:
    """Whether a line lies out of the bounds of those of the window that are `kept`."""
    return _bounds(table, step, kept).beyond(table[COLUMNS[step.of]])


def cap(table: ir.Table, step: Cap, kept: ir.BooleanValue, cut: str) -> ir.Table:
    """`table` with the figures out of bounds moved to them; `cut`: by how much the line's worth was lowered."""
    column = COLUMNS[step.of]
    bounds = _bounds(table, step, kept)
    marked = table.mutate(moved=kept & bounds.beyond(table[column]))
    joined = marked.left_join(
        _worths(marked.filter("moved"), step, bounds), [("amount", "old_amount"), (column, "old_figure")]
    )
    worth = joined.moved.ifelse(joined.new_amount, joined.amount)
    figure = joined.moved.ifelse(joined.new_figure, joined[column])
    capped = joined.mutate(**{cut: joined.amount - worth, column: figure, "amount": worth})
    return capped.select(*table.columns, cut)


def _bounds(table: ir.Table, step: Cap | Outliers, kept: ir.BooleanValue) -> Bounds:
    """By the lines of the window that are still kept; the engine counts, so that the quantiles are exact."""
    figures = table.filter(kept, ~table.early).select(figure=COLUMNS[step.of])
    counts = figures.group_by("figure").aggregate(lines=figures.count()).to_pyarrow().to_pandas()
    tally = Tally.of(counts["figure"], counts["lines"])
    ends = [None if q is None or not len(tally) else Fraction(str(q)) for q in (step.low, step.high)]
    low, high = (None if end is None else tally.quantile(end) for end in ends)
    apart = Fraction(str(step.k)) * (high - low) if low is not None and high is not None else Fraction(0)
    return Bounds(
        None if low is None or step.side == "upper" else low - apart,
        None if high is None or step.side == "lower" else high + apart,
    )


def _worths(lines: ir.Table, step: Cap, bounds: Bounds) -> ir.Table:
    """What each pair of worth and figure out of bounds becomes: few, so Python's exact fractions do it."""
    pairs = lines.select(old_amount="amount", old_figure=COLUMNS[step.of]).distinct().to_pyarrow().to_pandas()
    ends = [bounds.nearest(int(figure)) for figure in pairs["old_figure"]]
    rows = zip(pairs["old_amount"].tolist(), pairs["old_figure"].tolist(), ends, strict=True)
    worths = [_worth(*row) for row in rows]
    new = pairs.assign(new_amount=worths, new_figure=[round(end) for end in ends])
    return ibis.memtable(new.astype("int64"))


def _worth(amount: int, figure: int, end: Fraction) -> int:
    """The worth of a line whose quantity, price or worth goes from `figure` to `end`; a zero one keeps its worth."""
    return round(amount * end / figure) if figure else amount
