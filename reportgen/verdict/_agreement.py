"""Two recipes side by side, in words."""

from collections.abc import Mapping

from reportgen.evaluation import Agreement, Evaluation
from reportgen.verdict._text import Part, Table, index
from reportgen.wording import NONE, Words

OUTSIDE = "In no segment"
MOST_COLUMNS = 4
"""Segments up to which a crosstab fits half a page, two figures in a cell."""

Place = tuple[str | None, str | None]
"""A segment of the one recipe and one of the other, None = in none."""


def agreement(found: Agreement, evaluation: Evaluation, words: Words) -> Part:
    one, other = (_named(evaluation, name) for name in (found.one, found.other))
    total = sum(cell.revenue for cell in found.cells)
    counts = {(cell.one, cell.other): words.count(cell.customers) for cell in found.cells}
    shares = {(c.one, c.other): words.percent(c.revenue / total if total else 0, 0) for c in found.cells}
    both = {key: f"{counts[key]} · {shares[key]}" for key in counts}
    wide = len(other) > MOST_COLUMNS
    cells = {"customers": counts, "share of revenue": shares} if wide else {"customers · share of revenue": both}
    return Part(
        title=f"{found.one} and {found.other}",
        deck=f"Adjusted Rand index {index(found.rand_index, words)}: 1 is the same grouping, 0 chance. "
        f"{words.plural(found.customers, 'customer')} in both.",
        tables=tuple(_crosstab(f"{found.one}: {name}", shown, one, other) for name, shown in cells.items()),
        wide=wide,
    )


def _crosstab(corner: str, shown: Mapping[Place, str], one: Mapping[str, str], other: Mapping[str, str]) -> Table:
    """`shown` by segments of the one (rows) and of the other; rows and columns without customers are left out."""
    rows = [key for key in (*one, None) if any(row == key for row, _ in shown)]
    columns = [key for key in (*other, None) if any(column == key for _, column in shown)]
    return Table(
        caption=corner,
        head=(corner, *(OUTSIDE if key is None else other[key] for key in columns)),
        rows=tuple(
            (OUTSIDE if row is None else one[row], *(shown.get((row, column), NONE) for column in columns))
            for row in rows
        ),
    )


def _named(evaluation: Evaluation, recipe: str) -> dict[str, str]:
    """Id -> name of a recipe's segments, in their order."""
    judgement = next(found for found in evaluation.judgements if found.recipe == recipe)
    return {segment.id: segment.name for segment in judgement.segments}
