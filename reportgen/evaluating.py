"""Evaluating: from recipes to a published evaluation; beside `pipeline`, the only module that knows every stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from reportgen import recipes
from reportgen.config import Config
from reportgen.deliver import manifest
from reportgen.deliver.evaluations import FOLDER
from reportgen.deliver.folder import Outcome, publish
from reportgen.evaluation import Evaluation, encode, fingerprint
from reportgen.findings.compose import Question
from reportgen.names import JUDGEMENTS, PAGE, VERDICT
from reportgen.pipeline import facts_of, recipe_of
from reportgen.recipe import Recipe
from reportgen.render.evaluation import pages
from reportgen.sources import SourceFile, close, read
from reportgen.sources.connection import enough_memory
from reportgen.telling import Say

FILES: Final[Mapping[str, str]] = {"pdf": VERDICT, "html": PAGE, "json": JUDGEMENTS}


@dataclass(frozen=True)
class Inquiry:
    """One evaluation: the configuration in force, the recipes (names or files), the shop's local time."""

    config: Config
    recipes: tuple[str, ...]
    now: datetime


@dataclass(frozen=True)
class Evaluated:
    """The evaluation, and in a sentence what was published of it."""

    evaluation: Evaluation
    outcome: str


def evaluate(inquiry: Inquiry, say: Say) -> Evaluated:
    """Judges the recipes of `inquiry` and publishes the evaluation. Raises `ReportgenError`: nothing is written."""
    config, asked = inquiry.config, tuple(recipe_of(name, inquiry.config) for name in inquiry.recipes)
    say.stage("Reading the input")
    transactions, sources = read(config.input, config.columns, config.shop, say=say.note)
    from reportgen.judging.compose import evaluate as judge  # scikit-learn takes a second

    files_of = dict(zip((recipe.id for recipe in asked), inquiry.recipes, strict=True))
    with enough_memory():
        found = judge(transactions, asked, _question(inquiry), say, lambda recipe: recipes.named(files_of[recipe.id]))
    close(transactions, say.note)
    target = Path(config.report.output) / FOLDER
    say.stage("Laying out the page")
    files = {JUDGEMENTS: encode(found)}  # whatever the formats: briefs read it
    files |= pages(found, config, {*config.report.formats, *_published(target)}, files)
    say.stage("Writing the files")
    outcome = publish(files, manifest.encode(_manifest(inquiry, asked, sources, files)), target)
    return Evaluated(found, _sentence(outcome, target, files))


def _question(inquiry: Inquiry) -> Question:
    shop, report = inquiry.config.shop, inquiry.config.report
    return Question(report.period, inquiry.now, report.max_gap_days, shop.non_merchandise, shop.currency)


def _published(target: Path) -> list[str]:
    """Formats that the last evaluation has: they are made again, so that none goes missing or stale."""
    return [name for name, file in FILES.items() if (target / file).is_file()]


def _manifest(
    inquiry: Inquiry, asked: tuple[Recipe, ...], sources: tuple[SourceFile, ...], files: Mapping[str, bytes]
) -> manifest.Manifest:
    return manifest.Manifest(
        made=inquiry.now,
        inputs=tuple(manifest.Input(name=file.name, size=file.bytes, sha256=file.sha256) for file in sources),
        recipe=", ".join(recipe.id for recipe in asked),
        recipe_sha256=sha256("".join(map(fingerprint, asked)).encode()).hexdigest(),
        config_sha256=fingerprint(facts_of(inquiry.config)),
        versions=manifest.installed(),
        files=manifest.digests(files),
    )


def _sentence(outcome: Outcome, target: Path, files: Mapping[str, bytes]) -> str:
    names = ", ".join(target.joinpath(file).as_posix() for file in FILES.values() if file in files)
    if outcome is Outcome.UNCHANGED:
        return f"Nothing changed: {target.as_posix()} holds the same facts already."
    return f"{outcome.value.capitalize()} {names}"
