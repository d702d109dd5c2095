"""How often customers ordered in the window."""

from decimal import Decimal

from reportgen.brief import Bin, Brief
from reportgen.charts import _histogram as histogram
from reportgen.charts._spec import ChartSpec, Theme
from reportgen.wording import Claim, Words

ONCE = (Decimal(1), Decimal(2))
"""The bin of a single order."""


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without customers."""
    labels = histogram.Labels(
        head="Orders",
        bin=lambda part: _orders(part, words),
        value=lambda orders: "1 order" if orders == 1 else f"{words.figure(orders)} orders",
        plain="Customers by number of orders",
    )
    return histogram.spec(brief, theme, words, "frequency", labels, claims(brief, words))


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The share of those who ordered once, and what they bring."""
    distribution = histogram.found(brief, "frequency")
    once = next((part for part in distribution.bins if (part.low, part.high) == ONCE), None) if distribution else None
    if distribution is None or once is None or not brief.totals.customers or brief.totals.revenue <= 0:
        return ()
    customers = once.customers / brief.totals.customers
    revenue = float(once.revenue / brief.totals.revenue)
    text = f"{words.about(customers)} of customers ordered once; they bring {words.about(revenue)} of revenue"
    return (Claim(text, holds=0 < customers < 1 and brief.totals.customers >= histogram.ENOUGH),)


def _orders(part: Bin, words: Words) -> str:
    low = words.count(part.low or 0)
    if part.high is None:
        return f"{low}+"
    return low if part.high - (part.low or 0) == 1 else f"{low}–{words.count(part.high - 1)}"
