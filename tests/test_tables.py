"""An evaluation's tables on a terminal: no cell is cut or broken, whatever its width."""

import pytest
from rich.console import Console

from reportgen.cli import tables
from reportgen.verdict import Table

TABLE = Table(
    caption="Segments",
    head=("Segment", "Bought next month", "Jaccard, stability"),
    rows=(("Low-Engagement", "18% of 6,286", "0.92 highly stable"), ("New", "20% of 7,764", "1.00 highly stable")),
    texts=(2,),
)


OVERVIEW = Table(
    caption="Recipes side by side",
    head=("Recipe", "Rand index, resampled", "Weakest segment", "Bought next month"),
    rows=(("strategic", "0.99", "Big Spenders 0.92", "12%–91%"),),
    texts=(2,),
)


def printed(table, width):
    console = Console(width=width, highlight=False)
    with console.capture() as held:
        tables._grid(console, table)
    return [line.rstrip() for line in held.get().splitlines()]


@pytest.mark.parametrize("width", [200, 60, 48, 20])
def test_cells_stay_whole(width):
    lines = printed(TABLE, width)
    assert max(map(len, lines)) <= max(width, 48)
    for row in TABLE.rows:
        assert any(all(cell in line for cell in row) for line in lines)


def test_heads_break_between_words_before_anything_else_does():
    assert printed(TABLE, 60)[0] == "Segment         Bought next month  Jaccard, stability"
    assert [line.split() for line in printed(TABLE, 48)[:2]] == [
        ["Bought", "next"], ["Segment", "month", "Jaccard,", "stability"],
    ]  # fmt: skip


def test_a_table_that_is_wider_than_the_console_lies_on_its_side():
    assert printed(OVERVIEW, 60)[-2].split("  ")[0] == "strategic"
    assert [line.split("  ")[0] for line in printed(OVERVIEW, 45)] == [
        "Recipe", "─" * 40, "Rand index, resampled", "Weakest segment", "Bought next month", "",
    ]  # fmt: skip
