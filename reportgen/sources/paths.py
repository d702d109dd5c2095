"""Files: what a file, folder or glob of the configuration stands for, and their fingerprints."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from reportgen.config import expanded
from reportgen.errors import InputError
from reportgen.telling import Note


@dataclass(frozen=True)
class SourceFile:
    """A file that was read: its name, sha256 (hex), size in bytes, and data rows."""

    name: str
    sha256: str
    bytes: int
    rows: int


def resolve(paths: Iterable[str], readable: Iterable[str], say: Note) -> tuple[Path, ...]:
    """Every file that `paths` name, each once, in the order of their names. Raises `UsageError`, `InputError`.

    A folder stands for the files in it whose suffix is in `readable`; hidden files count nowhere.
    """
    found = {file.resolve(): file for path in paths for file in _files(path, frozenset(readable), say)}
    if not found:
        raise InputError("no input is named", "Name a file, a folder or a glob: --input FILE, or [input] path.")
    for file in found.values():
        _refuse_bytes(str(file))
    return tuple(sorted(found.values(), key=lambda file: (file.name, str(file))))


def _refuse_bytes(name: str) -> None:
    """Neither an engine nor a page can take a name that isn't text: old archives unpack such. Raises `InputError`."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        shown = name.encode(errors="surrogateescape").decode(errors="replace")
        raise InputError(f"{shown}: the name of this file or of a folder above it isn't UTF-8", "Rename it.") from error


def named(files: Sequence[Path]) -> str:
    """What to call `files` together."""
    return files[0].name if len(files) == 1 else f"one of {files[0].name} … {files[-1].name}"


def fingerprint(file: Path) -> tuple[str, int]:
    """The sha256 (hex) and size in bytes of `file`."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        return digest.hexdigest(), stream.tell()


def stamp(file: Path) -> tuple[int, int, int] | None:
    """What tells that `file` is no longer the same: inode, size, instant of the last change; None if it is gone."""
    try:
        about = file.stat()
    except FileNotFoundError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


def refuse_changed(files: Iterable[Path], stamps: Iterable[tuple[int, int, int] | None]) -> None:
    """Refuses figures of which nobody knows what they are of. Raises `InputError`."""
    changed = [file.name for file, before in zip(files, stamps, strict=True) if stamp(file) != before]
    if changed:
        raise InputError(
            f"{', '.join(changed)}: changed while it was read",
            "Run again when the export is done; write it under another name first, then rename it.",
        )


def _files(path: str, readable: frozenset[str], say: Note) -> list[Path]:
    place = expanded(path)
    if place.is_dir():
        return _folder(place, readable, say)
    if place.is_file():
        return [place]
    if path == "-" or place.exists():  # a pipe, or a device
        raise InputError(
            f"{path}: this is no file, and what is read is read more than once",
            "Write it into a file first, whose suffix says what it is: --input FILE.csv.",
        )
    matches = [Path(match) for match in glob(str(place))] if has_magic(path) else []  # noqa: PTH207 -- absolute globs
    files = [match for match in matches if match.is_file()]
    if not files:
        raise InputError(f"{path}: there is no such file", "Check --input or [input] path.")
    return _kept(files, readable, say)


def _folder(folder: Path, readable: frozenset[str], say: Note) -> list[Path]:
    files = _kept([file for file in folder.iterdir() if file.is_file()], readable, say)
    if not files:
        raise InputError(
            f"{folder}: the folder holds no data file", f"Readable are {', '.join(sorted(readable))}, directly in it."
        )
    return files


def _kept(files: list[Path], readable: frozenset[str], say: Note) -> list[Path]:
    visible = [file for file in files if not file.name.startswith((".", "~$"))]
    kept = [file for file in visible if file.suffix.lower() in readable]
    if ignored := sorted(file.name for file in visible if file not in kept):
        say(f"not read, since of another kind: {', '.join(ignored)}")
    return kept
