"""File formats: one module each, found by its `SUFFIXES`; `tables` opens a file, `Part.load` brings it into DuckDB.

A new format is one module with these two names: every module of this folder is one.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Final, Protocol

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.connection import Connection, identifier

VARIETY: Final = 20
"""So many values may a column have that is no known one, and is looked at for what tells of no sale."""
HEADER_WITHIN: Final = 20
"""Rows of a table that are tried as its header: reports put titles and dates above it."""


class Part(Protocol):
    """A table in a file: the file itself, or a sheet of it.

    name: for messages; sheet: its name in a workbook, else ""; headers: as written; notes: what was assumed
    varied: columns that are known to have more than `VARIETY` values; dialect: keys of `[input]` that describe it
    doubles: figures that are read of it as text are doubles
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def sheet(self) -> str: ...  # noqa: D102
    @property
    def varied(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def headers(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def notes(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def dialect(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def doubles(self) -> bool: ...  # noqa: D102

    def load(self, con: Connection, columns: Mapping[str, str], table: str) -> None:
        """Makes `table`: `row` (1-based data row), and a column per key of `columns` (key -> header)."""


def suffixes() -> dict[str, str]:
    """Suffix in lower case -> name of the module that reads it."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {suffix: name for name in names for suffix in _module(name).SUFFIXES}


def tables(con: Connection, file: Path, spec: config.Input) -> tuple[Iterable[Part], ...]:
    """Open `file` by its suffix: for each table in it, its readings by which row is the header, the first one first.

    Raises `InputError`.
    """
    known = suffixes()
    name = known.get(file.suffix.lower())
    if name is None:
        raise InputError(
            f"{file}: files of this kind ({file.suffix or 'no suffix'}) can't be read",
            f"Readable are {', '.join(known)}: save it as one of these.",
        )
    with file.open("rb") as stream:
        if not stream.read(1):
            raise InputError(f"{file}: the file is empty", "Export it again.")
    opened: tuple[Iterable[Part], ...] = _module(name).tables(con, file, spec)
    return opened


def number(con: Connection, cells: str, table: str) -> None:
    """Makes `table` of the table `cells`, with the `row` of each."""
    con.execute(f"CREATE VIEW {identifier(table)} AS SELECT rowid + 1 AS row, * FROM {identifier(cells)}")  # noqa: S608 - quoted


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
