"""Making an edition under the lock, with a record of the run whatever becomes of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from reportgen import pipeline, refusals, workspace
from reportgen.errors import INTERNAL, HostingError, MachineError, ReportgenError
from reportgen.issuing.desk import Desk
from reportgen.pipeline import Done, Job
from reportgen.telling import Note, Say

if TYPE_CHECKING:
    from reportgen.issuing.sending import Wish


def make(desk: Desk, job: Job, say: Say) -> Done:
    """The edition that `job` asks for; what went out is left as it is. Raises `ReportgenError`."""
    with recorded(desk, job.config.report.period) as run, workspace.temporary():
        done = pipeline.run(replace(job, issued=desk.ledger.out()), say)
        record(desk, run, done)
        say.stage("Rebuilding the hosted archive")
        host(desk, say.note)
        desk.ledger.end(run, done.outcome, done.sentence, 0)
    return done


def host(desk: Desk, say: Note) -> None:
    """Rebuilds the hosted archive; `say` gets what is left out.

    Raises `HostingError`: what is to be shown there is made all the same.
    """
    from reportgen import hosting  # not before the making: the reading waits for no import

    try:
        with refusals.understood():
            hosting.rebuild(desk.config, say)
    except MachineError as error:
        told = f"The archive is as it should be, but its hosted copy is not: {error.message}"
        remedy = f"{error.remedy} The next run rebuilds it, and so does `reportgen archive`."
        raise HostingError(told, remedy.strip()) from error


def hosted(desk: Desk, done: str) -> str:
    """`done`, once the hosted archive shows it, and what that leaves out.

    Raises `HostingError`, which tells it all the same.
    """
    said = [done]
    try:
        host(desk, said.append)
    except HostingError as error:
        raise HostingError(f"{done} {error.message}", error.remedy) from error
    return "\n".join(said)


def recorded_send(desk: Desk, wish: "Wish") -> str:
    """What `sending.send` says, and it stands in the ledger."""
    from reportgen.issuing import sending  # not before the making: the browser waits for no import

    with recorded(desk, f"send {wish.period}") as run:
        sentence = sending.send(desk, wish)
        desk.ledger.end(run, "sent", sentence, 0)
    return sentence


def record(desk: Desk, run: int, done: Done) -> None:
    """What the run made, and from what, stands in the ledger."""
    about = done.about
    inputs = sha256("".join(sorted(file.sha256 for file in about.inputs)).encode()).hexdigest()
    desk.ledger.made(run, done.edition, inputs, about.config_sha256, about.recipe_sha256)


def record_failure(desk: Desk, run: int, error: BaseException) -> None:
    """How the run failed stands in the ledger."""
    if isinstance(error, ReportgenError):
        desk.ledger.end(run, "failed", error.message, error.exit_code)
    else:
        desk.ledger.end(run, "failed", f"{type(error).__name__}: {error}", INTERNAL)


@contextmanager
def recorded(desk: Desk, asked: str) -> Iterator[int]:
    """A run of the period `asked` stands in the ledger; so does how it failed.

    Raises `MachineError` for what the system refuses.
    """
    run = desk.ledger.begin(asked)
    try:
        with refusals.understood():
            yield run
    except BaseException as error:
        record_failure(desk, run, error)
        raise
