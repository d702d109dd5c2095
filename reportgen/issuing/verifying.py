"""Verifying: an edition's files against its manifest, against a new rendering, against the inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from reportgen import archive, pipeline, workspace
from reportgen.archive import Edition, reading
from reportgen.brief import Brief
from reportgen.config import Config
from reportgen.deliver import lists, manifest
from reportgen.deliver.files import figures, formats_of, offered
from reportgen.deliver.manifest import Manifest
from reportgen.deliver.spool import digest
from reportgen.errors import GateError, UsageError
from reportgen.evaluation import fingerprint
from reportgen.names import FIGURES
from reportgen.pipeline import Job
from reportgen.render.edition import Studio
from reportgen.telling import Say


@dataclass(frozen=True)
class Compared:
    """What was compared: files that are the same and that differ, and why others can't be compared."""

    what: str
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    incomparable: str = ""

    def text(self) -> str:
        """In a sentence."""
        if self.incomparable:
            return f"{self.what}: not comparable, {self.incomparable}"
        if self.different:
            return f"{self.what}: DIFFERENT are {', '.join(self.different)}"
        return f"{self.what}: {len(self.same)} {'file is' if len(self.same) == 1 else 'files are'} the same"


def find(output: Path, name: str) -> Edition:
    """The edition of that name. Raises `UsageError` if there is none."""
    there = {edition.name: edition for edition in archive.editions(output)}
    if name not in there:
        have = f"There is: {', '.join(list(there)[-12:])}." if there else "The archive is empty."
        raise UsageError(f"{output} holds no edition {name}", have)
    return there[name]


def verify(config: Config, edition: Edition, say: Say) -> tuple[Compared, ...]:
    """The files as they lie there, and rendered again from the archived brief."""
    about, files = reading.about(edition), reading.files(edition)
    stored = _compared("On disk", about.files, {name: digest(content) for name, content in files.items()})
    return stored, _rendered(config, about, files, reading.brief(edition), say)


def recompute(config: Config, edition: Edition, now: datetime, say: Say) -> Compared:
    """The figures and lists, computed again from the inputs if they are still those of the manifest."""
    about, brief, what = reading.about(edition), reading.brief(edition), "Computed again"
    reason = _other_versions(about, config, manifest.installed())
    if reason:
        return Compared(what, incomparable=reason)
    report = msgspec.structs.replace(config.report, period=edition.period, formats=("json", "csv"))
    job = Job(msgspec.structs.replace(config, report=report), edition.recipe or config.report.recipe, now)
    with workspace.temporary():
        intake = pipeline.read([job], say)
        say.stage(f"Computing the brief from {intake.transactions.raw_rows:,} rows")
        computed = pipeline.compute(job, intake)
        pipeline.release(intake, say)
    inputs = {file.sha256 for file in computed.sources}
    if inputs != {file.sha256 for file in about.inputs}:
        return Compared(what, incomparable="the inputs are not those that it was made from")
    fresh = _with_archive(computed.findings.brief, brief)
    made = figures(replace(computed.findings, brief=fresh), computed.lists, ["json", "csv"])
    wanted = {name: digest for name, digest in about.files.items() if name in made and name not in about.erased}
    return _compared(what, wanted, {name: digest(content) for name, content in made.items() if name in wanted})


def _with_archive(fresh: Brief, brief: Brief) -> Brief:
    """`fresh` with what `brief` took from the archive as it was: evaluation, earlier issues."""
    replaced = msgspec.structs.replace
    method = replaced(fresh.method, evaluation=brief.method.evaluation)
    playbook = fresh.playbook
    if playbook and brief.playbook:
        playbook = replaced(playbook, restatement=brief.playbook.restatement)
    return replaced(fresh, method=method, playbook=playbook, revision=brief.revision)


def conclude(reports: tuple[Compared, ...]) -> str:
    """All of it in sentences, what lies on the disk first. Raises `GateError` if anything differs."""
    text = "\n".join(report.text() for report in reports)
    if reports[0].different:
        raise GateError(text, "Restore the edition from a backup.")
    if any(report.different for report in reports):
        raise GateError(text, "The files are as they were made, but this program makes others, of the same version.")
    return text


def _rendered(config: Config, about: Manifest, files: dict[str, bytes], brief: Brief, say: Say) -> Compared:
    what = "Rendered again"
    if reason := _other_versions(about, config, manifest.installed()):
        return Compared(what, incomparable=reason)
    ours = {name: content for name, content in files.items() if _of_data(name)}
    beside = offered(ours, customers=config.report.customers_in_html)
    with workspace.temporary(), Studio(config.brand, config.shop.locale, config.report.paper) as studio:
        say.stage("Drawing charts and pages")
        made = studio.render(brief, formats_of(files), beside)
        browser = studio.browser()
    if not made:
        return Compared(what, incomparable="it has no pages")
    if about.versions.get("browser", browser) != browser:
        return Compared(what, incomparable=f"it was drawn by {about.versions['browser']}, here is {browser}")
    wanted = {name: digest for name, digest in about.files.items() if not _of_data(name)}
    return _compared(what, wanted, {name: digest(made[name]) for name in made if not _of_data(name)})


def _of_data(name: str) -> bool:
    """Whether only the inputs can make this file again."""
    return name == FIGURES or lists.holds_customers(name)


def _other_versions(about: Manifest, config: Config, here: Mapping[str, str]) -> str:
    """Why the same bytes can't be expected here, "" if they can."""
    other = [f"{name} {about.versions.get(name, 'none')} (here {here[name]})" for name in here
             if about.versions.get(name) != here[name]]  # fmt: skip
    if other:
        return f"it was made with {', '.join(other)}"
    if about.config_sha256 != fingerprint(pipeline.facts_of(config)):
        return "the configuration has changed since"
    return ""


def _compared(what: str, wanted: Mapping[str, str], found: Mapping[str, str]) -> Compared:
    names = sorted({*wanted, *found})
    same = tuple(name for name in names if wanted.get(name) == found.get(name))
    return Compared(what, same, tuple(name for name in names if name not in same))
