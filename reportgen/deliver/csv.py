"""CSV that spreadsheets take for data: RFC 4180, UTF-8, no cell that starts a formula."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

Cell = str | int | float | Decimal | None

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: Cell) -> Cell:
    """`cell`, with a leading apostrophe if it is text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """`rows` below `header` as CSV; None is an empty cell, numbers are written as they are."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(safe, header))
    writer.writerows(map(safe, row) for row in rows)
    return text.getvalue().encode()
