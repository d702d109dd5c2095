"""The figures that the pages of the playbook derive from the Brief; see tests/derived.py."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from reportgen.brief import Brief
from reportgen.brief.playbook import Giants, LargeAccount, WatchList


def playbook(brief: Brief) -> Iterator[tuple[str, Any]]:
    book = brief.playbook
    if book is None:
        return
    yield from watch_list(book.watch_list)
    yield from largest(book.concentration.largest)
    yield from giants(book.giants)
    pairs = [pair for play in book.plays if play.baskets for pair in play.baskets.cross_sell + play.baskets.up_sell]
    yield from (("lift of a pair, rounded", round(pair.lift, 1)) for pair in pairs)
    offered = sum(1 for play in book.plays if play.baskets and play.baskets.cross_sell)
    yield "pairs but those shown", range(1, offered)
    yield "minimums that are missing", sum(not minimum.met for minimum in book.minimums)
    yield from (("a step's rows, unsigned", -step.rows) for step in brief.reconciliation)
    for found in book.restatement.differences if book.restatement else ():
        if found.now is not None and found.issued is not None:
            yield "restated: now − issued", found.now - found.issued


def largest(accounts: Sequence[LargeAccount]) -> Iterator[tuple[str, Any]]:
    yield "how many of the largest", len(accounts)
    yield "the period’s revenue of the largest", sum((account.period_revenue for account in accounts), Decimal(0))
    before = sum((account.previous_revenue or Decimal(0) for account in accounts), Decimal(0))
    yield "the previous period’s revenue of the largest", before


def watch_list(found: WatchList) -> Iterator[tuple[str, Any]]:
    for shown in range(12, max(12, len(found.accounts)) + 1):  # giant orders may leave room for fewer
        accounts = found.accounts[:shown]
        yield "accounts overdue but those shown", found.overdue - len(accounts)
        yield "their revenue", found.revenue - sum((account.revenue for account in accounts), Decimal(0))
    if found.accounts and found.revenue > 0:
        yield "the first account ÷ all overdue", float(found.accounts[0].revenue / found.revenue)


def giants(found: Giants) -> Iterator[tuple[str, Any]]:
    kept = found.reversed_revenue if found.reversed_kept is None else found.reversed_kept
    yield "purchases − reversed_kept", found.purchases - kept
    yield "revenue of giant guests", sum((order.revenue for order in found.guests), Decimal(0))
    yield "how many", len(found.guests)
    yield "giant orders but those listed", found.period.giants - len(found.orders)
    yield "their revenue", found.period.giant_revenue - sum((order.revenue for order in found.orders), Decimal(0))
    spans = [span for span in (found.period, found.previous) if span]
    yield "giant orders of both periods", sum(span.giants for span in spans)
    yield from (("purchases − giant_revenue", span.purchases - span.giant_revenue) for span in spans)
    yield from (("hours until as much came back", order.undone // 60) for order in found.orders if order.undone)
    for reversal in found.largest:
        minutes = int((reversal.cancelled - reversal.ordered).total_seconds() // 60)
        yield from (("minutes until cancelled", minutes), ("hours until cancelled", minutes // 60))
