"""Unpaid: rows whose status says that they aren't paid, or are a test; they look like sales, and may become some."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.errors import InputError
from reportgen.sources import lines, marks
from reportgen.sources.asides import ANY, kind_of, tallied, texts
from reportgen.sources.engine import one, trim_spaces
from reportgen.sources.lines import Parsed, Scales
from reportgen.sources.survey import Loaded
from reportgen.sources.toml import inline_table
from reportgen.telling import Note

_UNPAID: Final = re.compile(
    r"(wc )?(pending payment|payment pending|pendingpayment|on ?hold|unpaid|not (yet )?paid)"
    r"|payment (due|outstanding|open)"
    r"|(awaiting|waiting for|expecting|no) (\w+ )?payment|test( ?(order|sale))?|(un|nicht |noch nicht )bezahlt"
    r"|(zahlung )?(offen|ausstehend)|wartet? auf zahlung|warte auf zahlungseingang|(zahlung|zahlungseingang) erwartet"
    r"|zuruckgestellt|in wartestellung|test(bestellung|auftrag)|(en )?attente( d[eu] )?paiement|impayee?s?"
    r"|non payee?|commande test|pendiente de pago|(no pagad|impagad)[oa]|in attesa (di|del) pagamento|non pagat[oa]"
    r"|niet betaald|onbetaald|openstaand|wacht(end)? op betaling"
)
"""What a status that says so is, as `marks.words` leaves it."""


def look(parts: Sequence[Parsed], scales: Scales, timezone: str | None, say: Note) -> None:
    """Raises `InputError` for rows that nobody has settled, and tells of those in a column that is."""
    for part in parts:
        for key, values in _found(part.loaded):
            header = part.loaded.asides[key]
            what = f"{part.loaded.part.name}: {_rows(part, key, values, scales, timezone)}: the column {header} is "
            what += " or ".join(values)
            if part.loaded.settled.get(header):
                say(f"{what}. They count as sales, for [input] leave_out lists others of that column")
                continue
            out, all_ = inline_table({header: values}), inline_table({header: []})
            raise InputError(
                what, f"Leave them out: [input] leave_out = {out}; or count them as sales: [input] leave_out = {all_}."
            )


def notes(part: Loaded) -> Iterator[str]:
    """That there may be such rows in `part`."""
    for key, values in _found(part):
        yield f"{part.part.name}: rows may be unpaid, or tests: the column {part.asides[key]} is {' or '.join(values)}"


def _found(part: Loaded) -> Iterator[tuple[str, list[str]]]:
    """The columns that say so, and their values, but those that are settled."""
    for key, header in part.asides.items():
        if kind_of(key) != "status" or (header in part.settled and not part.settled[header]):
            continue
        listed = {value.strip().lower() for value in part.settled.get(header, ())}
        said = {text for text in texts(part.rows, key) if text not in listed and says_unpaid(text)}
        tallies = tallied(part.rows, key) if said and ANY not in listed else {}
        if open_ := sorted(text for text in said & {*tallies} if tallies[text][0]):
            yield key, open_


def says_unpaid(status: str) -> bool:
    """Whether a `status` says that its row isn't paid, or is a test."""
    return _UNPAID.fullmatch(" ".join(marks.words(status))) is not None


def _rows(part: Parsed, key: str, values: Sequence[str], scales: Scales, timezone: str | None) -> str:
    """How many rows have one of `values`, and what they are worth."""
    known = lines.legible(lines.joined(part, scales, timezone))
    such = known.filter(trim_spaces(known[key].cast("string")).lower().isin(values))
    amount = (such.quantity_value.cast("float64") * such.price_value).sum()
    row = one(such.aggregate(rows=such.count(), worth=amount))
    worth = (row["worth"] or 0) / 10.0 ** (scales.price.decimals + scales.quantity.decimals)
    rows = "1 row" if row["rows"] == 1 else f"{row['rows']:,} rows"
    return f"{rows} worth {worth:,.2f} may be unpaid, or tests"
