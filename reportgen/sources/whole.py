"""Whole: whether ids lost digits on the way, in a spreadsheet or as doubles; different ones then read alike."""

from typing import Final

import ibis.expr.types as ir
from ibis import _

from reportgen.errors import InputError
from reportgen.sources.engine import one
from reportgen.sources.survey import Loaded

_SCIENTIFIC: Final = r"(?i)^-?[0-9]([.,][0-9]+)?E\+[0-9]+$|^-?[0-9][.,][0-9]+E[0-9]+$"
"""4.00638E+12, 1.23457e+11, 1.23E11: what spreadsheets and programs make of a long number."""
_LONG: Final = r"^([1-9][0-9]{15,36})(\.0+)?$"
_ROUND: Final = r"^[0-9]{15}0+$"
"""A spreadsheet keeps 15 digits, and writes zeros for the others."""
_DIGITS: Final = 15
_EXACT: Final = 2.0**53
"""Beyond, a double stands for several whole numbers."""
_SURE: Final = 5
"""So many ids that all look cut are no chance; nor are so many zeros at the end of each."""
_REMEDY: Final = "Export it again, and format the column as text before a spreadsheet saves it."
_UNLESS: Final = "If they are as they should be: [input] no_customer = []."


def refuse(loaded: Loaded, distinct: ir.Table, *, settled: bool) -> None:
    """Refuse cut ids among the `distinct` texts (name, key) of `loaded`. Raises `InputError`.

    settled: each id is known to be a customer, however round it is
    """
    ids = distinct.filter(distinct.name.isin(("customer", "invoice")))
    ids = ids.select(ids.name, key=ids.key.strip())
    cut = ids.filter(ids.key.contains("E") | ids.key.contains("e")).filter(_.key.re_search(_SCIENTIFIC))
    for row in cut.group_by("name").agg(such=_.key.min()).order_by("name").to_pyarrow().to_pylist():
        raise _error(loaded, row["name"], row["such"])
    if not settled and (such := _rounded(ids.filter(ids.name == "customer", ids.key.length() > _DIGITS))):
        raise _error(loaded, "customer", such, _UNLESS)


def refuse_doubles(loaded: Loaded) -> None:
    """Refuse customers in a column of doubles that are too large to be told apart there. Raises `InputError`."""
    customer = loaded.rows.customer
    if not customer.type().is_floating():
        return
    large = loaded.rows.filter(~customer.isnan() & ~customer.isinf() & (customer.abs() > _EXACT))
    such = one(large.aggregate(such=large.customer.min()))["such"]
    if such is not None:
        raise _error(loaded, "customer", f"{such:.0f}", cut_by="floating-point numbers have")


def _rounded(long: ir.Table) -> str | None:
    """The least of the `long` ids if those that are numbers have all lost their last digits."""
    numbers = long.mutate(number=long.key.re_extract(_LONG, 1)).filter(_.number != "")
    whole, double = numbers.number.cast("decimal(38, 0)"), numbers.number.cast("float64")
    # A double is written as it is, or by as many digits as tell it from its neighbours.
    survives = (double.cast("decimal(38, 0)") == whole) | (double.cast("string").try_cast("decimal(38, 0)") == whole)
    a_float = numbers.key.contains(".") & (double > _EXACT)
    lost = a_float | numbers.number.re_search(_ROUND) | ((numbers.number.length() > _DIGITS + 1) & survives)
    facts = numbers.agg(
        all=numbers.count(),
        lost=lost.sum(),
        floats=a_float.sum(),
        zeros=numbers.number.re_extract("0*$", 0).length().min(),
        such=numbers.key.min(),
    )
    row = one(facts)
    sure = row["floats"] or row["all"] >= _SURE or (row["zeros"] or 0) >= _SURE
    return str(row["such"]) if row["all"] and row["lost"] == row["all"] and sure else None


def _error(loaded: Loaded, name: str, such: str, unless: str = "", cut_by: str = "a spreadsheet has") -> InputError:
    return InputError(
        f"{loaded.part.name}: the column {loaded.columns[name]!r} holds ids such as {such}: {cut_by} cut them, and "
        "different ones read alike",
        f"{_REMEDY} {unless}".strip(),
    )
