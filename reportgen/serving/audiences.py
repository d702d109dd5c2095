"""Audiences: the customers of a segment as CSV for a mailing tool, with the columns that it wants."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO
from typing import Final

from reportgen.deliver.csv import FORMULA, table

COLUMNS: Final[Mapping[str, str]] = {"customer": "customer", "segment": "segment"}
"""By header; [serve] audience names others."""
NUMBERS = ("recency", "frequency", "monetary")


def audience(content: bytes, segment: str, columns: Mapping[str, str]) -> bytes:
    """The rows of `segment` in the list `content`; `columns` is header → column of the list, in their order."""
    rows = csv.DictReader(StringIO(content.decode(), newline=""))
    return table(
        tuple(columns),
        ([_cell(row, column) for column in columns.values()] for row in rows if row["segment"] == segment),
    )


def sizes(content: bytes) -> dict[str, int]:
    """Customers of each segment of a list, in the order in which it names them."""
    found: dict[str, int] = {}
    for row in csv.DictReader(StringIO(content.decode(), newline="")):
        found[row["segment"]] = found.get(row["segment"], 0) + 1
    return found


def _cell(row: Mapping[str, str], column: str) -> str | Decimal:
    """What the list has; the apostrophe that keeps a spreadsheet from running it is put there once, not twice."""
    text = row[column]
    if column in NUMBERS:
        return Decimal(text)
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
