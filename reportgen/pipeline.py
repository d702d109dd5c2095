"""The pipeline: from a configured job to a published edition; the only module that knows every stage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reportgen.brief import Brief, encode
from reportgen.config import Config
from reportgen.deliver import archive, evaluations, manifest
from reportgen.deliver.folder import Outcome, publish
from reportgen.errors import MachineError
from reportgen.recipe import Recipe
from reportgen.render.edition import CUSTOMERS, Studio

if TYPE_CHECKING:
    from reportgen.findings.compose import Findings, Question
    from reportgen.recipes.calibration import Calibration

Say = Callable[[str], None]

FILES: Mapping[str, str] = {"pdf": "brief.pdf", "html": "index.html", "json": "brief.json", "csv": "customers.csv"}
"""The file that tells that an edition has a format."""
WATCH_LIST = "watch_list.csv"
"""Beside customers.csv."""


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
        from reportgen.recipes import owners
        from reportgen.sources import read

        recipe = recipe_of(job.recipe, config)
        owners.check(config.playbook, recipes.load(config.report.recipe))
        say("Reading the input")
        transactions, sources = read(
            config.input, config.columns, config.shop.timezone, currency_digits=digits(config), say=say
        )
        studio.prepare_paper(config.report.formats)
        say(f"Computing the brief from {transactions.raw_rows:,} rows")
        with recipes.named(job.recipe):
            findings = compose(transactions, recipe, _question(job))
        findings = _judged(findings, config, recipe, say)
        findings = _assigned(findings, job, recipe)
        findings, earlier = _restated(findings, job, recipe, say)
        target = _target(job, recipe, findings.brief)
        formats = sorted({*config.report.formats, *_published(target)})
        say("Drawing charts and pages")
        files = _lists(findings, formats)
        files |= studio.render(findings.brief, formats, _offered(files, findings, config))
        browser = studio.browser()
    say("Publishing")
    inputs = (*(manifest.Input(name=file.name, size=file.bytes, sha256=file.sha256) for file in sources), *earlier)
    about = _manifest(job, recipe, inputs, files, browser)
    return _sentence(publish(files, manifest.encode(about), target), target, files)


def _judged(findings: "Findings", config: Config, recipe: Recipe, say: Say) -> "Findings":
    """`findings` with what the last evaluation said of the recipe; one that can't be read costs no brief."""
    brief = findings.brief
    try:
        found = evaluations.last(Path(config.report.output), recipe, brief.period.end)
    except MachineError as error:
        say(f"Left out: {error.message}")
        return findings
    method = msgspec.structs.replace(brief.method, evaluation=found)
    return replace(findings, brief=msgspec.structs.replace(brief, method=method))


def _assigned(findings: "Findings", job: Job, recipe: Recipe) -> "Findings":
    """`findings` with the configured owners: they are those of the configured recipe's segments."""
    from reportgen.recipes import owners

    brief, tasks = findings.brief, job.config.playbook
    if not tasks or brief.playbook is None or not _is_configured(recipe, job.config):
        return findings
    made = owners.assignments(tasks, brief.period.end)
    playbook = msgspec.structs.replace(brief.playbook, assignments=made)
    return replace(findings, brief=msgspec.structs.replace(brief, playbook=playbook))


def _restated(
    findings: "Findings", job: Job, recipe: Recipe, say: Say
) -> "tuple[Findings, tuple[manifest.Input, ...]]":
    """`findings` with what the previous period's issue in the archive says otherwise, and that issue as an input."""
    from reportgen.findings.restatement import restatement

    brief = findings.brief
    if brief.playbook is None or brief.previous_totals is None:
        return findings, ()
    label = f"{brief.previous_totals.start:%Y-%m}"
    own = _is_configured(recipe, job.config)
    try:
        earlier = archive.issue(Path(job.config.report.output) / (label if own else f"{label}~{recipe.id}"))
    except MachineError as error:
        say(f"Left out: {error.message}")
        return findings, ()
    found = restatement(earlier[0], brief, findings.before, recipe) if earlier else None
    if earlier is None or found is None:
        return findings, ()
    playbook = msgspec.structs.replace(brief.playbook, restatement=found)
    return replace(findings, brief=msgspec.structs.replace(brief, playbook=playbook)), (earlier[1],)


def _is_configured(recipe: Recipe, config: Config) -> bool:
    """Whether `recipe` is management's own."""
    from reportgen import recipes

    return recipe.id == recipes.load(config.report.recipe).id


def calibrate(job: Job, file: Path, say: Say) -> "Calibration":
    """Fixes the cut points of the configured recipe, as the job's period has them, in `file`.

    Raises `ReportgenError`.
    """
    from reportgen import recipes
    from reportgen.deliver.settings import write_cuts
    from reportgen.findings.compose import gather
    from reportgen.recipes import calibration
    from reportgen.sources import read

    config, recipe = job.config, recipes.load(job.recipe)
    calibration.need_cut_points(recipe)
    say("Reading the input")
    transactions, _ = read(config.input, config.columns, config.shop.timezone, currency_digits=digits(config), say=say)
    say(f"Computing cut points from {transactions.raw_rows:,} rows")
    found = gather(transactions, recipe, _question(job))
    fresh = calibration.computed(recipe, found.measured.customers, found.frame.period.label)
    result = calibration.compared(recipe, found.measured.customers, config.cuts, fresh)
    say("Writing the configuration")
    write_cuts(file, fresh)
    return result


def recipe_of(name: str, config: Config) -> Recipe:
    """The recipe `name` (or file); fixed cut points are for the configured one alone.

    Raises `UsageError`, `RecipeError`.
    """
    from reportgen import recipes
    from reportgen.recipes import calibration

    recipe, cuts = recipes.load(name), config.cuts
    if cuts is None:
        return recipe
    configured = calibration.fixed(recipes.load(config.report.recipe), cuts)
    return configured if recipe.id == configured.id else recipe


def _question(job: Job) -> "Question":
    from reportgen.findings.compose import Question

    shop, report = job.config.shop, job.config.report
    return Question(report.period, job.now, report.max_gap_days, shop.non_merchandise, shop.currency)


def digits(config: Config) -> int:
    """Decimals that the currency has; amounts are never kept at fewer."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(config.shop.currency) if config.shop.currency else 0


def _target(job: Job, recipe: Recipe, brief: Brief) -> Path:
    """The edition's folder: another recipe than the configured one never overwrites management's issue."""
    own = _is_configured(recipe, job.config)
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
        names = {group.id: group.name for group in findings.segmentation.groups}
        files[WATCH_LIST] = lists.watch_list(findings.overdue, names)
    return files


def _offered(files: dict[str, bytes], findings: "Findings", config: Config) -> dict[str, bytes]:
    """What the page offers of `files`: lists of customers only where the configuration shows them."""
    from reportgen.deliver import lists

    if not config.report.customers_in_html:
        return {name: content for name, content in files.items() if name not in {FILES["csv"], WATCH_LIST}}
    return {**files, CUSTOMERS: lists.searchable(findings.customers, findings.segmentation)}


def _manifest(
    job: Job, recipe: Recipe, inputs: tuple[manifest.Input, ...], files: Mapping[str, bytes], browser: str
) -> manifest.Manifest:
    return manifest.Manifest(
        made=job.now,
        inputs=inputs,
        recipe=recipe.id,
        recipe_sha256=digest(recipe),
        config_sha256=digest(facts_of(job.config)),
        versions=manifest.installed() | ({"browser": browser} if browser else {}),
        files=manifest.digests(files),
    )


def facts_of(config: Config) -> Config:
    """`config` without where things lie: the same edition elsewhere has the same fingerprint."""
    changed = msgspec.structs.replace
    brand = changed(config.brand, logo=None, fonts=None)
    return changed(config, input=changed(config.input, path=()), report=changed(config.report, output=""), brand=brand)


def digest(value: msgspec.Struct) -> str:
    """The sha256 of all that `value` says."""
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def _sentence(outcome: Outcome, target: Path, files: Mapping[str, bytes]) -> str:
    names = ", ".join(target.joinpath(file).as_posix() for file in FILES.values() if file in files)
    if outcome is Outcome.UNCHANGED:
        return f"Nothing changed: {target.as_posix()} holds the same facts already."
    return f"{outcome.value.capitalize()} {names}"
