"""Survey: a part in the engine, and how its text writes dates and figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, TypeAlias

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import asides, dates, figures
from reportgen.sources.engine import Engine
from reportgen.sources.formats import Part
from reportgen.sources.loading import Raw

LeaveOut: TypeAlias = Mapping[str, Sequence[str]]
"""Header -> values whose rows are left out, see `config.Input`."""


@dataclass(frozen=True)
class Loaded:
    """A part in the engine.

    columns: meaning -> header; rows: Ibis table of `row`, the meanings, the asides, perhaps whether it is `returned`
    count: its rows
    keys: meaning -> Ibis table of the distinct values (`key`) and how often they occur (`n`)
    asides: key -> header, see `columns.asides`; left_out: data rows that are not in `rows`, as configured
    settled: header -> values, of `[input] leave_out` and `returns`
    halved: rows of invoices of which others were left out, in `rows` since they say nothing themselves
    """

    part: Part
    table: str
    columns: Mapping[str, str]
    rows: ir.Table
    count: int
    keys: Mapping[str, ir.Table]
    asides: Mapping[str, str]
    left_out: int
    settled: LeaveOut
    halved: int

    @property
    def money(self) -> str:
        """The meaning of the column that says what a row is worth."""
        return "price" if "price" in self.columns else "amount"

    @property
    def places(self) -> int:
        """Data rows of the part, left out or not: its `row`s go up to here."""
        return self.count + self.left_out


@dataclass(frozen=True)
class Notation:
    """How a part writes: its dates (None if typed) and its decimal mark (None if `doubtful` could be either).

    currencies: the signs and codes of what its prices stand in
    doubles: its figures are doubles, even those that are read as text, as a workbook's
    """

    dates: dates.Decision | None
    decimal: str | None
    doubtful: str = ""
    currencies: frozenset[str] = frozenset()
    doubles: bool = False


def surveyed(engine: Engine, raw: Raw, spec: config.Input) -> Loaded:
    """What is in the table of `raw`; the distinct values of what must be parsed are listed."""
    part, table, columns = raw.part, raw.table, raw.columns
    every = _known(engine.table(table))
    _refuse_types(part, columns, every)
    if every.date.type().is_integer():  # 20240131, or days as Excel counts them
        every = every.mutate(date=every.date.cast("string"))
    if raw.returns:
        every = every.mutate(returned=asides.holding(every, raw.returns, spec.returns))
    parted = asides.parted(every, raw, spec)
    rows = parted.kept
    keys = {
        meaning: engine.create_table(
            f"{table}_{meaning}_keys", rows.group_by(key=rows[meaning]).agg(n=rows.count()), temp=True
        )
        for meaning in ("date", "quantity", "price", "amount")
        if meaning in columns and (meaning != "date" or rows[meaning].type().is_string())
    }
    count = _count(rows)
    out = _count(every) - count if raw.filters else 0
    halved = _count(parted.halved) if out and parted.halved is not None else 0
    settled = dict(zip(raw.filters.values(), spec.leave_out.values(), strict=True))
    for header, values in zip(raw.returns.values(), spec.returns.values(), strict=True):
        settled[header] = (*settled.get(header, ()), *values)
    return Loaded(part, table, columns, rows, count, keys, raw.asides, out, settled, halved)


def _known(table: ir.Table) -> ir.Table:
    """`table` in types that Ibis knows; it lacks instants with a zone in nanoseconds, and columns without a value."""
    kinds = {name: str(table[name].type()) for name in table.columns}
    casts = {name: "timestamp('UTC')" for name, kind in kinds.items() if "TIMESTAMPTZ" in kind}
    casts |= {name: "string" for name in kinds if table[name].type().is_unknown() and name not in casts}
    return table.cast(casts) if casts else table


def _count(rows: ir.Table) -> int:
    return int(rows.count().to_pyarrow().as_py())


def notation(loaded: Loaded, spec: config.Input, limit: int) -> Notation:
    """How `loaded` writes dates and figures, as configured or else as its values prove."""
    found = [_figures(loaded.keys[meaning]) for meaning in ("quantity", "price", "amount") if _text(loaded, meaning)]
    proofs = [sum(each.proofs[place] for each in found) for place in range(3)]
    doubtful = next((each.doubtful for each in found if each.doubtful), "")
    currencies = frozenset[str]().union(*(each.currencies for each in found))
    decimal = spec.decimal or figures.decimal_mark(*proofs)
    thousands = "," if decimal == "." else "."
    if not spec.decimal and (odd := next((each.round[thousands] for each in found if each.round[thousands]), "")):
        decimal, doubtful = None, odd
    return Notation(_dates(loaded, spec, limit), decimal, doubtful, currencies, doubles=loaded.part.doubles)


def told(loaded: Loaded) -> asides.Told:
    """What the part's asides say, beside what is settled."""
    return asides.told(loaded.rows, loaded.asides, loaded.settled)


def _refuse_types(part: Part, columns: Mapping[str, str], rows: ir.Table) -> None:
    """Refuse typed columns that can't mean what they are taken for."""
    for meaning, header in columns.items():
        kind = rows[meaning].type()
        if not _fits(meaning, kind):
            raise InputError(
                f"{part.name}: the column {header!r} holds {kind}, which can't be the {meaning}",
                f'Name another one: [columns] {meaning} = "…".',
            )


def _fits(meaning: str, kind: dt.DataType) -> bool:
    moment = kind.is_timestamp() or kind.is_date()
    if meaning == "date":
        return bool(moment or kind.is_string() or kind.is_integer())
    if meaning in {"quantity", "price", "amount"}:
        return bool(kind.is_string() or kind.is_numeric())
    return not (moment or kind.is_nested())


def _dates(loaded: Loaded, spec: config.Input, limit: int) -> dates.Decision | None:
    keys = loaded.keys.get("date")
    if keys is None:
        return None
    filled = keys.filter(keys.key.strip() != "")
    shapes = filled.group_by(shape=dates.shape(filled.key)).agg(n=filled.n.sum()).order_by(ibis.desc("n"), "shape")
    readings = dates.readings(shapes.limit(200).shape.to_pyarrow().to_pylist())
    rows = filled.n.sum().to_pyarrow().as_py() or 0
    if spec.date_format:
        return dates.Decision((dates.configured(spec.date_format, readings),))
    if not readings:
        return dates.Decision(())
    counted, rivals, readable = _counted(filled, readings)
    return dates.decide(counted, rivals, dates.Filled(int(rows), readable), limit)


def _counted(
    keys: ir.Table, readings: Sequence[dates.Reading]
) -> tuple[tuple[dates.Reading, ...], frozenset[tuple[str, str]], int]:
    """`readings` with the rows that each reads, the pairs of orders that disagree, and the rows read by any."""
    moments = keys.select(
        keys.key, keys.n, **{f"r{i}": dates.instant(keys.key, each.formats, None) for i, each in enumerate(readings)}
    )
    places = range(len(readings))
    pairs = [(i, j) for i, j in combinations(places, 2) if readings[i].family == readings[j].family]
    measures = {f"n{i}": moments.n.sum(where=moments[f"r{i}"].notnull()) for i in places}
    measures |= {f"s{i}": moments.key.min(where=moments[f"r{i}"].notnull()) for i in places}
    measures |= {f"a{i}": moments[f"r{i}"].min() for i in places}
    measures |= {f"z{i}": moments[f"r{i}"].max() for i in places}
    measures |= {f"d{i}_{j}": (moments[f"r{i}"] != moments[f"r{j}"]).sum() for i, j in pairs}
    measures["any"] = moments.n.sum(where=ibis.or_(*(moments[f"r{i}"].notnull() for i in places)))
    facts = moments.agg(**measures).to_pyarrow().to_pylist()[0]
    counted = tuple(_filled(each, facts, i) for i, each in enumerate(readings))
    rivals = {dates.pair(readings[i], readings[j]) for i, j in pairs if facts[f"d{i}_{j}"]}
    return counted, frozenset(rivals), int(facts["any"] or 0)


def _filled(reading: dates.Reading, facts: Mapping[str, Any], place: int) -> dates.Reading:
    """`reading` with what it makes of the texts: `facts` of its `place`."""
    rows, first, last = int(facts[f"n{place}"] or 0), facts[f"a{place}"], facts[f"z{place}"]
    return replace(reading, rows=rows, sample=facts[f"s{place}"] or "", days=(last - first).days if rows else 0)


@dataclass(frozen=True)
class _Figures:
    """What the texts of a column prove: rows with a comma, with a point, with either; see `Notation`.

    round: mark -> a figure, if all of them end in it and 000: 1,000 is one where three decimals are written
    """

    proofs: tuple[int, ...]
    doubtful: str
    currencies: frozenset[str]
    round: Mapping[str, str]


def _text(loaded: Loaded, meaning: str) -> bool:
    return meaning in loaded.keys and loaded.keys[meaning].key.type().is_string()


def _figures(keys: ir.Table) -> _Figures:
    looked = keys.select(
        keys.key,
        keys.n,
        digits=figures.bare(keys.key),
        **{f"m{place}": keys.key.re_extract(pattern, 1).upper() for place, pattern in enumerate(figures.CURRENCY)},
    )
    proofs = (figures.COMMA, figures.POINT, figures.UNDECIDED)
    measures = {f"p{place}": looked.n.sum(where=looked.digits.re_search(proof)) for place, proof in enumerate(proofs)}
    measures["doubtful"] = looked.key.min(where=looked.digits.re_search(figures.UNDECIDED))
    measures |= {f"round_{mark}": _round(looked, mark) for mark in ",."}
    for name in ("m0", "m1"):
        some = looked[name] != ""
        measures |= {f"{name}_least": looked[name].min(where=some), f"{name}_most": looked[name].max(where=some)}
    row = looked.agg(**measures).to_pyarrow().to_pylist()[0]
    marks = frozenset(row[f"{name}_{end}"] for name in ("m0", "m1") for end in ("least", "most")) - {None}
    proven = tuple(int(row[f"p{place}"] or 0) for place in range(3))
    return _Figures(proven, row["doubtful"] or "", marks, {mark: row[f"round_{mark}"] or "" for mark in ",."})


def _round(looked: ir.Table, mark: str) -> ir.StringValue:
    """The least figure, if all end in `mark` and 000; else null."""
    odd = (looked.digits != "") & ~looked.digits.re_search(rf"^[1-9][0-9]{{0,2}}[{mark}]000$")
    return ibis.ifelse(odd.any().fill_null(False), ibis.null("string"), looked.key.min(where=looked.digits != ""))
