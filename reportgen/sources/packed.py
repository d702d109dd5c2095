"""Packed text: `sales.csv.gz`, or a `.zip` of one text file; unpacked as a stream wherever the file is looked at."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from reportgen.errors import InputError

TEXTS: Final = (".csv", ".tsv", ".txt")
SUFFIXES: Final = (".gz", ".zip")
_LOCKED: Final = 0x1
"""Of a member's flags: a password protects it."""


def packed(file: Path) -> bool:
    """Whether `file` is unpacked when it is read."""
    return file.suffix.lower() in SUFFIXES


@contextmanager
def opened(file: Path) -> Iterator[IO[bytes]]:
    """The bytes of the text in `file`, packed or not. Raises `InputError`, also for what is read within."""
    try:
        with ExitStack() as stack:
            yield stack.enter_context(_stream(file, stack))
    except (BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, NotImplementedError) as error:
        reason = str(error) or type(error).__name__
        raise InputError(
            f"{file.name}: it can't be unpacked ({reason})", "Export or copy it again; or unpack it, and name the file."
        ) from error


def _stream(file: Path, stack: ExitStack) -> IO[bytes]:
    suffix = file.suffix.lower()
    if suffix == ".gz":
        _refuse_other(file.name, file.stem)
        return cast("IO[bytes]", stack.enter_context(gzip.open(file)))
    if suffix == ".zip":
        archive = stack.enter_context(ZipFile(file))
        return archive.open(_member(file.name, archive))
    return file.open("rb")


def _member(name: str, archive: ZipFile) -> ZipInfo:
    """The one file in `archive`, beside what a Mac puts there."""
    paths = {info: PurePosixPath(info.filename) for info in archive.infolist() if not info.is_dir()}
    seen = [info for info, path in paths.items() if not path.name.startswith(".") and "__MACOSX" not in path.parts]
    if len(seen) != 1:
        raise InputError(
            f"{name}: it holds {len(seen) or 'no'} files; one is needed",
            "Unpack it, and name the folder or the files.",
        )
    _refuse_other(name, seen[0].filename)
    if seen[0].flag_bits & _LOCKED:
        raise InputError(f"{name}: a password protects it", "Unpack it, and name the file.")
    return seen[0]


def _refuse_other(name: str, inner: str) -> None:
    if PurePosixPath(inner).suffix.lower() not in TEXTS:
        raise InputError(
            f"{name}: in it is {PurePosixPath(inner).name}; of what is packed, only {', '.join(TEXTS)} can be read",
            "Unpack it, and name the file.",
        )
