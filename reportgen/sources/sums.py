"""Sums: a total at the end of a file is no sale; with a date, it reads like one."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final

from reportgen.errors import InputError
from reportgen.sources.connection import Connection
from reportgen.sources.survey import Loaded
from reportgen.sources.toml import quoted

LEAST: Final = 20
"""Rows of a file from which it is no chance if the last one is worth as much as all others."""
_TEXTS: Final = ("invoice", "customer", "description", "code")
_CALLED: Final = re.compile("total|summe|gesamt|somme", re.IGNORECASE)
_SUM: Final = "SELECT sum(amount), arg_max(amount, line) FROM lines WHERE line BETWEEN ? AND ?"
_LAST: Final = f"SELECT {', '.join(_TEXTS)} FROM lines WHERE line <= ? ORDER BY line DESC LIMIT 1"  # noqa: S608


def refuse(con: Connection, parts: Sequence[Loaded], scale: int) -> None:
    """Refuse a last row of one of `parts` that is worth as much as all its others, in units of 10^-scale.

    con: has the lines of `parts`, numbered from one to the next. Raises `InputError`.
    """
    ends = accumulate(part.places for part in parts)
    for part, end in zip(parts, ends, strict=True):
        ((total, last),) = con.execute(_SUM, [end - part.places + 1, end]).fetchall()
        if part.count >= LEAST and total and total == 2 * last:
            (texts,) = con.execute(_LAST, [end]).fetchall()
            raise _total(part, Decimal(last).scaleb(-scale), texts)


def _total(part: Loaded, worth: Decimal, texts: Sequence[Any]) -> InputError:
    """That the last row of `part` is a total; `texts`: what stands there, by which it may be left out."""
    named = zip(_TEXTS, texts, strict=True)
    called = {part.columns[name]: [text] for name, text in named if name in part.columns and _CALLED.search(text or "")}
    header, values = next(iter(called.items()), ("…", ["…"]))
    out = f"{{ {quoted(header)} = {quoted(values)} }}"
    return InputError(
        f"{part.part.name}: the last row is worth {worth:,}, as much as all others: it seems to be their total, and "
        "would double the revenue",
        f"Remove it, or leave it out by what only it has in some column: [input] leave_out = {out}.",
    )
