"""The verbs of delivery: send, approve, status, log. Each asks `issuing`; heavy imports wait until one is called."""

from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.options import ConfigFile, Now, Output

Period = Annotated[str, typer.Argument(help="A month such as 2011-11, or `last`, the month before now.")]


def send(  # noqa: PLR0913, PLR0917  one parameter per option
    period: Period,
    to: Annotated[str | None, typer.Option(help="To this address alone.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the message as .eml, send nothing.")] = False,
    resend: Annotated[
        bool, typer.Option("--resend", help="Also to who may have it already; with --to, even if accepted.")
    ] = False,
    config: ConfigFile = None,
    output: Output = None,
    now: Now = None,
) -> None:
    """Send an issue from the archive to the readers who don't have it."""
    from reportgen.cli import settings
    from reportgen.issuing import desk, making, previewing
    from reportgen.issuing.sending import Wish

    chosen = settings.archived(config, output)
    clock = settings.started(now, chosen.shop.timezone)
    wish = Wish(settings.month(period, clock), to, resend)
    if dry_run:
        typer.echo(previewing.preview(chosen, clock, wish, Path.cwd()))
        return
    with desk.taken(chosen, clock) as table:
        typer.echo(making.recorded_send(table, wish))


def approve(period: Period, config: ConfigFile = None, output: Output = None, now: Now = None) -> None:
    """Let an issue that waits for approval go out."""
    from reportgen.cli import settings
    from reportgen.issuing import approving, desk

    chosen = settings.archived(config, output)
    clock = settings.started(now, chosen.shop.timezone)
    with desk.taken(chosen, clock) as table:
        typer.echo(approving.approve(table, settings.month(period, clock)))


def status(
    expect: Annotated[str | None, typer.Option(help="Exit code 5 unless this month is delivered; or `last`.")] = None,
    tell: Annotated[bool, typer.Option("--tell", help="Tell the operators by mail if it is not.")] = False,
    config: ConfigFile = None,
    output: Output = None,
    now: Now = None,
) -> None:
    """What was built, sent, to whom and when, and what failed."""
    from reportgen.cli import settings
    from reportgen.issuing import looking

    chosen = settings.archived(config, output)
    clock = settings.started(now, chosen.shop.timezone)
    try:
        typer.echo("\n".join(looking.status(chosen, clock)))
    finally:  # what can't be shown is to be told all the same
        if expect:
            looking.demand(chosen, clock, settings.month(expect, clock), tell=tell)


def log(
    json: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False,
    config: ConfigFile = None,
    output: Output = None,
) -> None:
    """Everything that the ledger recorded, the first entry first."""
    from reportgen.cli import settings
    from reportgen.issuing import looking

    chosen = settings.archived(config, output)
    for line in looking.log(chosen, settings.started(None, None), as_json=json):
        typer.echo(line)
