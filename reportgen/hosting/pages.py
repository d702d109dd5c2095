"""The archive's own pages: the index of all issues, a page per year, the way to the latest issue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from jinja2 import Environment

from reportgen.archive import Edition
from reportgen.config import Config
from reportgen.deliver.evaluations import FOLDER as EVALUATION
from reportgen.hosting.catalogue import Catalogue, Entry, Issue, Told, key_figures, months
from reportgen.hosting.copies import Hosted, address
from reportgen.hosting.feed import FILE as FEED
from reportgen.hosting.trend import trend
from reportgen.names import LABELS, PAGE
from reportgen.render.edition import House, screen_files, screen_links
from reportgen.render.site import CSP
from reportgen.render.templates import environment, resource
from reportgen.wording import Words

LATEST: Final = "latest"
DESK: Final = "desk/"
"""Where `reportgen serve` has the pages of analysts."""
ALL_ISSUES: Final = "All issues"
LATEST_ISSUE: Final = "Latest issue"
RECENT = 24
"""Issues on the first page; where there are more, each year has a page."""
SHEET: Final = "archive.css"


@dataclass(frozen=True)
class Line:
    """An issue in the list: where it is, what it says, its downloads, what it replaced, editions by other recipes.

    `notice` is what a reader must know of it, "" if nothing.
    """

    href: str
    period: str
    revision: str
    told: Told | None
    downloads: tuple[tuple[str, str], ...]
    replaced: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    notice: str


def pages(config: Config, house: House, found: Catalogue, hosted: Hosted) -> dict[str, bytes]:
    """Every page of the archive over what was `found`, with its style sheets, by relative path."""
    words = Words(config.shop.locale, None, 2)
    env = environment(words.filters())
    maker = _Maker(config, house, env, found.entries, tuple(_called(each, words) for each in found.damaged), hosted)
    files = {**screen_files(house), f"assets/{SHEET}": resource("assets", SHEET).read_bytes()}
    files[PAGE] = maker.index()
    files |= {f"{year}/{PAGE}": maker.year(year) for year in maker.years()}
    if found.entries:
        files[f"{LATEST}/{PAGE}"] = maker.latest()
    return files


@dataclass(frozen=True)
class _Maker:
    """Makes the pages over `entries`, newest first; `damaged` are the names of what can't be shown."""

    config: Config
    house: House
    env: Environment
    entries: tuple[Entry, ...]
    damaged: tuple[str, ...]
    hosted: Hosted

    def years(self) -> tuple[str, ...]:
        """The years that have a page, the last first; () where all issues are on the first page."""
        monthly = months(self.entries)
        return tuple(dict.fromkeys(entry.label[:4] for entry in monthly)) if len(monthly) > RECENT else ()

    def index(self) -> bytes:
        monthly, locale = months(self.entries), self.config.shop.locale
        lines = self._lines((*monthly[:RECENT], *(entry for entry in self.entries if entry not in monthly)))
        told = bool(lines and lines[0].told)
        return self._render(
            "archive.html.j2", "", title=ALL_ISSUES, here=ALL_ISSUES, year="", latest=lines[0] if lines else None,
            kpis=key_figures(self.entries[0].issue.edition, locale) if told else (), lines=lines, damaged=self.damaged,
            trend=trend(monthly, locale, self._address), more=len(monthly) - RECENT,
        )  # fmt: skip

    def year(self, year: str) -> bytes:
        entries = [entry for entry in months(self.entries) if entry.label[:4] == year]
        return self._render(
            "archive.html.j2", "../", title=f"Issues of {year}", latest=None, kpis=(), lines=self._lines(entries),
            trend=trend(entries, self.config.shop.locale, self._address), more=0, year=year, here="", damaged=(),
        )  # fmt: skip

    def latest(self) -> bytes:
        issue = self.entries[0].issue
        return self._render(
            "latest.html.j2",
            "../",
            title=LATEST_ISSUE,
            here=LATEST_ISSUE,
            href=f"../{self._address(issue)}",
            period=issue.period,
        )

    def _render(self, template: str, root: str, **context: Any) -> bytes:  # noqa: ANN401
        """`template` of a page that lies so deep that `root` leads to the archive's folder."""
        links = screen_links(self.house)
        around = {
            "brand": self.config.brand,
            "lang": Words(self.config.shop.locale, None, 2).language,
            "csp": CSP,
            "years": self.years(),
            "feed": FEED,
            "ways": tuple(self._ways()),
            "unnamed": not self.config.report.customers_in_html,
            "root": root,
            "styles": [f"{root}{style}" for style in (*links["styles"], f"assets/{SHEET}")],
            "logo": f"{root}{links['logo']}",
        }
        return self.env.get_template(template).render({**around, **context}).encode()

    def _ways(self) -> Iterable[tuple[str, str]]:
        """Address, from the archive's folder, and name of what its navigation leads to."""
        yield PAGE, ALL_ISSUES
        if self.entries:
            yield f"{LATEST}/{PAGE}", LATEST_ISSUE
        if PAGE in self.hosted.get(EVALUATION, ()):
            yield f"{EVALUATION}/{PAGE}", "Evaluation of the recipes"
        if self.config.serve.proxies or self.config.serve.htpasswd:
            yield DESK, "For analysts"

    def _lines(self, entries: Iterable[Entry]) -> tuple[Line, ...]:
        return tuple(self._line(entry) for entry in entries)

    def _line(self, entry: Entry) -> Line:
        issue = entry.issue
        return Line(
            href=self._address(issue),
            period=issue.period,
            revision=f"Revision {issue.edition.revision}" if issue.edition.revision > 1 else "",
            told=issue.told,
            downloads=tuple(self._downloads(issue)),
            replaced=tuple((self._address(each), _named(each.edition)) for each in entry.replaced),
            others=tuple((self._address(each), each.recipe) for each in entry.others),
            notice=entry.notice,
        )

    def _address(self, issue: Issue) -> str:
        return address(issue.name, self.hosted[issue.name])

    def _downloads(self, issue: Issue) -> Iterable[tuple[str, str]]:
        """Address and name of what can be downloaded of `issue`."""
        for file, label in LABELS.items():
            if file in self.hosted[issue.name]:
                yield f"{issue.name}/{file}", label


def _called(edition: Edition, words: Words) -> str:
    """Such as "October 2011, revision 2"."""
    try:
        period = words.month(date.fromisoformat(f"{edition.period}-01"))
    except ValueError:  # of the whole record
        period = edition.period
    return f"{period}, {edition.recipe or _named(edition)}"


def _named(edition: Edition) -> str:
    return "first issue" if edition.revision == 1 else f"revision {edition.revision}"
