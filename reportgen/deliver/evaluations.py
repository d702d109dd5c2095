"""Evaluations: where the last one lies, and what it says of a recipe."""

from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from reportgen.brief.judged import Judged
from reportgen.errors import MachineError
from reportgen.evaluation import Evaluation, decode, judged
from reportgen.names import JUDGEMENTS

FOLDER: Final = "evaluation"
"""Beside the editions: the last evaluation replaces the one before."""


def last(output: Path, recipe: msgspec.Struct, until: date) -> Judged | None:
    """What the last evaluation in the folder `output` says of `recipe`, for a brief of data until `until`.

    None where it does not know the recipe as it is now, or knows later data. Raises `MachineError` for a file that
    can't be read or is no evaluation of this version.
    """
    evaluation = _read(output / FOLDER / JUDGEMENTS)
    return judged(evaluation, recipe) if evaluation and evaluation.period.end <= until else None


def _read(file: Path) -> Evaluation | None:
    try:
        return decode(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise MachineError(
            f"{file}: the last evaluation can't be read ({error})",
            "Run `reportgen evaluate` again, or remove the folder.",
        ) from error
