"""Paths that begin with `~`: the home folder of who runs this, or of the user named."""

from pathlib import Path

from reportgen.errors import UsageError


def expanded(path: str) -> Path:
    """`path` with the home folder that it begins with, if any, in full. Raises `UsageError` if there is none."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        home = Path(path).parts[0]
        raise UsageError(f"{path}: there is no home folder {home} here", "Write the whole path.") from error
