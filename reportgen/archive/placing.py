"""Where a new brief goes: an issue that went out is never touched, what differs from it becomes a revision."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import msgspec

from reportgen import __version__, archive
from reportgen.archive import Edition, facts, reading
from reportgen.brief import Brief


@dataclass(frozen=True)
class Place:
    """`folder` for `brief`; nothing is to be done where it is `settled`: what went out says the same."""

    folder: Path
    brief: Brief
    settled: bool = False


def place(output: Path, brief: Brief, recipe: str, issued: Collection[str]) -> Place:
    """Where `brief` goes in `output`; `recipe` is "" for the configured one, `issued` names what went out.

    Raises `MachineError` if what went out can't be read.
    """
    label = brief.period.label
    last = None if recipe else archive.last_out(output, label, issued)
    if last is None:
        return Place(output / archive.name(label, recipe), brief)
    number = last.revision + 1
    if last.folder.exists():
        before = reading.brief(last)
        if facts.same(before, brief, same_version=_same_version(last)):
            return Place(last.folder, before, settled=True)
        made = facts.revision(before, brief, number)
    else:  # pruned since: what readers have is theirs alone, and its name is taken for ever
        made = facts.uncompared(number)
    return Place(output / archive.name(label, revision=number), msgspec.structs.replace(brief, revision=made))


def _same_version(edition: Edition) -> bool:
    """Whether this reportgen made it: another one's wording and fields may differ without any news."""
    return reading.about(edition).versions.get("reportgen") == __version__
