"""An evaluation on the terminal; in a log the same as plain text."""

import sys
import textwrap
from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from reportgen.verdict import Part, Table, Verdict

LOG_WIDTH = 200
"""Columns of a log, which has no width of its own."""
GAP = 2
"""Between two columns of a table."""


def show(verdict: Verdict) -> None:
    """Print `verdict` to standard output."""
    console = Console(width=None if sys.stdout.isatty() else LOG_WIDTH, highlight=False)
    _print(console, verdict.title, verdict.deck)
    _grid(console, verdict.overview)
    for part in (*verdict.parts, *verdict.agreements):
        _show_part(part, console)
    _items(console, "How to read it", verdict.reading)


def _show_part(part: Part, console: Console) -> None:
    _print(console, part.title, part.deck)
    for table in part.tables:
        _grid(console, table)
    for name, texts in part.notes:
        if len(texts) > 1:
            _items(console, name, texts)
        else:
            _note(console, name, texts[0])
    if part.notes:
        console.print()


def _print(console: Console, title: str, text: str) -> None:
    console.print(f"[bold]{escape(_filled(console, title))}[/bold]\n{escape(_filled(console, text))}")


def _items(console: Console, name: str, texts: tuple[str, ...]) -> None:
    console.print(f"[bold]{escape(name)}[/bold]")
    for text in texts:
        console.print(escape(_filled(console, f"- {text}")))


def _note(console: Console, name: str, text: str) -> None:
    filled = _filled(console, f"{name}: {text}")
    end = len(name) + 1
    console.print(f"[bold]{escape(filled[:end])}[/bold]{escape(filled[end:])}")


def _filled(console: Console, text: str) -> str:
    """`text` in lines of the console's width; what follows the first stands two columns in."""
    return textwrap.fill(text, console.width, subsequent_indent="  ", break_on_hyphens=False)


def _grid(console: Console, table: Table) -> None:
    """`table`; on its side where that is narrower and the console too narrow for it: no cell is cut or broken."""
    head, rows, texts = table.head, table.rows, table.texts
    side, *lines = zip(head, *rows, strict=True)
    if _whole(_narrow(head, rows)) > max(console.width, _whole(_narrow(side, lines))):
        head, rows, texts = side, tuple(lines), tuple(range(len(side)))
    wide = [max(least, cell_len(name)) for least, name in zip(_narrow(head, rows), head, strict=True)]
    widths = wide if _whole(wide) <= console.width else _narrow(head, rows)
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for place, width in enumerate(widths):
        grid.add_column(escape(head[place]), justify="left" if place in {0, *texts} else "right", width=width)
    for row in rows:
        grid.add_row(*map(escape, row))
    held, console.width = console.width, max(console.width, _whole(widths))
    console.print(grid)  # what is wider still, the terminal wraps: Rich would cut it
    console.width = held
    console.print()


def _narrow(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The least widths: cells stay whole, heads break between words."""
    return [max(map(cell_len, (*name.split(), *cells))) for name, *cells in zip(head, *rows, strict=True)]


def _whole(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
