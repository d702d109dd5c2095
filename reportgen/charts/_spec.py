"""What a chart is."""

from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
"""A plotly figure as JSON-ready data: `{"data": [...], "layout": {...}}`."""


@dataclass(frozen=True)
class Theme:
    """Colours by token name of `assets/tokens.css` ("ink", "accent", "seg-best", "ramp-1" …), and the font family."""

    colors: dict[str, str]
    font_family: str


@dataclass(frozen=True)
class ChartSpec:
    """A chart to draw.

    id: file stem; title: its finding; subtitle: what, unit, period; alt: the finding and the numbers in words
    wide: figure for 178 mm of paper and the desktop (673 px); narrow: for a phone (350 px)
    """

    id: str
    title: str
    subtitle: str
    alt: str
    wide: Figure
    narrow: Figure
