"""Inspection: what an input looks like before it is configured. `reportgen init` prints it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import (
    accounts,
    asides,
    currencies,
    dates,
    figures,
    formats,
    lines,
    loading,
    marks,
    opening,
    paths,
    rejects,
    sheets,
    sides,
    survey,
    unpaid,
    worth,
)
from reportgen.sources.asides import ANY, Told
from reportgen.sources.connection import connect, faults
from reportgen.sources.engine import Engine, over
from reportgen.sources.survey import Loaded, Notation

Span = tuple[datetime | None, datetime | None]
_SYMBOLS: Final = {**currencies.SIGNS, "$": "USD"}


@dataclass(frozen=True)
class Inspection:
    """What an input seems to be.

    files, kinds: names and suffixes of the files; rows: data rows in all
    dialect: delimiter and encoding of the first file, empty for typed formats
    columns: meaning -> header; unused: other headers; decimal: the decimal mark, None if it can't be told
    date_formats: how dates are written, none for typed ones; ambiguous: each of these may be the true one
    first, last: local times; currency: ISO 4217 if the file says so; zoned: dates carry an offset
    leave_out, leave_out_orders, returns: as in `[input]`, of the rows that seem to be no sales, or take them back
    notes: what was assumed or left out
    """

    files: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: int
    dialect: dict[str, str]
    columns: dict[str, str]
    unused: tuple[str, ...]
    decimal: str | None
    date_formats: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    currency: str | None
    zoned: bool
    leave_out: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    ambiguous: bool = False
    undated: InputError | None = None
    """That its dates can't be read."""
    computed: int = 0
    """Rows whose price has more decimals than a price can be held with: it was computed."""
    returns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out_orders: bool = False


def inspect(spec: config.Input, columns: config.Columns) -> Inspection:
    """Look at the input without demanding that everything is settled. Raises `InputError` if it can't be read."""
    if spec.url is not None:
        from reportgen.sources.engines import looking

        return looking.inspect(spec, columns)
    notes: list[str] = []
    with faults():
        files = paths.resolve(spec.paths(), formats.suffixes(), notes.append)
    with faults(paths.named(files)):
        return _inspected(files, spec, columns, notes)


def _inspected(files: Sequence[Path], spec: config.Input, columns: config.Columns, notes: list[str]) -> Inspection:
    con = connect()
    raw = loading.load(con, files, spec, columns, notes.append)
    engine = over(con)
    loaded = opening.opened(engine, raw, spec, notes.append)
    parts = [part for each in loaded.values() for part in each]
    limit = opening.bad_row_limit(parts, spec)
    notations = opening.observe(parts, spec, limit)
    moments = [lines.moments(engine, *pair, None) for pair in zip(parts, notations, strict=True)]
    first, last = _span(parts, notations, moments)
    told = [survey.told(part) for part in parts]
    shown = parts[0]
    leave_out = _wholly(_by_column(each.gone for each in told))
    ambiguous = any(notation.dates is not None and notation.dates.problem == "ambiguous" for notation in notations)
    return Inspection(
        files=tuple(file.name for file in files),
        kinds=tuple(sorted({file.suffix.lower() for file in files})),
        rows=sum(part.count for part in parts),
        dialect=dict(shown.part.dialect),
        columns=dict(shown.columns),
        unused=tuple(each for each in shown.part.headers if each and each not in shown.columns.values()),
        decimal=notations[0].decimal,
        date_formats=_formats(notations, ambiguous=ambiguous),
        first=first,
        last=last,
        currency=_currency(shown, told[0], notations[0].currencies),
        zoned=_zoned(shown, notations[0]),
        leave_out=leave_out,
        notes=(
            *notes,
            *(note for part in parts for note in part.part.notes),
            *(note for part in parts for note in opening.unread(part)),
            *(f"{what}. {remedy}" for what, remedy in sheets.doubts(parts, spec)),
            *(f"{what}. {remedy}" for part in parts for what, remedy in sides.doubts(part)),
            *(note for part in parts for note in unpaid.notes(part)),
            *(asides.doubt(each) for each in told if each.parts and not each.no_sales),
            *_partly(_by_column(each.gone for each in told)),
            *_worth(engine, parts, notations, spec),
        ),
        ambiguous=ambiguous,
        undated=_undated(parts, notations, moments, limit),
        computed=sum(_computed(*pair) for pair in zip(parts, notations, strict=True)),
        returns=_by_column(each.backs for each in told),
        leave_out_orders=any(asides.marks_first_rows(part.rows, part.asides, leave_out) for part in parts),
    )


def _formats(notations: Sequence[Notation], *, ambiguous: bool) -> tuple[str, ...]:
    """The formats of all certain readings, or the first of each of several where a part is `ambiguous`."""
    decisions = [notation.dates for notation in notations if notation.dates and notation.dates.readings]
    if ambiguous:
        open_ = next(decision for decision in decisions if decision.problem == "ambiguous")
        return tuple(each.formats[0] for each in open_.readings)
    return tuple(dict.fromkeys(form for decision in decisions for form in decision.readings[0].formats))


def _span(parts: Sequence[Loaded], notations: Sequence[Notation], moments: Sequence[ir.Table | None]) -> Span:
    """First and last instant; none if the dates can't be told."""
    if any(notation.dates is not None and notation.dates.problem for notation in notations):
        return None, None
    bounds = [bound for pair in zip(parts, moments, strict=True) for bound in _bounds(*pair)]
    known = [bound for bound in bounds if bound is not None]
    return (min(known), max(known)) if known else (None, None)


def _bounds(part: Loaded, moments: ir.Table | None) -> Span:
    sold_at = dates.in_zone(part.rows.date, None) if moments is None else moments.sold_at
    source = part.rows if moments is None else moments
    first, last = source.agg(first=sold_at.min(), last=sold_at.max()).to_pyarrow().to_pylist()[0].values()
    return first, last


def _undated(
    parts: Sequence[Loaded], notations: Sequence[Notation], moments: Sequence[ir.Table | None], limit: int
) -> InputError | None:
    """What keeps the dates of a part from being read, whichever of its readings is the true one."""
    for part, notation, each in zip(parts, notations, moments, strict=True):
        if notation.dates is None or each is None or notation.dates.problem == "ambiguous":
            continue
        if notation.dates.problem:
            return opening.doubtful_dates(part, notation.dates)
        if error := rejects.undated(part, each, limit):
            return error
    return None


def _computed(part: Loaded, notation: Notation) -> int:
    read = lines.written(part.keys[part.money], notation)
    long = (read.reason == "") & (read.fraction.length() > figures.MOST_DECIMALS)
    return int(read.n.sum(where=long).to_pyarrow().as_py() or 0)


def _by_column(told: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """What any of `told` says, by column."""
    every = [*told]
    headers = dict.fromkeys(header for each in every for header in each)
    found = {header: {value for each in every for value in each.get(header, ())} for header in headers}
    return {header: (ANY,) if ANY in values else tuple(sorted(values)) for header, values in found.items()}


def _wholly(found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Those that came back as a whole: of others, the greater part was sold."""
    left = {header: tuple(each for each in values if not marks.is_partly(each)) for header, values in found.items()}
    return {header: values for header, values in left.items() if values}


def _partly(found: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for header, values in found.items():
        if some := [each for each in values if marks.is_partly(each)]:
            yield (
                f"rows whose {header} is {' or '.join(some)} came back in part, which is not deducted; whether they "
                "count is said by [input] leave_out"
            )


def _worth(engine: Engine, parts: Sequence[Loaded], notations: Sequence[Notation], spec: config.Input) -> list[str]:
    """What columns such as `Line Total` say otherwise than prices, where these can be read as they stand."""
    beside = any(asides.kind_of(key) == "worth" for part in parts if "price" in part.columns for key in part.asides)
    if not beside or any(each.decimal is None or (each.dates and each.dates.problem) for each in notations):
        return []
    notes: list[str] = []
    for part in parts:
        engine.drop_table(f"{part.table}_moments", force=True)  # made anew below
    parsed = [lines.parse(engine, *pair, None, spec.round_prices) for pair in zip(parts, notations, strict=True)]
    try:
        worth.look(parsed, notations, worth.Terms(accounts.scales_of(parsed, spec, 0), None, spec), notes.append)
    except InputError as error:
        notes.append(f"{error.message}. {error.remedy}")
    return notes


def _currency(part: Loaded, told: Told, marks: frozenset[str]) -> str | None:
    """The one currency that a column holds, or that the money's header or the `marks` of its figures show."""
    if stated := told.currencies.marks:
        return next(iter(stated)) if len(stated) == 1 else None
    header = part.columns[part.money]
    shown = {_SYMBOLS.get(mark, mark) for mark in marks if mark in _SYMBOLS or mark.isalpha()}
    shown |= {code for symbol, code in _SYMBOLS.items() if symbol in header or code in header.upper()}
    return shown.pop() if len(shown) == 1 else None


def _zoned(part: Loaded, notation: Notation) -> bool:
    keys = part.keys.get("date")
    if keys is None:
        return getattr(part.rows.date.type(), "timezone", None) is not None
    return dates.is_counted(notation.dates) or bool(dates.has_offset(keys.key).any().to_pyarrow().as_py())
