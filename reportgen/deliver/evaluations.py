"""Evaluations: where the last one lies, and what it says of a recipe."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from reportgen.errors import MachineError
from reportgen.evaluation import Evaluation, Judgement, decode, fingerprint

FOLDER: Final = "evaluation"
"""Beside the editions: the last evaluation replaces the one before."""
FIGURES: Final = "evaluation.json"


@dataclass(frozen=True)
class LastJudgement:
    """What the last evaluation says of a recipe, and the last day that it covers."""

    through: date
    judgement: Judgement


def last(output: Path, recipe: msgspec.Struct) -> LastJudgement | None:
    """The judgement of `recipe`, as it is now, in the folder `output`; None where the last evaluation has none.

    Raises `MachineError` for a file that can't be read or is no evaluation of this version.
    """
    evaluation = _read(output / FOLDER / FIGURES)
    if evaluation is None:
        return None
    mark = fingerprint(recipe)
    found = next((judgement for judgement in evaluation.judgements if judgement.fingerprint == mark), None)
    return LastJudgement(evaluation.period.end, found) if found else None


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
