"""Frame: what stands around the pages: period, data through, as of."""

from dataclasses import dataclass

from reportgen.brief import Brief
from reportgen.pages._answer import headline
from reportgen.wording import Words
from reportgen.wording.facts import through


@dataclass(frozen=True)
class Frame:
    """Text of the title page and of header and footer."""

    period: str
    summary: str
    """The headline, for search results and link previews."""
    scope: str
    """What the figures cover, under the title."""
    colophon: str
    """Data through and as of, for the foot of every page."""
    dated: str
    """As of, for below the scope, which says through when."""


def frame(brief: Brief, words: Words) -> Frame:
    """The frame of `brief`."""
    parts = [f"Data through {words.date(through(brief))}", _returns(brief)]
    if brief.previous_totals:
        before = brief.previous_totals
        parts.append(f"Compared with {words.between(before.start, before.end)}")
    if brief.data.has_guests:
        parts.append("Segments: customers with a customer number only")
    dated = f"of {words.date(brief.as_of.date())}"
    if brief.revision:
        dated += f" · revision {words.count(brief.revision.number)}"
    partial = " (not complete)" if brief.period.partial else ""
    return Frame(
        period=words.period(brief.period) + partial,
        summary=headline(brief, words),
        scope=". ".join(parts) + ".",
        colophon=f"{parts[0]} · as {dated}",
        dated=f"As {dated}",
    )


def _returns(brief: Brief) -> str:
    return "Net of returns" if brief.method.returns == "net" else "Segments: returns left out; period figures net"
