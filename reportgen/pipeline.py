"""The pipeline: from a configured job to a published edition; the only module that knows every stage."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reportgen import archive
from reportgen.archive import Edition, placing, reading
from reportgen.brief import encode
from reportgen.config import Archive, Config, Gate, Ledger, Serve
from reportgen.deliver import evaluations, manifest
from reportgen.deliver.folder import Outcome, publish
from reportgen.errors import MachineError
from reportgen.recipe import Recipe
from reportgen.render.edition import CUSTOMERS, Studio

if TYPE_CHECKING:
    from reportgen.findings.compose import Findings, Question
    from reportgen.recipes.calibration import Calibration
    from reportgen.sources import SourceFile
    from reportgen.transactions import Transactions

Say = Callable[[str], None]

FILES: Mapping[str, str] = {"pdf": "brief.pdf", "html": "index.html", "json": "brief.json", "csv": "customers.csv"}
"""The file that tells that an edition has a format."""
WATCH_LIST = "watch_list.csv"
"""Beside customers.csv."""


@dataclass(frozen=True)
class Job:
    """One run: the configuration in force, the recipe asked for (name or file), the shop's local time.

    `issued` names the editions that went out: they stay as they are. `drafts` is the folder that gets the edition
    instead of the output, if it is a draft.
    """

    config: Config
    recipe: str
    now: datetime
    issued: frozenset[str] = frozenset()
    drafts: Path | None = None


@dataclass(frozen=True)
class Done:
    """What a run did, in a word and in a sentence, with which edition, made from what."""

    edition: str
    outcome: str
    sentence: str
    about: manifest.Manifest


@dataclass(frozen=True)
class Computed:
    """Findings before a page is drawn, with the recipe in force and the files that were read."""

    findings: "Findings"
    recipe: Recipe
    sources: "tuple[SourceFile, ...]"


def run(job: Job, say: Say) -> Done:
    """Makes the edition that `job` asks for and publishes it. Raises `ReportgenError`.

    Files are written only when all of them are made.
    """
    config = job.config
    with Studio(config.brand, config.shop.locale, config.report.paper) as studio:
        studio.open(config.report.formats)
        computed = compute(job, say, lambda: studio.prepare_paper(config.report.formats))
        recipe, sources = computed.recipe, computed.sources
        findings = _judged(computed.findings, config, recipe, say)
        findings, earlier = _restated(findings, job, recipe, say)
        place = placing.place(Path(config.report.output), findings.brief, _suffix(job, recipe), job.issued)
        if place.settled:
            return _settled(place, _manifest(job, recipe, sources, {}, ""))
        findings = replace(findings, brief=place.brief)
        formats = sorted({*config.report.formats, *_published(place.folder)})
        say("Drawing charts and pages")
        files = lists(findings, formats)
        files |= studio.render(findings.brief, formats, _offered(files, findings, config))
        browser = studio.browser()
    say("Publishing")
    about = msgspec.structs.replace(_manifest(job, recipe, sources, files, browser), issues=earlier)
    target = (job.drafts or place.folder.parent) / place.folder.name
    outcome = publish(files, manifest.encode(about), target)
    return Done(target.name, outcome.value, _sentence(outcome, target, files), about)


def compute(job: Job, say: Say, once_read: Callable[[], None] = lambda: None) -> Computed:
    """Reads the input, calls `once_read`, and computes the brief. Raises `ReportgenError`."""
    config = job.config
    say("Reading the input")
    with ThreadPoolExecutor(1) as pool:
        # Reading is the engine's work, and needs neither pandas nor recipes: their imports hide behind it.
        reading = pool.submit(_read, config, say)
        from reportgen import recipes
        from reportgen.findings.compose import compose
        from reportgen.recipes import owners
        from reportgen.sources import close

        recipe = recipe_of(job.recipe, config)
        owners.check(config.playbook, recipes.load(config.report.recipe))
        transactions, sources = reading.result()
    once_read()
    say(f"Computing the brief from {transactions.raw_rows:,} rows")
    with recipes.named(job.recipe):
        findings = compose(transactions, recipe, _question(job))
    close(transactions, say)
    return Computed(_assigned(findings, job, recipe), recipe, sources)


def _read(config: Config, say: Say) -> "tuple[Transactions, tuple[SourceFile, ...]]":
    from reportgen.sources import read

    return read(config.input, config.columns, config.shop.timezone, currency_digits=digits(config), say=say)


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
    try:
        earlier = _issue_before(job, brief.previous_totals.start, recipe)
        found = restatement(reading.brief(earlier), brief, findings.before, recipe) if earlier else None
        if earlier is None or found is None:
            return findings, ()
        used = manifest.fingerprint(earlier.folder / reading.BRIEF)
    except MachineError as error:
        say(f"Left out: {error.message}")
        return findings, ()
    playbook = msgspec.structs.replace(brief.playbook, restatement=found)
    named = msgspec.structs.replace(used, name=f"{earlier.name}/{reading.BRIEF}")
    return replace(findings, brief=msgspec.structs.replace(brief, playbook=playbook)), (named,)


def _issue_before(job: Job, month: date, recipe: Recipe) -> Edition | None:
    """The edition of `month` by the same recipe, as far as it has figures; the issue's last revision."""
    label, suffix = f"{month:%Y-%m}", _suffix(job, recipe)
    made = [each for each in archive.editions(Path(job.config.report.output))
            if (each.period, each.recipe) == (label, suffix) and (each.folder / reading.BRIEF).is_file()]  # fmt: skip
    return made[-1] if made else None


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
    from reportgen.sources import close, read

    config, recipe = job.config, recipes.load(job.recipe)
    calibration.need_cut_points(recipe)
    say("Reading the input")
    transactions, _ = read(config.input, config.columns, config.shop.timezone, currency_digits=digits(config), say=say)
    say(f"Computing cut points from {transactions.raw_rows:,} rows")
    found = gather(transactions, recipe, _question(job))
    close(transactions, say)
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


def _suffix(job: Job, recipe: Recipe) -> str:
    """What sets the edition's name apart: another recipe than the configured one never overwrites the issue."""
    return "" if _is_configured(recipe, job.config) else recipe.id


def _settled(place: placing.Place, about: manifest.Manifest) -> Done:
    folder = place.folder
    return Done(folder.name, "settled", f"Nothing changed: {folder.as_posix()} went out and says the same.", about)


def _published(target: Path) -> list[str]:
    """Formats that the published edition has: they are made again, so that none goes missing or stale."""
    return [name for name, file in FILES.items() if (target / file).is_file()]


def lists(findings: "Findings", formats: list[str]) -> dict[str, bytes]:
    """The files of figures and customers, by name."""
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
    job: Job, recipe: Recipe, sources: "tuple[SourceFile, ...]", files: Mapping[str, bytes], browser: str
) -> manifest.Manifest:
    return manifest.Manifest(
        made=job.now,
        inputs=tuple(manifest.Input(name=file.name, size=file.bytes, sha256=file.sha256) for file in sources),
        recipe=recipe.id,
        recipe_sha256=digest(recipe),
        config_sha256=digest(facts_of(job.config)),
        versions=manifest.installed() | ({"browser": browser} if browser else {}),
        files=manifest.digests(files),
    )


def facts_of(config: Config) -> Config:
    """`config` without where things lie, who gets them, what was asked: it is no part of the edition."""
    changed = msgspec.structs.replace
    return changed(
        config,
        input=changed(config.input, path=(), url=None, table=None, query=None, password_env=None, factory=None),
        report=changed(config.report, output="", period="", formats=()),
        brand=changed(config.brand, logo=None, fonts=None),
        ledger=Ledger(),
        archive=Archive(),
        serve=Serve(),
        mail=None,
        gate=Gate(),
    )


def digest(value: msgspec.Struct) -> str:
    """The sha256 of all that `value` says."""
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def _sentence(outcome: Outcome, target: Path, files: Mapping[str, bytes]) -> str:
    names = ", ".join(target.joinpath(file).as_posix() for file in FILES.values() if file in files)
    if outcome is Outcome.UNCHANGED:
        return f"Nothing changed: {target.as_posix()} holds the same facts already."
    return f"{outcome.value.capitalize()} {names}"
