"""Drafts: an edition made aside of the archive, and its publication by an explicit act."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from reportgen import archive, ledger, pipeline, workspace
from reportgen.archive import Edition, reading
from reportgen.config import Config, beside, nested
from reportgen.deliver.folder import Outcome
from reportgen.deliver.folder import publish as put
from reportgen.errors import HostingError, UsageError
from reportgen.issuing import making
from reportgen.issuing.desk import Desk
from reportgen.ledger.clock import Clock
from reportgen.names import MANIFEST
from reportgen.pipeline import Done, Job
from reportgen.telling import Say

SENTENCES: Final = {
    Outcome.CREATED: "{} is in the archive.",
    Outcome.REPLACED: "{} has taken the place of the issue before.",
    Outcome.UNCHANGED: "{} says the same already: nothing changed.",
}


def place(config: Config) -> Path:
    """The folder of analysts' drafts: beside the output, and never hosted."""
    return beside(config.report.output, "-drafts")


def draft(job: Job, folder: Path, clock: Clock, say: Say) -> Done:
    """The edition that `job` asks for, in `folder`: exactly what would be published. Raises `ReportgenError`.

    It takes no lock: whoever wants to publish meanwhile may do so.
    """
    config = job.config
    _refuse_house(config, folder)
    with ledger.looked_at(config.ledger.folder(config.report.output), clock, config.ledger.wait) as book:
        issued = book.out() if book else frozenset()
    with workspace.temporary():
        return pipeline.run(replace(job, issued=issued, drafts=folder), say)


def _refuse_house(config: Config, folder: Path) -> None:
    """A draft never lies where the archive, its site or the ledger does: it would take the place of what went out."""
    output = config.report.output
    for house in (Path(output), config.archive.folder(output), config.ledger.folder(output)):
        if nested(folder, house):
            raise UsageError(f"--draft: {folder} and {house} must lie apart", "Name a folder of its own.")


def find(folder: Path) -> Edition | None:
    """The draft in `folder`, None if there is none."""
    return next(iter(archive.editions(folder)), None)


def state(output: Path, name: str) -> str:
    """A fingerprint of the edition `name` as it is now in `output`, "" if there is none."""
    try:
        return sha256((output / name / MANIFEST).read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def states(output: Path) -> dict[str, str]:
    """The `state` of every edition in `output`, by name."""
    return {edition.name: state(output, edition.name) for edition in archive.editions(output)}


def publish(desk: Desk, made: Edition, base: str, who: str) -> str:
    """Puts the draft `made` into the archive as it is; gives what happened in a sentence.

    `base` is the `state` of its place when its making began: what changed since is not overwritten.
    Raises `UsageError`.
    """
    if made.name in desk.ledger.out():
        raise UsageError(
            f"{made.name} went out after the draft was made, and stays as it is",
            "Make the draft again: it becomes a revision.",
        )
    if state(desk.output, made.name) != base:
        raise UsageError(
            f"{made.name} was made anew by somebody else after the draft was made",
            "Make the draft again, and compare it with what is there now.",
        )
    outcome = put(reading.files(made), (made.folder / MANIFEST).read_bytes(), desk.output / made.name)
    desk.ledger.record("publish", made.name, who)
    said = [SENTENCES[outcome].format(made.name)]
    try:
        making.host(desk, said.append)
    except HostingError as error:  # it is published; whoever did it must know the rest
        said.append(str(error))
    return "\n".join(said)
