"""Backfilling: the editions of many months, or by many recipes, under one lock; each is a run in the ledger."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

from reportgen import series, workspace
from reportgen.errors import INTERNAL, HostingError, ReportgenError
from reportgen.issuing import making
from reportgen.issuing.desk import Desk
from reportgen.pipeline import Job
from reportgen.series import Made
from reportgen.telling import Say

Runs = deque[int]
"""What the ledger calls the runs that are under way, the first one first."""


def make(desk: Desk, jobs: Sequence[Job], say: Say, tell: Callable[[str], None]) -> None:
    """Makes the editions of `jobs`, in order; `tell` gets a sentence on each. The site is rebuilt once, at the end.

    Raises what failed when everything else is done, or at once what lets nothing be made.
    """
    out = desk.ledger.out()
    asked = tuple(replace(job, issued=out) for job in jobs)
    made: list[Made] = []
    with workspace.temporary(), _hosted(desk, made, say):
        for each in _made(desk, asked, say, tell):
            made.append(each)  # noqa: PERF402 - what failed later must not lose it
        if failed := [each for each in made if each.failure]:
            raise _failure(failed, made, asked)


@contextmanager
def _hosted(desk: Desk, made: Sequence[Made], say: Say) -> Iterator[None]:
    """What was `made` within is hosted, whatever fails: that is raised then, and a site that fails too is told."""
    try:
        yield
    except Exception:
        try:
            _host(desk, made, say)
        except HostingError as error:
            say.note(str(error))
        raise
    _host(desk, made, say)


def _host(desk: Desk, made: Sequence[Made], say: Say) -> None:
    if any(each.done for each in made):
        say.stage("Rebuilding the hosted archive")
        making.host(desk, say.note)


def _made(desk: Desk, asked: Sequence[Job], say: Say, tell: Callable[[str], None]) -> Iterator[Made]:
    runs: Runs = deque()
    with _recorded(desk, runs):
        editions = series.editions(asked, say, lambda job: runs.append(desk.ledger.begin(job.config.report.period)))
        with closing(editions):
            for made in editions:
                run = runs.popleft()
                if made.done:
                    making.record(desk, run, made.done)
                    desk.ledger.end(run, made.done.outcome, made.done.sentence, 0)
                    tell(made.done.sentence)
                elif made.failure:
                    making.record_failure(desk, run, made.failure)
                    say.note(f"{series.name(made.job, asked)}: not made, {made.failure.message}")
                yield made


@contextmanager
def _recorded(desk: Desk, runs: Runs) -> Iterator[None]:
    """Whatever ends the series ends the `runs` under way, and it stands in the ledger."""
    try:
        yield
    except BaseException as error:
        for run in runs:
            making.record_failure(desk, run, error)
        raise
    for run in runs:
        desk.ledger.end(run, "failed", "it was not tried after the failure before", INTERNAL)


def _failure(failed: Sequence[Made], made: Sequence[Made], asked: Sequence[Job]) -> ReportgenError:
    """One error of all that failed, with the exit code of the first."""
    first = failed[0].failure or ReportgenError("")
    lines = [f"{series.name(each.job, asked)}: {each.failure}" for each in failed]
    untried = asked[len(made) :]
    if untried:
        lines.append(f"Not tried after that: {', '.join(series.name(job, asked) for job in untried)}")
    missing = len(failed) + len(untried)
    return type(first)("\n".join((f"{missing} of {len(asked)} editions were not made.", *lines)))
