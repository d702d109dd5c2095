"""The office: what the endpoints share, and the rules of who may see which edition or draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from reportgen import archive, ledger
from reportgen.archive import Edition
from reportgen.config import Config
from reportgen.issuing import drafting
from reportgen.ledger.clock import Clock
from reportgen.serving.access import Person
from reportgen.serving.jobs import DraftJob, Jobs
from reportgen.serving.views import Views

CONFIGURED: Final = "configured"
"""The name of the input that [input] path names."""
DRAFT: Final = "draft-"


@dataclass(frozen=True)
class Office:
    """The configuration and its file, the jobs, the pages."""

    config: Config
    file: Path
    jobs: Jobs
    views: Views

    @property
    def output(self) -> Path:
        """The folder of the editions."""
        return Path(self.config.report.output)

    @property
    def inputs(self) -> Mapping[str, str]:
        """What a brief may be made from: the names that a form offers."""
        named = {name: name for name in self.config.serve.inputs}
        return ({CONFIGURED: "As configured"} if self.config.input.named else {}) | named

    def record(self, person: Person, act: str, detail: str) -> None:
        """Puts on record that `person` did `act`. Raises `MachineError`: then it isn't done."""
        config = self.config
        with ledger.opened(config.ledger.folder(config.report.output), clock(), config.ledger.wait) as book:
            book.record(act, detail, person.name)

    def edition(self, name: str) -> Edition:
        """The edition or draft ("draft-3") of that name. Raises `HTTPException`."""
        if name.startswith(DRAFT):
            return self.draft(self.job(name.removeprefix(DRAFT)))
        found = [edition for edition in archive.editions(self.output) if edition.name == name]
        if not found:
            raise HTTPException(404, "There is no such issue.")
        return found[0]

    def ready(self) -> tuple[DraftJob, ...]:
        """The jobs whose draft is there and not published."""
        return tuple(job for job in self.jobs.latest() if job.state == "done" and self.has_draft(job))

    def has_draft(self, job: DraftJob) -> bool:
        """Whether what the job made is still there."""
        return drafting.find(drafting.place(self.config) / str(job.id)) is not None

    def job(self, number: str) -> DraftJob:
        """The job of that number. Raises `HTTPException`."""
        found = self.jobs.get(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None  # noqa: PLR2004
        if found is None:
            raise HTTPException(404, "There is no such job.")
        return found

    def draft(self, job: DraftJob) -> Edition:
        """What the job made. Raises `HTTPException` if there is nothing any more."""
        found = drafting.find(drafting.place(self.config) / str(job.id))
        if found is None:
            raise HTTPException(404, "The job has no draft.")
        return found


def clock() -> Clock:
    """The machine's clock."""
    return Clock(datetime.now(UTC))


def office(request: Request) -> Office:
    """The office that serves `request`."""
    found: Office = request.app.state.office
    return found


def from_here(request: Request) -> None:
    """Refuses what another site's page asks for in somebody's name. Raises `HTTPException`."""
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        raise HTTPException(403, "Lists are given on this server's own pages.")


def analyst(request: Request) -> Person:
    """Who asks, if it is an analyst. Raises `HTTPException`."""
    person: Person = request.scope["person"]
    if not person.analyst:
        raise HTTPException(403, "Only analysts may do this.\nWhoever looks after this server says who is one.")
    return person
