"""The pipeline: from a configured job to a published edition; the only module that knows every stage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reportgen.brief import Brief, encode
from reportgen.config import Config
from reportgen.deliver import manifest
from reportgen.deliver.folder import Outcome, publish
from reportgen.recipe import Recipe
from reportgen.render.edition import Studio

if TYPE_CHECKING:
    from reportgen.findings.compose import Findings, Question
    from reportgen.sources import SourceFile

Say = Callable[[str], None]

FILES: Mapping[str, str] = {"pdf": "brief.pdf", "html": "index.html", "json": "brief.json", "csv": "customers.csv"}
"""The file that tells that an edition has a format."""


@dataclass(frozen=True)
class Job:
    """One run: the configuration in force, the recipe asked for (name or file), the shop's local time."""

    config: Config
    recipe: str
    now: datetime


def run(job: Job, say: Say) -> str:
    """Makes the edition that `job` asks for and publishes it; gives the outcome in a sentence. Raises `ReportgenError`.

    Files are written only when all of them are made.
    """
    config = job.config
    with Studio(config.brand, config.shop.locale, config.report.paper) as studio:
        studio.open(config.report.formats)
        # pandas and Ibis take as long to import as the browser to start: one hides behind the other.
        from reportgen import recipes
        from reportgen.findings.compose import compose
        from reportgen.sources import read

        recipe = recipes.load(job.recipe)
        say("Reading the input")
        transactions, sources = read(
            config.input, config.columns, config.shop.timezone, currency_digits=_digits(config), say=say
        )
        say(f"Computing the brief from {transactions.raw_rows:,} rows")
        with recipes.named(job.recipe):
            findings = compose(transactions, recipe, _question(job))
        target = _target(job, recipe, findings.brief)
        formats = sorted({*config.report.formats, *_published(target)})
        say("Drawing charts and pages")
        files = _lists(findings, formats)
        files |= studio.render(findings.brief, formats, files)
        browser = studio.browser()
    say("Publishing")
    about = _manifest(job, recipe, sources, files, browser)
    return _sentence(publish(files, manifest.encode(about), target), target, files)


def _question(job: Job) -> "Question":
    from reportgen.findings.compose import Question

    shop, report = job.config.shop, job.config.report
    return Question(report.period, job.now, report.max_gap_days, shop.non_merchandise, shop.currency)


def _digits(config: Config) -> int:
    """Decimals that the currency has; amounts are never kept at fewer."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(config.shop.currency) if config.shop.currency else 0


def _target(job: Job, recipe: Recipe, brief: Brief) -> Path:
    """The edition's folder: another recipe than the configured one never overwrites management's issue."""
    from reportgen import recipes

    own = recipe.id == recipes.load(job.config.report.recipe).id
    return Path(job.config.report.output) / (brief.period.label if own else f"{brief.period.label}~{recipe.id}")


def _published(target: Path) -> list[str]:
    """Formats that the published edition has: they are made again, so that none goes missing or stale."""
    return [name for name, file in FILES.items() if (target / file).is_file()]


def _lists(findings: "Findings", formats: list[str]) -> dict[str, bytes]:
    from reportgen.deliver import lists

    files = {}
    if "json" in formats:
        files[FILES["json"]] = encode(findings.brief)
    if "csv" in formats:
        files[FILES["csv"]] = lists.customers(findings.customers, findings.segmentation)
    return files


def _manifest(
    job: Job, recipe: Recipe, sources: "tuple[SourceFile, ...]", files: Mapping[str, bytes], browser: str
) -> manifest.Manifest:
    return manifest.Manifest(
        made=job.now,
        inputs=tuple(manifest.Input(name=file.name, size=file.bytes, sha256=file.sha256) for file in sources),
        recipe=recipe.id,
        recipe_sha256=_digest(recipe),
        config_sha256=_digest(_facts_of(job.config)),
        versions=manifest.installed() | ({"browser": browser} if browser else {}),
        files=manifest.digests(files),
    )


def _facts_of(config: Config) -> Config:
    """`config` without where things lie: the same edition elsewhere has the same fingerprint."""
    replace = msgspec.structs.replace
    brand = replace(config.brand, logo=None, fonts=None)
    return replace(config, input=replace(config.input, path=()), report=replace(config.report, output=""), brand=brand)


def _digest(value: msgspec.Struct) -> str:
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def _sentence(outcome: Outcome, target: Path, files: Mapping[str, bytes]) -> str:
    names = ", ".join(target.joinpath(file).as_posix() for file in FILES.values() if file in files)
    if outcome is Outcome.UNCHANGED:
        return f"Nothing changed: {target.as_posix()} holds the same facts already."
    return f"{outcome.value.capitalize()} {names}"
