"""The right period: over by the clock and whole in the data, fresh, usual, enough to make claims on."""

from statistics import median

from reportgen.brief import Brief
from reportgen.gate import Check, Exhibit, Finding
from reportgen.periods import midnight_after

TRAILING = 3
"""Whole months that a usual volume takes at least."""


def complete(exhibit: Exhibit) -> Finding:
    """By the clock and by the data."""
    period, words = exhibit.brief.period, exhibit.words
    name = words.period(period)
    if exhibit.now < midnight_after(period.end):
        return Finding("complete", passed=False, what=f"{name} is not over: it is {exhibit.now:%Y-%m-%d %H:%M}")
    if period.partial:
        data = exhibit.brief.data
        span = f"records run from {words.date(data.first)} to {words.date(data.last)}"
        return Finding("complete", passed=False, what=f"the data of {name} are not complete: {span}")
    return Finding("complete", passed=True, what=f"{name} is over, and the data reach its end")


def fresh(exhibit: Exhibit) -> Finding:
    """An old issue is not sent by mistake; who asks for one more copy of what went out gets it."""
    days = (exhibit.now - midnight_after(exhibit.brief.period.end)).days
    ago = f"{exhibit.words.period(exhibit.brief.period)} ended {exhibit.words.plural(max(days, 0), 'day')} ago"
    limit = exhibit.rules.max_age_days
    if exhibit.first and days > limit:
        return Finding(
            "fresh", passed=False, what=f"{ago}: data of the month before are missing ([gate] max_age_days is {limit})"
        )
    return Finding("fresh", passed=True, what=ago)


def enough(exhibit: Exhibit) -> Finding:
    """Claims need customers and months."""
    brief, rules, words = exhibit.brief, exhibit.rules, exhibit.words
    customers = words.plural(brief.totals.customers, "customer")
    months = words.plural(brief.method.history_months, "whole month")
    what = f"{customers} in segments, {months} of records"
    thin = brief.totals.customers < rules.min_customers or brief.method.history_months < rules.min_months
    limits = f" ([gate] min_customers is {rules.min_customers}, min_months {rules.min_months})" if thin else ""
    return Finding("enough", passed=not thin, what=what + limits)


def volume(exhibit: Exhibit) -> Finding:
    """A half-loaded month looks like a bad one, a month loaded twice like a good one."""
    rules, ratios = exhibit.rules, _ratios(exhibit.brief)
    if not ratios:
        return Finding("volume", passed=True, what=f"fewer than {TRAILING} whole months before: nothing to compare")
    what = ", ".join(f"{name} {ratio:.2f} times the usual month" for name, ratio in ratios.items())
    usual = all(rules.min_volume <= ratio <= rules.max_volume for ratio in ratios.values())
    limits = "" if usual else f" ([gate] min_volume is {rules.min_volume}, max_volume {rules.max_volume})"
    return Finding("volume", passed=usual, what=what + limits)


def _ratios(brief: Brief) -> dict[str, float]:
    """Revenue and orders as multiples of the median of the whole months before."""
    months = [month for month in brief.trend if month.month < brief.period.start and not month.partial]
    if len(months) < TRAILING:
        return {}
    totals = brief.period_totals
    pairs = {
        "revenue": (float(totals.revenue), float(median(month.revenue for month in months))),
        "orders": (float(totals.orders), float(median(month.orders for month in months))),
    }
    return {name: now / usual for name, (now, usual) in pairs.items() if usual > 0}


CHECKS: tuple[Check, ...] = (complete, fresh, enough, volume)
