"""Loading: the columns that are wanted of every part of every file, in DuckDB as the files have them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import columns as names
from reportgen.sources import formats
from reportgen.sources.connection import Connection
from reportgen.sources.formats import Part
from reportgen.telling import Note


@dataclass(frozen=True)
class Raw:
    """A part in DuckDB: the table `table` of `row` and what follows.

    columns: meaning -> header; asides: key -> header, see `columns.asides`
    filters: key -> header of what tells which rows are left out, as configured; returns: which take back sales
    """

    part: Part
    table: str
    columns: Mapping[str, str]
    asides: Mapping[str, str]
    filters: Mapping[str, str]
    returns: Mapping[str, str]


def load(
    con: Connection, files: Sequence[Path], spec: config.Input, columns: config.Columns, say: Note
) -> dict[Path, tuple[Raw, ...]]:
    """Load every part of `files` that has the needed columns. Raises `InputError`."""
    loaded: dict[Path, tuple[Raw, ...]] = {}
    for number, file in enumerate(files):
        chosen = _recognised(file, formats.tables(con, file, spec), columns, say)
        loaded[file] = tuple(
            _load(con, part, meanings, f"part_{number}_{place}", spec, settled=columns.price is not None)
            for place, (part, meanings) in enumerate(chosen)
        )
    return loaded


def _load(  # noqa: PLR0913 - what is read, and where to
    con: Connection, part: Part, columns: Mapping[str, str], table: str, spec: config.Input, *, settled: bool
) -> Raw:
    """settled: the price is configured, and has no rivals."""
    looked = [each for each in part.headers if each not in part.varied or names.is_known(each)]
    asides = names.asides(looked, columns, rivals=not settled)
    out = names.chosen(part.name, part.headers, spec.leave_out, "leave_out")
    back = names.chosen(part.name, part.headers, spec.returns, "returns")
    filters = {f"out_{place}": header for place, header in enumerate(out.values())}
    returns = {f"back_{place}": header for place, header in enumerate(back.values())}
    part.load(con, {**columns, **asides, **filters, **returns}, table)
    return Raw(part, table, columns, asides, filters, returns)


def _recognised(
    file: Path, tables: Iterable[Iterable[Part]], columns: config.Columns, say: Note
) -> list[tuple[Part, Mapping[str, str]]]:
    """The tables of `file` that have the needed columns; the first one's error if none has."""
    chosen: list[tuple[Part, Mapping[str, str]]] = []
    failures: dict[str, InputError] = {}
    for readings in tables:
        found, tried = _header(readings, columns)
        if found is None:
            failures |= _failure(tried)
            continue
        chosen.append(found)
        if tried:
            say(f"{found[0].name}: the rows above the column names are left out")
    if not chosen:
        raise next(iter(failures.values()), InputError(f"{file.name}: there is no table in it", "Export it again."))
    for name in failures:
        say(f"{name}: left out, since it has not the columns of transactions")
    return chosen


def _header(
    readings: Iterable[Part], columns: config.Columns
) -> tuple[tuple[Part, Mapping[str, str]] | None, list[tuple[Part, InputError]]]:
    """The first reading of a table with the needed columns, if there is one, and those before it."""
    tried: list[tuple[Part, InputError]] = []
    for part in readings:
        try:
            return (part, names.recognise(part.name, part.headers, columns)), tried
        except InputError as error:
            tried.append((part, error))
    return None, tried


def _failure(tried: Sequence[tuple[Part, InputError]]) -> dict[str, InputError]:
    """Why a table can't be read, by its name: what is wrong with the first row that isn't a mere title."""
    widths = [sum(map(bool, part.headers)) for part, _ in tried]
    wide = (each for each, width in zip(tried, widths, strict=True) if 2 * width > max(widths))
    return {part.name: error for part, error in [*wide][:1]}
