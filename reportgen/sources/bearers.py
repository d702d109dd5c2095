"""Bearers: whose a customer's id is, by a column of names beside it; branches may give one id to several people."""

from collections.abc import Sequence
from typing import Final

import ibis.expr.types as ir
from ibis import _

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.asides import kind_of
from reportgen.sources.engine import list_has_any, one
from reportgen.sources.hints import SAMPLE
from reportgen.sources.survey import Loaded
from reportgen.sources.texts import NO_CUSTOMER
from reportgen.sources.toml import quoted

MANY, LEAST = 0.2, 2
"""Part of the ids on several rows that several people bear, and how many, from which it is asked."""
_ENDS: Final = r"^[^\p{L}]+|[^\p{L}]+$"


def refuse(parts: Sequence[Loaded], spec: config.Input) -> None:
    """Refuse ids that names beside them contradict, unless `spec` says that they are right. Raises `InputError`."""
    if spec.customer_ids is not None:
        return
    for part in parts:
        for key, header in part.asides.items():
            if kind_of(key) == "name":
                _compare(part, key, header)


def _compare(part: Loaded, key: str, header: str) -> None:
    row = one(_borne(part, key))
    odd, every = int(row["odd"] or 0), int(row["all"] or 0)
    if odd < LEAST or odd < MANY * every:
        return
    column = part.columns["customer"]
    raise InputError(
        f"{part.part.name}: {odd:,} of {every:,} customer ids that were looked at (column {column}) have several names "
        f"that share no word (column {header}), such as {row['id']}: “{row['low']}” and “{row['high']}”; each id "
        "would count as one customer",
        "If each branch has its own ids, write the branch before them where they are exported; or tell customers by "
        f"another column: [columns] customer = {quoted(header)}. If each id is one customer: "
        '[input] customer_ids = "unique".',
    )


def _borne(part: Loaded, key: str) -> ir.Table:
    """How many ids on several rows there are in `all`, the `odd` ones of several people, and `such` a one; of some."""
    rows = part.rows.select(id=part.rows.customer.cast("string").strip(), name=part.rows[key].cast("string"))
    sample = rows.filter(rows.id.hash() % max(1, part.count // SAMPLE) == 0)
    known = sample.filter(~sample.id.lower().isin(("", *NO_CUSTOMER)), sample.name.strip() != "")
    each = known.group_by("id").agg(rows=_.count(), low=_.name.strip().lower().min(), high=_.name.strip().lower().max())
    several = each.filter(each.rows > 1)
    told = several.mutate(odd=~list_has_any(_words(several.low), _words(several.high)))
    return told.agg(
        all=told.count(),
        odd=told.odd.sum(),
        **{name: told[name].argmin(told.id, where=told.odd) for name in ("id", "low", "high")},
    )


def _words(name: ir.StringValue) -> ir.ArrayValue:
    words: ir.ArrayValue = name.re_replace(_ENDS, "").re_split(r"[^\p{L}]+")
    return words
