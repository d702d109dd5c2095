"""The application: the archive for readers, the desk for analysts, health and readiness for monitoring."""

import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from anyio import create_task_group, sleep
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from reportgen import hosting, ledger
from reportgen.config import Config, Serve
from reportgen.deliver.lists import holds_customers
from reportgen.errors import LockedError, MachineError, ReportgenError, UsageError
from reportgen.hosting.copies import SHARED
from reportgen.hosting.feed import address
from reportgen.issuing import desk
from reportgen.names import PAGE
from reportgen.serving import comparing, regenerating, worker
from reportgen.serving.access import LOOPBACK, Local, door
from reportgen.serving.guard import Guard
from reportgen.serving.office import Office, analyst, clock, office
from reportgen.serving.views import views

REVIVAL = 3.0
"""Seconds between two looks for jobs without a worker."""
SMALLEST = 1_000
"""Bytes from which an answer is compressed."""
FOREVER = "private, max-age=31536000, immutable"


def application(config: Config, file: Path) -> Starlette:
    """The ASGI application of the archive that `config`, read from `file`, names. Raises `ReportgenError`."""
    here = Office(config, file, worker.jobs(config, clock()), views(config))
    entrance, own = door(config.serve), address(config)
    hosts = frozenset({*LOOPBACK, "[::1]", config.serve.host, urlsplit(own).netloc} - {""})
    guard = Middleware(Guard, door=entrance, hosts=hosts, strict=isinstance(entrance, Local))
    made = Starlette(
        routes=_routes(config),
        middleware=[guard, Middleware(GZipMiddleware, minimum_size=SMALLEST)],
        exception_handlers={
            HTTPException: regenerating.refused, ReportgenError: regenerating.refused, 500: regenerating.refused,
        },
        lifespan=_alive,
    )  # fmt: skip
    made.state.office = here
    return made


def serve(config: Config, file: Path) -> None:
    """Serves until it is told to end; says where. Raises `ReportgenError`."""
    _rebuild(config)
    # Who asks is for the guard to say: uvicorn must not believe X-Forwarded-For.
    settings = uvicorn.Config(
        application(config, file), proxy_headers=False, server_header=False, timeout_graceful_shutdown=3,
        log_level="warning", access_log=False,
    )  # fmt: skip
    with _listening(config.serve) as found:
        host, port = found.getsockname()[:2]
        _say(f"Serving http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C ends it)")
        uvicorn.Server(settings).run(sockets=[found])


def _say(text: str) -> None:
    """To the log of the server."""
    sys.stderr.write(f"{text}\n")


def _listening(asked: Serve) -> socket.socket:
    """A socket at the address that is asked for. Raises `UsageError`."""
    family = socket.AF_INET6 if ":" in asked.host else socket.AF_INET
    try:
        return socket.create_server((asked.host, asked.port), family=family)
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise UsageError(
            f"[serve] host {asked.host}, port {asked.port}: nobody can listen there ({reason})",
            "Name another with --host and --port, or end what listens there already.",
        ) from error


def _rebuild(config: Config) -> None:
    """Brings the archive up to date. What can't be written is served as it is. Raises `MachineError`."""
    try:
        # Where a run holds the lock, it rebuilds the archive itself when it is done.
        with suppress(LockedError), desk.taken(config, clock()):
            hosting.rebuild(config, _say)
    except MachineError as error:
        if not (config.archive.folder(config.report.output) / hosting.MARK).is_file():
            raise
        _say(f"The archive is served as it was: {error}")


def _routes(config: Config) -> list[Route | Mount]:
    return [
        Route("/healthz", _healthy),
        Route("/readyz", _ready),
        Route("/desk/", regenerating.first_page),
        Route("/desk/assets/{name:path}", _asset),
        Route("/desk/regenerate", regenerating.ask, methods=["POST"]),
        Route("/desk/jobs/{job}", regenerating.job_page),
        Route("/desk/jobs/{job}/events", regenerating.events),
        Route("/desk/jobs/{job}/cancel", regenerating.cancel, methods=["POST"]),
        Route("/desk/jobs/{job}/publish", regenerating.publish, methods=["POST"]),
        Route("/desk/drafts/{job}/{path:path}", _draft),
        Route("/desk/compare", comparing.compare_page),
        Route("/desk/audiences", comparing.audiences_page),
        Route("/desk/audience.csv", comparing.audience),
        Route("/desk/lists/{issue}/{file}", comparing.list_),
        Mount("/", Archive(directory=config.archive.folder(config.report.output), html=True, check_dir=False)),
    ]


@asynccontextmanager
async def _alive(app: Starlette) -> AsyncIterator[None]:
    """Looks after jobs whose worker is gone, as long as the server lives."""
    here: Office = app.state.office
    async with create_task_group() as group:
        group.start_soon(_revive, here)
        yield
        group.cancel_scope.cancel()


async def _revive(here: Office) -> None:
    while True:
        try:
            if await run_sync(here.jobs.unfinished) and not await run_sync(worker.at_work, here.config):
                worker.start(here.file)
        except (ReportgenError, OSError):  # a ledger that is busy, a machine without processes to spare: the next look
            pass
        await sleep(REVIVAL)


class Archive(StaticFiles):
    """The hosted archive; where it has lists of customers, who gets them is on record."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path` of the site."""
        response = await super().get_response(path, scope)
        if _is_list(response):
            await run_sync(office(Request(scope)).record, scope["person"], "download", path)
        if path.startswith(f"{SHARED}/plotly-"):
            response.headers["Cache-Control"] = FOREVER
        return response


def _is_list(response: Response) -> bool:
    """Whether a list of customers is on its way: by the file that was found, however it was asked for."""
    return isinstance(response, FileResponse) and holds_customers(Path(response.path).name)


async def _draft(request: Request) -> Response:
    """A file of a draft, for analysts."""
    person, here = analyst(request), office(request)
    job = await run_sync(here.job, request.path_params["job"])
    path = request.path_params["path"]
    edition = await run_sync(here.draft, job)
    response = await StaticFiles(directory=edition.folder).get_response(path, request.scope)
    if _is_list(response):
        await run_sync(here.record, person, "download", f"draft {job.id}, {edition.name}/{path}")
    return response


async def _asset(request: Request) -> Response:
    """A style sheet, font or script of the desk's pages."""
    name = f"assets/{request.path_params['name']}"
    assets = office(request).views.assets
    if name not in assets:
        raise HTTPException(404, "There is no such file.")
    kinds = {
        "css": "text/css",
        "js": "text/javascript",
        "svg": "image/svg+xml",
        "woff2": "font/woff2",
        "png": "image/png",
    }
    return Response(assets[name], media_type=kinds[name.rpartition(".")[2]])


async def _healthy(_: Request) -> Response:
    return PlainTextResponse("ok\n")


def _ready(request: Request) -> Response:
    """Whether the archive and the ledger are there, and analysts' drafts could be written."""
    here = office(request)
    config = here.config
    checks = {"archive": (config.archive.folder(config.report.output) / PAGE).is_file(), "ledger": False}
    place = config.ledger.folder(config.report.output)
    # A look alone: a ledger that is missing must not be made by whoever asks for it.
    with suppress(ReportgenError, OSError), ledger.looked_at(place, clock(), 1.0) as book:
        checks["ledger"] = book is not None
    if config.serve.analysts:
        checks["drafts"] = worker.has_room(config)
    return JSONResponse(checks, 200 if all(checks.values()) else 503)
