"""Where the customers stand: recency against frequency, and the median customer of each segment."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.brief import Brief
from reportgen.charts import ChartSpec
from reportgen.wording import Claim, Words, title

PLACE = 60
NAME = "Where they stand"
LATE = 90
"""Days of silence that the title tells of."""


@dataclass(frozen=True)
class Context:
    """What `landscape.html.j2` prints."""

    title: str
    deck: str
    charts: tuple[ChartSpec, ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None without a map. The medians stand here unless the segments' page needs them."""
    if "heatmap" not in charts:
        return None
    names = ["heatmap"] + (["medians"] if "contribution" in charts else [])
    return Context(
        title=title(*claims(brief, words), plain="Customers by recency and frequency"),
        deck=f"{words.plural(brief.totals.customers, 'customer')} {words.window(brief)}.",
        charts=tuple(charts[name] for name in names if name in charts),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """How many have been silent for long, and what they brought."""
    late = {row for row, band in enumerate(brief.heat_map.recency) if band.low >= LATE}
    cells = [cell for cell in brief.heat_map.cells if cell.recency in late]
    customers = sum(cell.customers for cell in cells)
    if not customers or brief.totals.revenue <= 0:
        return ()
    share = customers / brief.totals.customers
    revenue = float(sum(cell.revenue for cell in cells) / brief.totals.revenue)
    text = (
        f"{words.about(share)} of customers have not ordered for {words.count(LATE)} days or more; "
        f"they brought {words.about(revenue)} of revenue"
    )
    starts = any(band.low == LATE for band in brief.heat_map.recency)
    return (Claim(text, holds=starts and 0 < share < 1),)
