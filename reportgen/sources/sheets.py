"""Sheets: those of one workbook that may not be of one kind, such as sales beside a summary of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import marks
from reportgen.sources.survey import Loaded
from reportgen.sources.toml import quoted

_OTHER_KIND: Final = re.compile(
    r"summary|summar|pivot|overview|total|budget|forecast|plan(ned)?$|target|draft|template|example|ubersicht"
    r"|uebersicht|zusammenfassung|auswertung|entwurf|vorlage|beispiel|prognose|resume$|synthese|recapitulat|brouillon"
)
"""Words of names of sheets that hold no sales of their own."""


def refuse(parts: Sequence[Loaded], spec: config.Input) -> None:
    """Refuse sheets of a workbook that may not belong together, unless `spec` names them. Raises `InputError`."""
    for what, remedy in doubts(parts, spec):
        raise InputError(what, remedy)


def doubts(parts: Sequence[Loaded], spec: config.Input) -> Iterator[tuple[str, str]]:
    """What is doubtful of each workbook among `parts`, and what to do about it."""
    if spec.sheet is not None:
        return
    for book, each in groupby((part for part in parts if part.part.sheet), key=_book):
        sheets = [*each]
        if len(sheets) > 1 and (why := _why(sheets)):
            names = [part.part.sheet for part in sheets]
            yield (
                f"{book}: the sheets {' and '.join(f'“{name}”' for name in names)} would be read together, and {why}",
                f"Say which hold sales: [input] sheet = {_toml(_of_sales(names)[:1])}; or if all do: {_toml(names)}.",
            )


def _why(sheets: Sequence[Loaded]) -> str:
    """Why `sheets` may not be of one kind; "" if they seem to be."""
    for part in sheets:
        if _is_other(part.part.sheet):
            return f"“{part.part.sheet}” may be something else, by its name"
    first, *others = sheets
    for part in others:
        if odd := sorted({*first.columns} ^ {*part.columns}):
            return f"only one of “{first.part.sheet}” and “{part.part.sheet}” has {', '.join(odd)}"
    return ""


def _is_other(name: str) -> bool:
    return marks.no_sale(name, "type") or any(map(_OTHER_KIND.match, marks.words(name)))


def _of_sales(names: Sequence[str]) -> list[str]:
    """Those of `names` that don't say something else, or else all."""
    return [name for name in names if not _is_other(name)] or [*names]


def _book(part: Loaded) -> str:
    return part.part.name.removesuffix(f", sheet “{part.part.sheet}”")


def _toml(names: Sequence[str]) -> str:
    return quoted([*names] if len(names) > 1 else names[0])
