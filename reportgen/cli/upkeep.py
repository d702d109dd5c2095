"""The verbs of upkeep: verify, schedule, archive, serve (and its hidden `work`), forget, prune.

Heavy imports wait until one is called.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.options import ConfigFile, Now, Output
from reportgen.errors import MachineError, UsageError


def verify(
    edition: Annotated[str, typer.Argument(help="Such as 2011-11, or its revision 2011-11~r2.")],
    recompute: Annotated[bool, typer.Option("--recompute", help="From the inputs too, if they are the same.")] = False,
    config: ConfigFile = None,
    output: Output = None,
    now: Now = None,
) -> None:
    """Check an edition: its files as they lie there, rendered again, and computed again from the inputs."""
    from reportgen.cli import settings
    from reportgen.cli.progress import Progress
    from reportgen.issuing import verifying

    chosen = settings.archived(config, output)
    found = verifying.find(Path(chosen.report.output), edition)
    with Progress() as progress:
        reports = verifying.verify(chosen, found, progress)
        if recompute:
            again = verifying.recompute(chosen, found, settings.clock(now, chosen.shop.timezone), progress)
            reports = (*reports, again)
    typer.echo(verifying.conclude(reports))


def schedule(
    install: Annotated[bool, typer.Option("--install", help="Install it, instead of printing it.")] = False,
    systemd: Annotated[bool, typer.Option("--systemd", help="Service and timer, instead of a crontab line.")] = False,
    at: Annotated[str, typer.Option(help="Time of day, on the 1st to the 5th of each month.")] = "06:17",
    unit: Annotated[str, typer.Option(help="Name of the service and timer; one for each configuration.")] = "reportgen",
    config: ConfigFile = None,
) -> None:
    """Print or install what makes and sends the brief every month by itself."""
    from reportgen.cli import settings
    from reportgen.issuing import scheduling, sending
    from reportgen.mail import account

    file = settings.found(config)
    if file is None:
        raise UsageError("there is no configuration to schedule", "Name it with --config FILE.")
    chosen = settings.archived(file, None)
    mail = sending.needed_mail(chosen)
    settings.inputs(chosen)
    folder = chosen.ledger.folder(chosen.report.output).resolve()
    operators = account.recipients(mail, mail.operators, "operators")
    plan = scheduling.Plan(*scheduling.at(at), file.resolve(), folder / "runs.log", operators, unit)
    if mail.password_env:
        typer.echo(f"cron and systemd don't know {mail.password_env}: name [mail] password_file instead.", err=True)
    if systemd:
        typer.echo(_systemd(plan, install=install))
    else:
        typer.echo(scheduling.install_crontab(plan) if install else scheduling.crontab(plan), nl=False)


def _systemd(plan: "scheduling.Plan", *, install: bool) -> str:  # type: ignore[name-defined] # noqa: F821  lazy
    from reportgen.issuing import scheduling

    if not install:
        return "\n".join(f"# {name}\n{text}" for name, text in scheduling.units(plan).items())
    user = os.geteuid() != 0
    folder = Path.home() / ".config/systemd/user" if user else Path("/etc/systemd/system")
    return scheduling.install_units(plan, folder, user=user)


def archive(config: ConfigFile = None, output: Output = None, now: Now = None) -> None:
    """Rebuild the hosted archive from the output, as every run does."""
    from functools import partial

    from reportgen import hosting
    from reportgen.cli import settings
    from reportgen.issuing import desk

    chosen = settings.archived(config, output)
    with desk.taken(chosen, settings.started(now, chosen.shop.timezone)):
        typer.echo(hosting.rebuild(chosen, partial(typer.echo, err=True)))


def serve(
    config: ConfigFile = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of [serve] host.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on, instead of [serve] port.")] = None,
) -> None:
    """Serve the archive to readers, and drafts, comparisons and audiences to analysts."""
    import msgspec

    file, chosen = _configured(config)
    given = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    settled = msgspec.structs.replace(chosen, serve=msgspec.structs.replace(chosen.serve, **given))
    try:
        from reportgen.serving.app import serve as listen
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("reportgen"):
            raise
        raise MachineError(
            f"serving needs {error.name}, which isn't installed", "Install it: pip install 'reportgen[serve]'"
        ) from error
    listen(settled, file)


def work(config: ConfigFile = None) -> None:
    """Do the jobs that analysts asked for; `serve` calls it."""
    from reportgen.serving import worker
    from reportgen.serving.office import clock

    file, chosen = _configured(config)
    os.nice(worker.NICE)
    worker.Worker(chosen, file, worker.jobs(chosen, clock())).work()


def _configured(config: Path | None) -> tuple[Path, "Config"]:  # type: ignore[name-defined] # noqa: F821
    from reportgen.cli import settings

    file = settings.found(config)
    if file is None:
        raise UsageError(
            "there is no configuration to serve", "Name it with --config FILE; `reportgen init` makes one."
        )
    return file.resolve(), settings.archived(file, None)


def forget(
    customer: Annotated[str, typer.Argument(help="The customer's id.")],
    reference: Annotated[str, typer.Option(help="Of the demand, for the record: a ticket, not the id.")] = "",
    config: ConfigFile = None,
    output: Output = None,
    now: Now = None,
) -> None:
    """Erase a customer's rows from all archived lists, and record that it was done."""
    from reportgen.cli import settings
    from reportgen.issuing import desk, erasing

    chosen = settings.archived(config, output)
    with desk.taken(chosen, settings.started(now, chosen.shop.timezone)) as table:
        typer.echo(erasing.forget(table, customer, reference))


def prune(
    keep: Annotated[int, typer.Option(help="Months to keep.")],
    config: ConfigFile = None,
    output: Output = None,
    now: Now = None,
) -> None:
    """Remove the editions of all but the last months."""
    from reportgen.cli import settings
    from reportgen.issuing import desk, erasing

    chosen = settings.archived(config, output)
    with desk.taken(chosen, settings.started(now, chosen.shop.timezone)) as table:
        typer.echo(erasing.prune(table, keep))
