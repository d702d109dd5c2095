"""Bearers: whose a customer's id is, by a column of names beside it; branches may give one id to several people."""

from collections.abc import Sequence
from typing import Final

import ibis.expr.types as ir
from ibis import _

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.asides import kind_of
from reportgen.sources.engine import hashed, list_has_any
from reportgen.sources.hints import SAMPLE
from reportgen.sources.survey import Loaded
from reportgen.sources.texts import NO_CUSTOMER
from reportgen.sources.toml import quoted

MANY, LEAST = 0.2, 2
"""Part of the ids on several rows that several people bear, and how many, from which it is asked."""
_BETWEEN: Final = r"[\s0-9.,;:&()'/+_\-\x22]+"


def refuse(parts: Sequence[Loaded], spec: config.Input) -> None:
    """Refuse ids that names beside them contradict, unless `spec` says that they are right. Raises `InputError`."""
    if spec.customer_ids is not None:
        return
    for part in parts:
        for key, header in part.asides.items():
            if kind_of(key) == "name":
                _compare(part, key, header)


def _compare(part: Loaded, key: str, header: str) -> None:
    each = _borne(part, key)
    every = int(each.count().to_pyarrow().as_py())
    found = each.filter(~list_has_any(_words(each.low), _words(each.high))).order_by("id").to_pyarrow().to_pylist()
    # Here, since the engine would look at all rows for that.
    odd = [row for row in found if row["id"].strip().lower() not in ("", *NO_CUSTOMER)]
    if len(odd) < LEAST or len(odd) < MANY * every:
        return
    such, column = odd[0], part.columns["customer"]
    raise InputError(
        f"{part.part.name}: {len(odd):,} of {every:,} customer ids that were looked at (column {column}) have several "
        f"names that share no word (column {header}), such as {such['id']}: “{such['low']}” and “{such['high']}”; each "
        "id would count as one customer",
        "If each branch has its own ids, write the branch before them where they are exported; or tell customers by "
        f"another column: [columns] customer = {quoted(header)}. If each id is one customer: "
        '[input] customer_ids = "unique".',
    )


def _borne(part: Loaded, key: str) -> ir.Table:
    """Some ids that are on several rows with names, and two of these."""
    # On raw texts until there is one row of an id: patterns are dear.
    rows = part.rows.select(id=part.rows.customer, name=part.rows[key].cast("string").nullif(""))
    sample = rows.filter(hashed(rows.id.cast("string")) % max(1, part.count // SAMPLE) == 0, rows.name.notnull())
    each = sample.group_by(id=sample.id.cast("string")).agg(rows=_.count(), low=_.name.min(), high=_.name.max())
    return each.filter(each.rows > 1, each.low.strip() != "")


def _words(name: ir.StringValue) -> ir.ArrayValue:
    # Not split by a pattern: the engine would make that anew for each name.
    words: ir.ArrayValue = name.lower().re_replace(_BETWEEN, " ").strip().split(" ")
    return words
