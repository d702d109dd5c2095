"""Texts: ids and names as they are told apart: trimmed, null where nothing is said, one way to write a number."""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.sources.engine import nfc_normalize, strlen, trim, trim_spaces

TEXTS: Final = ("invoice", "code", "description", "customer", "country")
ODD_BLANKS: Final = "\t\r\n\u00a0"
_BLANKS: Final = " " + ODD_BLANKS
NARROW_BLANKS: Final = "\u00a0\u2007\u2009\u202f"
UNSEEN: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
"""What no reader sees in an id: joiners, marks of direction, places where a word may break."""
_NIL: Final = "00000000-0000-0000-0000-000000000000"
NO_CUSTOMER: Final = (
    "nan", "na", "nil", "null", "none", "n/a", "#n/a", "<na>", "\\n", "false", "blank", "empty", "leer", "redacted",
    "(blank)", "(empty)", "(leer)", "(none)", "(null)", "<null>", "[null]", "(unknown)", "[redacted]",
    "not set", "(not set)", "not provided", "(not provided)", "not available", "not applicable",
    "#ref!", "#name?", "#value!", "#null!", "#num!", "#div/0!", "#nv", "#bezug!", "#wert!", "#zahl!",
    "unknown", "unknown customer", "undefined", "anonymous", "guest", "guest customer", "guest checkout", "walk-in",
    "walk in", "walkin", "walk-in customer", "walk in customer", "cash customer", "cash sale", "no customer",
    "unbekannt", "anonym", "gast", "laufkunde", "laufkundschaft", "barverkauf", "barkunde", "kein kunde",
    "inconnu", "anonyme", "client inconnu", "client de passage", "client comptoir", "–", "—",
    "-1", _NIL, *(sign * times for sign in "0#*?.-_" for times in range(1, 21)),
)  # fmt: skip
"""How exports write that no customer is known, in lower case."""
_INTEGERS: Final = 1e18
"""Numbers below fit into 64 bits."""
_SHORT: Final = max(len(word) for word in NO_CUSTOMER if word != _NIL)
_EXCEL_TEXT: Final = (r'^\s*="(.*)"\s*$', r"^\s*'([0-9=+@-][^']*)'?\s*$")
"""="0815" and '0815: how digits are kept from being read as a number."""
_NO_CUSTOMER: Final = f"(?i)^({'|'.join(map(re.escape, NO_CUSTOMER))})$"


def texts_of(table: ir.Table) -> dict[str, ir.Value]:
    """Ids and texts, trimmed; a customer's number is as it has been read."""
    read = {name: _read(_column(table, name), name) for name in TEXTS}
    return {**read, "customer": table.customer_id} if "customer_id" in table.columns else read


def held(table: ir.Table) -> list[str]:
    """The columns of `table` that hold text."""
    return [name for name in TEXTS if name in table.columns and table[name].type().is_string()]


def plain(tables: Sequence[ir.Table]) -> frozenset[str]:
    """The columns of text that `texts_of` leaves as they are in all of `tables`: most exports are clean."""
    return frozenset.intersection(*(_plain(table) for table in tables))


def untidy(table: ir.Table, name: str) -> ir.BooleanValue:
    """Whether `texts_of` may change a text of `table`, by looks that cost little."""
    text = table[name]
    odd = reduce(or_, (text.contains(mark) for mark in (*ODD_BLANKS, ".")))
    odd |= (text == "") | (trim_spaces(text) != text)
    if name in {"description", "country"}:
        return odd
    odd |= _beyond_ascii(text) | text.startswith("'") | text.startswith("=")
    customer = (text.length() <= _SHORT) | (text == _NIL) | (text.contains("@") & (text.lower() != text))
    own = {"code": text.upper() != text, "customer": customer}
    return odd | own[name] if name in own else odd


def identifier(column: ir.Value) -> ir.Value:
    """Text of an id: trimmed, null if empty, "17850.0" as "17850", ids that look the same as one."""
    return _read(column, "invoice")


def written(number: ir.FloatingValue) -> ir.StringValue:
    """Text of an id that is a double, null if NaN: 17850.0 as "17850", and all digits of large ones.

    Engines write those each in their own way ("1e+16", "1.0E16"), but whole numbers alike.
    """
    whole, text = number.cast("int64"), number.cast("string")
    digits = ibis.ifelse(whole.cast("float64") == number, whole.cast("string"), text)
    return ibis.ifelse(number.isnan(), ibis.null("string"), ibis.ifelse(number.abs() < _INTEGERS, digits, text))


def _plain(table: ir.Table) -> frozenset[str]:
    return frozenset(name for name in held(table) if not _odd(table, name))


def _odd(table: ir.Table, name: str) -> int:
    """How many texts of a column read otherwise than they stand there."""
    # The cheap look first: patterns are dear, and distinct invoices are many.
    doubtful = table.select(name).filter(untidy(table, name))
    return int(changed(doubtful, name).count().to_pyarrow().as_py())


def changed(table: ir.Table, name: str) -> ir.Table:
    """(key, text) of the texts of a column that read otherwise than they stand there."""
    # As `texts_of`, but a step after the other: what a step mentions several times is made once.
    read = table.select(key=table[name], text=table[name])
    for step in _STEPS[name]:
        read = read.mutate(text=step(read.text))
    if name == "customer":
        read = read.mutate(text=folded(read.key, read.text))
    return read.filter(~read.text.identical_to(read.key))


def _read(column: ir.Value, name: str) -> ir.Value:
    steps, text = _STEPS[name], column.cast("string")
    if column.type().is_floating() and steps[: len(_ID)] == _ID:
        steps, text = steps[len(_ID) :], written(column)
    text = reduce(lambda given, step: step(given), steps, text)
    return folded(column, text) if name == "customer" else text


def _somebody(customer: ir.StringValue) -> ir.StringValue:
    return customer.re_replace(_NO_CUSTOMER, "").nullif("")


def folded(column: ir.Value, customer: ir.StringValue) -> ir.StringValue:
    """The `customer` of a `column`; an address in lower case: however it was typed, it is the same customer's."""
    # The column itself is looked at: what is made of it is dear, and engines make it anew for each mention.
    return ibis.ifelse(column.contains("@"), customer.lower(), customer) if column.type().is_string() else customer


def _beyond_ascii(text: ir.StringValue) -> ir.BooleanValue:
    return strlen(text) != text.length()


def _seen(text: ir.StringValue) -> ir.StringValue:
    """`text` as it is seen: however its blanks and accents are made, and without what keeps Excel from reading it."""
    # The cheap look first: patterns are dear, and the engine makes the text anew for each mention of it.
    odd = _beyond_ascii(text) | text.contains("'") | text.contains('"')
    bare = reduce(lambda given, wrapped: given.re_replace(wrapped, r"\1"), _EXCEL_TEXT, text)
    return ibis.ifelse(odd, nfc_normalize(without_unseen(bare)), text)


def without_unseen(text: ir.StringValue) -> ir.StringValue:
    """`text` with plain blanks only, and without signs that have no width."""
    return text.translate(NARROW_BLANKS + UNSEEN, " " * len(NARROW_BLANKS))


def _column(table: ir.Table, meaning: str) -> ir.Value:
    return table[meaning] if meaning in table.columns else ibis.null("string")


def _trimmed(column: ir.Value) -> ir.Value:
    """Text without blanks at its ends, null if empty. Looking for odd blanks first is six times faster."""
    text = column.cast("string")
    odd = reduce(or_, (text.contains(blank) for blank in ODD_BLANKS))
    return ibis.ifelse(odd, trim(text, _BLANKS), trim_spaces(text)).nullif("")


def _unpointed(text: ir.StringValue) -> ir.StringValue:
    # No look for the point first: the engine would trim once more for each mention of the text.
    return text.re_replace(r"^(-?[0-9]+)\.0+$", r"\1")


def _upper(text: ir.StringValue) -> ir.StringValue:
    return text.upper()


_ID: Final = (_seen, _trimmed, _unpointed)
_STEPS: Final = {
    "invoice": _ID,
    "code": (*_ID, _upper),
    "description": (_trimmed,),
    "customer": (*_ID, _somebody),
    "country": (_trimmed,),
}
"""How each text is read."""
