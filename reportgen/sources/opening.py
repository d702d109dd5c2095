"""Opening: every part of every file as Ibis has it, and how each of them writes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import ibis

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import asides, currencies, dates, rivals, sheets, sides, survey
from reportgen.sources.engine import Engine
from reportgen.sources.loading import Raw
from reportgen.sources.survey import Loaded, Notation
from reportgen.telling import Note


def opened(
    engine: Engine, files: Mapping[Path, Sequence[Raw]], spec: config.Input, say: Note
) -> dict[Path, tuple[Loaded, ...]]:
    """What is to be known of the parts of `files`. Raises `InputError`."""
    loaded = {file: tuple(survey.surveyed(engine, raw, spec) for raw in parts) for file, parts in files.items()}
    parts = [part for each in loaded.values() for part in each]
    if sum(part.places for part in parts) == 0:
        raise InputError(f"{parts[0].part.name}: there are no rows under the header", "Export it again.")
    _refuse_mixture(parts, say)
    for part in parts:
        rivals.refuse(part)
    return loaded


def bad_row_limit(parts: Sequence[Loaded], spec: config.Input) -> int:
    """How many bad rows are acceptable in all."""
    return spec.bad_row_limit(sum(part.count for part in parts))


def settle(
    parts: Sequence[Loaded], spec: config.Input, currency: str | None, limit: int, say: Note
) -> tuple[Notation, ...]:
    """How each part writes dates and figures, in the shop's `currency`. Raises `InputError` for what can't be told."""
    sheets.refuse(parts, spec)
    found = observe(parts, spec, limit)
    told = [survey.told(part) for part in parts]
    named = [part.part.name for part in parts]
    marks = (notation.currencies | each.currencies.marks for notation, each in zip(found, told, strict=True))
    by = next((each.currencies.header for each in told if each.currencies.header), "")
    currencies.refuse(dict(zip(named, marks, strict=True)), currency, by)
    for part, notation, aside in zip(parts, found, told, strict=True):
        asides.refuse(part.part.name, aside)
        sides.refuse(part)
        _refuse_doubt(part, notation)
        for note in (*part.part.notes, *_assumed(part, notation), *unread(part)):
            say(note)
    return found


def unread(part: Loaded) -> list[str]:
    """What other columns of the part say, and isn't read."""
    beside = (
        *asides.halved(part.halved, part.settled),
        *asides.unlisted(part.rows, part.asides, part.settled),
        *asides.notes(part.rows, part.asides, part.columns),
    )
    return [f"{part.part.name}: {note}" for note in beside]


def observe(parts: Sequence[Loaded], spec: config.Input, limit: int) -> tuple[Notation, ...]:
    """How each part seems to write: what is ambiguous in one is settled by the others if they agree."""
    each = [survey.notation(part, spec, limit) for part in parts]
    agreed = dates.agree([notation.dates for notation in each])
    return tuple(replace(notation, dates=decision) for notation, decision in zip(each, agreed, strict=True))


def _refuse_mixture(parts: Sequence[Loaded], say: Note) -> None:
    """Refuse files with prices beside files with amounts only; tell of optional columns that some lack."""
    for part in parts[1:]:
        first = parts[0]
        if ("price" in part.columns) != ("price" in first.columns):
            raise InputError(
                f"{first.part.name} and {part.part.name}: one has unit prices, the other only amounts",
                "Read files of one kind together, or name a column that all have: [columns] amount. Of the sheets of a "
                'workbook, some are read by [input] sheet = "…".',
            )
        if odd := sorted(set(part.columns) ^ set(first.columns)):
            say(f"{first.part.name} and {part.part.name}: only one of them has {', '.join(odd)}")


def _assumed(part: Loaded, notation: Notation) -> list[str]:
    """What was taken for granted about a text's dates and figures, where it isn't the usual notation."""
    notes = [f"{part.part.name}: figures read with a decimal comma"] if notation.decimal == "," else []
    order = notation.dates.readings[0].order if notation.dates and notation.dates.readings else ""
    if order in {"day-month-year", "month-day-year"}:
        notes.append(f"{part.part.name}: dates read as {order}")
    if "price" in part.columns and "quantity" not in part.columns:
        notes.append(f"{part.part.name}: no column of quantities is recognised: each line is one unit")
    if "invoice" not in part.columns:
        notes.append(f"{part.part.name}: no column of invoices is recognised: one order per customer and instant")
    return notes


def _refuse_doubt(part: Loaded, notation: Notation) -> None:
    if notation.decimal is None:
        raise InputError(
            f"{part.part.name}: figures such as {notation.doubtful.strip()} could be thousands or have a fraction",
            'Say which mark stands before the decimals: [input] decimal = "." or ",". If columns differ in that, have '
            "them written alike.",
        )
    if notation.dates is not None and notation.dates.problem:
        raise doubtful_dates(part, notation.dates)


def doubtful_dates(part: Loaded, decision: dates.Decision) -> InputError:
    """That dates of `part` are ambiguous or mixed."""
    where = f"{part.part.name}, column {part.columns['date']}"
    orders = " or ".join(reading.order for reading in decision.readings)
    if decision.problem == "ambiguous":
        choices = " or ".join(f'"{reading.formats[0]}"' for reading in decision.readings)
        return InputError(
            f"{where}: the dates are ambiguous: each of them, such as “{decision.readings[0].sample}”, may be {orders}",
            f"Say which: [input] date_format = {choices}.",
        )
    usual = decision.readings[0]
    row, text, other = _odd_one(part, decision)
    return InputError(
        f"{part.part.name}, data row {row:,}, column {part.columns['date']}: the file mixes date formats: “{text}” is "
        f"{other.order}, but {usual.rows:,} of {part.count:,} rows are {usual.order} such as “{usual.sample}”",
        "Write all dates in one way, best as 2011-11-30 08:26; or read the files one by one.",
    )


def _odd_one(part: Loaded, decision: dates.Decision) -> tuple[int, str, dates.Reading]:
    """The first row that another reading than the usual one can read, its text, and that reading."""
    usual, *others = decision.readings
    odd = part.rows.filter(dates.instant(part.rows.date, usual.formats, None).isnull())
    read = {f"r{i}": dates.instant(odd.date, other.formats, None).notnull() for i, other in enumerate(others)}
    known = odd.filter(ibis.or_(*read.values())).select("row", "date", **read)
    first = known.order_by("row").limit(1).to_pyarrow().to_pylist()[0]
    return first["row"], first["date"].strip(), next(each for i, each in enumerate(others) if first[f"r{i}"])
