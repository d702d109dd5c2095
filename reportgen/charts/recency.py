"""How long ago customers last ordered."""

from reportgen.brief import Bin, Brief
from reportgen.charts import _histogram as histogram
from reportgen.charts._spec import ChartSpec, Theme
from reportgen.wording import Claim, Words


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without customers."""
    labels = histogram.Labels(
        head="Days since last order",
        bin=lambda part: _days(part, words),
        value=lambda days: words.plural(days, "day") if days == 1 else f"{words.figure(days)} days",
        plain="Customers by days since their last order",
    )
    return histogram.spec(brief, theme, words, "recency", labels, claims(brief, words))


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """Within how many days half of the customers ordered."""
    distribution = histogram.found(brief, "recency")
    if distribution is None or not any(part.customers for part in distribution.bins):
        return ()
    text = f"Half of the customers ordered within the last {words.figure(distribution.median)} days"
    quarter = f"; a quarter have been silent for more than {words.figure(distribution.upper_quartile)}"
    spread = distribution.lower_quartile < distribution.median < distribution.upper_quartile
    return (Claim(text + quarter, holds=spread and brief.totals.customers >= histogram.ENOUGH),)


def _days(part: Bin, words: Words) -> str:
    low = words.count(part.low or 0)
    if part.high is None:
        return f"{low}+"
    return low if part.high - (part.low or 0) == 1 else f"{low}–{words.count(part.high - 1)}"
