"""Comparing two issues, recipes or a draft with its issue; lists and audiences for analysts."""

from collections.abc import Mapping
from typing import Final

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportgen import archive
from reportgen.archive import Edition, reading
from reportgen.names import CUSTOMERS, PAPER, WATCH_LIST
from reportgen.periods import ALL
from reportgen.serving import audiences
from reportgen.serving.comparison import Comparison, compare
from reportgen.serving.office import DRAFT, Office, analyst, from_here, office

CSV: Final = "text/csv; charset=utf-8"
WHOLE: Final[Mapping[str, str]] = {
    CUSTOMERS: "every customer with segment, R, F and M",
    WATCH_LIST: "every account that is overdue by its own rhythm",
    PAPER: "the issue as management has it, with the accounts that it names",
}
"""What names customers as a whole, by file."""


def compare_page(request: Request) -> Response:
    """Two editions side by side; without a choice, the form alone."""
    analyst(request)
    here = office(request)
    one, other = (request.query_params.get(name, "") for name in ("one", "other"))
    named = {edition.name: here.views.labels.edition(edition) for edition in reversed(archive.editions(here.output))}
    named |= {f"{DRAFT}{job.id}": f"Draft {job.id}: {here.views.labels.wish(job.wish)}" for job in here.ready()}
    pair = (here.edition(one), here.edition(other)) if one and other else None
    issues = [name for name in named if not name.startswith(DRAFT)]
    return here.views.page(
        request, "compare.html.j2", title="Compare", editions=named, comparison=compared(here, *pair) if pair else None,
        one=one or next(iter(issues[1:]), ""), other=other or next(iter(issues), ""),
        names=_names(here, pair, (one, other)) if pair else (),
    )  # fmt: skip


def _names(here: Office, pair: tuple[Edition, Edition], asked: tuple[str, str]) -> tuple[str, ...]:
    """The heads of the columns; drafts are called so."""
    named = here.views.labels.pair(*pair)
    return tuple(
        name.replace(DRAFT, "Draft ") if name.startswith(DRAFT) else label
        for name, label in zip(asked, named, strict=True)
    )


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
    first = next((each for each in editions if not each.recipe and each.period != ALL), next(iter(editions), None))
    name = request.query_params.get("issue") or (first.name if first else "")
    chosen = here.edition(name) if name else None
    sizes = _sizes(chosen) if chosen else {}
    lists = {file: text for file, text in WHOLE.items() if chosen and (chosen.folder / file).is_file()}
    named = {each.name: here.views.labels.edition(each) for each in editions}
    return here.views.page(
        request, "audiences.html.j2", title="Audiences", editions=named, issue=name, sizes=sizes, lists=lists,
        columns=here.config.serve.audience or audiences.COLUMNS,
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
    return _download(made, f"{name}-{_slug(segment)}.csv", CSV)


async def list_(request: Request) -> Response:
    """A list of customers of an edition; on record before the first byte leaves."""
    from_here(request)
    person, here = analyst(request), office(request)
    name, file = request.path_params["issue"], request.path_params["file"]
    edition = await run_sync(here.edition, name)
    if file not in WHOLE or not (edition.folder / file).is_file():
        raise HTTPException(404, "There is no such list.")
    await run_sync(here.record, person, "download", f"{name}/{file}")
    content = (edition.folder / file).read_bytes()
    return _download(content, f"{name}-{file}", "application/pdf" if file == PAPER else CSV)


def _sizes(edition: Edition) -> dict[str, int]:
    """Customers of each segment, in the brief's order."""
    found = audiences.sizes(_list(edition))
    order = [segment.name for segment in reading.brief(edition).segments]
    return {name: found[name] for name in (*(name for name in order if name in found), *found)}


def _list(edition: Edition) -> bytes:
    file = edition.folder / CUSTOMERS
    if not file.is_file():
        raise HTTPException(404, "This issue has no list of customers.")
    return file.read_bytes()


def _download(content: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def _slug(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text).strip("-").lower()
