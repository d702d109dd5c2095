"""What of an edition is hosted, and how its copy differs: plotly.js is shared, the page knows the way back."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import escape

from reportgen.brief import Brief
from reportgen.deliver.csv import table
from reportgen.hosting import unnamed
from reportgen.names import FIGURES, JUDGEMENTS, MANIFEST, PAGE, PAPER, SEGMENTS, VERDICT

OPEN: Final = frozenset({PAGE, PAPER, FIGURES, VERDICT, JUDGEMENTS})
"""Files of a folder that every reader may have; beside them `assets/` and `charts/`."""
FOLDERS: Final = ("assets", "charts")
PLOTLY: Final = "assets/plotly.min.js"
CHARTS: Final = "assets/charts.js"
SHARED: Final = "assets"
"""The folder of what all issues share."""

Hosted = Mapping[str, Collection[str]]
"""The files of each hosted folder."""

NAVIGATION = '<nav class="contents" aria-label="Sections"><div class="inner">'
MASTHEAD_END = "</header>"
LISTS = (
    re.compile(r'<section class="page" id="customers">.*?</section>\n?', re.DOTALL),
    re.compile(r'<a href="#customers">.*?</a>\n?'),
    re.compile(r'<li><a href="(?:customers|watch_list)\.csv" download>.*?</a></li>\n?'),
)
"""Parts of a page that was made when customer lists were shown."""


@dataclass(frozen=True)
class Copy:
    """A folder to host: files that are the edition's own, by relative path, and files that differ or are new."""

    linked: Mapping[str, Path]
    written: Mapping[str, bytes]
    shared: Mapping[str, Path]
    """What goes into the shared folder, by name there."""


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
    html = linked.pop(PAGE).read_text("utf-8") if PAGE in linked else ""
    if not lists:
        _leave_out_names(original, html, linked, written)
    if html:
        written[PAGE] = page(html, lists=lists, notice=notice).encode()
    return Copy(linked, written, shared)


def _leave_out_names(original: Original, html: str, linked: dict[str, Path], written: dict[str, bytes]) -> None:
    """Exchanges figures and paper that name customers; what can't be told is left out."""
    known = html and not unnamed.names_on(html)
    if FIGURES in linked:
        document = linked[FIGURES].read_bytes()
        figures = unnamed.figures(document)
        known = known or (not html and figures == document)
        if figures != document:
            del linked[FIGURES]
            written |= {FIGURES: figures} if figures else {}
    if PAPER not in linked or known:
        return
    source, digest = linked.pop(PAPER), original.digests.get(PAPER, "")
    if unnamed.made_of(original.before / PAPER, digest):
        linked[PAPER] = original.before / PAPER
    elif paper := unnamed.paper(source.read_bytes(), html, digest):
        written[PAPER] = paper


def address(name: str, files: Collection[str]) -> str:
    """What leads to the issue `name`, of which `files` are hosted: its page, or where it has none the first of them.

    Where nothing of it is hosted, that is the list of all issues.
    """
    first = next((file for file in (PAGE, PAPER, FIGURES, SEGMENTS) if file in files), None)
    return f"{name}/{first}" if first else PAGE


def shared_name(digest: str) -> str:
    """The name of the plotly.js of this sha256: issues drawn for another version keep theirs, caches may keep both."""
    return f"plotly-{digest[:12]}.min.js"


def page(html: str, *, lists: bool, notice: str) -> str:
    """An edition's page with the way back to the archive; `notice` is plain text."""
    back = f'{NAVIGATION}\n<a href="../index.html">← All issues</a>'
    html = html.replace(NAVIGATION, back, 1)
    if notice:
        html = html.replace(MASTHEAD_END, f'<div class="care"><p>{escape(notice)}</p></div>\n{MASTHEAD_END}', 1)
    if lists:
        return html
    for part in LISTS:
        html = part.sub("", html)
    return unnamed.page(html)


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
