"""The archive's own pages: the index of all issues, a page per year, the way to the latest issue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment

from reportgen.archive import Edition
from reportgen.config import Config
from reportgen.deliver.evaluations import FOLDER as EVALUATION
from reportgen.hosting.catalogue import Entry, Told, key_figures, months
from reportgen.hosting.copies import CUSTOMERS, SEGMENTS, WATCH_LIST
from reportgen.hosting.feed import FILE as FEED
from reportgen.hosting.trend import trend
from reportgen.render.edition import House, screen_files, screen_links
from reportgen.render.site import CSP
from reportgen.render.templates import environment, resource
from reportgen.wording import Words

INDEX: Final = "index.html"
LATEST: Final = "latest"
RECENT = 24
"""Issues on the first page; where there are more, each year has a page."""
SHEET: Final = "archive.css"
FILES = (("brief.pdf", "PDF"), ("brief.json", "Figures (JSON)"), (SEGMENTS, "Segments (CSV)"))
LISTS = ((CUSTOMERS, "Customers (CSV)"), (WATCH_LIST, "Watch list (CSV)"))


@dataclass(frozen=True)
class Line:
    """An issue in the list: where it is, what it says, its downloads, what it replaced, editions by other recipes."""

    href: str
    period: str
    revision: str
    told: Told | None
    downloads: tuple[tuple[str, str], ...]
    replaced: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


def pages(config: Config, house: House, entries: Sequence[Entry]) -> dict[str, bytes]:
    """Every page of the archive over `entries`, newest first, with its style sheets, by relative path."""
    words = Words(config.shop.locale, None, 2)
    env = environment(words.filters())
    monthly = months(entries)
    years = sorted({entry.label[:4] for entry in monthly}, reverse=True) if len(monthly) > RECENT else []
    shared: Mapping[str, Any] = {
        "brand": config.brand,
        "lang": words.language,
        "csp": CSP,
        "years": years,
        "feed": FEED,
        "analysts": bool(config.serve.proxies or config.serve.htpasswd),
        "evaluation": (Path(config.report.output) / EVALUATION / INDEX).is_file(),
    }
    files = {**screen_files(house), f"assets/{SHEET}": resource("assets", SHEET).read_bytes()}
    files[INDEX] = _index(env, config, house, entries, shared)
    for year in years:
        files[f"{year}/{INDEX}"] = _year(
            env, config, house, [each for each in monthly if each.label[:4] == year], shared
        )
    if latest := next(iter(entries), None):
        files[f"{LATEST}/{INDEX}"] = _latest(env, house, latest, shared)
    return files


def _index(
    env: Environment, config: Config, house: House, entries: Sequence[Entry], shared: Mapping[str, Any]
) -> bytes:
    monthly = months(entries)
    shown = (*monthly[:RECENT], *(entry for entry in entries if entry not in monthly))
    lines = _lines(shown, config)
    context = {
        "title": "All issues",
        "latest": lines[0] if lines else None,
        "kpis": key_figures(entries[0].issue.edition, config.shop.locale) if lines and lines[0].told else (),
        "lines": lines,
        "trend": trend(monthly, config.shop.locale),
        "more": len(monthly) - RECENT,
    }
    return _render(env, "archive.html.j2", house, "", {**shared, **context})


def _year(env: Environment, config: Config, house: House, entries: Sequence[Entry], shared: Mapping[str, Any]) -> bytes:
    year = entries[0].label[:4]
    context = {
        "title": f"Issues of {year}",
        "latest": None,
        "kpis": (),
        "lines": _lines(entries, config),
        "trend": trend(entries, config.shop.locale),
        "more": 0,
    }
    return _render(env, "archive.html.j2", house, "../", {**shared, **context})


def _latest(env: Environment, house: House, entry: Entry, shared: Mapping[str, Any]) -> bytes:
    context = {"title": "Latest issue", "href": f"../{entry.issue.name}/{INDEX}", "period": entry.issue.period}
    return _render(env, "latest.html.j2", house, "../", {**shared, **context})


def _render(env: Environment, template: str, house: House, root: str, context: Mapping[str, Any]) -> bytes:
    """`template` of a page that lies so deep that `root` leads to the archive's folder."""
    links = screen_links(house)
    placed = {
        "root": root,
        "styles": [f"{root}{style}" for style in (*links["styles"], f"assets/{SHEET}")],
        "logo": f"{root}{links['logo']}",
    }
    return env.get_template(template).render({**context, **placed}).encode()


def _lines(entries: Iterable[Entry], config: Config) -> tuple[Line, ...]:
    return tuple(_line(entry, config) for entry in entries)


def _line(entry: Entry, config: Config) -> Line:
    issue = entry.issue
    return Line(
        href=f"{issue.name}/{INDEX}",
        period=issue.period,
        revision=f"Revision {issue.edition.revision}" if issue.edition.revision > 1 else "",
        told=issue.told,
        downloads=tuple(_downloads(issue.edition, lists=config.report.customers_in_html, told=issue.told)),
        replaced=tuple((f"{each.name}/{INDEX}", _named(each.edition)) for each in entry.replaced),
        others=tuple((f"{each.name}/{INDEX}", each.edition.recipe) for each in entry.others),
    )


def _downloads(edition: Edition, *, lists: bool, told: Told | None) -> Iterable[tuple[str, str]]:
    """Address and name of what can be downloaded of `edition`."""
    for file, label in (*FILES, *(LISTS if lists else ())):
        if (edition.folder / file).is_file() or (file == SEGMENTS and told):
            yield f"{edition.name}/{file}", label


def _named(edition: Edition) -> str:
    return "first issue" if edition.revision == 1 else f"revision {edition.revision}"
