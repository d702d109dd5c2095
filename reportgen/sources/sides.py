"""Sides: a column that says debit or credit, as ledgers do, beside figures that have no sign of their own."""

from collections.abc import Iterator
from typing import Final

from reportgen.errors import InputError
from reportgen.sources.asides import kind_of, tallied, texts
from reportgen.sources.survey import Loaded
from reportgen.sources.toml import inline_table

_PAIRS: Final = tuple(
    tuple(pair.split("/"))
    for pair in [
        "s/h",
        "soll/haben",
        "d/c",
        "dr/cr",
        "debit/credit",
        "debet/credit",
        "debet/kredit",
        "d/k",
        "d/h",
        "débit/crédit",
        "debe/haber",
        "dare/avere",
    ]
)
"""What stands for debit and for credit."""


def refuse(part: Loaded) -> None:
    """Refuse a `part` in which one of two sides takes back what the other sold. Raises `InputError`."""
    for what, remedy in doubts(part):
        raise InputError(what, remedy)


def doubts(part: Loaded) -> Iterator[tuple[str, str]]:
    """What each column of sides leaves open, and what to do about it."""
    for key, header in part.asides.items():
        if kind_of(key) == "side" and header not in part.settled and (pair := _pair(part, key)):
            (rarer, rows), (other, others) = pair
            what = (
                f"{part.part.name}: the column {header} is {rarer} in {rows:,} of {rows + others:,} rows and {other} "
                "in the others, and all would count as sales: one side of a ledger takes back what the other sold"
            )
            back, sold, none = (inline_table({header: each}) for each in ([rarer], [other], []))
            yield what, f"Say which: [input] returns = {back}, or {sold}; if all are sales: [input] returns = {none}."


def _pair(part: Loaded, key: str) -> tuple[tuple[str, int], tuple[str, int]] | None:
    """The two sides and their rows, the one first that has fewer, or is the debit; None if signs say it already."""
    filled = texts(part.rows, key) - {""}
    pair = next((pair for pair in _PAIRS if {*pair} == filled), None)
    if pair is None:
        return None
    found = tallied(part.rows, key)
    first, second = sorted(((side, found[side][0]) for side in pair), key=lambda each: each[1])
    return (first, second) if first[1] else None
