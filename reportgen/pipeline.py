"""The pipeline: from a configured job to a published edition; the only module that knows every stage."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reportgen import archive, refusals
from reportgen.archive import Edition, placing, reading
from reportgen.config import Archive, Config, Gate, Ledger, Serve
from reportgen.deliver import evaluations, manifest
from reportgen.deliver.files import figures, held, named, offered, published
from reportgen.deliver.folder import Outcome, publish
from reportgen.errors import MachineError, UsageError
from reportgen.evaluation import fingerprint
from reportgen.names import FIGURES, SEARCHED
from reportgen.recipe import Recipe
from reportgen.telling import Say

if TYPE_CHECKING:
    from reportgen.deliver.spool import Content
    from reportgen.findings.compose import Findings, Question
    from reportgen.recipes.calibration import Calibration
    from reportgen.render.edition import Studio
    from reportgen.sources import SourceFile
    from reportgen.transactions import Transactions


@dataclass(frozen=True)
class Job:
    """One run: the configuration in force, the recipe asked for (name or file), the shop's local time.

    `issued` names the editions that went out: they stay as they are. `drafts` is the folder that gets the edition
    instead of the output, if it is a draft. `follows`: the edition of the month before may be under way.
    """

    config: Config
    recipe: str
    now: datetime
    issued: frozenset[str] = frozenset()
    drafts: Path | None = None
    follows: bool = False


@dataclass(frozen=True)
class Done:
    """What a run did, in a word and in a sentence, with which edition, made from what."""

    edition: str
    outcome: str
    sentence: str
    about: manifest.Manifest


@dataclass(frozen=True)
class Intake:
    """What was read, and the files that it came from."""

    transactions: "Transactions"
    sources: "tuple[SourceFile, ...]"


@dataclass(frozen=True)
class Computed:
    """Findings before a page is drawn, with the recipe in force and the files that were read."""

    findings: "Findings"
    recipe: Recipe
    sources: "tuple[SourceFile, ...]"
    lists: Mapping[str, "Content"]
    """Of customers that the engine holds: read while it is there."""


@dataclass(frozen=True)
class Drawn:
    """An edition that can be published: its files for the folder `target`; nothing is to be done if it is `settled`."""

    target: Path
    files: Mapping[str, "Content"]
    about: manifest.Manifest
    settled: bool = False


def run(job: Job, say: Say) -> Done:
    """Makes the edition that `job` asks for and publishes it. Raises `ReportgenError`.

    Files are written only when all of them are made.
    """
    formats = job.config.report.formats
    with begun([job], say) as reading, studio_of(job.config) as studio:
        studio.open(formats)
        intake = reading()
        studio.prepare_paper(formats)
        say.stage(f"Computing the brief from {intake.transactions.raw_rows:,} rows")
        computed = compute(job, intake)
        release(intake, say)
        drawn = draw(job, computed, studio, say)
    return put(drawn, say)


def studio_of(config: Config, editions: int = 1) -> "Studio":
    """The studio that draws so many `editions` by `config`, yet to be entered."""
    from reportgen.render.edition import Studio

    return Studio(config.brand, config.shop.locale, config.report.paper, editions)


def read(jobs: Sequence[Job], say: Say) -> Intake:
    """The input of `jobs`, which have one configuration. Raises `UsageError`, `RecipeError`, `InputError`."""
    with begun(jobs, say) as reading:
        return reading()


@contextmanager
def begun(jobs: Sequence[Job], say: Say) -> Iterator[Callable[[], Intake]]:
    """As `read`, beside what is done within; what it gives looks at recipes and owners, and waits for the end."""
    from reportgen import sources

    def finish() -> Intake:
        _prepare(jobs)
        return Intake(*transactions())

    config = jobs[0].config
    say.stage("Reading the input")
    source = sources.begun(config.input, config.columns, config.shop, say=say.note)
    with refusals.understood(), source as transactions:
        yield finish


def _prepare(jobs: Sequence[Job]) -> None:
    """Imports what computes, and raises `UsageError` or `RecipeError` for what no data can mend."""
    import reportgen.findings.compose
    from reportgen import recipes
    from reportgen.recipes import owners

    config = jobs[0].config
    configured = recipes.load(config.report.recipe)
    owners.check(config.playbook, configured)
    asked = [recipe_of(job.recipe, job.config) for job in jobs]
    if any(recipe.clusters for recipe in asked):
        import reportgen.schemes.fitting  # noqa: F401 - it takes a second
    for name in {job.recipe for job in jobs} - {config.report.recipe}:
        _refuse_double(name, configured)


def _refuse_double(name: str, configured: Recipe) -> None:
    """Another recipe under the id of the configured one would take the place of its editions. Raises `UsageError`."""
    from reportgen import recipes

    asked = recipes.load(name)
    if asked.id == configured.id and asked != configured:
        raise UsageError(
            f"{name}: its id is {asked.id}, as that of the configured recipe, and it is another one", "Change its id."
        )


def release(intake: Intake, say: Say) -> None:
    """Lets go of the engine that holds `intake`; where it is not this process's own, says what came from it."""
    from reportgen.sources import close

    close(intake.transactions, say.note)


@refusals.understood()
def compute(job: Job, intake: Intake) -> Computed:
    """The brief that `job` asks for, by the `intake` alone. Raises `ReportgenError`."""
    from reportgen import recipes
    from reportgen.findings.compose import compose
    from reportgen.sources.connection import enough_memory
    from reportgen.sources.writing import write

    recipe = recipe_of(job.recipe, job.config)
    with recipes.named(job.recipe), enough_memory():
        findings = compose(intake.transactions, recipe, _question(job))
    report = job.config.report
    needed = "csv" in report.formats or archive.editions(Path(report.output))
    waiting = held(findings, write) if needed else {}
    return Computed(_assigned(findings, job, recipe), recipe, intake.sources, waiting)


@refusals.understood()
def draw(job: Job, computed: Computed, studio: "Studio", say: Say) -> Drawn:
    """The files of the edition, beside what the archive holds; writes none. Raises `ReportgenError`."""
    config, recipe, sources = job.config, computed.recipe, computed.sources
    findings = _judged(computed.findings, config, recipe, say)
    findings, earlier = _restated(findings, job, recipe, say)
    place = placing.place(Path(config.report.output), findings.brief, _suffix(job, recipe), job.issued)
    if place.settled:
        return Drawn(place.folder, {}, _manifest(job, recipe, sources, {}, ""), settled=True)
    findings = replace(findings, brief=place.brief)
    formats = sorted({*config.report.formats, *published(place.folder)})
    say.stage("Drawing charts and pages")
    files: dict[str, Content] = {**figures(findings, computed.lists, formats)}
    files |= studio.render(findings.brief, formats, _offered(files, findings, config, say))
    if "pdf" in formats and (letters := studio.lacking(findings.brief)):
        say.note(f"The PDF has ? for what its fonts lack: {letters}. [brand] fonts names others")
    about = msgspec.structs.replace(_manifest(job, recipe, sources, files, studio.browser()), issues=earlier)
    return Drawn((job.drafts or place.folder.parent) / place.folder.name, files, about)


def put(drawn: Drawn, say: Say) -> Done:
    """Publishes what was drawn, in one step. Raises `MachineError`."""
    target, files = drawn.target, drawn.files
    if drawn.settled:
        sentence = f"Nothing changed: {target.as_posix()} went out and says the same."
        return Done(target.name, "settled", sentence, drawn.about)
    say.stage("Writing the files")
    outcome = publish(files, manifest.encode(drawn.about), target)
    return Done(target.name, outcome.value, _sentence(outcome, target, files), drawn.about)


def _judged(findings: "Findings", config: Config, recipe: Recipe, say: Say) -> "Findings":
    """`findings` with what the last evaluation said of the recipe; one that can't be read costs no brief."""
    brief = findings.brief
    try:
        found = evaluations.last(Path(config.report.output), recipe, brief.period.end)
    except MachineError as error:
        say.note(f"Left out: {error.message}")
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
        found = restatement(reading.brief(earlier), brief, findings.before) if earlier else None
        if earlier is None or found is None:
            return findings, ()
        used = manifest.fingerprint(earlier.folder / FIGURES)
    except MachineError as error:
        say.note(f"Left out: {error.message}")
        return findings, ()
    playbook = msgspec.structs.replace(brief.playbook, restatement=found)
    named = msgspec.structs.replace(used, name=f"{earlier.name}/{FIGURES}")
    return replace(findings, brief=msgspec.structs.replace(brief, playbook=playbook)), (named,)


def _issue_before(job: Job, month: date, recipe: Recipe) -> Edition | None:
    """The edition of `month` by the same recipe, as far as it has figures; the issue's last revision."""
    label, suffix = f"{month:%Y-%m}", _suffix(job, recipe)
    made = [each for each in archive.editions(Path(job.config.report.output))
            if (each.period, each.recipe) == (label, suffix) and (each.folder / FIGURES).is_file()]  # fmt: skip
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
    from reportgen.sources.connection import enough_memory

    config, recipe = job.config, recipes.load(job.recipe)
    calibration.need_cut_points(recipe)
    # The old cut points are about to go: whether they fit the recipe, which may have changed since, is no matter.
    uncut = replace(job, config=msgspec.structs.replace(config, cuts=None))
    intake = read([uncut], say)
    transactions = intake.transactions
    say.stage(f"Computing cut points from {transactions.raw_rows:,} rows")
    with enough_memory():
        found = gather(transactions, recipe, _question(job))
        fresh = calibration.computed(recipe, found.crowd, found.frame.period.label)
        result = calibration.compared(recipe, found.crowd, config.cuts, fresh)
    release(intake, say)
    say.stage("Writing the configuration")
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
    restates = job.follows or bool(archive.editions(Path(report.output)))
    return Question(report.period, job.now, report.max_gap_days, shop.non_merchandise, shop.currency, restates)


def _suffix(job: Job, recipe: Recipe) -> str:
    """What sets the edition's name apart: another recipe than the configured one never overwrites the issue."""
    return "" if _is_configured(recipe, job.config) else recipe.id


def _offered(files: "Mapping[str, Content]", findings: "Findings", config: Config, say: Say) -> dict[str, bytes]:
    """What the page offers of `files`, with the customers as data where it shows them."""
    from reportgen.deliver import lists
    from reportgen.findings.crowd import InMemory

    shown = config.report.customers_in_html
    beside = offered(files, customers=shown)
    if not shown:
        return beside
    if not isinstance(findings.crowd, InMemory):
        say.note("Left out: the page's search, which takes a million customers at most; the lists have them all")
        return beside
    return {**beside, SEARCHED: lists.searchable(findings.crowd)}


def _manifest(
    job: Job, recipe: Recipe, sources: "tuple[SourceFile, ...]", files: "Mapping[str, Content]", browser: str
) -> manifest.Manifest:
    return manifest.Manifest(
        made=job.now,
        inputs=tuple(manifest.Input(name=file.name, size=file.bytes, sha256=file.sha256) for file in sources),
        recipe=recipe.id,
        recipe_sha256=fingerprint(recipe),
        config_sha256=fingerprint(facts_of(job.config)),
        versions=manifest.installed() | ({"browser": browser} if browser else {}),
        files=manifest.digests(files),
    )


def facts_of(config: Config) -> Config:
    """`config` without where things lie, who gets them, what was asked: it is no part of the edition."""
    changed = msgspec.structs.replace
    return changed(
        config,
        input=changed(
            config.input, path=(), url=None, table=None, query=None, password_env=None, factory=None, memory=None
        ),
        report=changed(config.report, recipe=Path(config.report.recipe).name, output="", period="", formats=()),
        brand=changed(config.brand, logo=None, fonts=None),
        ledger=Ledger(),
        archive=Archive(),
        serve=Serve(),
        mail=None,
        gate=Gate(),
    )


def _sentence(outcome: Outcome, target: Path, files: "Mapping[str, Content]") -> str:
    if outcome is Outcome.UNCHANGED:
        return f"Nothing changed: {target.as_posix()} holds the same facts already."
    return f"{outcome.value.capitalize()} {named(target, files)}"
