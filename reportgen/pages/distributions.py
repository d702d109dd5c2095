"""How recency, frequency and revenue are spread over the customers."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.brief import Brief
from reportgen.charts import ChartSpec
from reportgen.charts._histogram import ENOUGH, found
from reportgen.wording import Claim, Words, nouns, title

PLACE = 70
NAME = "How customers are spread"
AXES = ("recency", "frequency", "monetary")
SKEWED = 1.5
"""A mean so many times the median is worth a title."""


@dataclass(frozen=True)
class Context:
    """What `distributions.html.j2` prints."""

    title: str
    deck: str
    charts: tuple[ChartSpec, ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None without customers."""
    drawn = tuple(charts[axis] for axis in AXES if axis in charts)
    if not drawn:
        return None
    return Context(
        title=title(
            *claims(brief, words), plain=f"Recency, frequency and {nouns(brief.method).money} of the customers"
        ),
        deck=f"{words.plural(brief.totals.customers, 'customer')} {words.window(brief)}. "
        "The column that holds the median is marked.",
        charts=drawn,
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """How far the mean revenue stands above the median."""
    money = found(brief, "monetary")
    if money is None or money.median <= 0:
        return ()
    times = money.mean / money.median
    text = (
        f"Half of the customers {nouns(brief.method).brought(words.compact(money.median))} or less; the mean is "
        f"{words.compact(money.mean)}, raised by a few"
    )
    return (Claim(text, holds=times >= SKEWED and brief.totals.customers >= ENOUGH),)
