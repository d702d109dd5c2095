"""Proposal: a commented `config.toml` for an input that was inspected."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.columns import OPTIONAL
from reportgen.sources.dates import is_format
from reportgen.sources.inspection import Inspection, inspect
from reportgen.sources.toml import inline_table, quoted

_MEANINGS: Final = ("customer", "date", "quantity", "price", "amount", "invoice", "code", "description", "country")

_HEAD: Final = "reportgen: what to read, and what it means. Paths are relative to this file."
_TABLES: Final = {"input", "columns"}
_SETTINGS: Final = re.compile(r'\[(\w+)\] (\w+ = "[^"]*"(?:(?:,| or| and) \w+ = "[^"]*")*)')
"""Keys in a remedy, with their table before them."""
_SETTING: Final = re.compile(r'\w+ = "[^"]*"')


def proposed(given: str, written: str) -> tuple[str, InputError | None]:
    """The text of a configuration for the input `given`, `written` as it is to stand there, and what it leaves open.

    Raises `InputError` for what no configuration mends.
    """
    try:
        found = inspect(config.Input().given((given,)), config.Columns())
        return proposal(found, (written,)), found.undated
    except InputError as error:
        if not any(table in _TABLES for table, _ in _SETTINGS.findall(error.remedy)):
            raise
        return _open(error, (written,)), error


def _open(error: InputError, paths: Sequence[str]) -> str:
    """The text of a configuration that reads `paths` once what `error` asks for is said in it."""
    lines = {table: _SETTING.findall(keys) for table, keys in _SETTINGS.findall(error.remedy)}
    open_ = {table: [f"# {each}" for each in lines.get(table, ())] for table in _TABLES}
    head = (_comment(_HEAD), _comment(error.message), _comment(error.remedy))
    source = ("[input]", *_source(paths), *open_["input"])
    blocks = (head, source, ("[columns]", *open_["columns"]), _shop(None, zoned=False), _report())
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def proposal(inspection: Inspection, paths: Sequence[str]) -> str:
    """The text of a configuration that reads `paths` as `inspection` understood them; loads with `config.load`.

    paths: of files, or one `url#table`
    """
    blocks = (_head(inspection), _input(inspection, paths), _columns(inspection), _known_shop(inspection), _report())
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(inspection: Inspection) -> Iterator[str]:
    span = (
        f", {inspection.first:%Y-%m-%d} to {inspection.last:%Y-%m-%d}" if inspection.first and inspection.last else ""
    )
    files = ", ".join(inspection.files[:3]) + (" …" if len(inspection.files) > 3 else "")  # noqa: PLR2004
    yield _comment(_HEAD)
    yield _comment(f"{files}: {inspection.rows:,} rows{span}")
    yield from (_comment(note) for note in inspection.notes)
    if inspection.undated:
        yield from (_comment(inspection.undated.message), _comment(inspection.undated.remedy))


def _source(paths: Sequence[str]) -> Iterator[str]:
    if "://" in paths[0]:
        url, _, table = paths[0].partition("#")
        login = "  # user and password: PGUSER and PGPASSWORD, or as password_env says"
        yield f"url = {quoted(url)}{login if url.startswith('postgres') else ''}"
        yield f"table = {quoted(table)}"
    else:
        path = quoted(paths[0] if len(paths) == 1 else list(paths))
        yield f"path = {path}  # a file, a folder or a glob, or a list of them"


def _input(inspection: Inspection, paths: Sequence[str]) -> Iterator[str]:
    yield "[input]"
    yield from _source(paths)
    # Not fixed: what the next file is written in is told from that file.
    for key, value in inspection.dialect.items():
        yield f"# {key} = {quoted(value)}  # detected"
    if inspection.dialect and not inspection.decimal:
        yield '# decimal = "."  # or ","; please say'
    yield from _date_format(inspection)
    if inspection.leave_out:
        yield "# rows that seem to be no sales: please check; those that take back what others sold belong in returns"
        yield f"leave_out = {inline_table(inspection.leave_out)}"
        if inspection.leave_out_orders:
            yield "leave_out_orders = true  # only one row of each order is marked: the others go with it"
    if inspection.returns:
        yield "# rows that take back what others sold: please check; their worth is deducted, whatever its sign"
        yield f"returns = {inline_table(inspection.returns)}"
    if inspection.computed:
        yield f"round_prices = 4  # {inspection.computed:,} rows have prices with more than 6 decimals: please check"
    else:
        yield "# decimals = 2       # of prices; more than that is a bad row"
    yield "# max_bad_rows = 100 # unreadable rows: more than this, or"
    yield "# max_bad_share = 0.001  # than this share of all, is an error"


def _date_format(inspection: Inspection) -> Iterator[str]:
    """Not fixed where it is certain: the next file may write its dates otherwise."""
    formats = inspection.date_formats
    if inspection.ambiguous:
        yield "# date_format: the dates fit each of these; keep the true one"
        yield from (f"# date_format = {quoted(each)}" for each in formats)
    elif inspection.undated:
        yield from (f"# {each}" for each in _SETTING.findall(inspection.undated.remedy))
    elif not all(map(is_format, formats)):
        yield "# date_format: detected; there is no format of dates such as these"
    elif len(formats) == 1:
        yield f"# date_format = {quoted(formats[0])}  # detected"
    elif formats:
        yield f"# date_format: detected, each date by one of {', '.join(map(quoted, formats))}"


def _columns(inspection: Inspection) -> Iterator[str]:
    yield "[columns]"
    for meaning in _MEANINGS:
        header = inspection.columns.get(meaning)
        if header is not None:
            yield f"{meaning} = {quoted(header)}"
        elif meaning in OPTIONAL:
            yield f'# {meaning} = "…"  # not found'
    if inspection.unused:
        yield _comment(f"not used: {', '.join(inspection.unused)}")


def _known_shop(inspection: Inspection) -> Iterator[str]:
    return _shop(inspection.currency, zoned=inspection.zoned)


def _shop(currency: str | None, *, zoned: bool) -> Iterator[str]:
    yield "[shop]"
    yield f"currency = {quoted(currency)}" if currency else '# currency = "GBP"  # ISO 4217; the input doesn\'t say'
    yield '# locale = "en_GB"'
    hint = (
        "the dates are instants, in UTC or with an offset: please say"
        if zoned
        else "needed only for dates with an offset"
    )
    yield f'# timezone = "Europe/London"  # {hint}'


def _report() -> Iterator[str]:
    yield "[report]"
    yield 'recipe = "strategic"'
    yield 'period = "last"      # the last complete month; or 2011-11, or "all"'
    yield 'output = "output"'


def _comment(text: str) -> str:
    """A comment on one line; no sign in it that TOML refuses."""
    return "# " + "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))
