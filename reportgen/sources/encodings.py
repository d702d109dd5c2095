"""Encodings of text files: told by their first bytes, proven on all of them, transcoded to UTF-8 as a stream."""

import codecs
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.errors import InputError
from reportgen.sources.packed import opened

NAMES: Final = {"cp1252": "Windows-1252 (Western European)", "utf-16": "UTF-16"}
_REMEDY: Final = 'Export the file as UTF-8, or say what it is: [input] encoding = "cp1252".'
_CHUNK: Final = 1 << 16
_START: Final = 1 << 16
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like that of UTF-16
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect(file: Path, configured: str | None) -> str:
    """The encoding: as configured, by byte order mark, UTF-8, or else Windows-1252. Raises `InputError`."""
    with opened(file) as stream:
        first = stream.read(_START)
    marked = next((name for mark, name in _MARKS if first.startswith(mark)), None)
    encoding = _known(configured) if configured else marked
    if encoding is None:
        _refuse_binary(file, first)
        encoding = "utf-8"
    if encoding == "utf-8" and marked == "utf-8-sig":
        encoding = marked
    fault = _fault(file, encoding)
    if fault is not None and not configured and not marked and not fault.amid_utf8:
        encoding, fault = "cp1252", _fault(file, "cp1252")
    if fault is not None:
        raise _damaged(file, encoding, fault)
    return encoding


def start(file: Path, encoding: str) -> str:
    """The first lines of `file` as text, every line ended by LF."""
    with opened(file) as stream:
        text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(stream.read(_START))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def transcode(file: Path, encoding: str, target: Path, skip: int) -> None:
    """Write `file` without its first `skip` lines as UTF-8 to `target`, every line ended by LF."""
    with opened(file) as stream, target.open("w", encoding="utf-8", newline="") as copy:
        source = io.TextIOWrapper(stream, encoding=encoding, newline=None)
        for _ in range(skip):
            source.readline()
        shutil.copyfileobj(source, copy, _CHUNK)


def _known(name: str) -> str:
    """The encoding as Python calls it. Some of its codecs are none of text: rot13, zip. Raises `InputError`."""
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name)
        codecs.getincrementaldecoder(name)(errors="replace").decode(b"a")
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise InputError(f"{name!r} is no encoding of text", 'For example: [input] encoding = "cp1252".') from error


def _texts(file: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with opened(file) as stream:
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)


@dataclass(frozen=True)
class _Fault:
    """The first byte that isn't in the encoding, its line, and whether letters beyond ASCII around it are UTF-8."""

    byte: int
    line: int
    amid_utf8: bool


def _fault(file: Path, encoding: str) -> _Fault | None:
    """Find the first byte of `file` that isn't in `encoding`. Raises `InputError` for a NUL before it."""
    line, plain = 1, True
    try:
        for text in _texts(file, encoding):
            if "\0" in text:
                raise _torn(file, line + text[: text.index("\0")].count("\n"))
            line += text.count("\n")
            plain = plain and text.isascii()
    except UnicodeError as error:
        # A codec that names no byte, and a missing byte-order mark, for which some versions of Python name one.
        if not isinstance(error, UnicodeDecodeError) or "BOM" in error.reason:
            raise InputError(f"{file.name}: it can't be read as {encoding.upper()} ({error})", _REMEDY) from error
        return _Fault(
            error.object[error.start],
            line + error.object[: error.start].count(b"\n"),
            not plain or _beyond_ascii(error.object),
        )
    return None


def _damaged(file: Path, encoding: str, fault: _Fault) -> InputError:
    return InputError(
        f"{file.name}, line {fault.line}: byte 0x{fault.byte:02x} is not {NAMES.get(encoding, encoding.upper())}",
        _REMEDY,
    )


def _torn(file: Path, line: int) -> InputError:
    """Every encoding has NUL, but no text does: an id with one would be another customer."""
    return InputError(
        f"{file.name}, line {line}: there is a NUL byte (0x00), which no text has",
        "The file is damaged: export it again, or remove these bytes from it.",
    )


def _beyond_ascii(chunk: bytes) -> bool:
    """Whether letters beyond ASCII are UTF-8: then a stray byte is damage, not another encoding."""
    return any(ord(letter) > 127 and letter != "\ufffd" for letter in chunk.decode("utf-8", errors="replace"))  # noqa: PLR2004


def _refuse_binary(file: Path, first: bytes) -> None:
    """UTF-16 is full of NULs; a few of them are damage, which has a line."""
    controls = sum(0 < byte < 9 or 13 < byte < 32 for byte in first)  # noqa: PLR2004 -- not tab, line ends
    if controls > len(first) // 1000 or first.count(0) > len(first) // 20:
        raise InputError(
            f"{file.name}: this is not a text file",
            "Export it again as CSV, or give it the suffix of what it is; or say what text it is:"
            ' [input] encoding = "utf-16-le".',
        )
