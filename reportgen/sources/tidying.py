"""Tidying: the texts of rows that are copied; each distinct one is looked at once, and few must be replaced."""

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

from reportgen.sources import sums, texts, whole
from reportgen.sources.engine import Engine
from reportgen.sources.survey import Loaded


def tidied(engine: Engine, loaded: Loaded, rows: ir.Table, *, settled: bool) -> tuple[ir.Table, Collection[str]]:
    """`rows` of `loaded` with their texts as they are to be read, and the names of the columns that hold text.

    settled: each id is known to be a customer. Raises `InputError` for ids that were cut, see `whole`.
    """
    whole.refuse_doubles(loaded)
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
    whole.refuse(loaded, distinct, settled=settled)
    odd = other.select("name").distinct().to_pyarrow()["name"].to_pylist()
    for name in sorted(odd):
        rows = _replaced(rows, other, name)
    return rows, held


def _other(distinct: ir.Table, name: str) -> ir.Table:
    """(name, key, text) of the texts of a column that are to be read otherwise than they stand there."""
    own = distinct.filter(distinct.name == name).select(**{name: distinct.key})
    return texts.changed(own, name).select(ibis.literal(name).name("name"), "key", "text")


def _replaced(rows: ir.Table, other: ir.Table, name: str) -> ir.Table:
    known = other.filter(other.name == name).select(other_key=other.key, other_text=other.text)
    joined = rows.left_join(known, rows[name] == known.other_key)
    text = ibis.ifelse(joined.other_key.notnull(), joined.other_text, joined[name])
    return joined.mutate(**{name: text}).drop("other_key", "other_text")
