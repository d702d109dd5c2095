"""Settings that reportgen itself writes into a configuration file; what else stands there stays as it is."""

import os
import tempfile
from collections.abc import Iterable, Mapping, MutableMapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item, Table

from reportgen.config import Cuts
from reportgen.errors import UsageError


def write_cuts(file: Path, cuts: Cuts) -> None:
    """Replace the table [cuts] of `file` by `cuts`, comments kept, in one step. Raises `UsageError`."""
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise UsageError(f"{file}: can't be read ({error})") from error
    table = _table(document, "cuts", "by `reportgen calibrate`; without it, the recipe finds cut points in each period")
    table.update({"recipe": cuts.recipe, "period": cuts.period})
    _fill(table, "values", {name: _number(value) for name, value in cuts.values.items()})
    _fill(table, "scores", {axis: _numbers(ends) for axis, ends in cuts.scores.items()})
    _replace(file, tomlkit.dumps(document))


def _table(parent: MutableMapping[str, Any], name: str, comment: str = "") -> Table:
    """The table `name` of `parent`, made if it isn't there."""
    if not isinstance(parent.get(name), Table):
        parent[name] = tomlkit.table()
        if comment:
            parent[name].comment(comment)
    table: Table = parent[name]
    return table


def _fill(parent: Table, name: str, found: Mapping[str, Item]) -> None:
    """Make the table `name` of `parent` hold `found` and nothing else."""
    if not found:
        parent.pop(name, None)
        return
    table = _table(parent, name)
    for key in [key for key in table if key not in found]:
        table.remove(key)
    table.update(found)


def _number(value: Decimal) -> Item:
    """A whole number, or one with its exact decimals."""
    whole = value == value.to_integral_value()
    item: Item = tomlkit.value(str(int(value)) if whole else f"{value:f}")
    return item


def _numbers(values: Iterable[Decimal]) -> Item:
    array = tomlkit.array()
    array.extend(_number(value) for value in values)
    return array


def _replace(file: Path, text: str) -> None:
    """Put `text` in the place of `file` (of what it links to) at once: a reader sees the old or the new one."""
    target = file.resolve()
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False, newline="") as fresh:
        try:
            fresh.write(text)
            fresh.flush()
            os.fsync(fresh.fileno())
            Path(fresh.name).chmod(target.stat().st_mode & 0o7777)
            Path(fresh.name).replace(target)
        except OSError:
            Path(fresh.name).unlink(missing_ok=True)
            raise
