"""What of an edition is hosted, and how its copy differs: plotly.js is shared, the page knows the way back."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import escape

from reportgen.brief import Brief
from reportgen.deliver.csv import table
from reportgen.deliver.lists import holds_customers
from reportgen.hosting import unnamed
from reportgen.names import FIGURES, JUDGEMENTS, MANIFEST, PAGE, PAPER, SEGMENTS, VERDICT
from reportgen.render.parts import Edit, Page

OPEN: Final = frozenset({PAGE, PAPER, FIGURES, VERDICT, JUDGEMENTS})
"""Files of a folder that every reader may have; beside them `assets/` and `charts/`."""
FOLDERS: Final = ("assets", "charts")
PLOTLY: Final = "assets/plotly.min.js"
CHARTS: Final = "assets/charts.js"
SHARED: Final = "assets"
"""The folder of what all issues share."""

Hosted = Mapping[str, Collection[str]]
"""The files of each hosted folder."""

BACK: Final = '\n<a href="../index.html">← All issues</a>'
SEARCH: Final = "customers"
"""The section of a page that was made while customer lists were shown."""
UNTOLD: Final = "its page and PDF may name customers, and the place isn't found"
NO_PAPER: Final = "its PDF: which of its pages name customers can't be told"
NO_BACK: Final = "the link to all issues: its page has no place for it"
NO_NOTICE: Final = 'the notice "{}": its page has no place for it'


@dataclass(frozen=True)
class Copy:
    """A folder to host: files that are the edition's own, by relative path, and files that differ or are new."""

    linked: Mapping[str, Path]
    written: Mapping[str, bytes]
    shared: Mapping[str, Path]
    """What goes into the shared folder, by name there."""
    left_out: tuple[str, ...]
    """What should have been hosted, and why it isn't: for operators."""


@dataclass(frozen=True)
class Original:
    """What is copied: an edition's folder, the digests of its manifest, and its hosted copy of before, if any."""

    folder: Path
    digests: Mapping[str, str]
    before: Path


def copy(original: Original, *, lists: bool, notice: str, segments: bytes | None) -> Copy:
    """The hosted copy of `original`.

    It is without what names customers unless `lists`, with `notice` under its masthead, with the table of `segments`.
    """
    folder, digests = original.folder, original.digests
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    linked = {name: path for name, path in files.items() if _open(name) or (lists and name != MANIFEST)}
    written: dict[str, bytes] = {} if segments is None else {SEGMENTS: segments}
    shared: dict[str, Path] = {}
    if PLOTLY in linked and PLOTLY in digests and CHARTS in linked:
        plotly = linked.pop(PLOTLY)
        name = shared_name(digests[PLOTLY])
        shared[name] = plotly
        written[CHARTS] = linked.pop(CHARTS).read_bytes().replace(PLOTLY.encode(), f"../{SHARED}/{name}".encode())
    page = Page(linked[PAGE].read_text("utf-8")) if PAGE in linked else None
    left_out = [] if lists else list(_leave_out_names(original, page, linked, written))
    if page and linked.pop(PAGE, None):
        added = {NO_BACK: _way_back(page)} | ({NO_NOTICE.format(notice): _notice(page, notice)} if notice else {})
        left_out += [what for what, edit in added.items() if not edit]
        edits = [edit for edit in added.values() if edit]
        written[PAGE] = page.edited([*edits, *([] if lists else _taken(page))]).encode()
    return Copy(linked, written, shared, tuple(left_out))


def _leave_out_names(
    original: Original, page: Page | None, linked: dict[str, Path], written: dict[str, bytes]
) -> Iterator[str]:
    """Exchanges figures and paper that name customers; what can't be told is left out, and gives why.

    The figures say whether there is anybody to be found: a page on which nobody is found proves nothing.
    """
    if JUDGEMENTS in linked and FIGURES not in linked:
        return  # an evaluation names nobody
    named = _exchange_figures(linked, written)
    sections = [part.id for part in page.sections() if part.id != SEARCH] if page else []  # paper has no search
    if not named and unnamed.WATCH not in sections:
        return
    source = linked.pop(PAPER, None)
    if page and unnamed.WATCH not in sections:
        del linked[PAGE]
        yield UNTOLD
    elif page and source:
        digest = original.digests.get(PAPER, "")
        if unnamed.made_of(original.before / PAPER, digest):
            linked[PAPER] = original.before / PAPER
        elif paper := unnamed.paper(source.read_bytes(), sections, digest):
            written[PAPER] = paper
        else:
            yield NO_PAPER


def _exchange_figures(linked: dict[str, Path], written: dict[str, bytes]) -> bool:
    """Exchanges figures that name customers; gives whether they do. Those that can't be read are taken to."""
    if FIGURES not in linked:
        return True
    document = linked[FIGURES].read_bytes()
    figures = unnamed.figures(document)
    if figures == document:
        return False
    del linked[FIGURES]
    written |= {FIGURES: figures} if figures else {}
    return True


def address(name: str, files: Collection[str]) -> str:
    """What leads to the issue `name`, of which `files` are hosted: its page, or where it has none the first of them.

    Where nothing of it is hosted, that is the list of all issues.
    """
    first = next((file for file in (PAGE, PAPER, FIGURES, SEGMENTS) if file in files), None)
    return f"{name}/{first}" if first else PAGE


def shared_name(digest: str) -> str:
    """The name of the plotly.js of this sha256: issues drawn for another version keep theirs, caches may keep both."""
    return f"plotly-{digest[:12]}.min.js"


def _way_back(page: Page) -> Edit | None:
    """What puts the way back to the archive on an edition's page."""
    navigation = page.first("nav", "contents")
    inner = page.first("div", "inner", navigation) if navigation else None
    return (inner.inside, inner.inside, BACK) if inner else None


def _notice(page: Page, notice: str) -> Edit | None:
    """What puts the `notice`, plain text, under the masthead of an edition's page."""
    masthead = page.first("header", "masthead")
    told = f'<div class="care"><p>{escape(notice)}</p></div>\n'
    return (masthead.until, masthead.until, told) if masthead else None


def _taken(page: Page) -> Iterator[Edit]:
    """What takes from an edition's page all that is of customers, or leads to their lists."""
    yield from unnamed.watch(page)
    yield from (page.without(part) for part in page.sections() if part.id == SEARCH)
    yield from (page.without(part) for part in page.find("a") if part.attributes.get("href") == f"#{SEARCH}")
    for item in page.find("li"):
        link = page.first("a", within=item)
        if link and holds_customers(link.attributes.get("href", "")):
            yield page.without(item)


def segments_csv(brief: Brief) -> bytes:
    """The segments of `brief` as a table: window totals, means and medians of R, F and M, revenue of the period."""
    header = (
        "segment", "customers", "customer_share", "revenue", "revenue_share", "orders", "period_revenue",
        "active_customers", "recency_median", "frequency_median", "monetary_median",
    )  # fmt: skip
    return table(
        header, ([segment.name, *(getattr(segment, name) for name in header[1:])] for segment in brief.segments)
    )


def _open(name: str) -> bool:
    folder, slash, _ = name.partition("/")
    return name in OPEN or bool(slash and folder in FOLDERS)
