"""Pages that are whole: ink in every chart, nothing blank, nothing cut off."""

import json
import re
from collections.abc import Iterator, Mapping

from reportgen import names
from reportgen.gate import Check, Exhibit, Finding
from reportgen.gate.marks import complete
from reportgen.gate.paper import faults

DRAWN = re.compile(
    r'<div class="chart" data-chart="(?P<id>[^"]+)" role="img" aria-label="[^"]*">'
    r'<div class="wide">(?P<wide><svg.*?</svg>)</div><div class="narrow">(?P<narrow><svg.*?</svg>)</div></div>',
    re.DOTALL,
)
"""A chart on the hosted page, in both sizes."""


def ink(exhibit: Exhibit) -> Finding:
    """Every chart of the page has drawn the marks of its figure."""
    page = exhibit.files.get(names.PAGE, b"").decode()
    charts, wanted = list(DRAWN.finditer(page)), page.count("data-chart=")
    if len(charts) != wanted:
        return Finding("ink", passed=False, what=f"{wanted - len(charts)} of {wanted} charts have no drawing")
    empty = sorted({chart["id"] for chart in charts if not all(_drawn(chart, exhibit.files))})
    if empty:
        return Finding("ink", passed=False, what=f"charts came out empty: {', '.join(empty)}")
    return Finding("ink", passed=True, what=f"{wanted} charts have ink")


def _drawn(chart: re.Match[str], files: Mapping[str, bytes]) -> Iterator[bool]:
    script = files.get(f"charts/{chart['id']}.js", b"").decode()
    _, _, figures = script.partition("] = ")
    known = json.loads(figures.rstrip().removesuffix(";")) if figures else {}
    for size in ("wide", "narrow"):
        yield size in known and complete(chart[size], known[size])


def layout(exhibit: Exhibit) -> Finding:
    """No page of the PDF is blank, and no text runs off it."""
    if names.PAPER not in exhibit.files:
        return Finding("layout", passed=True, what="there is no PDF")
    wrong = faults(exhibit.files[names.PAPER])
    return Finding("layout", passed=not wrong, what=", ".join(wrong) or "every page has text, and it stays on the page")


CHECKS: tuple[Check, ...] = (ink, layout)
