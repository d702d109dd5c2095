"""Comparing two issues, recipes or a draft with its issue; lists and audiences for analysts."""

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportgen import archive
from reportgen.archive import Edition, reading
from reportgen.hosting.copies import CUSTOMERS, WATCH_LIST
from reportgen.serving import audiences
from reportgen.serving.comparison import Comparison, compare
from reportgen.serving.office import LISTS, Office, analyst, from_here, office


def compare_page(request: Request) -> Response:
    """Two editions side by side; without a choice, the form alone."""
    analyst(request)
    here = office(request)
    one, other = (request.query_params.get(name, "") for name in ("one", "other"))
    names = [edition.name for edition in reversed(archive.editions(here.output))]
    found = compared(here, here.edition(one), here.edition(other)) if one and other else None
    return here.views.page(
        request, "compare.html.j2", title="Compare", editions=names, one=one, other=other, comparison=found,
        names=(one, other),
    )  # fmt: skip


def compared(here: Office, one: Edition, other: Edition) -> Comparison:
    """`other` against `one`, with who moved where both have lists."""
    files = [edition.folder / CUSTOMERS for edition in (one, other)]
    lists = (files[0].read_bytes(), files[1].read_bytes()) if all(file.is_file() for file in files) else None
    return compare(reading.brief(one), reading.brief(other), lists, here.config.shop.locale)


def audiences_page(request: Request) -> Response:
    """The segments of an edition, each as a list for a mailing tool."""
    analyst(request)
    here = office(request)
    editions = [each for each in reversed(archive.editions(here.output)) if (each.folder / CUSTOMERS).is_file()]
    name = request.query_params.get("issue") or (editions[0].name if editions else "")
    chosen = here.edition(name) if name else None
    sizes = audiences.sizes(_list(chosen)) if chosen else {}
    lists = [file for file in (CUSTOMERS, WATCH_LIST) if chosen and (chosen.folder / file).is_file()]
    return here.views.page(
        request, "audiences.html.j2", title="Audiences", editions=[each.name for each in editions], issue=name,
        sizes=sizes, lists=lists, columns=here.config.serve.audience or audiences.COLUMNS,
    )  # fmt: skip


async def audience(request: Request) -> Response:
    """The customers of one segment as CSV; on record before the first byte leaves."""
    from_here(request)
    person, here = analyst(request), office(request)
    name, segment = (request.query_params.get(key, "") for key in ("issue", "segment"))
    edition = await run_sync(here.edition, name)
    content = await run_sync(_list, edition)
    if segment not in audiences.sizes(content):
        raise HTTPException(404, "There is no such segment.")
    made = await run_sync(audiences.audience, content, segment, here.config.serve.audience or audiences.COLUMNS)
    await run_sync(here.record, person, "download", f"{name}: audience {segment}")
    return _csv(made, f"{name}-{_slug(segment)}.csv")


async def list_(request: Request) -> Response:
    """A list of customers of an edition; on record before the first byte leaves."""
    from_here(request)
    person, here = analyst(request), office(request)
    name, file = request.path_params["issue"], request.path_params["file"]
    edition = await run_sync(here.edition, name)
    if file not in LISTS or not (edition.folder / file).is_file():
        raise HTTPException(404, "There is no such list.")
    await run_sync(here.record, person, "download", f"{name}/{file}")
    return _csv((edition.folder / file).read_bytes(), f"{name}-{file}")


def _list(edition: Edition) -> bytes:
    file = edition.folder / CUSTOMERS
    if not file.is_file():
        raise HTTPException(404, "This issue has no list of customers.")
    return file.read_bytes()


def _csv(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _slug(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text).strip("-").lower()
