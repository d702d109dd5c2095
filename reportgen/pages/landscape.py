"""Where the customers stand: recency against frequency, and the median customer of each segment."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Band, Brief
from reportgen.charts import ChartSpec
from reportgen.wording import Claim, Words, nouns, title

PLACE = 80
NAME = "Where they stand"
LATE = 90
"""Days of silence that the title tells of."""
OFTEN = 5
"""Orders of a regular customer."""


@dataclass(frozen=True)
class Context:
    """What `landscape.html.j2` prints."""

    title: str
    deck: str
    charts: tuple[ChartSpec, ...]
    findings: tuple[tuple[str, str], ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None without a map. The medians stand here unless the segments' page needs them."""
    if "heatmap" not in charts:
        return None
    names = ["heatmap"] + (["medians"] if {"contribution", "gains"} & set(charts) else [])
    return Context(
        title=title(*claims(brief, words), plain="Customers by recency and frequency"),
        deck=f"{words.plural(brief.totals.customers, 'customer')} {words.window(brief)}.",
        charts=tuple(charts[name] for name in names if name in charts),
        findings=findings(brief, words),
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


def findings(brief: Brief, words: Words) -> tuple[tuple[str, str], ...]:
    """Who stands in three corners of the map; a corner without customers is left out."""
    heat, named = brief.heat_map, nouns(brief.method)

    def corner(head: str, what: str, rows: range, columns: range) -> tuple[str, str] | None:
        cells = [cell for cell in heat.cells if cell.recency in rows and cell.frequency in columns]
        customers = sum(cell.customers for cell in cells)
        if not customers:
            return None
        revenue = words.compact(sum((cell.revenue for cell in cells), Decimal(0)))
        return head, f"{words.plural(customers, 'customer')} {what}; they brought {revenue}."

    late = _from(heat.recency, LATE)
    often = _from(heat.frequency, OFTEN)
    once = range(int(bool(heat.frequency) and heat.frequency[0].high == 2))  # noqa: PLR2004
    days, many = words.count(LATE), f"{words.count(OFTEN)} or more {named.many}"
    silent = "placed none for" if named.usual else "but none for"
    lately = words.count(heat.recency[0].high or 0) if heat.recency else ""
    made = (
        corner("Regulars gone quiet", f"with {many} {silent} {days} days or more", late, often),
        corner(f"First {named.one}, lately", f"{named.once}, less than {lately} days ago", range(1), once),
        corner(f"One {named.one}, then silence", f"{named.once}, {days} or more days ago", late, once),
    )
    return tuple(found for found in made if found)


def _from(bands: tuple[Band, ...], low: int) -> range:
    """The places of the bands from the one that begins at `low`; none if none does."""
    start = next((place for place, band in enumerate(bands) if band.low == low), len(bands))
    return range(start, len(bands))
