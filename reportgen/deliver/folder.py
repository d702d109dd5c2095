"""Publishing into a folder: readers see the whole old edition or the whole new one, never a mixture.

The files are written aside on the same file system, flushed to disk and exchanged with the target in one step.
"""

import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path, PurePosixPath

from reportgen import refusals, workspace
from reportgen.deliver.spool import Content, chunks
from reportgen.errors import MachineError
from reportgen.names import MANIFEST

AT_FDCWD = -100
RENAME_EXCHANGE = 2
OLD = "old"
UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


class Outcome(StrEnum):
    """What publishing did."""

    CREATED = "created"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


def publish(files: Mapping[str, Content], manifest: bytes, target: Path) -> Outcome:
    """Make `target` hold exactly `files` (relative path → content) and the manifest, in one step.

    Files that equal the published ones are no news: nothing is touched, `UNCHANGED`. Raises `MachineError` if
    `target` isn't an edition or the disk refuses; then the old edition is as it was.
    """
    _check(files)
    with _place(target, MANIFEST, "an edition") as folder:
        if _same(files, target):
            return Outcome.UNCHANGED
        _write({**files, MANIFEST: manifest}, folder)
        return _install(folder, target)


def replace(target: Path, fill: Callable[[Path], None], mark: str, what: str) -> Outcome:
    """Make `target` hold exactly what `fill` writes into the new folder that it is given, in one step.

    A folder that holds files but not the file `mark` isn't `what` it should be, and is left alone.
    Raises `MachineError`; then the old folder is as it was.
    """
    with _place(target, mark, what) as folder:
        folder.mkdir()
        fill(folder)
        return _install(folder, target)


@contextmanager
def _place(target: Path, mark: str, what: str) -> Iterator[Path]:
    """Where the new `target` is to be written; whatever goes wrong within is told of it."""
    with _translated(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_strangers(target, mark, what)
        with _aside(target) as folder:
            yield folder


def _check(files: Mapping[str, Content]) -> None:
    """Names are made by reportgen; one that leaves the folder is a bug and would do harm."""
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or name == MANIFEST:
            raise ValueError(f"{name!r} can't be a file of an edition")


@contextmanager
def _translated(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = refusals.explained(error, "").remedy
        raise MachineError(
            f"{target} can't be written: {reason} ({error.filename or target.parent}).", remedy
        ) from error


def _refuse_strangers(target: Path, mark: str, what: str) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise MachineError(
            f"{target} is in the way: it is not a folder.",
            "Move it, or name another folder (--output, [archive] site).",
        )
    if target.exists() and not (target / mark).is_file() and any(target.iterdir()):
        raise MachineError(
            f"{target} holds files but no {mark}: it is not {what}, and is left alone.",
            "Move it, or name another folder (--output, [archive] site).",
        )


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, locked while it is in use; it and those that killed runs left are removed."""
    prefix = f".{target.name}.making-"
    for leftover in target.parent.glob(f"{prefix}*"):
        _sweep(leftover, target)
    folder, descriptor = workspace.locked(target.parent, prefix)
    try:
        yield folder / "edition"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _sweep(leftover: Path, target: Path) -> None:
    """Remove the folder of a run that is no more: a living one holds its lock."""
    descriptor = os.open(leftover, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        if (leftover / OLD).is_dir() and not target.exists():
            (leftover / OLD).rename(target)  # it was killed within `_swap`
        shutil.rmtree(leftover, ignore_errors=True)
    finally:
        os.close(descriptor)


def _same(files: Mapping[str, Content], target: Path) -> bool:
    """Whether `target` holds `files` and a manifest that can be read, and no other file."""
    found = {path.relative_to(target).as_posix(): path for path in target.rglob("*") if not path.is_dir()}
    if found.keys() != {*files, MANIFEST} or not _is_json(found[MANIFEST]):
        return False
    return all(
        path.stat().st_size == len(files[name]) and _holds(path, files[name])
        for name, path in found.items()
        if name != MANIFEST
    )


def _is_json(file: Path) -> bool:
    try:
        json.loads(file.read_bytes())
    except ValueError:
        return False
    return True


def _holds(path: Path, content: Content) -> bool:
    """Whether the file at `path`, which is as long, holds `content`."""
    with path.open("rb") as file:
        return all(file.read(len(part)) == part for part in chunks(content))


def _write(files: Mapping[str, Content], folder: Path) -> None:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.writelines(chunks(content))
            file.flush()
            os.fsync(file.fileno())
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        _flush(path)


def _install(folder: Path, target: Path) -> Outcome:
    if not target.exists():
        folder.rename(target)
        _flush(target.parent)
        return Outcome.CREATED
    if not _exchange(folder, target):
        _swap(folder, target)
    _flush(target.parent)
    return Outcome.REPLACED


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False where system or file system can't (Linux's renameat2 can)."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _swap(folder: Path, target: Path) -> None:
    """Exchange by two renames: for an instant there is no edition, never half of one."""
    old = folder.with_name(OLD)
    target.rename(old)
    try:
        folder.rename(target)
    except OSError:
        old.rename(target)
        raise


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
