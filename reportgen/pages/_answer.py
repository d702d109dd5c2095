"""The answer in two sentences: the headline number with its change, and what drove it."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, PeriodTotals
from reportgen.pages._drivers import explained
from reportgen.pages._figures import Identified, identified, revenue_moved
from reportgen.wording import Claim, Words, capital, title
from reportgen.wording.claims import count_moved, few, level, mean_moved
from reportgen.wording.facts import item, through

PART = Decimal("0.25")
"""A part of the change is named if it is at least so much of it."""


def headline(brief: Brief, words: Words) -> str:
    """Net revenue and its changes: "Net revenue was £1.46m, up 36.5% on October and 12.1% on November 2010."."""
    now, before = brief.period_totals, brief.previous_totals
    amount = f"Net revenue was {words.compact(now.revenue)}"
    if brief.period.partial:
        amount += f" by {words.date(through(brief))}"
    plain = f"{amount} in {words.month(now.start)}." if _is_month(brief) else f"{amount}{_span(brief, words)}."
    if now.revenue < 0:
        return f"{amount}: more was returned than sold."
    if before is None:
        return plain
    if before.revenue <= 0:
        return f"{amount}, against {words.compact(before.revenue)} {words.during(before.start, before.end)}."
    month = _against(now, before, words)
    year = brief.year_before
    both = _on_the_year(month, _against(now, year, words, str(year.start.year))) if year and year.revenue > 0 else ""
    return title(Claim(f"{amount}, {both}.", holds=bool(both)), plain=f"{amount}, {_lately(month)}.")


@dataclass(frozen=True)
class _Against:
    """Revenue against that of an earlier span: how much more or less, where that is no chance.

    way: "up", "down", or "" within chance; alike: about as much; doubtful: not even the orders are clearly others
    """

    span: str
    during: str
    amount: str
    way: str
    share: str
    alike: bool
    few: bool
    doubtful: bool

    @property
    def change(self) -> str:
        """Such as "up 36.5% on October"."""
        return f"{self.way} {self.share} on {self.span}"


def _against(now: PeriodTotals, then: PeriodTotals, words: Words, year: str = "") -> _Against:
    """`now` against `then`, whose `year` is named where it isn't plain."""
    relative, rare = now.revenue / then.revenue - 1, few(now.orders, then.orders)
    way = "up" if relative > 0 else "down"
    return _Against(
        span=f"{words.between(then.start, then.end)} {year}".rstrip(),
        during=f"{words.during(then.start, then.end)} {year}".rstrip(),
        amount=words.compact(then.revenue),
        way=way if revenue_moved(now, then) else "",
        share=words.percent(abs(relative)),
        alike=level(float(now.revenue), float(then.revenue)),
        few=rare,
        doubtful=not rare and not count_moved(now.orders, then.orders),
    )


def _lately(month: _Against) -> str:
    """How revenue stands to that of the period before."""
    if month.way:
        return month.change
    if month.alike:
        return f"about as much as {month.during} ({month.amount})"
    chance = "; chance alone can explain the difference" if month.doubtful else ""
    return f"against {month.amount} {month.during}{chance}"


def _on_the_year(month: _Against, year: _Against) -> str:
    """How revenue stands to both that of the period before and that of a year ago, where that is clear; else ""."""
    if year.way and year.way == month.way:
        return f"{month.change} and {year.share} on {year.span}"
    if year.way and month.way:
        return f"{month.change}, but {year.change}"
    if year.way:
        return f"{year.change}; " + (_lately(month) if month.alike else f"{month.during} it was {month.amount}")
    if year.alike and not year.few:
        goes_on = " and" if month.alike and not month.way else "; about as much as"
        return f"{_lately(month)}{goes_on} {year.during} ({year.amount})"
    return ""


def reason(brief: Brief, words: Words) -> str:
    """What drove the change; where there is none to explain, who bought how much."""
    now, before = brief.period_totals, brief.previous_totals
    known = now.customers or (before and before.customers)
    if before is None or not known or now.revenue <= 0 or before.revenue <= 0 or not revenue_moved(now, before):
        return _counted(now, before, words) or _level(now, words)
    change = now.revenue - before.revenue
    guests = now.guests.revenue - before.guests.revenue
    named = change * guests > 0 and abs(guests) >= PART * abs(change)
    split = (
        f"Sales without a customer number account for {words.compact(abs(guests))} of the {words.compact(abs(change))} "
        f"{'rise' if change > 0 else 'fall'}"
    )
    why = explained(brief.drivers, words)
    if why and not _left_out(brief):
        among = "among identified customers, " if now.guests.orders or before.guests.orders else ""
        return f"{split}; {among}{why}." if named else f"{capital(among + why)}."
    drivers = _drivers(identified(now), identified(before), words)
    return f"{split}; identified customers {drivers}." if named else f"Identified customers {drivers}."


def _left_out(brief: Brief) -> bool:
    """Whether the recipe drops much of identified customers' change, so that the factors know nothing of it."""
    left = item(brief.bridge, "left-out").amount if brief.bridge else Decimal(0)
    change = brief.drivers.change if brief.drivers else None
    return change is None or abs(left) >= PART * abs(change)


def _drivers(now: Identified, before: Identified, words: Words) -> str:
    """Orders times revenue per order, each only if it moved."""
    if now.per_order is None or before.per_order is None or before.revenue <= 0:
        return f"brought {words.compact(now.revenue)}"
    orders = count_moved(now.orders, before.orders)
    value = mean_moved(float(now.per_order), float(before.per_order), now.orders, before.orders)
    count = f"{words.about(abs(now.orders / before.orders - 1))} {'more' if now.orders > before.orders else 'fewer'}"
    worth = (
        f"{words.about(abs(now.per_order / before.per_order - 1))} "
        f"{'more' if now.per_order > before.per_order else 'less'} each"
    )
    each = words.compact(now.per_order)
    placed = f"placed {words.plural(now.orders, 'order')} of {each} each"
    same = level(now.orders, before.orders) and level(float(now.per_order), float(before.per_order))
    return title(
        Claim(f"placed {count} orders, worth {worth} ({each})", holds=orders and value),
        Claim(f"placed {count} orders of about the same value ({each})", holds=orders),
        Claim(f"placed about as many orders, worth {worth} ({each})", holds=value),
        Claim(f"{placed}, about as before", holds=same),
        plain=placed,
    )


def _counted(now: PeriodTotals, before: PeriodTotals | None, words: Words) -> str:
    """How many orders identified customers placed, where that is clearly more or fewer; "" where it isn't."""
    part, was = identified(now), identified(before) if before else None
    if before is None or was is None or part.per_order is None or part.revenue <= 0:
        return ""
    if not count_moved(part.orders, was.orders):
        return ""
    change = f"{words.percent(abs(part.orders / was.orders - 1))} {'more' if part.orders > was.orders else 'fewer'}"
    who = "Identified customers" if now.guests.orders else "Customers"
    then, each = words.during(before.start, before.end), words.compact(part.per_order)
    return f"{who} placed {words.plural(part.orders, 'order')}, {change} than {then}, {each} each on average."


def _level(now: PeriodTotals, words: Words) -> str:
    part = identified(now)
    if not now.customers or part.per_order is None:
        return _guests(now, words)
    who = words.plural(now.customers, "identified customer" if now.guests.orders else "customer")
    average = f", {words.compact(part.per_order)} each on average" if part.revenue > 0 else ""
    return f"{who} placed {words.plural(part.orders, 'order')}{average}."


def _guests(now: PeriodTotals, words: Words) -> str:
    """Where nobody is known by a number, or nobody ordered."""
    if not now.orders:
        return "No order of the period stands at its end."
    if now.orders and now.revenue > 0:
        orders = f"{words.plural(now.orders, 'order')}, worth {words.compact(now.revenue / now.orders)} on average"
        return f"There {'was' if now.orders == 1 else 'were'} {orders}; none carries a customer number."
    return "No order carries a customer number."


def _is_month(brief: Brief) -> bool:
    return len(brief.period.label) == len("2011-11") and not brief.period.partial


def _span(brief: Brief, words: Words) -> str:
    if brief.period.partial:
        return ""
    return f" from {words.date(brief.period_totals.start)} to {words.date(brief.period_totals.end)}"
