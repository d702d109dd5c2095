"""What the message says: page 1 of the brief, as text and as HTML for mail programs."""

import re
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType

from reportgen.brief import Brief
from reportgen.pages import frame
from reportgen.pages.summary import context
from reportgen.render.templates import environment
from reportgen.wording import Words

CHART = "key-chart"
"""Name of the picture inside the message."""
FIRST_FIGURE = re.compile(
    r'<figcaption><h3>(?P<title>.*?)</h3><p class="measure">(?P<measure>.*?)</p></figcaption>\s*'
    r'<div class="chart" [^>]*aria-label="(?P<alt>[^"]*)">.*?<div class="narrow">(?P<svg><svg.*?</svg>)</div>',
    re.DOTALL,
)


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
    """Page 1's chart as the hosted page shows it; None where it has none."""
    found = FIRST_FIGURE.search(page)
    if found is None:
        return None
    title, measure, alt = (unescape(found[part]) for part in ("title", "measure", "alt"))
    return KeyChart(title, measure, alt, found["svg"].encode())


@dataclass(frozen=True)
class House:
    """What the message takes from the brand: names, title, colours by token."""

    name: str
    title: str
    classification: str
    colors: dict[str, str]


@dataclass(frozen=True)
class Extras:
    """What comes with the words: the key chart, the address of the hosted edition ("" for none), the PDF or not."""

    chart: KeyChart | None
    link: str
    attached: bool


def texts(brief: Brief, words: Words, house: House, extras: Extras) -> Texts:
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
