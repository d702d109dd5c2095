"""What the message says: page 1 of the brief, as text and as HTML for mail programs."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from reportgen.brief import Brief
from reportgen.errors import MachineError
from reportgen.pages import frame
from reportgen.pages.summary import context
from reportgen.render.parts import Page
from reportgen.render.templates import environment
from reportgen.wording import Words

CHART = "key-chart"
"""Name of the picture inside the message."""


@dataclass(frozen=True)
class KeyChart:
    """The first chart of the hosted page: its finding, what it shows, itself in words, its drawing for a phone."""

    title: str
    measure: str
    alt: str
    svg: bytes


@dataclass(frozen=True)
class Texts:
    """The subject's ingredients and the two readings of the message."""

    fields: dict[str, str]
    text: str
    html: str


def key_chart(page: str) -> KeyChart | None:
    """Page 1's chart as the hosted page shows it; None where it has none. Raises `MachineError` if it can't be read."""
    found = Page(page)
    figure = found.first("figure")
    if figure is None:
        return None
    named = (("h3", ""), ("p", "measure"), ("div", "chart"), ("div", "narrow"))
    parts = [part for tag, kind in named if (part := found.first(tag, kind, figure))]
    if len(parts) < len(named):
        raise MachineError(
            "The page's first chart isn't marked up as the mail knows it.", "Make the edition again: `reportgen run`."
        )
    title, measure, chart, narrow = parts
    alt = chart.attributes.get("aria-label", "")
    return KeyChart(found.text(title), found.text(measure), alt, found.inner(narrow).strip().encode())


@dataclass(frozen=True)
class Letterhead:
    """What the message takes from the brand: names, title, colours by token."""

    name: str
    title: str
    classification: str
    colors: dict[str, str]


@dataclass(frozen=True)
class Extras:
    """What comes with the words: the key chart, the address of the hosted edition ("" for none), the PDF or not.

    `note` stands above everything else, for those who let the message go out.
    """

    chart: KeyChart | None
    link: str
    attached: bool
    note: str = ""


def texts(brief: Brief, words: Words, house: Letterhead, extras: Extras) -> Texts:
    """The message of `brief`."""
    page, around = context(brief, MappingProxyType({}), words), frame(brief, words)
    shared = {
        "page": page,
        "frame": around,
        "house": house,
        "chart": extras.chart,
        "cid": CHART,
        "link": extras.link,
        "attached": extras.attached,
        "note": extras.note,
        "lang": words.language,
    }
    env = environment(words.filters())
    plain = env.overlay(autoescape=False)
    fields = {"title": house.title, "period": _period(around.period, brief, words), "headline": page.headline}
    return Texts(
        fields=fields,
        text=_tidy(plain.get_template("mail.txt.j2").render(shared)),
        html=env.get_template("mail.html.j2").render(shared),
    )


def _period(period: str, brief: Brief, words: Words) -> str:
    return f"{period}, revision {words.count(brief.revision.number)}" if brief.revision else period


def _tidy(text: str) -> str:
    """At most one empty line in a row, none at the ends."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
