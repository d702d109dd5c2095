"""Refusals of the system, such as a full disk or a file that may not be read: one meaning for every `OSError`."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reportgen.errors import MachineError
from reportgen.workspace import PREFIX

REMEDIES: Final = {
    errno.ENOSPC: "Free some space on that disk.",
    errno.EDQUOT: "Free some space within the quota.",
    errno.EFBIG: "Raise the limit of a file's size: see `ulimit -f`.",
    errno.EMFILE: "Raise the limit of open files: see `ulimit -n`.",
    errno.EROFS: "The disk is mounted read-only; choose another folder.",
    errno.EACCES: "Give this user permission, or choose another folder.",
    errno.EPERM: "Give this user permission, or choose another folder.",
    errno.ENOTDIR: "A file is in the way; move it or choose another folder.",
    errno.EEXIST: "A file is in the way; move it or choose another folder.",
}
WRITING: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says of a file that is being written, without its name."""


def explained(error: OSError, unnamed: str) -> MachineError:
    """What was refused, where, and what to do; `unnamed` is what to call a file that the system doesn't name."""
    # The second name is what a copy was to become: that is where the disk is full.
    name = error.filename2 or error.filename or unnamed
    return MachineError(f"{name}: {error.strerror or error}", REMEDIES.get(error.errno or 0, ""))


@contextmanager
def understood() -> Iterator[None]:
    """What the system refuses within is told as what it is. Raises `MachineError`."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno in WRITING:
            raise _of_temporary_files(error) from error
        raise explained(error, "the system") from error


def _of_temporary_files(error: OSError) -> MachineError:
    """Editions are written elsewhere, under their names: what has none is temporary."""
    place = Path(tempfile.gettempdir())
    place = place.parent if place.name.startswith(PREFIX) else place  # the run's own folder is gone when this is read
    remedy = REMEDIES.get(error.errno or 0, "")
    return MachineError(
        f"a temporary file in {place} can't be written: {error.strerror}",
        f"{remedy} TMPDIR names another folder for them.".strip(),
    )
