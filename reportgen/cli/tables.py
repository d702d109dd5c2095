"""An evaluation on the terminal; in a log the same as plain text."""

import sys

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from reportgen.verdict import Part, Table, Verdict

LOG_WIDTH = 200
"""Columns of a log, which has no width of its own."""


def show(verdict: Verdict) -> None:
    """Print `verdict` to standard output."""
    console = Console(width=None if sys.stdout.isatty() else LOG_WIDTH, highlight=False)
    console.print(f"[bold]{escape(verdict.title)}[/bold]\n{escape(verdict.deck)}")
    console.print(_grid(verdict.overview))
    for part in (*verdict.parts, *verdict.agreements):
        _show_part(part, console)
    console.print(*(f"- {escape(note)}" for note in verdict.reading), sep="\n")


def _show_part(part: Part, console: Console) -> None:
    console.print(f"[bold]{escape(part.title)}[/bold]\n{escape(part.deck)}")
    for table in part.tables:
        console.print(_grid(table))
    for name, texts in part.notes:
        console.print(f"[bold]{escape(name)}[/bold]")
        console.print(*(f"  {escape(text)}" for text in texts), sep="\n")
    console.print()


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(table.head):
        grid.add_column(escape(head), justify="left" if place == 0 or place in table.texts else "right")
    for row in table.rows:
        grid.add_row(*map(escape, row))
    return grid
