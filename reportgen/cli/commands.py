"""The verbs of the command line. Heavy imports wait until a verb needs them, so that `--help` is instant."""

import gc
import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from reportgen import __version__
from reportgen.cli import delivery, upkeep
from reportgen.cli.hanging import hanging
from reportgen.cli.options import ConfigFile, Files, InputPaths, Now, Output, at_home, sources
from reportgen.errors import InputError, UsageError

app = typer.Typer(
    name="reportgen",
    help="Turns a retailer's transactions into a branded customer-segment brief, PDF and HTML.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"reportgen {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Turns a retailer's transactions into a branded customer-segment brief, PDF and HTML."""


@app.command()
def run(  # noqa: PLR0913, PLR0917  one parameter per option
    files: Files = None,
    input: InputPaths = None,  # noqa: A002  the option's name
    config: ConfigFile = None,
    recipe: Annotated[
        list[str] | None, typer.Option(help="Name of a recipe, or a TOML file; repeat it for a brief by each.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(help="A month such as 2011-11, months 2010-12..2011-11, `last` complete one, or `all`."),
    ] = None,
    output: Output = None,
    format: Annotated[  # noqa: A002
        list[str] | None, typer.Option(help="Any of pdf,html,json,csv, with commas, or repeat it.")
    ] = None,
    paper: Annotated[str | None, typer.Option(help="A4 or Letter.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Then send it to management; what cron calls.")] = False,
    draft: Annotated[
        Path | None,
        typer.Option(callback=at_home, help="Only a draft, in this folder; the archive stays as it is."),
    ] = None,
    now: Now = None,
) -> None:
    """Make a brief: read, segment, render and publish one edition, or one for each month and recipe asked for."""
    from reportgen import series
    from reportgen.cli import settings

    # A run makes many small objects that last until it ends: looking for garbage among them costs a tenth of it.
    gc.disable()
    overrides = {"period": period, "output": output, "formats": settings.formats(format), "paper": paper}
    chosen = settings.configuration(config, sources(files, input), overrides)
    jobs = series.jobs(chosen, recipe or [chosen.report.recipe], settings.clock(now, chosen.shop.timezone))
    clock = settings.started(now, chosen.shop.timezone)
    if len(jobs) > 1:
        _refuse_several(jobs, send=send, draft=draft)
        _make_several(jobs, clock)
    elif draft:
        _draft(jobs[0], draft, send=send, clock=clock)
    else:
        _make(jobs[0], clock, send=send)


def _make(job: "Job", clock: "Clock", *, send: bool) -> None:  # type: ignore[name-defined] # noqa: F821
    from reportgen.cli.progress import Progress
    from reportgen.issuing import desk, making

    with Progress() as progress, desk.taken(job.config, clock) as table:
        if send:
            from reportgen.issuing import running

            sentence = running.make_and_send(table, job, progress)
        else:
            sentence = making.make(table, job, progress).sentence
    typer.echo(sentence)


def _make_several(jobs: "Sequence[Job]", clock: "Clock") -> None:  # type: ignore[name-defined] # noqa: F821
    from reportgen.cli.progress import Progress
    from reportgen.issuing import backfilling, desk

    made: list[str] = []
    try:
        with Progress() as progress, desk.taken(jobs[0].config, clock) as table:
            backfilling.make(table, jobs, progress, made.append)
    finally:
        # What stands is told whatever became of the rest.
        for sentence in made:
            typer.echo(sentence)


def _refuse_several(jobs: "Sequence[Job]", *, send: bool, draft: Path | None) -> None:  # type: ignore[name-defined] # noqa: F821
    if send or draft:
        raise UsageError(
            f"{len(jobs)} briefs are asked for, but only one at a time is {'sent' if send else 'drafted'}",
            "Name one month with --period, and one recipe.",
        )


def _draft(job: "Job", folder: Path, *, send: bool, clock: "Clock") -> None:  # type: ignore[name-defined] # noqa: F821
    from reportgen.cli.progress import Progress
    from reportgen.issuing import drafting

    if send:
        raise UsageError("a draft is not sent", "Leave out --draft or --send.")
    with Progress() as progress:
        sentence = drafting.draft(job, folder, clock, progress).sentence
    typer.echo(sentence)


@app.command()
def evaluate(  # noqa: PLR0913, PLR0917  one parameter per option
    files: Files = None,
    recipe: Annotated[
        list[str] | None, typer.Option(help="Name of a recipe, or a TOML file; repeat it to compare several.")
    ] = None,
    input: InputPaths = None,  # noqa: A002  the option's name
    config: ConfigFile = None,
    period: Annotated[
        str | None, typer.Option(help="A month such as 2011-11, `last` complete month, or `all`.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(callback=at_home, help="Folder of the editions; it goes into `evaluation` there."),
    ] = None,
    format: Annotated[  # noqa: A002
        list[str] | None, typer.Option(help="Any of pdf,html,json, with commas, or repeat it.")
    ] = None,
    now: Now = None,
) -> None:
    """Judge recipes: stability, row order, track record, drivers, labels, clusters, agreement."""
    from reportgen import workspace
    from reportgen.cli import settings, tables
    from reportgen.cli.progress import Progress
    from reportgen.evaluating import Inquiry
    from reportgen.evaluating import evaluate as judge
    from reportgen.verdict import verdict
    from reportgen.wording import Words

    formats = settings.formats(format)
    if formats and "csv" in formats:
        raise UsageError("--format: an evaluation has no CSV", "Write any of pdf,html,json.")
    overrides = {"period": period, "output": output, "formats": formats}
    chosen = settings.configuration(config, sources(files, input), overrides)
    chosen.check_folders()  # the desk, which hosts the result, would tell it after the work
    asked = tuple(recipe or [chosen.report.recipe])
    with workspace.temporary(), Progress() as progress:
        found = judge(Inquiry(chosen, asked, settings.clock(now, chosen.shop.timezone)), progress)
    words = Words(chosen.shop.locale, found.evaluation.currency, found.evaluation.scale)
    tables.show(verdict(found.evaluation, words))
    typer.echo(found.outcome)
    _host(chosen, settings.started(now, chosen.shop.timezone))


def _host(config: "Config", clock: "Clock") -> None:  # type: ignore[name-defined] # noqa: F821
    """Brings a new evaluation into the hosted archive, if there is one; a run that is at work does so itself."""
    from contextlib import suppress
    from functools import partial

    from reportgen.errors import LockedError
    from reportgen.hosting import MARK
    from reportgen.issuing import desk, making

    if (config.archive.folder(config.report.output) / MARK).is_file():
        with suppress(LockedError), desk.taken(config, clock) as table:
            making.host(table, partial(typer.echo, err=True))


@app.command()
def init(
    input: Annotated[str, typer.Argument(help="File, folder or glob to look at, or an engine: URL#schema.table.")],  # noqa: A002
    config: Annotated[Path, typer.Option(callback=at_home, help="Where to write.")] = Path("config.toml"),
) -> None:
    """Look at a file and write a commented config.toml for it."""
    from reportgen.config import IN_A_FILE
    from reportgen.sources.proposal import proposed

    if config.exists():
        raise UsageError(f"{config} exists and is not overwritten", "Name another file with --config, or move it.")
    # The path is written as the configuration will resolve it: against its own folder.
    before, file = (IN_A_FILE, input.removeprefix(IN_A_FILE)) if input.startswith(IN_A_FILE) else ("", input)
    written = input if "://" in file else before + os.path.relpath(at_home(file), config.resolve().parent)
    text, open_ = proposed(input, written)
    config.write_text(text, encoding="utf-8")
    then = f"then: reportgen run --config {shlex.quote(str(config))}"
    if open_:
        raise InputError(open_.message, f"{open_.remedy}\nWrote {config}, which leaves this open. Settle it, {then}")
    typer.echo(f"Wrote {config}. Check it, {then}")


@app.command()
def calibrate(
    input: InputPaths = None,  # noqa: A002  the option's name
    config: ConfigFile = None,
    period: Annotated[
        str | None, typer.Option(help="A month such as 2011-11, `last` complete month, or `all`.")
    ] = None,
    now: Now = None,
) -> None:
    """Fix the recipe's cut points in the configuration, so that they hold for every month; say what changes."""
    from reportgen import workspace
    from reportgen.cli import settings
    from reportgen.cli.progress import Progress
    from reportgen.pipeline import Job
    from reportgen.pipeline import calibrate as fix

    file = settings.found(config)
    if file is None:
        raise UsageError(
            "there is no configuration to write to", "Name it with --config FILE; `reportgen init` makes one."
        )
    chosen = settings.configuration(file, input, {"period": period})
    job = Job(chosen, chosen.report.recipe, settings.clock(now, chosen.shop.timezone))
    with workspace.temporary(), Progress() as progress:
        outcome = fix(job, file, progress)
    typer.echo(f"{outcome.text()}\nWrote {file}.")


@app.command()
def doctor(config: ConfigFile = None) -> None:
    """Check packages, browser, fonts, configuration, input and write access; say how to mend each."""
    from reportgen.cli.settings import found
    from reportgen.doctor import examine

    checks = examine(found(config))
    for check in checks:
        typer.echo(hanging("ok    " if check.ok else "FAIL  ", f"{check.name}: {check.detail}"))
        if not check.ok and check.remedy:
            typer.echo(hanging("      ", check.remedy))
    if any(not check.ok for check in checks):
        raise typer.Exit(6)


@app.command()
def recipes() -> None:
    """List the recipes that are shipped, one line each."""
    from reportgen.recipes import names

    for entry in names():
        typer.echo(hanging(f"{entry.id:<14} ", f"{entry.title}: {entry.summary}"))


@app.command()
def sample(
    output: Annotated[Path, typer.Option(callback=at_home, help="CSV file to write.")] = Path("transactions.csv"),
) -> None:
    """Write the sample data: 25 months of an invented gift retailer."""
    from reportgen.sample import write

    write(output)
    typer.echo(f"Wrote {output}")


for verb in (
    delivery.send, delivery.approve, delivery.status, delivery.log,
    upkeep.archive, upkeep.serve, upkeep.verify, upkeep.schedule, upkeep.forget, upkeep.prune,
):  # fmt: skip
    app.command()(verb)
app.command(hidden=True)(upkeep.work)
