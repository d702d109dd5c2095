"""Spools: files of an edition that are too large for memory, on disk without a name until they are published."""

import os
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from reportgen.errors import MachineError

CHUNK: Final = 1 << 20


class Spool:
    """Bytes in a temporary file that vanishes with the process, or when nobody needs it any more."""

    def __init__(self) -> None:
        """Empty. Raises `MachineError`."""
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is forgotten
        except OSError as error:
            raise _full(error) from error

    def __del__(self) -> None:
        """Nobody needs it any more."""
        if hasattr(self, "_file"):
            self._file.close()

    def __len__(self) -> int:
        """How many bytes it holds."""
        return self._file.seek(0, os.SEEK_END)

    def append(self, content: bytes) -> None:
        """Writes at the end. Raises `MachineError`."""
        try:
            self._file.seek(0, os.SEEK_END)
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise _full(error) from error

    def chunks(self) -> Iterator[bytes]:
        """What it holds, from the beginning."""
        place = 0
        self._file.flush()
        while content := os.pread(self._file.fileno(), CHUNK, place):
            place += len(content)
            yield content


Content = bytes | Spool
"""Of one file."""


def chunks(content: Content) -> Iterator[bytes]:
    """The `content` in parts."""
    return iter([content]) if isinstance(content, bytes) else content.chunks()


def digest(content: Content) -> str:
    """The sha256 of `content`."""
    found = sha256()
    for part in chunks(content):
        found.update(part)
    return found.hexdigest()


def _full(error: OSError) -> MachineError:
    return MachineError(
        f"the customer lists can't be kept in {tempfile.gettempdir()}: {error.strerror or error}",
        "Free some space there, or name another folder by TMPDIR.",
    )
