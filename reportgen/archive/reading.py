"""Reading an edition: its brief, of this or an earlier version, its manifest and its files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from reportgen.archive import Edition
from reportgen.brief import SCHEMA_VERSION, Brief
from reportgen.deliver.manifest import Manifest
from reportgen.errors import MachineError
from reportgen.names import FIGURES, MANIFEST, PAGE

Document = dict[str, Any]
Steps = Mapping[int, Callable[[Document], Document]]

STEPS: Steps = {}
"""By version: what makes a document of it one of the next. Fields with a default need no step."""
EARLY_METHOD = {"orders": "purchases", "worth": "net", "match_order": []}
EARLY_SEGMENT = {"idle_revenue": "0"}
"""What the first documents of version 1 did not have yet."""


def brief(edition: Edition) -> Brief:
    """The brief of `edition`. Raises `MachineError` if it is missing, broken, of a later version or another month."""
    file = edition.folder / FIGURES
    try:
        document = msgspec.json.decode(file.read_bytes())
        found = msgspec.convert(migrated(document), Brief, strict=False)
    except FileNotFoundError as error:
        raise MachineError(
            f"{file} is missing", f"`reportgen run --period {edition.period} --format json` makes it again."
        ) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:  # whatever damage makes of it
        raise MachineError(
            f"{file} can't be read: {error}", "Is it from a newer reportgen? Else restore it from a backup."
        ) from error
    if edition.period != found.period.label:
        raise MachineError(
            f"{file} is the brief of {found.period.label}, not of {edition.period}",
            "Was its folder renamed, or copied? Give it its name back, or move it out of the output.",
        )
    return found


def migrated(document: Document, steps: Steps = STEPS, version: int = SCHEMA_VERSION) -> Document:
    """`document` as `version` would have written it. Raises `msgspec.ValidationError` for a later one."""
    found = int(document["schema_version"])
    if found > version:
        raise msgspec.ValidationError(f"its schema_version is {found}, this reportgen knows {version}")
    for old in range(found, version):
        document = {**steps[old](document), "schema_version": old + 1}
    return _completed(document)


def _completed(document: Document) -> Document:
    segments = [{**EARLY_SEGMENT, **segment} for segment in document["segments"]]
    return {**document, "method": {**EARLY_METHOD, **document["method"]}, "segments": segments}


def about(edition: Edition) -> Manifest:
    """The manifest of `edition`. Raises `MachineError`."""
    file = edition.folder / MANIFEST
    try:
        return msgspec.json.decode(file.read_bytes(), type=Manifest)
    except (OSError, ValueError) as error:  # as msgspec's are, and those of text that isn't UTF-8
        raise MachineError(f"{file} can't be read: {error}", "Restore it from a backup.") from error


def page(edition: Edition) -> str:
    """The page of `edition`, "" if it has none. Raises `MachineError`."""
    file = edition.folder / PAGE
    try:
        return file.read_text("utf-8") if file.exists() else ""
    except (OSError, ValueError) as error:
        raise MachineError(f"{file} can't be read: {error}", "Restore it from a backup.") from error


def files(edition: Edition) -> dict[str, bytes]:
    """Every file of `edition` but the manifest, by relative path. Raises `MachineError`."""
    place = edition.folder
    try:
        paths = {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*")) if path.is_file()}
    except OSError as error:
        raise _unreadable(place, error) from error
    return {name: _content(path) for name, path in paths.items() if name != MANIFEST}


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(place: Path, error: OSError) -> MachineError:
    return MachineError(
        f"{place} can't be read: {error.strerror}", "Let this user read it, or restore it from a backup."
    )
