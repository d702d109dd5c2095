"""Erasing: a customer's rows from archived lists, and old editions from the archive; both are recorded."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reportgen import archive
from reportgen.archive import Edition, reading
from reportgen.deliver import lists, manifest
from reportgen.deliver.folder import publish
from reportgen.errors import MachineError, UsageError
from reportgen.hosting.unnamed import NAMED
from reportgen.issuing import drafting, making
from reportgen.issuing.desk import Desk, operator
from reportgen.names import FIGURES

REMOVING = ".removing-"
"""Begins the name of a folder that is on its way out."""


def forget(desk: Desk, customer: str, reference: str) -> str:
    """Removes the rows of `customer` from every list in the archive and its drafts; gives what was done, and what not.

    The ledger keeps when, by whom, where and how many, with the `reference` of the demand; not whom. An edition that
    can't be read stops nothing: raises `MachineError` at the end.
    """
    erased, named, unread = {}, [], []
    for name, edition in _everywhere(desk):
        try:
            if rows := _erase(edition, customer):
                erased[name] = rows
            if _names(edition, customer):
                named.append(name)
        except MachineError as error:
            unread.append(f"{name}: {error.message}")
    rows = sum(erased.values())
    where = f"{rows} {'row' if rows == 1 else 'rows'} in {', '.join(erased) or 'no edition'}"
    left = f"; not all of {', '.join(each.partition(':')[0] for each in unread)} could be read" if unread else ""
    desk.ledger.record("forget", f"{where}{left}; reference: {reference or 'none'}", operator())
    also = (
        f"\nThe brief itself names the customer in {', '.join(named)}; `prune` or new issues end that." if named else ""
    )
    missed = "\n".join(["\nNot everything could be looked at:", *unread]) if unread else ""
    done = f"Erased {where}. If the input still has the customer, erase it there before the next run.{also}{missed}"
    said = making.hosted(desk, done) if erased else done
    if unread:
        raise MachineError(said, "Restore it, and call again.")
    return said


def prune(desk: Desk, keep: int) -> str:
    """Removes all editions but those of the last `keep` months; gives which. The ledger keeps its record of them."""
    if keep < 1:
        raise UsageError("--keep takes 1 or more months")
    for leftover in desk.output.glob(f"{REMOVING}*"):
        shutil.rmtree(leftover)  # of a prune that was killed
    months = [edition for edition in archive.editions(desk.output) if edition.period != "all"]
    kept = sorted({edition.period for edition in months})[-keep:]
    old = [edition for edition in months if edition.period not in kept]
    for edition in old:
        aside = edition.folder.with_name(f"{REMOVING}{edition.name}")
        edition.folder.rename(aside)  # at once: readers see all of it or nothing
        shutil.rmtree(aside)
    names = ", ".join(edition.name for edition in old)
    if not old:
        return f"Nothing to remove: the archive holds {len(kept)} {'month' if len(kept) == 1 else 'months'}."
    desk.ledger.record("prune", names, operator())
    return making.hosted(desk, f"Removed {names}.")


def _everywhere(desk: Desk) -> Iterator[tuple[str, Edition]]:
    """Every edition of the archive, and every draft, with what to call it."""
    for edition in archive.editions(desk.output):
        yield edition.name, edition
    drafts = drafting.place(desk.config)
    for edition in archive.editions(drafts):  # made by hand beside those of jobs
        yield f"draft {edition.name}", edition
    for folder in sorted(drafts.glob("*")):
        for edition in archive.editions(folder):
            yield f"draft {folder.name} of {edition.name}", edition


def _erase(edition: Edition, customer: str) -> int:
    """Rows that were removed from the lists of `edition`, which is exchanged as a whole."""
    files, rows, touched = reading.files(edition), 0, []
    for name, content in files.items():
        if lists.holds_customers(name):
            try:
                files[name], gone = lists.without(content, customer)
            except (ValueError, LookupError, TypeError, csv.Error) as error:
                raise MachineError(
                    f"{edition.folder / name} can't be read: {error!r}", "Restore it from a backup."
                ) from error
            rows += gone
            touched += [name] if gone else []
    if touched:
        about = reading.about(edition)
        changed = msgspec.structs.replace(
            about, files=manifest.digests(files), erased=tuple(sorted({*about.erased, *touched}))
        )
        publish(files, manifest.encode(changed), edition.folder)
    return rows


def _names(edition: Edition, customer: str) -> bool:
    """Whether the brief names the customer. Raises `MachineError` if it can't be read."""
    file: Path = edition.folder / FIGURES
    if not file.is_file():
        return False
    try:
        told = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise MachineError(f"{file} can't be read: {error}", "Restore it from a backup.") from error
    book = told.get("playbook") or {} if isinstance(told, dict) else {}
    named = [row for part, rows in NAMED for row in (book.get(part) or {}).get(rows) or ()]
    return any(lists.same(str(row.get("customer")), customer) for row in named)
