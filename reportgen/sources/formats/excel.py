"""Excel workbooks: every cell is read as text first, from every sheet that has a table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.connection import Connection, identifier
from reportgen.sources.formats import HEADER_WITHIN, number

if TYPE_CHECKING:
    import fastexcel
    import pyarrow as pa

SUFFIXES: Final = (".xlsx", ".xlsm")
_ENCRYPTED: Final = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of the container that Excel puts around an encrypted workbook (and around an .xls)."""
_WORKBOOK: Final = "xl/workbook.xml"
_FROM_1904: Final = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']""")
_SHIFTED: Final = (
    r"CASE WHEN regexp_full_match(date, '\d{5}(\.\d+)?') THEN (date::DOUBLE + 1462)::VARCHAR ELSE date END"
)
"""Numbers of days since 1904-01-01 as those since 1899-12-30."""
_NOTE_1904: Final = "the workbook counts days from 1904: dates that are plain numbers are read so"


@dataclass(frozen=True)
class Sheet:
    """A sheet; `cells` is an Arrow table of text whose first row is the header.

    from_1904: whether days are counted from 1904, as Excel did on Macs
    """

    name: str
    headers: tuple[str, ...]
    cells: "pa.Table"
    from_1904: bool = False
    notes: tuple[str, ...] = ()
    dialect: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    varied: frozenset[str] = frozenset()
    doubles: bool = True

    def load(self, con: Connection, columns: Mapping[str, str], table: str) -> None:
        """See `Part.load`."""
        places = [self.headers.index(header) for header in columns.values()]
        data = self.cells.slice(1).select(places).rename_columns(list(columns))
        cells, given = f"{table}_cells", f"{table}_arrow"
        con.register(given, data)
        dates = f"REPLACE ({_SHIFTED} AS date)" if self.from_1904 else ""
        con.execute(f"CREATE TABLE {identifier(cells)} AS SELECT * {dates} FROM {identifier(given)}")  # noqa: S608 - quoted
        con.unregister(given)
        number(con, cells, table)


def tables(_con: Connection, file: Path, spec: config.Input) -> tuple[Iterator[Sheet], ...]:
    """The sheets of `file` that aren't empty, of those that `spec` asks for. Raises `InputError`."""
    workbook, from_1904 = _open(file), _from_1904(file)
    wanted = _wanted(file.name, workbook.sheet_names, spec)
    sheets = {name: _cells(workbook, file, name) for name in wanted}
    return tuple(
        _readings(file.name, name, *found, from_1904=from_1904) for name, found in sheets.items() if found[0].num_rows
    )


def _wanted(book: str, names: Sequence[str], spec: config.Input) -> list[str]:
    """The sheets of a workbook that are to be read. Raises `InputError` if it lacks one."""
    if spec.sheet is None:
        return [*names]
    asked = (spec.sheet,) if isinstance(spec.sheet, str) else spec.sheet
    known = {name.strip().casefold() for name in names}
    if missing := [each for each in asked if each.strip().casefold() not in known]:
        raise InputError(
            f"{book}: there is no sheet “{missing[0]}”; found {', '.join(f'“{name}”' for name in names)}",
            "Correct it in the configuration: [input] sheet.",
        )
    wanted = {each.strip().casefold() for each in asked}
    return [name for name in names if name.strip().casefold() in wanted]


def _readings(book: str, sheet: str, cells: "pa.Table", notes: tuple[str, ...], *, from_1904: bool) -> Iterator[Sheet]:
    """The sheet by which row is its header: the first one that isn't blank, or one below it."""
    name = f"{book}, sheet “{sheet}”"
    for skip in range(min(HEADER_WITHIN, cells.num_rows)):
        headers = tuple((column[skip].as_py() or "").strip() for column in cells.columns)
        if any(headers):
            told = (*notes, *([_NOTE_1904] if from_1904 else []))
            notes_ = tuple(f"{name}: {note}" for note in told)
            yield Sheet(name, headers, cells.slice(skip), from_1904, notes_, sheet=sheet)


def _open(file: Path) -> "fastexcel.ExcelReader":
    import fastexcel  # and pyarrow: nothing else needs them before a workbook is opened

    with file.open("rb") as stream:
        first = stream.read(len(_ENCRYPTED))
    if first == _ENCRYPTED:
        raise InputError(
            f"{file.name}: the workbook is protected by a password, or is an old .xls",
            "Save it without a password as .xlsx.",
        )
    try:
        return fastexcel.read_excel(file)
    except fastexcel.FastExcelError as error:
        raise InputError(
            f"{file.name}: this is not an Excel workbook ({str(error).splitlines()[0]})", "Save it as .xlsx or .csv."
        ) from error


def _from_1904(file: Path) -> bool:
    """Whether the workbook counts days from 1904. Cells that are dates are read right; plain numbers don't say it."""
    try:
        with ZipFile(file) as parts:
            return _WORKBOOK in parts.namelist() and _FROM_1904.search(parts.read(_WORKBOOK)) is not None
    except BadZipFile as error:
        raise InputError(f"{file.name}: the workbook is damaged ({error})", "Save it again.") from error


def _cells(workbook: "fastexcel.ExcelReader", file: Path, name: str) -> tuple["pa.Table", tuple[str, ...]]:
    """The cells of a sheet, and what is to be said of it."""
    import fastexcel
    import pyarrow as pa

    try:
        sheet = workbook.load_sheet(name, header_row=None, dtypes="string")
        batch = sheet.to_arrow()
    except fastexcel.FastExcelError as error:
        raise InputError(f"{file.name}, sheet “{name}”: {str(error).splitlines()[0]}", "Save it again.") from error
    notes = () if sheet.visible == "visible" else ("the sheet is hidden, and read all the same",)
    return pa.Table.from_batches([batch]), notes
