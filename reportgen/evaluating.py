"""Evaluating: from recipes to a published evaluation, and back from the published one.

The folder `evaluation` beside the editions holds the last one: `evaluation.json`, `evaluation.pdf`, `index.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from reportgen import recipes
from reportgen.config import Config
from reportgen.deliver import manifest
from reportgen.deliver.folder import publish
from reportgen.errors import MachineError
from reportgen.evaluation import Evaluation, Judgement, decode, encode
from reportgen.findings.compose import Question
from reportgen.sources import SourceFile, read

Say = Callable[[str], None]

FOLDER: Final = "evaluation"
FIGURES: Final = "evaluation.json"


@dataclass(frozen=True)
class Inquiry:
    """One evaluation: the configuration in force, the recipes (names or files), the shop's local time."""

    config: Config
    recipes: tuple[str, ...]
    now: datetime


@dataclass(frozen=True)
class Verdict:
    """The evaluation, and what was published of it in a sentence."""

    evaluation: Evaluation
    outcome: str


def evaluate(inquiry: Inquiry, say: Say) -> Verdict:
    """Judges the recipes that `inquiry` asks for and publishes the evaluation. Raises `ReportgenError`."""
    config, asked = inquiry.config, tuple(recipes.load(name) for name in inquiry.recipes)
    say("Reading the input")
    transactions, sources = read(
        config.input, config.columns, config.shop.timezone, currency_digits=_digits(config), say=say
    )
    from reportgen.judging.compose import evaluate as judge  # scikit-learn takes a second

    found = judge(transactions, asked, _question(inquiry), say)
    say("Publishing")
    files = _files(found, config)
    target = Path(config.report.output) / FOLDER
    outcome = publish(files, manifest.encode(_manifest(inquiry, sources, files)), target)
    return Verdict(found, f"{outcome.value.capitalize()} {target.as_posix()}")
