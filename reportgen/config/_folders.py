"""How folders lie to each other: beside the output, apart from each other, on a way that holds no file."""

from pathlib import Path

from reportgen.errors import UsageError


def beside(output: str, suffix: str) -> Path:
    """The folder beside `output` of its name and `suffix`; of "." and "..", of the folder they stand for.

    A link is a name like any other: the ledger stays where it is when the output moves to another disk.
    Raises `UsageError` for the root, which has nothing beside it.
    """
    place = Path(output)
    if place.name in {"", ".."}:
        place = place.resolve()
    if not place.name:
        raise UsageError(
            f"the output {output} has nothing beside it", "Name a folder in it: --output, [report] output."
        )
    return place.with_name(place.name + suffix)


def nested(one: Path, other: Path) -> bool:
    """Whether one of the folders lies in the other, or is it."""
    here, there = one.resolve(), other.resolve()
    return here.is_relative_to(there) or there.is_relative_to(here)


def refuse_file(output: str) -> None:
    """Refuses an `output` that is a file, or would lie in one. Raises `UsageError`."""
    place = Path(output)
    if found := next((each for each in (place, *place.parents) if each.is_file()), None):
        raise UsageError(
            f"the output {output} can't be a folder: {found} is a file", "Name another: --output, [report] output."
        )
