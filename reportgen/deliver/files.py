"""The files of an edition that say what was found: figures and customers, whole and as far as the page offers them."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.brief import encode
from reportgen.deliver import lists
from reportgen.deliver.spool import Content
from reportgen.names import CUSTOMERS, FIGURES, PAGE, PAPER, WATCH_LIST

if TYPE_CHECKING:
    from reportgen.findings.compose import Findings

FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "pdf": (PAPER,),
    "html": (PAGE,),
    "json": (FIGURES,),
    "csv": (CUSTOMERS, lists.PART.format(1)),
}
"""The file that tells that an edition has a format: the one that is there."""


def formats_of(names: Collection[str]) -> list[str]:
    """The formats of an edition that has files of these `names`."""
    return [name for name, files in FILES.items() if any(file in names for file in files)]


def published(folder: Path) -> list[str]:
    """The formats that the edition in `folder` has."""
    return formats_of([path.name for path in folder.iterdir()] if folder.is_dir() else [])


def held(findings: "Findings", write: lists.Write) -> Mapping[str, Content]:
    """The lists of customers that the engine holds; it writes them while it is there, and they wait on disk."""
    from reportgen.findings.crowd import InEngine

    return lists.parts(findings.crowd, write) if isinstance(findings.crowd, InEngine) else {}


def figures(findings: "Findings", waiting: Mapping[str, Content], formats: Collection[str]) -> dict[str, Content]:
    """The files of figures and customers, by name; `waiting`: see `held`."""
    from reportgen.findings.crowd import InMemory

    files: dict[str, Content] = {}
    if "json" in formats:
        files[FIGURES] = encode(findings.brief)
    if "csv" in formats:
        crowd = findings.crowd
        files |= lists.customers(crowd) if isinstance(crowd, InMemory) else waiting
        names = {group.id: group.name for group in findings.crowd.division.groups}
        files[WATCH_LIST] = lists.watch_list(findings.overdue, names)
    return files


def offered(files: Mapping[str, Content], *, customers: bool) -> dict[str, bytes]:
    """What a page offers of `files`: no list of customers unless they may be seen, and no list in parts."""
    short = {name: content for name, content in files.items() if isinstance(content, bytes) and not lists.is_part(name)}
    return short if customers else {name: short[name] for name in short if not lists.holds_customers(name)}


def named(folder: Path, files: Collection[str]) -> str:
    """The files of `folder` that are there to be opened, in words."""
    parts = sum(map(lists.is_part, files))
    found = [folder.joinpath(name).as_posix() for names in FILES.values() for name in names if name in files]
    return ", ".join(found) + (f" (and {parts - 1} more)" if parts > 1 else "")
