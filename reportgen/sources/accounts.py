"""Accounts: what was loaded of files as transactions, and how many rows each of them had."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from reportgen import config
from reportgen.sources import (
    assembly,
    bearers,
    currencies,
    figures,
    following,
    hints,
    in_place,
    lines,
    namesakes,
    opening,
    overlap,
    plausibility,
    signs,
    sums,
    unpaid,
    worth,
    zones,
)
from reportgen.sources.connection import Connection
from reportgen.sources.engine import over
from reportgen.sources.loading import Raw
from reportgen.sources.survey import Loaded
from reportgen.telling import Note
from reportgen.transactions import Rounded, Transactions


def accounts(
    con: Connection, files: Mapping[Path, Sequence[Raw]], spec: config.Input, shop: config.Shop, say: Note
) -> tuple[Transactions, tuple[int, ...]]:
    """The transactions in `files`, and the data rows of each, in their order. Raises `InputError`."""
    engine = over(con)
    loaded = opening.opened(engine, files, spec, say)
    parts = [part for each in loaded.values() for part in each]
    limit = opening.bad_row_limit(parts, spec)
    notations = opening.settle(parts, spec, shop.currency, limit, say)
    bearers.refuse(parts, spec)
    for note in (*following.notes(con, parts, spec), *zones.notes(parts, notations, shop.timezone)):
        say(note)
    parsed = [
        lines.parse(engine, *each, shop.timezone, spec.round_prices) for each in zip(parts, notations, strict=True)
    ]
    least = currencies.digits(shop.currency)
    scales = scales_of(parsed, spec, least)
    worth.look(parsed, notations, worth.Terms(scales, shop.timezone, spec, least if shop.currency else 2), say)
    unpaid.look(parsed, scales, shop.timezone, say)
    for note in signs.notes(parsed, spec, limit):
        say(note)
    terms = assembly.Terms(scales, shop.timezone, limit, spec)
    transactions = _told_rounding(assembly.assemble(engine, parsed, terms), parsed, spec, say)
    for removed in transactions.removed:
        say(f"{removed.rows:,} left out: {removed.label[0].lower()}{removed.label[1:]}")
    first = parts[0]
    if transactions.raw_rows < in_place.LEAST:  # so large a file is no spreadsheet's
        sums.refuse(con, parts, transactions.scale)
        for note in (*namesakes.notes(con, first.part.name), *_differing(con, parts, spec)):
            say(note)
    context = plausibility.Context(first.part.name, first.columns, limit)
    plausibility.look(transactions, context, spec, hints.found(con, transactions.raw_rows), say)
    return transactions, tuple(sum(part.places for part in each) for each in loaded.values())


def _differing(con: Connection, parts: Sequence[Loaded], spec: config.Input) -> Iterator[str]:
    """What is to be told of orders in several `parts`, where their numbers are the shop's."""
    if len(parts) > 1 and spec.overlap == "once" and all("invoice" in part.columns for part in parts):
        ends = [*accumulate(part.places for part in parts)]
        yield from overlap.differing(con, [part.part.name for part in parts], ends)


def _told_rounding(
    transactions: Transactions, parsed: Sequence[lines.Parsed], spec: config.Input, say: Note
) -> Transactions:
    """`transactions` with what `[input] round_prices` rounded."""
    rows = sum(part.rounded for part in parsed)
    if spec.round_prices is None or not rows:
        return transactions
    say(f"{rows:,} rounded: prices with more than {spec.round_prices} decimals")
    return replace(transactions, rounded=Rounded(rows, spec.round_prices))


def scales_of(parsed: Sequence[lines.Parsed], spec: config.Input, least: int) -> lines.Scales:
    """Scales that hold the figures of all parts; `least`: decimals of the currency."""
    prices = [part.decimals["price"] for part in parsed]
    quantities = [part.decimals.get("quantity", 0) for part in parsed]
    return lines.Scales(figures.common_scale(prices, spec.decimals, least), figures.common_scale(quantities))
