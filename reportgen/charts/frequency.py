"""How often customers ordered in the window."""

from decimal import Decimal

from reportgen.brief import Bin, Brief
from reportgen.charts import _histogram as histogram
from reportgen.charts._spec import ChartSpec, Theme
from reportgen.wording import Claim, Words, capital, nouns

ONCE = (Decimal(1), Decimal(2))
"""The bin of a single order."""


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without customers."""
    named = nouns(brief.method)
    labels = histogram.Labels(
        head=capital(named.many),
        bin=lambda part: _orders(part, words),
        value=lambda count: named.counted(count, words.figure(count)),
        plain=f"Customers by number of {named.many}",
    )
    return histogram.spec(brief, theme, words, "frequency", labels, claims(brief, words))


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The share of those who ordered once, and what they bring."""
    distribution = histogram.found(brief, "frequency")
    once = next((part for part in distribution.bins if (part.low, part.high) == ONCE), None) if distribution else None
    if distribution is None or once is None or not brief.totals.customers or brief.totals.revenue <= 0:
        return ()
    customers, said = once.customers / brief.totals.customers, nouns(brief.method).once
    revenue = float(once.revenue / brief.totals.revenue)
    text = f"{words.about(customers)} of customers {said}; they bring {words.about(revenue)} of revenue"
    return (Claim(text, holds=0 < customers < 1 and brief.totals.customers >= histogram.ENOUGH),)


def _orders(part: Bin, words: Words) -> str:
    low = words.count(part.low or 0)
    if part.high is None:
        return f"{low}+"
    return low if part.high - (part.low or 0) == 1 else f"{low}–{words.count(part.high - 1)}"
