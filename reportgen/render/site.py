"""The hosted edition: takes the page and its charts, gives a self-contained folder as relative path → bytes.

It works over http and from disk, under a content security policy without a CDN: no inline script, every figure in a
.js file of its own, plotly.js once and loaded when the first chart comes into view.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from html.parser import HTMLParser

from reportgen.charts import ChartSpec
from reportgen.errors import GateError
from reportgen.names import PAGE
from reportgen.render.browser import plotly_js
from reportgen.render.templates import resource

CSP = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
"""plotly.js writes style attributes, hence 'unsafe-inline' for styles."""

HEAD = f"""<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{CSP}">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/charts.css">
<script src="assets/charts.js" defer></script>
<script src="assets/contents.js" defer></script>
<script src="assets/tables.js" defer></script>"""


def site(
    page: str, charts: Iterable[ChartSpec], extra: Mapping[str, bytes], offered: Collection[str] = ()
) -> dict[str, bytes]:
    """The folder of the HTML `page`; `extra` are its style sheets, fonts and logo by relative path.

    `offered` are files that join it later.

    A chart on the page is `<div class="chart" data-chart="ID" role="img" aria-label="…">` around its static SVG.
    Raises `GateError` if the page refers to something that isn't in the folder.
    """
    specs = tuple(charts)
    folder = {
        PAGE: _with_head(page).encode(),
        "assets/charts.css": _asset("charts.css"),
        "assets/charts.js": _asset("charts.js"),
        "assets/contents.js": _asset("contents.js"),
        "assets/tables.js": _asset("tables.js"),
        **({"assets/plotly.min.js": plotly_js().read_bytes()} if specs else {}),
        **{f"charts/{spec.id}.js": _script(spec) for spec in specs},
        **extra,
    }
    _check(folder, {spec.id for spec in specs}, {*folder, *offered})
    return folder


def _with_head(page: str) -> str:
    """`page` with what every hosted page needs first in its head."""
    complete, places = re.subn(r"<head>\s*(<meta charset=[^>]*>)?", lambda _: f"<head>\n{HEAD}", page, count=1)
    if not places:
        raise GateError("The page has no <head>.")
    return complete


def _script(spec: ChartSpec) -> bytes:
    figures = json.dumps({"wide": spec.wide, "narrow": spec.narrow}, separators=(",", ":"))
    return f"(window.reportgenCharts ??= {{}})[{json.dumps(spec.id)}] = {figures};\n".encode()


def _asset(name: str) -> bytes:
    return resource("assets", name).read_bytes()


class _References(HTMLParser):
    """Collects what a page refers to, and the charts that it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.charts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links |= {found[name] or "" for name in ("src", "href") if name in found and tag not in {"use", "a"}}
        if tag == "a" and (target := found.get("href")) and not re.match(r"#|https?:|mailto:", target):
            self.links.add(target)
        if chart := found.get("data-chart"):
            self.charts.add(chart)


def _check(folder: Mapping[str, bytes], charts: set[str], known: set[str]) -> None:
    page = _References()
    page.feed(folder[PAGE].decode())
    broken = sorted(link for link in page.links - known if not link.startswith(("data:", "#")))
    for name, content in folder.items():
        if name.endswith(".css"):
            broken += _broken_urls(name, content.decode(), folder)
    broken += sorted(f"chart {chart}" for chart in page.charts - charts)
    if broken:
        raise GateError(f"The page refers to what it doesn't bring along: {', '.join(broken)}.")


def _broken_urls(name: str, css: str, folder: Mapping[str, bytes]) -> list[str]:
    base = name.rpartition("/")[0]
    urls = re.findall(r"""url\(\s*["']?([^"')]+)""", css)
    return [url for url in urls if not url.startswith("data:") and f"{base}/{url}" not in folder]
