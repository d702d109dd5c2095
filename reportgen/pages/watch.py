"""Watch list: accounts slipping now, how far revenue hangs on few, giant orders with and without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.playbook import Account, Concentration, LargeAccount, WatchList
from reportgen.charts import ChartSpec, tokens
from reportgen.pages import _giants as giants
from reportgen.pages import _ids as ids
from reportgen.pages import _plays as plays
from reportgen.wording import NONE, Claim, Words, capital, title
from reportgen.wording.facts import through, whole_record

PLACE = 65
NAME = "Watch list"
SHOWN, FEWER = 20, 12
"""Accounts that fit on the page; fewer where ids of customers are long."""
ROOM = 27
"""Accounts and giant orders that fit on it together."""
FEW = 3
"""Up to so many accounts leave room for what to do about them."""
NOTABLE = 0.1
"""A part of the money at stake, held by one account, that is worth a title."""


@dataclass(frozen=True)
class Row:
    """An account overdue."""

    customer: str
    segment: str
    color: str
    last_order: str
    days_since: str
    median_gap: str
    longest_gap: str
    orders: str
    revenue: str


@dataclass(frozen=True)
class TopRow:
    """The share of the largest customers, by span."""

    name: str
    shares: tuple[str, ...]


@dataclass(frozen=True)
class LargeRow:
    """One of the largest customers."""

    customer: str
    segment: str
    color: str
    country: str
    revenues: tuple[str, ...]


@dataclass(frozen=True)
class Context:
    """What `watch.html.j2` prints."""

    title: str
    deck: str
    rows: tuple[Row, ...]
    further: tuple[str, str] | None
    """How many more there are, and their revenue."""
    advice: tuple[tuple[str, str], ...]
    """What to do in the segments of the accounts, where these are few."""
    net: str
    """What the customers' money is."""
    together: str
    """What the largest ones brought, and before; "" without a period to tell from the window."""
    revenue_name: str
    unit: str
    """Of the tables' money."""
    spans: tuple[str, ...]
    tops: tuple[TopRow, ...]
    tops_title: str
    largest: tuple[LargeRow, ...]
    giants: tuple[giants.GiantRow, ...]
    giants_title: str
    giants_note: str
    long_ids: bool
    unread: bool
    """Whether ids have marks in place of letters that the paper's fonts lack."""


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:  # noqa: ARG001
    """The page of `brief`; None in a brief without a playbook."""
    book = brief.playbook
    if book is None:
        return None
    found = book.watch_list
    spans = _spans(brief, words)
    largest = _largest(brief, book.concentration, words, periods=len(spans) > 1)
    large = giants.rows(book.giants, words)
    shown = _shown(found, ROOM - len(large))
    return Context(
        title=title(*claims(brief, found, words), plain="Accounts to watch"),
        deck=_deck(brief, found, words),
        rows=_rows(brief, shown, words),
        further=_further(found, shown, words),
        advice=_advice(brief, found, words),
        net=capital(words.net(brief)),
        together=_together(brief, book.concentration.largest, words),
        revenue_name=capital(words.revenue_name(brief)),
        unit=f", {words.symbol}" if words.symbol else "",
        spans=spans,
        tops=_tops(book.concentration, words, periods=len(spans) > 1),
        tops_title=_tops_title(brief, book.concentration, words),
        largest=largest,
        giants=large,
        giants_title=giants.headline(brief, book.giants, words),
        giants_note=giants.note(brief, book.giants, words),
        long_ids=ids.long(found.accounts) or ids.long(book.concentration.largest),
        unread=ids.unread(found.accounts) or ids.unread(book.concentration.largest),
    )


# --- accounts overdue ---------------------------------------------------------------------------------------


def claims(brief: Brief, found: WatchList, words: Words) -> tuple[Claim, ...]:
    """How many are overdue, what they are worth, and whether one of them is much of it."""
    if not found.overdue:
        where, days = _elsewhere(brief, words), words.plural(found.least_days, "day")
        return (
            Claim("No regular customer is overdue by its own rhythm", holds=found.regular > 0),
            Claim(f"{where} customer bought on {days}: there is no rhythm to be late by", holds=True),
        )
    one = found.overdue == 1
    count = words.plural(found.overdue, "regular customer")
    text = f"{count} worth {words.compact(found.revenue)} {plays.late(found.overdue)}"
    first = found.accounts[0]
    share = first.revenue / found.revenue if found.revenue > 0 else 0
    name = plays.named(brief, (first.segment,), words)
    one_account = f"{text}; one {name} account is {words.about(share)} of it"
    return (
        Claim(one_account, holds=not one and share >= NOTABLE),
        Claim(text, holds=True),
    )


def _gone(brief: Brief, words: Words) -> str:
    """The segments whose customers are beyond slipping."""
    return words.joined([segment.name for segment in brief.segments if segment.archetype == "lost"])


def _elsewhere(brief: Brief, words: Words) -> str:
    gone = _gone(brief, words)
    return f"Outside {gone}, no" if gone else "No"


def _deck(brief: Brief, found: WatchList, words: Words) -> str:
    gone = _gone(brief, words)
    return (
        f"Overdue: silent for more than {words.figure(found.factor)} times their own median gap, and longer than ever"
        f" before{_until(brief, found, words)}. Customers with at least "
        f"{words.plural(found.least_days, 'purchase day')} ({words.count(found.regular)})"
        f"{f'; {gone} left out' if gone else ''}."
    )


def _until(brief: Brief, found: WatchList, words: Words) -> str:
    """The day that silence counts to, where it isn't the period's last one."""
    if found.through is None or found.through >= through(brief):
        return ""
    return f", up to {words.date(found.through)}, the last day with sales"


def _rows(brief: Brief, shown: Sequence[Account], words: Words) -> tuple[Row, ...]:
    gap = words.figures([account.median_gap for account in shown])
    return tuple(
        Row(
            customer=ids.shown(account.customer),
            segment=plays.named(brief, (account.segment,), words),
            color=tokens(brief)[account.segment],
            last_order=words.short_date(account.last_order),
            days_since=words.count(account.days_since),
            median_gap=gap(account.median_gap),
            longest_gap=words.count(account.longest_gap),
            orders=words.count(account.orders),
            revenue=words.count(account.revenue),
        )
        for account in shown
    )


def _shown(found: WatchList, room: int) -> tuple[Account, ...]:
    return found.accounts[: FEWER if ids.long(found.accounts) else min(SHOWN, room)]


def _further(found: WatchList, shown: Sequence[Account], words: Words) -> tuple[str, str] | None:
    rest = found.overdue - len(shown)
    if not rest:
        return None
    worth = found.revenue - sum((account.revenue for account in shown), start=found.revenue * 0)
    return f"{words.count(rest)} further, in watch_list.csv", words.count(worth)


def _advice(brief: Brief, found: WatchList, words: Words) -> tuple[tuple[str, str], ...]:
    if found.overdue > FEW:
        return ()
    concerned = {account.segment for account in found.accounts}
    doing = [(segment, plays.doing(brief, segment, words)) for segment in brief.segments if segment.id in concerned]
    return tuple((f"{segment.name}: {does.title}", does.text) for segment, does in doing)


# --- concentration ------------------------------------------------------------------------------------------


def _spans(brief: Brief, words: Words) -> tuple[str, ...]:
    """The heads of the spans: the window, and where there is one to tell from it, the previous and this period."""
    window = capital(words.revenue_name(brief))
    if whole_record(brief):
        return (window,)
    now, before = brief.period_totals, brief.previous_totals
    then = (words.between(before.start, before.end),) if before else ()
    return (window, *then, words.between(now.start, now.end))


def _tops(found: Concentration, words: Words, *, periods: bool) -> tuple[TopRow, ...]:
    columns = [found.window, *([found.previous] if found.previous else []), found.period] if periods else [found.window]
    shares = [{top.customers: top.share for top in column} for column in columns]
    return tuple(
        TopRow(
            "The largest" if count == 1 else f"The {words.count(count)} largest",
            tuple(words.percent(share.get(count)) for share in shares),
        )
        for count in sorted({top.customers for column in columns for top in column})
    )


def _tops_title(brief: Brief, found: Concentration, words: Words) -> str:
    last = found.window[-1] if found.window else None
    if last is None or last.share is None or last.customers == brief.totals.customers:
        return "The largest customers"
    verb = "holds" if last.customers == 1 else "hold"
    who = f"The {words.plural(last.customers, 'largest customer')}"
    return f"{who} {verb} {words.about(last.share)} of {words.revenue_name(brief)}"


def _largest(brief: Brief, found: Concentration, words: Words, *, periods: bool) -> tuple[LargeRow, ...]:
    return tuple(
        LargeRow(
            customer=ids.shown(account.customer),
            segment=plays.named(brief, (account.segment,), words),
            color=tokens(brief)[account.segment],
            country=account.country or NONE,
            revenues=_revenues(account, words, periods=periods),
        )
        for account in found.largest
    )


def _together(brief: Brief, accounts: Sequence[LargeAccount], words: Words) -> str:
    before = brief.previous_totals
    if whole_record(brief) or not before or len(accounts) < 2:  # noqa: PLR2004
        return ""
    brought = words.compact(sum((account.period_revenue for account in accounts), Decimal(0)))
    earlier = words.compact(sum((account.previous_revenue or Decimal(0) for account in accounts), Decimal(0)))
    return f"together {brought}, {words.during(before.start, before.end)} {earlier}"


def _revenues(account: LargeAccount, words: Words, *, periods: bool) -> tuple[str, ...]:
    before = [account.previous_revenue] if account.previous_revenue is not None else []
    shown = [account.revenue, *before, account.period_revenue] if periods else [account.revenue]
    return tuple(words.count(value) for value in shown)
