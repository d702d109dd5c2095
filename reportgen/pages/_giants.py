"""Giant orders, and large ones taken back at once: what they are, and the figures with and without them."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.playbook import GiantOrder, Giants, Reversal, Span
from reportgen.pages._ids import shown
from reportgen.wording import Words
from reportgen.wording.claims import FLOOR
from reportgen.wording.facts import whole_record

HOUR = 60


@dataclass(frozen=True)
class GiantRow:
    """A giant order, or one taken back."""

    customer: str
    what: str
    day: str
    revenue: str
    note: str


def rows(found: Giants, words: Words) -> tuple[GiantRow, ...]:
    """Giant orders, what was taken back, and how many further giants there are; one that was both stands once."""
    undone = {(reversal.customer, reversal.ordered.date(), reversal.revenue): reversal for reversal in found.largest}
    made = []
    for order in found.orders:
        back = undone.pop((order.customer, order.day, order.revenue), None)
        what, note = ("Giant order", "") if back is None else (_what(back, words), _undone(back, words))
        made.append(GiantRow(shown(order.customer), what, words.short_date(order.day), words.count(order.revenue),
                             _size(order, note, words)))  # fmt: skip
    rest = found.period.giants - len(found.orders)
    if rest > 0:
        more = found.period.giant_revenue - sum((order.revenue for order in found.orders), Decimal(0))
        made.append(GiantRow(f"{words.count(rest)} further", "Giant orders" if rest > 1 else "Giant order", "",
                             words.count(more), ""))  # fmt: skip
    return (*made, *(_reversal(reversal, words) for reversal in undone.values()))


def _size(order: GiantOrder, note: str, words: Words) -> str:
    share = words.about(order.share)
    if note:
        return f"{share} of purchases; {note}"
    if order.undone is None:
        return f"{share} of the period’s purchases"
    return f"{share} of purchases; as much returned {_after(order.undone, words)}"


def _reversal(found: Reversal, words: Words) -> GiantRow:
    return GiantRow(
        shown(found.customer), _what(found, words), words.short_date(found.ordered.date()), words.count(found.revenue),
        _undone(found, words),
    )  # fmt: skip


def _what(found: Reversal, words: Words) -> str:
    pieces = "" if found.quantity is None else f"{words.figure(found.quantity)} × "
    return f"{pieces}{found.description}" if found.description else "Order"


def _undone(found: Reversal, words: Words) -> str:
    minutes = int((found.cancelled - found.ordered).total_seconds() // 60)
    return f"taken back {_after(minutes, words)}; else {words.ordinal(found.rank)} by revenue"


def _after(minutes: int, words: Words) -> str:
    if minutes < 1:
        return "at once"
    if minutes < HOUR:
        return f"{words.plural(minutes, 'minute')} later"
    return f"{words.plural(minutes // HOUR, 'hour')} later"


def headline(brief: Brief, found: Giants, words: Words) -> str:
    """Whether the order value hangs on giants; or what was taken back."""
    span = found.period
    if span.giants and span.order_value_without is not None and not whole_record(brief):
        count = words.plural(span.giants, "giant order")
        return (
            f"Without {count}, an order is worth {words.compact(span.order_value_without)} instead of "
            f"{words.compact(span.order_value)} before returns"
        )
    if found.reversed_orders:
        counted = "are counted by this recipe" if found.counted else "are left out"
        lines = f"Lines of {words.plural(found.reversed_orders, 'order')} worth {words.compact(found.reversed_revenue)}"
        return f"{lines}, taken back within a day, {counted}"
    return "No giant order, and none taken back at once"


def note(brief: Brief, found: Giants, words: Words) -> str:
    rule = (
        f"A giant: at least {words.about(found.least_share)} of the period’s purchases and {words.count(found.times)} "
        "times the mean order."
    )
    return " ".join(part for part in (rule, _without(brief, found, words), _taken_back(found, words)) if part)


def _without(brief: Brief, found: Giants, words: Words) -> str:
    """Purchases with and without giants, against the period before."""
    now, before = found.period, found.previous
    if before is None or not now.giants + before.giants or whole_record(brief):
        return ""
    if min(now.orders, before.orders) < FLOOR:
        return ""
    whole = words.change(now.purchases, before.purchases)
    rest = words.change(_rest(now), _rest(before))
    had = f" ({_named(brief, before, words)})" if before.giants else ""
    return f"Purchases of identified customers changed by {whole}, without giants in either period{had} by {rest}."


def _named(brief: Brief, before: Span, words: Words) -> str:
    """The giants of the period before, which no table lists: "October: 5, £82.9k"."""
    then = brief.previous_totals
    span = words.between(then.start, then.end) if then else "before"
    return f"{span}: {words.count(before.giants)}, {words.compact(before.giant_revenue)}"


def _rest(span: Span) -> Decimal:
    return span.purchases - span.giant_revenue


def _taken_back(found: Giants, words: Words) -> str:
    if not found.reversed_orders:
        return ""
    orders = words.plural(found.reversed_orders, "order")
    kept = found.reversed_revenue if found.reversed_kept is None else found.reversed_kept
    whole, rest = words.compact(found.purchases), words.compact(found.purchases - kept)
    counted = "" if kept == found.reversed_revenue else f" ({words.compact(kept)} by this recipe’s rules)"
    verb = "The recipe counts them" if found.counted else "They are left out"
    both = f"purchases of the window are {whole} with them, {rest} without"
    if whole == rest:
        both = f"purchases of the window are {whole} either way"
    return (
        f"Taken back within {words.count(found.hours)} hours: lines of {orders}, "
        f"{words.compact(found.reversed_revenue)} in all{counted}. {verb}: {both}."
    )
