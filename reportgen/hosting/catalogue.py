"""The catalogue: every issue of the archive as its pages show it, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reportgen import archive
from reportgen.archive import Edition, reading
from reportgen.brief import Brief
from reportgen.deliver.manifest import Manifest
from reportgen.errors import MachineError
from reportgen.hosting.copies import segments_csv
from reportgen.pages import Kpi, changes, frame, identified, kpis, reason
from reportgen.periods import ALL
from reportgen.render.parts import Page
from reportgen.telling import Note
from reportgen.wording import Words

HEAD = 4096
"""Characters of a page that hold its head."""
GAP = "{} of this issue exists, but can’t be shown: its files are damaged."
LEFT_OUT = "Left out of the hosted archive: {}"


@dataclass(frozen=True)
class Figures:
    """Key figures of a period, for the trend; customers, orders and order value are of identified customers."""

    currency: str | None
    scale: int
    revenue: float
    customers: int
    orders: int
    order_value: float | None
    repeat_rate: float | None
    top_share: float | None


@dataclass(frozen=True)
class Told:
    """What a brief says of itself: its period, headline, reason, what a revision changed, figures, segments.

    It doesn't hold the brief: five hundred of them would fill the memory.
    """

    period: str
    recipe: str
    """Its title."""
    headline: str
    reason: str
    changes: str
    figures: Figures
    segments: bytes
    """CSV."""


@dataclass(frozen=True)
class Issue:
    """An edition in the archive; `told` is None where its brief can't be read, or it has none."""

    edition: Edition
    about: Manifest
    told: Told | None

    @property
    def made(self) -> datetime:
        """When it was made, by the shop's clock."""
        return self.about.made

    @property
    def name(self) -> str:
        """The edition's name."""
        return self.edition.name

    @property
    def period(self) -> str:
        """The period in words."""
        return self.told.period if self.told else self.edition.period

    @property
    def recipe(self) -> str:
        """The title of the recipe that made it."""
        return self.told.recipe if self.told else self.edition.recipe


@dataclass(frozen=True)
class Entry:
    """A period: the issue that holds, those that it replaced (latest first), editions by other recipes.

    `issue` is the last that can be read; `damaged` are revisions after it.
    """

    issue: Issue
    replaced: tuple[Issue, ...]
    others: tuple[Issue, ...]
    damaged: tuple[Edition, ...] = ()

    @property
    def label(self) -> str:
        """Such as "2011-11", or "all"."""
        return self.issue.edition.period

    @property
    def notice(self) -> str:
        """What a reader of the issue must know, "" if nothing."""
        return GAP.format(f"Revision {self.damaged[-1].revision}") if self.damaged else ""


@dataclass(frozen=True)
class Catalogue:
    """The periods, the newest first, and the brief of all records last; the editions that can't be read."""

    entries: tuple[Entry, ...]
    damaged: tuple[Edition, ...]


def catalogue(output: Path, locale: str, say: Note) -> Catalogue:
    """What is in `output`. An edition whose manifest or page can't be read costs no other; `say` gets why."""
    periods: dict[str, list[Edition]] = {}
    for edition in archive.editions(output):
        periods.setdefault(edition.period, []).append(edition)
    newest = sorted(periods, key=lambda label: "" if label == ALL else label, reverse=True)
    damaged: list[Edition] = []
    made = [_entry(_issues(periods[label], locale, say, damaged), damaged) for label in newest]
    return Catalogue(tuple(entry for entry in made if entry), tuple(damaged))


def _entry(issues: list[Issue], damaged: Iterable[Edition]) -> Entry | None:
    """The entry of one period's `issues`; editions by other recipes alone make none."""
    own = [issue for issue in issues if not issue.edition.recipe]
    if not own:
        return None
    *replaced, holds = own
    others = tuple(issue for issue in issues if issue.edition.recipe)
    later = (each for each in damaged if (each.period, each.recipe) == (holds.edition.period, ""))
    newer = tuple(each for each in later if each.revision > holds.edition.revision)
    return Entry(holds, tuple(reversed(replaced)), others, newer)


def _issues(editions: Iterable[Edition], locale: str, say: Note, damaged: list[Edition]) -> list[Issue]:
    """Those of `editions` that can be read; the others are added to `damaged`."""
    found = []
    for edition in editions:
        try:
            about, page = reading.about(edition), reading.page(edition)
        except MachineError as error:
            say(LEFT_OUT.format(error))
            damaged.append(edition)
            continue
        found.append(Issue(edition, about, _told(edition, page, locale)))
    return found


def _told(edition: Edition, page: str, locale: str) -> Told | None:
    """An old brief that can't be read costs its line on the page, not the page."""
    try:
        brief = reading.brief(edition)
    except MachineError:
        return None
    words = Words(locale, brief.currency, brief.scale)
    around = frame(brief, words)
    return Told(
        period=around.period,
        recipe=brief.method.title,
        headline=_published_headline(page) or around.summary,
        reason=reason(brief, words),
        changes=changes(brief, words),
        figures=figures(brief),
        segments=segments_csv(brief),
    )


def key_figures(edition: Edition, locale: str) -> tuple[Kpi, ...]:
    """The key figures of page 1 of `edition`. Raises `MachineError`."""
    brief = reading.brief(edition)
    return kpis(brief, Words(locale, brief.currency, brief.scale))


def _published_headline(page: str) -> str:
    """The headline as the issue's own `page` has it: a later version might word it otherwise; "" if it has none."""
    return Page(page[:HEAD]).description() or ""


def figures(brief: Brief) -> Figures:
    """The key figures of `brief`."""
    totals, key = brief.period_totals, brief.key_figures
    known = identified(totals)
    return Figures(
        currency=brief.currency,
        scale=brief.scale,
        revenue=float(totals.revenue),
        customers=totals.customers,
        orders=known.orders,
        order_value=None if known.per_order is None else float(known.per_order),
        repeat_rate=key.repeat_rate if key else None,
        top_share=key.top_revenue_share if key else None,
    )


def months(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those of `entries` that are of a month, the newest first."""
    return tuple(entry for entry in entries if entry.label != ALL)
