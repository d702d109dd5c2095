"""What to read with care: said only where it holds."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.playbook import Difference, Span
from reportgen.wording import Words
from reportgen.wording.claims import FLOOR, agreeing
from reportgen.wording.facts import last_day, uneven, whole_record

FEW = 300
"""Customers below which shares and medians move by chance."""
GUESTS = 0.05
"""Share of revenue without a customer number from which it is said."""
HALF_NAMED = Decimal("0.005")
"""Part of the input that lacks customers its own invoices name, from which it is said."""
MOST, NAMED = 5, 3
SWAYED = Decimal("0.03")
"""By how much giants must change the growth of the order value to be told of."""
MUCH = Decimal("0.02")
"""From this part of a segment on, other cut points are told."""
WITHOUT = frozenset({"no-purchase-left", "net-not-positive", "net-negative"})
"""Steps of the reconciliation that take customers out."""


def cautions(brief: Brief, words: Words) -> tuple[str, ...]:
    """At most `MOST` sentences, the weightiest first."""
    made = (
        _partial(brief, words),
        _restated(brief, words),
        _nobody(brief, words),
        _nothing_before(brief, words),
        _guests(brief, words),
        _half_named(brief, words),
        _giants(brief, words),
        _history(brief, words),
        _history_before(brief, words),
        _last_year(brief, words),
        _moved_lines(brief, words),
        _labels(brief, words),
        _capped(brief, words),
        _few(brief, words),
        _thin(brief, words),
        _empty(brief, words),
        _input(brief),
    )
    return tuple(sentence for sentence in made if sentence)[:MOST]


def _restated(brief: Brief, words: Words) -> str:
    found = brief.playbook.restatement if brief.playbook else None
    if found is None or not found.differences:
        return ""
    one = len(found.differences) == 1
    figures, verb = words.plural(len(found.differences), "figure"), "reads" if one else "read"
    return f"{figures} of the issue {found.label} {verb} otherwise today; see What a sceptic asks."


def redrawn(brief: Brief, words: Words) -> str:
    """What this period's cut points make of the segments of the issue before, by the one that they change most."""
    found = brief.playbook.restatement if brief.playbook else None
    most = max(found.redrawn, key=_apart, default=None) if found else None
    if found is None or most is None:
        return ""
    name = next(segment.name for segment in brief.segments if segment.id == most.segment)
    return (
        f"Cut points follow the data: by this period’s, {name} had {words.count(most.now)} customers where the issue "
        f"{found.label} says {words.count(most.issued)}."
    )


def _apart(difference: Difference) -> Decimal:
    return abs((difference.now or Decimal(0)) - (difference.issued or Decimal(0)))


def _relative(difference: Difference) -> Decimal:
    """How much of what was issued."""
    issued = difference.issued or Decimal(0)
    return _apart(difference) / issued if issued >= FLOOR else Decimal(0)


def _moved_lines(brief: Brief, words: Words) -> str:
    """The same, where it is much."""
    found = brief.playbook.restatement if brief.playbook else None
    much = found is not None and any(_relative(difference) >= MUCH for difference in found.redrawn)
    return redrawn(brief, words) if much else ""


def _thin(brief: Brief, words: Words) -> str:
    """What sizes of actions lack, beside a number of customers."""
    texts = {
        "month-ends": "{found} to follow, {needed} are needed",
        "silent-days": "nobody has bought for {found}",
    }
    nouns = {"month-ends": "past month-end", "silent-days": "day"}
    lacking = [
        texts[minimum.id].format(
            found=words.plural(minimum.found, nouns[minimum.id]), needed=words.count(minimum.needed)
        )
        for minimum in (brief.playbook.minimums if brief.playbook else ())
        if minimum.id in texts and not minimum.met
    ]
    return f"Actions have no size yet: {'; '.join(lacking)}." if lacking else ""


def _partial(brief: Brief, words: Words) -> str:
    if not brief.period.partial:
        return ""
    compared = "; it is compared with the same days of the period before" if brief.previous_totals else ""
    first, last = words.date(brief.data.first), words.date(brief.data.last)
    silent = "; customers yet to order look silent, so segments look worse" if brief.migration else ""
    return f"The period is not complete: records run from {first} to {last}{compared}{silent}."


def _nothing_before(brief: Brief, words: Words) -> str:
    if brief.previous_totals or whole_record(brief):
        return ""
    return f"There is nothing to compare with: records start on {words.date(brief.data.first)}."


def _nobody(brief: Brief, words: Words) -> str:
    """Why there are no segments."""
    if brief.segments:
        return ""
    known = any(step.rows for step in brief.reconciliation if step.step in WITHOUT)
    why = (
        f"of the customers who bought {words.window(brief)}, none is left with a purchase that counts"
        if known
        else f"every sale {words.window(brief)} was made without a customer number"
    )
    return f"There are no segments: {why}. The reconciliation shows each step."


def _guests(brief: Brief, words: Words) -> str:
    guests, before = brief.period_totals.guests, brief.previous_totals
    if not brief.segments or guests.revenue_share is None or guests.revenue_share < GUESTS:
        return ""
    was = ""
    if before and before.guests.revenue_share is not None:
        was = f", {words.between(before.start, before.end)} {words.about(before.guests.revenue_share)}"
    large = _giant_guests(brief, words)
    return (
        f"Sales without a customer number were {words.compact(guests.revenue)} "
        f"({words.about(guests.revenue_share)} of revenue{was}){large}; they belong to no segment."
    )


def _half_named(brief: Brief, words: Words) -> str:
    """What an export costs that names the customer on some rows of an order only."""
    worth, whole = brief.data.half_named, brief.reconciliation[0].amount
    if not brief.segments or abs(worth) < HALF_NAMED * abs(whole):
        return ""
    return (
        f"Rows worth {words.compact(worth)} have no customer number, and stand on invoices that name a customer "
        "elsewhere: they count as sold to nobody."
    )


def _giants(brief: Brief, words: Words) -> str:
    """What the mean order did without single giant ones of either period, where that is clearly something else."""
    found = brief.playbook.giants if brief.playbook else None
    if found is None or found.previous is None or brief.period.partial or whole_record(brief):
        return ""
    now, before = found.period, found.previous
    if not (now.order_value and before.order_value and now.order_value_without and before.order_value_without):
        return ""
    usual = now.order_value / before.order_value - 1
    rest = now.order_value_without / before.order_value_without - 1
    count = now.giants + before.giants
    if not count or abs(usual - rest) < SWAYED:
        return ""
    verb, them = ("sways", "it") if count == 1 else ("sway", "them")
    return (
        f"{words.plural(count, 'giant order')} of {_both(brief, now, before, words)} {verb} the order value: before "
        f"returns it changed by {words.change(now.order_value, before.order_value)} with, and by "
        f"{words.change(now.order_value_without, before.order_value_without)} without {them}."
    )


def _both(brief: Brief, now: Span, before: Span, words: Words) -> str:
    """The periods that have giants."""
    totals = ((now, brief.period_totals), (before, brief.previous_totals))
    return words.joined([words.between(each.start, each.end) for span, each in totals if span.giants and each])


def _giant_guests(brief: Brief, words: Words) -> str:
    """Single invoices that make much of it: ", £104k of it on 2 invoices"."""
    found = brief.playbook.giants.guests if brief.playbook else ()
    if not found or whole_record(brief):
        return ""
    worth = sum((order.revenue for order in found), Decimal(0))
    return f", {words.compact(worth)} of it on {words.plural(len(found), 'invoice')}"


def _history(brief: Brief, words: Words) -> str:
    months = brief.method.window_months
    if not months or brief.method.history_months >= months:
        return ""
    history = words.plural(brief.method.history_months, "whole month")
    return (
        f"The recipe asks for {words.count(months)} months and the records hold {history}, so orders and revenue per "
        "customer are understated."
    )


def _history_before(brief: Brief, words: Words) -> str:
    """Where only the month-end before is short, so that what grew did so in part by itself."""
    before, now = brief.previous_month_end, brief.month_end
    if not before or not now or now.short or not before.short or not uneven(brief):
        return ""
    name = words.month(last_day(before))
    return (
        f"Segments of {name} rest on {words.count(before.history_months)} of "
        f"{words.plural(now.history_months, 'month')} of records: part of their growth since comes from that alone."
    )


def seasonless(brief: Brief) -> bool:
    """Whether a growth is told that may be the season's: the same month of a year ago is not on file."""
    told = brief.previous_totals is not None and not whole_record(brief)
    return told and not any(month.month == _year_ago(brief) and not month.partial for month in brief.trend)


def _year_ago(brief: Brief) -> date:
    return date(brief.period.start.year - 1, brief.period.start.month, 1)


def _last_year(brief: Brief, words: Words) -> str:
    ago = words.month(_year_ago(brief))
    return f"{ago} is not on file, so the season cannot be told from growth." if seasonless(brief) else ""


def _labels(brief: Brief, words: Words) -> str:
    wrong = [segment for segment in brief.segments if segment.label_check and not segment.label_check.fits]
    published = [f"“{segment.published_label}”" for segment in wrong if segment.published_label]
    names = [segment.name for segment in wrong if not segment.published_label]
    return " ".join(filter(None, (_misfits("published label", published, "the segments", words),
                                  _misfits("name", names, "Method", words))))  # fmt: skip


def _misfits(what: str, wrong: Sequence[str], where: str, words: Words) -> str:
    """Names that say something else than the figures; of many, how many."""
    if not wrong:
        return ""
    if len(wrong) > NAMED:
        return f"{words.count(len(wrong))} {what}s do not fit the evidence; see {where}."
    verb = f"{what} {{}} does" if len(wrong) == 1 else f"{what}s {{}} do"
    return f"The {verb.format(words.joined(wrong))} not fit the evidence; see {where}."


def _capped(brief: Brief, words: Words) -> str:
    """By how much a recipe that caps lines understates what customers paid."""
    lost = -sum((step.amount for step in brief.reconciliation if step.step == "cap"), Decimal(0))
    if lost <= 0 or not brief.segments:
        return ""
    return (
        f"The recipe caps large lines, which takes {words.compact(lost)} off: money of segments and customers is less "
        "than they paid, and large customers look smaller."
    )


def _few(brief: Brief, words: Words) -> str:
    if not brief.segments or brief.totals.customers >= FEW:
        return ""
    customers = words.plural(brief.totals.customers, "customer")
    verb = "is" if brief.totals.customers == 1 else "are"
    return f"There {verb} only {customers} in segments: shares and medians move by chance."


def _empty(brief: Brief, words: Words) -> str:
    empty = [segment.name for segment in brief.segments if not segment.customers]
    verb = agreeing(empty[0], "has", "have") if len(empty) == 1 else "have"
    return f"{words.joined(empty)} {verb} no customers." if empty else ""


def _input(brief: Brief) -> str:
    missing = [
        text
        for text, absent in (
            ("no currency is configured, amounts are plain numbers", not brief.currency),
            ("the input has no invoice numbers, a customer’s lines at one instant count as one order",
             not brief.data.has_invoices),
            ("the input has no products", not brief.data.has_products),
        )
        if absent
    ]  # fmt: skip
    text = "; ".join(missing)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
