"""A series of editions from one reading: months by recipes, each as a run of its own would make it at its place.

While one edition is drawn and laid out, the next one is computed. Publishing happens in the calling thread, and no
edition is begun to be drawn before: so each sees the earlier ones in the archive.
"""

import gc
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from reportgen import periods, pipeline
from reportgen.config import Config
from reportgen.errors import MachineError, ReportgenError, UsageError
from reportgen.pipeline import Computed, Done, Drawn, Intake, Job
from reportgen.telling import Say

if TYPE_CHECKING:
    from reportgen.render.edition import Studio


@dataclass(frozen=True)
class Made:
    """What became of `job`: `done`, or what failed."""

    job: Job
    done: Done | None
    failure: ReportgenError | None = None


@dataclass(frozen=True)
class _UnderWay:
    """`job` while it is drawn; `say` names it."""

    job: Job
    say: Say
    drawn: Future[Drawn]


def jobs(config: Config, recipes: Sequence[str], now: datetime) -> tuple[Job, ...]:
    """The editions that the configured period (a month, a range …) means by each of `recipes`, in their order.

    Recipe by recipe, oldest month first. Raises `UsageError`.
    """
    labels = periods.named(config.report.period)
    each = dict.fromkeys(recipes)
    return tuple(Job(_of(config, label), recipe, now, follows=len(labels) > 1) for recipe in each for label in labels)


def name(job: Job, series: Sequence[Job]) -> str:
    """What to call `job` among `series`: its period; with its recipe, where there are several."""
    period = job.config.report.period
    return period if len({each.recipe for each in series}) == 1 else f"{period} by {job.recipe}"


def editions(series: Sequence[Job], say: Say, begin: Callable[[Job], None]) -> Generator[Made]:
    """Makes and publishes each of `series`; all have one input and one configuration.

    `begin` is called as each is taken up. A failure of one edition stops no other, one of the machine stops them all.
    Raises `ReportgenError` where none can be made: nothing is written then.
    """
    config = series[0].config
    begin(series[0])
    with (
        pipeline.begun(series, say) as reading,
        pipeline.studio_of(config, len(series)) as studio,
        ThreadPoolExecutor(1) as hand,
    ):
        studio.open(config.report.formats)
        intake = _marked(reading())
        _refuse_namesakes(series)
        studio.prepare_paper(config.report.formats)
        _refuse_empty_months(series, intake)
        under_way: _UnderWay | None = None
        for place, job in enumerate(series, 1):
            told = say.of(f"{name(job, series)} ({place} of {len(series)})")
            if under_way:
                begin(job)
            told.stage("Computing the brief")
            computed = _tried(job, intake)
            if under_way:
                _tidy()  # while that one is laid out: nothing waits for it
                yield (made := _put(under_way))
                if isinstance(made.failure, MachineError):
                    return
            under_way = _UnderWay(job, told, hand.submit(_drawn, job, computed, studio, told))
        pipeline.release(intake, say)
        if under_way:
            yield _put(under_way)


def _of(config: Config, period: str) -> Config:
    return msgspec.structs.replace(config, report=msgspec.structs.replace(config.report, period=period))


def _marked(intake: Intake) -> Intake:
    """With the cancellations paired once: one pairing serves every month."""
    from reportgen import cancellations

    transactions = intake.transactions
    return replace(intake, transactions=replace(transactions, lines=cancellations.mark(transactions.lines).cache()))


def _refuse_namesakes(series: Sequence[Job]) -> None:
    """Two recipes of one id would overwrite each other's editions."""
    ids: dict[str, str] = {}
    for job in series:
        found = pipeline.recipe_of(job.recipe, job.config).id
        if ids.setdefault(found, job.recipe) != job.recipe:
            raise UsageError(
                f"{ids[found]} and {job.recipe} are both the recipe {found}: their editions would have one name",
                "Leave one out, or change its id.",
            )


def _refuse_empty_months(series: Sequence[Job], intake: Intake) -> None:
    from reportgen.transactions import months_on_file

    labels = tuple(dict.fromkeys(job.config.report.period for job in series))
    if len(labels) > 1:
        periods.refuse_empty(labels, months_on_file(intake.transactions), series[0].now)


def _tried(job: Job, intake: Intake) -> Future[Computed]:
    """What was computed, or how it failed."""
    outcome: Future[Computed] = Future()
    try:
        outcome.set_result(pipeline.compute(job, intake))
    except ReportgenError as error:
        outcome.set_exception(error)
    return outcome


def _drawn(job: Job, computed: Future[Computed], studio: "Studio", say: Say) -> Drawn:
    return pipeline.draw(job, computed.result(), studio, say)


def _put(edition: _UnderWay) -> Made:
    try:
        return Made(edition.job, pipeline.put(edition.drawn.result(), edition.say))
    except ReportgenError as error:
        return Made(edition.job, None, error)


def _tidy() -> None:
    """Clears away what earlier editions left behind, where nobody does so by the way: it must not add up."""
    if gc.isenabled():
        return
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()  # what lasts as long as the series: the next time has little to look at
