"""Sums: a total at the end of a file, or a subtotal within it, is no sale; with a date, it reads like one."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final, NamedTuple

from reportgen.errors import InputError
from reportgen.sources import marks
from reportgen.sources.connection import Connection, identifier, literal
from reportgen.sources.survey import Loaded
from reportgen.sources.toml import inline_table

LEAST: Final = 20
"""Rows of a file from which it is no chance if the last one is worth as much as all others."""
NEARLY: Final = 0.005
"""Part by which a sum may differ from its rows, as after rounding."""
KEPT: Final = "_sums"
"""How the tables end that `called` makes."""
_FEWEST, _SHOWN = 3, 12
_TEXTS: Final = ("invoice", "customer", "description", "code")
CALLED: Final = "(?i)(total|totaal|summe|somme|sum of|gesamt|ergebnis)"
"""What a text may hold that stands for a sum, see `marks.sums_up`."""
_SUM: Final = "SELECT sum(amount), arg_max(amount, line) FROM lines WHERE line BETWEEN ? AND ?"
_MARKED: Final = f"""
WITH own AS (
    SELECT line, amount, sold_at::DATE AS day, {", ".join(_TEXTS)}, {{marked}} AS marked
    FROM lines WHERE line BETWEEN ? AND ?
), groups AS (
    SELECT *, count_if(marked) OVER (ORDER BY line) - marked::INT AS place FROM own
), before AS (
    SELECT place, sum(amount) FILTER (NOT marked) AS before, count_if(NOT marked) > 1 AS several
    FROM groups GROUP BY place
), days AS (
    SELECT day, sum(amount) FILTER (NOT marked) AS others, sum(amount) FILTER (marked) AS sums FROM own GROUP BY day
)
SELECT
    amount, before, several OR customer IS NULL, others, sums, (SELECT sum(amount) FILTER (NOT marked) FROM own),
    [{", ".join(_TEXTS)}]
FROM groups JOIN before USING (place) JOIN days USING (day) WHERE marked ORDER BY line
"""  # noqa: S608
_LAST: Final = f"SELECT {', '.join(_TEXTS)} FROM lines WHERE line <= ? ORDER BY line DESC LIMIT 1"  # noqa: S608


class _Row(NamedTuple):
    """A row called as a sum: its worth, and that of the others since the last such row, of its day, and of all.

    apart: there are several before it, or it names no customer
    """

    amount: int
    before: int | None
    apart: bool
    others: int | None
    sums: int
    every: int | None
    texts: Sequence[str | None]

    @property
    def sums_up(self) -> bool:
        """Whether it is worth what the rows before it are, or all such rows of its day what the others of it are."""
        return self.apart and (_nearly(self.amount, self.before) or _nearly(self.sums, self.others))


def _nearly(worth: int, others: int | None) -> bool:
    return bool(others) and abs(worth - (others or 0)) <= NEARLY * abs(others or 0)


def called(con: Connection, part: str, distinct: str) -> None:
    """Keep which texts of the table `distinct` (`name` of the column, `key`) of a `part` may stand for a sum."""
    con.execute(
        f"CREATE TEMP TABLE {identifier(part + KEPT)} AS SELECT name, key FROM {identifier(distinct)} "  # noqa: S608
        f"WHERE regexp_matches(key, {literal(CALLED)})"
    )


def refuse(con: Connection, parts: Sequence[Loaded], scale: int) -> None:
    """Refuse a last row of one of `parts` that is worth as much as all its others, and subtotals within it.

    con: has the lines of `parts`, numbered from one to the next, in units of 10^-scale. Raises `InputError`.
    """
    ends = accumulate(part.places for part in parts)
    for part, end in zip(parts, ends, strict=True):
        ((total, last),) = con.execute(_SUM, [end - part.places + 1, end]).fetchall()
        if part.count >= LEAST and total and total == 2 * last:
            (texts,) = con.execute(_LAST, [end]).fetchall()
            raise _total(part, Decimal(last).scaleb(-scale), texts)
        _refuse_within(con, part, end)


def _refuse_within(con: Connection, part: Loaded, end: int) -> None:
    """Refuse rows anywhere in `part` that are called sums, and are sums. Raises `InputError`."""
    named = _named(con, part)
    if not named or part.count < LEAST:
        return
    marked = " OR ".join(
        f"coalesce(upper(trim({name})) IN ({', '.join('?' * len(texts))}), false)" for name, texts in named.items()
    )
    values = [text.strip().upper() for texts in named.values() for text in texts]
    found = con.execute(_MARKED.format(marked=f"({marked})"), [*values, end - part.places + 1, end]).fetchall()
    rows = [_Row(*row) for row in found]
    sums = [row for row in rows if row.sums_up]
    if len(sums) >= max(_FEWEST, len(rows) / 2) or (rows and sum(row.amount for row in rows) == rows[0].every):
        raise _subtotals(part, sums or rows)


def _named(con: Connection, part: Loaded) -> dict[str, list[str]]:
    """Column -> its texts that stand for sums, of those that `called` kept."""
    if not con.execute("FROM duckdb_tables() WHERE table_name = ?", [part.table + KEPT]).fetchall():
        return {}
    found = con.execute(f"SELECT name, key FROM {identifier(part.table + KEPT)} ORDER BY ALL").fetchall()  # noqa: S608
    names = dict.fromkeys(name for name, key in found if marks.sums_up(key))
    return {each: [key for name, key in found if name == each and marks.sums_up(key)] for each in names}


def _subtotals(part: Loaded, rows: Sequence[_Row]) -> InputError:
    """That `rows` of `part` are sums of others."""
    texts = {
        part.columns[name]: list(
            dict.fromkeys(text for row in rows if (text := row.texts[place]) and marks.sums_up(text))
        )
        for place, name in enumerate(_TEXTS)
        if name in part.columns
    }
    header, values = next((each for each in texts.items() if each[1]), ("…", ["…"]))
    out = (
        f", or leave them out: [input] leave_out = {inline_table({header: values})}"
        if len(values) <= _SHOWN
        else " from the file"
    )
    several = "1 row is" if len(rows) == 1 else f"{len(rows):,} rows are"
    return InputError(
        f"{part.part.name}: {several} called “{values[0]}” or the like (column {header}), and worth as much as others "
        "together: they seem to be totals of these, which would count twice",
        f"Remove them{out}.",
    )


def _total(part: Loaded, worth: Decimal, texts: Sequence[Any]) -> InputError:
    """That the last row of `part` is a total; `texts`: what stands there, by which it may be left out."""
    named = zip(_TEXTS, texts, strict=True)
    called = {part.columns[name]: [text] for name, text in named if name in part.columns and marks.sums_up(text or "")}
    header, values = next(iter(called.items()), ("…", ["…"]))
    out = inline_table({header: values})
    return InputError(
        f"{part.part.name}: the last row is worth {worth:,}, as much as all others: it seems to be their total, and "
        "would double the revenue",
        f"Remove it, or leave it out by what only it has in some column: [input] leave_out = {out}.",
    )
