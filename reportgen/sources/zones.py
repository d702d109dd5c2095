"""Zones: dates that are instants, where no time zone of the shop puts them into its days."""

from collections.abc import Iterator, Sequence
from typing import Final

import ibis.expr.types as ir

from reportgen.sources import dates
from reportgen.sources.survey import Loaded, Notation

_APART: Final = 60
"""Minutes by which offsets may differ that are one place's in summer and in winter."""
_LOOKED: Final = 1_000
"""Distinct texts that are looked at first: all have an offset, or none has."""
_REMEDY: Final = (
    'At midnight that decides the day, and the month: [shop] timezone = "Europe/London" puts them into the shop\'s time'
)


def notes(parts: Sequence[Loaded], notations: Sequence[Notation], timezone: str | None) -> Iterator[str]:
    """How instants are read without a `timezone`."""
    if timezone is None:
        for part, notation in zip(parts, notations, strict=True):
            if said := _said(part, notation):
                yield f"{part.part.name}: {said}. {_REMEDY}"


def _said(part: Loaded, notation: Notation) -> str:
    """How the dates of `part` are read if they are instants of several places, or of none; else ""."""
    keys = part.keys.get("date")
    if keys is None:
        zoned = getattr(part.rows.date.type(), "timezone", None) is not None
        return f"the dates ({part.columns['date']}) are instants, and count in UTC" if zoned else ""
    if dates.is_counted(notation.dates):
        order = notation.dates.readings[0].order if notation.dates else ""
        return f"the dates ({part.columns['date']}) are {order}, and count in UTC"
    return _of_offsets(part.columns["date"], _offsets(keys))


def _of_offsets(header: str, found: dict[str, int]) -> str:
    """How dates with the offsets `found` (as written -> minutes) are read."""
    if not found:
        return ""
    if {*found} <= {"Z", "z", "UTC", "GMT"}:
        return f"the dates ({header}) are in UTC, and count so"
    first, last = min(found, key=found.__getitem__), max(found, key=found.__getitem__)
    if found[last] - found[first] <= _APART:
        return ""
    return f"the dates ({header}) have offsets from {first} to {last}, and count as the clocks there showed them"


def _offsets(keys: ir.Table) -> dict[str, int]:
    """The offsets at the ends of the texts `key`, and how many minutes each is."""
    looked = keys.limit(_LOOKED)
    if not looked.aggregate(found=dates.has_offset(looked.key).any()).to_pyarrow()["found"][0].as_py():
        return {}
    zoned = keys.select(zone=dates.offset(keys.key)).filter(lambda each: each.zone != "").distinct()
    rows = zoned.mutate(minutes=dates.minutes(zoned.zone)).order_by("zone").to_pyarrow().to_pylist()
    return {row["zone"]: int(row["minutes"]) for row in rows}
