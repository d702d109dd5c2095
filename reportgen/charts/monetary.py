"""How much customers brought in the window."""

from decimal import Decimal

from reportgen.brief import Bin, Brief
from reportgen.charts import _histogram as histogram
from reportgen.charts._spec import ChartSpec, Theme
from reportgen.wording import Claim, Words, capital, nouns

FEW, MUCH = 0.25, 0.4
"""The top bins are worth a title if so few customers bring so much."""


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without customers."""
    unit, named = f", {words.symbol}" if words.symbol else "", nouns(brief.method)
    labels = histogram.Labels(
        head=f"{capital(named.money)}{unit}",
        bin=lambda part: _amounts(part, words),
        value=words.compact,
        plain=f"Customers by {words.net(brief) if named.total else named.money}",
    )
    return histogram.spec(brief, theme, words, "monetary", labels, claims(brief, words))


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """How much the customers of the upper bins bring."""
    distribution = histogram.found(brief, "monetary")
    if distribution is None or not brief.totals.customers or brief.totals.revenue <= 0:
        return ()
    made, brought = [], nouns(brief.method).brought
    for place, part in reversed(list(enumerate(distribution.bins))):
        above = distribution.bins[place:]
        customers = sum(bin_.customers for bin_ in above) / brief.totals.customers
        revenue = float(sum(bin_.revenue for bin_ in above) / brief.totals.revenue)
        text = (
            f"{words.about(customers)} of customers {brought(words.whole(part.low or Decimal(0)))} or more each: "
            f"{words.about(revenue)} of revenue"
        )
        made.append(Claim(text, holds=0 < customers <= FEW and revenue >= MUCH))
    return tuple(made)


def _amounts(part: Bin, words: Words) -> str:
    low = words.short(part.low or 0)
    return f"{low}+" if part.high is None else f"{low}–{words.short(part.high)}"
