"""Names of an edition's files, under which they are written, linked, hosted and mailed; what pages call them."""

from types import MappingProxyType
from typing import Final

PAPER: Final = "brief.pdf"
PAGE: Final = "index.html"
FIGURES: Final = "brief.json"
CUSTOMERS: Final = "customers.csv"
WATCH_LIST: Final = "watch_list.csv"
SEARCHED: Final = "customers.js"
"""The customers as data of the hosted page; without it, the page has no search."""
SEGMENTS: Final = "segments.csv"
"""Of the hosted copy alone."""
MANIFEST: Final = "manifest.json"
VERDICT: Final = "evaluation.pdf"
JUDGEMENTS: Final = "evaluation.json"
"""Of an evaluation, which has a page of the same name as an edition's."""

LABELS: Final = MappingProxyType(
    {
        PAPER: "PDF",
        VERDICT: "PDF",
        FIGURES: "Figures (JSON)",
        JUDGEMENTS: "Figures (JSON)",
        SEGMENTS: "Segments (CSV)",
        CUSTOMERS: "Customers (CSV)",
        WATCH_LIST: "Watch list (CSV)",
    }
)
"""Downloads, in the order in which they are offered."""
