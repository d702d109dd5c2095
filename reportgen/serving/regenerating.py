"""Regenerating: the form, the job with its progress, cancelling, publishing."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from urllib.parse import parse_qs

from anyio import fail_after, sleep
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from reportgen import archive
from reportgen.archive import Edition
from reportgen.errors import ReportgenError
from reportgen.issuing import desk, drafting
from reportgen.names import FIGURES
from reportgen.periods import ALL, LAST, is_month
from reportgen.serving import worker
from reportgen.serving.comparing import compared
from reportgen.serving.jobs import Wanted
from reportgen.serving.labels import STATES
from reportgen.serving.office import Office, analyst, clock, office
from reportgen.serving.views import DRAFTS

PAPERS = ("A4", "Letter")
TITLES = {403: "You may not do this", 404: "There is no such page", 500: "Something went wrong"}
"""Of refusals, by status."""
LARGEST = 16_384
"""Bytes of a form."""
PATIENCE = 20.0
"""Seconds that a form may take to arrive."""
LOOK, BEAT = 0.4, 15.0
"""Seconds between two looks at a job, and between two signs of life to its watcher."""


def first_page(request: Request) -> Response:
    """The form, and the last jobs."""
    analyst(request)
    here = office(request)
    report = here.config.report
    asked = {"period": report.period, "recipe": report.recipe, "paper": report.paper, "input": ""}
    months = sorted({each.period for each in archive.editions(here.output)} - {ALL}, reverse=True)
    return here.views.page(
        request, "desk.html.j2", title=DRAFTS, jobs=here.jobs.latest(), papers=PAPERS, inputs=here.inputs,
        recipes=here.views.labels.titles, states=STATES, months=months,
        chosen=asked | {name: value for name, value in request.query_params.items() if name in asked},
    )  # fmt: skip


async def ask(request: Request) -> Response:
    """A new job."""
    person, here = analyst(request), office(request)
    form = await _form(request)
    wish = Wanted(*(form.get(name, "") for name in ("period", "recipe", "paper", "input")))
    if trouble := _trouble(wish, here):
        raise HTTPException(422, trouble)
    job = await run_sync(here.jobs.ask, person.name, wish)
    await run_sync(here.record, person, "regenerate", f"job {job}: {wish.period}, {wish.recipe}, {wish.paper}")
    worker.start(here.file)
    return RedirectResponse(f"jobs/{job}", 303)


def job_page(request: Request) -> Response:
    """A job: its progress; when it is done, its draft beside the issue."""
    analyst(request)
    here = office(request)
    job = here.job(request.path_params["job"])
    draft = here.draft(job) if job.state == "done" and here.has_draft(job) else None
    issue = _issue(here, draft) if draft else None
    return here.views.page(
        request, "job.html.j2", title=here.views.labels.wish(job.wish), here=DRAFTS, job=job,
        stages=here.jobs.stages(job.id), draft=draft, issue=issue, inputs=here.inputs,
        states=STATES,
        comparison=compared(here, issue, draft) if issue and draft else None,
        names=(here.views.labels.pair(issue, draft)[0] if issue and draft else "", "Draft"),
        stale=bool(draft) and drafting.state(here.output, job.edition) != job.base,
        ahead=sum(each.open for each in here.jobs.latest() if each.id < job.id),
    )  # fmt: skip


def _issue(here: Office, draft: Edition) -> Edition | None:
    """What the draft is compared with: what it would replace, or else the issue that holds of its period."""
    there = here.output / draft.name
    found = Edition(draft.period, draft.recipe, draft.revision, there)
    issue = found if there.is_dir() else archive.latest(here.output, draft.period)
    return issue if issue and (issue.folder / FIGURES).is_file() else None


async def events(request: Request) -> Response:
    """The job's stages as server-sent events; a browser that comes back gets what it missed."""
    analyst(request)
    here = office(request)
    job = await run_sync(here.job, request.path_params["job"])
    last = request.headers.get("last-event-id", "")
    seen = int(last) if last.isascii() and last.isdigit() and len(last) < 18 else 0  # noqa: PLR2004
    return StreamingResponse(_stream(here, job.id, seen), media_type="text/event-stream")


async def _stream(here: Office, job: int, seen: int) -> AsyncIterator[str]:
    quiet = 0.0
    while True:
        found = await run_sync(here.jobs.get, job)
        for number, text in await run_sync(here.jobs.stages, job, seen):
            seen, quiet = number, 0.0
            yield f"id: {number}\nevent: stage\ndata: {text}\n\n"
        if found is None or not found.open:
            yield f"event: end\ndata: {found.state if found else 'gone'}\n\n"
            return
        if quiet >= BEAT:
            yield ": alive\n\n"
            quiet = 0.0
        await sleep(LOOK)
        quiet += LOOK


def cancel(request: Request) -> Response:
    """Ends a job that nobody wants any more."""
    person, here = analyst(request), office(request)
    job = here.job(request.path_params["job"])
    if job.open:  # it may have ended while somebody looked at it
        here.record(person, "cancel", f"job {job.id}")
        here.jobs.cancel(job.id)
    return RedirectResponse(f"../{job.id}", 303)


def publish(request: Request) -> Response:
    """Puts the draft into the archive."""
    person, here = analyst(request), office(request)
    job = here.job(request.path_params["job"])
    if job.state != "done":
        raise HTTPException(409, "There is nothing to publish.")
    with desk.taken(here.config, clock()) as table:
        words = drafting.publish(table, here.draft(job), job.base, person.name)
    here.jobs.published(job.id, words)
    return RedirectResponse(f"../{job.id}", 303)


async def _form(request: Request) -> dict[str, str]:
    body = b""
    try:
        with fail_after(PATIENCE):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise HTTPException(413, "The form is too large.")
    except (TimeoutError, ClientDisconnect) as error:
        raise HTTPException(408, "The form did not arrive whole.") from error
    return {name: values[0].strip() for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _trouble(wish: Wanted, here: Office) -> str:
    """What is wrong with `wish`, "" if nothing is."""
    if not is_month(wish.period) and wish.period not in {LAST, ALL}:
        return f"{wish.period!r} is no period: write a month such as 2011-11, “last” or “all”."
    if wish.recipe not in here.views.labels.titles:
        return f"There is no recipe {wish.recipe!r}."
    if wish.paper not in PAPERS:
        return f"There is no paper {wish.paper!r}."
    if wish.input not in here.inputs:
        return f"There is no input {wish.input!r}." if here.inputs else "The configuration names no input."
    return ""


def refused(request: Request, error: Exception) -> Response:
    """What can't be done, as a page: the same words as on the command line."""
    if isinstance(error, ReportgenError):
        status, text = {7: 409, 2: 409}.get(error.exit_code, 500), str(error)
    elif isinstance(error, HTTPException):
        status, text = error.status_code, error.detail
    else:
        status, text = 500, "It is not your fault. Whoever looks after the server finds the reason in its log."
    if text == HTTPStatus.NOT_FOUND.phrase:
        text = "The address may be mistyped or old. All issues are in the archive."
    title = TITLES.get(status, "This was not done")
    return office(request).views.page(request, "refused.html.j2", status, title=title, text=text)
