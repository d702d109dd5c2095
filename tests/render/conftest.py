"""One browser for all tests of a worker; the fonts are pinned as in a run."""

from collections.abc import Iterator

import pytest

from reportgen.charts import Figure
from reportgen.render import charts, fonts


@pytest.fixture(scope="session")
def press() -> Iterator[charts.Press]:
    with fonts.pinned(fonts.shipped()), charts.Press() as press:
        yield press


@pytest.fixture(scope="session")
def figures() -> dict[str, Figure]:
    """A figure for every type of trace that the ink gate knows."""
    x, y = ["a", "b", "c"], [3, 1, 2]
    traces = {
        "bar": {"x": x, "y": y, "text": ["<b>3</b>", "1", "2"]},
        "histogram": {"x": [1, 1, 2]},
        "waterfall": {"x": x, "y": y},
        "funnel": {"x": y, "y": x},
        "scatter": {"x": x, "y": y, "mode": "lines+markers+text", "text": x},
        "box": {"y": [1, 2, 3, 9]},
        "violin": {"y": [1, 2, 3, 9]},
        "heatmap": {"z": [[1, 2], [3, 4]], "showscale": False},
        "histogram2d": {"x": [1, 2, 2], "y": [1, 1, 2], "showscale": False},
        "pie": {"labels": x, "values": y},
        "treemap": {"labels": x, "parents": ["", "", ""], "values": y},
        "sankey": {"node": {"label": x}, "link": {"source": [0, 0], "target": [1, 2], "value": [1, 2]}},
    }
    layout = {"width": 300, "height": 200, "font": {"family": "Source Sans Pro"}, "paper_bgcolor": "rgba(0,0,0,0)"}
    return {kind: {"data": [{"type": kind, **trace}], "layout": layout} for kind, trace in traces.items()}
