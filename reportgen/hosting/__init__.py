"""Hosting: the archive as a folder of files for any web server, without what is not for every reader."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from reportgen.archive import Edition, reading
from reportgen.config import Config
from reportgen.deliver import folder as delivery
from reportgen.deliver.evaluations import FOLDER as EVALUATION
from reportgen.errors import MachineError
from reportgen.hosting import copies, feed, pages
from reportgen.hosting.catalogue import LEFT_OUT, Entry, Issue, catalogue
from reportgen.hosting.copies import Copy, Original
from reportgen.names import MANIFEST
from reportgen.render.edition import house
from reportgen.telling import Note

MARK: Final = feed.FILE
"""The file that tells that a folder is a hosted archive."""
UNLINKABLE = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES)
"""Why a file can't be linked: another disk, a file system without links, too many."""


def rebuild(config: Config, say: Note = lambda _: None) -> str:
    """Make the hosted archive anew from the output, in one step; gives what there is in a sentence.

    `say` gets what is left out: editions whose manifest or page can't be read, what might name customers.
    Raises `UsageError` for a folder that lies wrong, `MachineError` if the disk refuses: then the old one stays.
    """
    output = Path(config.report.output)
    target = config.archive.folder(config.report.output)
    found = catalogue(output, config.shop.locale, say)
    entries = found.entries
    evaluation = _evaluation(output, target, say)

    def fill(folder: Path) -> None:
        hosted: dict[str, frozenset[str]] = {}
        for name, copy in _copies(target, entries, evaluation, lists=config.report.customers_in_html):
            for what in copy.left_out:
                say(LEFT_OUT.format(f"{name}, {what}"))
            _place(copy, folder / name, folder / copies.SHARED)
            hosted[name] = frozenset({*copy.linked, *copy.written})
        _write(folder, pages.pages(config, house(config.brand), found, hosted))
        _write(folder, {feed.FILE: feed.feed(config, entries, hosted)})

    delivery.replace(target, fill, MARK, "a hosted archive")
    count = len(entries)
    return f"{target.as_posix()} shows {count} {'issue' if count == 1 else 'issues'}."


def _evaluation(output: Path, target: Path, say: Note) -> Original | None:
    """The last evaluation of recipes, to be hosted too; None if there is none, or none that can be read."""
    folder = output / EVALUATION
    if not (folder / MANIFEST).is_file():
        return None
    edition = Edition("", "", 1, folder)
    try:
        reading.page(edition)
        return Original(folder, reading.about(edition).files, target / EVALUATION)
    except MachineError as error:
        say(LEFT_OUT.format(error))
        return None


def _copies(
    target: Path, entries: tuple[Entry, ...], evaluation: Original | None, *, lists: bool
) -> Iterator[tuple[str, Copy]]:
    """Name and copy of every folder to host, one after the other: all of them would fill the memory."""
    for entry in entries:
        yield entry.issue.name, _copy(entry.issue, target, lists=lists, notice=entry.notice)
        for issue in entry.others:
            yield issue.name, _copy(issue, target, lists=lists)
        for old in entry.replaced:
            notice = f"Revision {entry.issue.edition.revision} has replaced this issue; the archive shows both."
            yield old.name, _copy(old, target, lists=lists, notice=notice)
    if evaluation:
        yield EVALUATION, copies.copy(evaluation, lists=False, notice="", segments=None)


def _copy(issue: Issue, target: Path, *, lists: bool, notice: str = "") -> Copy:
    original = Original(issue.edition.folder, issue.about.files, target / issue.name)
    segments = issue.told.segments if issue.told else None
    return copies.copy(original, lists=lists, notice=notice, segments=segments)


def _place(copy: Copy, folder: Path, shared: Path) -> None:
    _write(folder, copy.written)
    for name, path in copy.linked.items():
        _link(path, folder / name)
    for name, path in copy.shared.items():
        if not (shared / name).exists():
            _link(path, shared / name)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _link(source: Path, target: Path) -> None:
    """Host a file of the archive without a second copy of it on the disk, where the disk can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in UNLINKABLE:
            raise
        shutil.copyfile(source, target)
