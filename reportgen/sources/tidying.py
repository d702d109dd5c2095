"""Tidying: the texts of rows that are copied; each distinct one is looked at once, and few must be replaced."""

from collections.abc import Collection
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.errors import InputError
from reportgen.sources import sums, texts
from reportgen.sources.engine import Engine
from reportgen.sources.survey import Loaded

_CUT: Final = r"^[0-9]([.,][0-9]+)?E\+[0-9]+$"
"""4.00638E+12: what a spreadsheet makes of a long number."""


def tidied(engine: Engine, loaded: Loaded, rows: ir.Table) -> tuple[ir.Table, Collection[str]]:
    """`rows` of `loaded` with their texts as they are to be read, and the names of the columns that hold text.

    Raises `InputError` for ids that a spreadsheet has cut to some digits: different ones then read alike.
    """
    held = texts.held(loaded.rows)
    if not held:
        return rows, held
    each = [loaded.rows.select(name=ibis.literal(name), key=loaded.rows[name]).distinct() for name in held]
    # Asked in one query, the engine would look at the text of every row before it looks for the distinct ones.
    distinct = engine.create_table(f"{loaded.table}_texts", ibis.union(*each), temp=True)
    sums.called(engine.con, loaded.table, f"{loaded.table}_texts")
    other = engine.create_table(
        f"{loaded.table}_other", ibis.union(*(_other(distinct, name) for name in held)), temp=True
    )
    _refuse_cut(loaded, distinct)
    odd = other.select("name").distinct().to_pyarrow()["name"].to_pylist()
    for name in sorted(odd):
        rows = _replaced(rows, other, name)
    return rows, held


def _other(distinct: ir.Table, name: str) -> ir.Table:
    """(name, key, text) of the texts of a column that are to be read otherwise than they stand there."""
    own = distinct.filter(distinct.name == name).select(**{name: distinct.key})
    changed = own.filter(texts.changed(own, name))
    return changed.select(name=ibis.literal(name), key=changed[name], text=texts.texts_of(changed)[name])


def _replaced(rows: ir.Table, other: ir.Table, name: str) -> ir.Table:
    known = other.filter(other.name == name).select(other_key=other.key, other_text=other.text)
    joined = rows.left_join(known, rows[name] == known.other_key)
    text = ibis.ifelse(joined.other_key.notnull(), joined.other_text, joined[name])
    return joined.mutate(**{name: text}).drop("other_key", "other_text")


def _refuse_cut(loaded: Loaded, distinct: ir.Table) -> None:
    key = distinct.key.strip()
    cut = {
        name: key.min(where=(distinct.name == name) & key.contains("E+") & key.re_search(_CUT))
        for name in ("customer", "invoice")
    }
    for name, text in distinct.agg(**cut).to_pyarrow().to_pylist()[0].items():
        if text is not None:
            raise InputError(
                f"{loaded.part.name}: the column {loaded.columns[name]!r} holds ids such as {text}: "
                "a spreadsheet has cut them, and different ones read alike",
                "Export it again, and format the column as text before a spreadsheet saves it.",
            )
