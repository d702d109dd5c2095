"""The archive: the issues that lie in the output folder."""

from pathlib import Path
from typing import Final

import msgspec

from reportgen.brief import Brief, decode
from reportgen.deliver.manifest import Input, fingerprint
from reportgen.errors import MachineError

FIGURES: Final = "brief.json"


def issue(folder: Path) -> tuple[Brief, Input] | None:
    """The Brief of the issue in `folder` and its fingerprint, named with the folder; None without one.

    Raises `MachineError` for a file that can't be read or is no Brief of this version.
    """
    file = folder / FIGURES
    try:
        brief = decode(file.read_bytes())
        found = fingerprint(file)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise MachineError(
            f"{file}: the earlier issue can't be read ({error})", "Make that issue again, or move it away."
        ) from error
    return brief, msgspec.structs.replace(found, name=f"{folder.name}/{FIGURES}")
