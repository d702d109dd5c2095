"""Actions and offers: what each action may be worth and on which assumptions, and which products to offer next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.brief import Brief, Segment
from reportgen.brief.playbook import Baskets, Pair, Play, Playbook
from reportgen.charts import ChartSpec, tokens
from reportgen.charts.effects import sized
from reportgen.pages import _plays as plays
from reportgen.pages._halves import Block, Halves, halves
from reportgen.wording import NONE, Claim, Words, customer_of, title
from reportgen.wording.facts import yardstick

PLACE = 62
NAME = "Actions and offers"
FEW = 8
"""Without sizes, fewer offers than this make no page."""
FILLED = 13
"""Rows of offers, and bars beside them, that leave room on the page."""
SHOWN, FEWER = 7, 4
"""Rows of a table of offers: what fits on the page, beside up to seven actions or more."""
ALL = 20
"""The same on a page without sizes."""
IN_A_LINE, TALLER = 34, 2
"""Letters of a product's name that stand in one line; so many rows fewer where most names take two."""
SIZED = "Orders of magnitude, from differences that were observed between segments: no forecasts, no costs deducted."
UNSIZED = "Pairs of products from each segment’s own orders. No action has a size: see below."
Kind = Callable[[Baskets], tuple[Pair, ...]]


@dataclass(frozen=True)
class Row:
    """An action and what its size is made of."""

    segment: str
    color: str
    action: str
    customers: str
    rate: str
    other: str
    """Whom it is compared with, and their rate."""
    order_value: str
    size: str


@dataclass(frozen=True)
class Offer:
    """A suggestion: to a segment's customers who buy the one, offer the other."""

    segment: str
    color: str
    buys: str
    offer: str
    both: str
    confidence: str
    lift: str
    prices: str


@dataclass(frozen=True)
class Context:
    """What `actions.html.j2` prints."""

    title: str
    deck: str
    chart: ChartSpec | None
    rows: tuple[Row, ...]
    """What the sizes are made of, where there are no offers to show beside the chart."""
    unsized: str
    assumptions: Halves
    cross: tuple[Offer, ...]
    up: tuple[Offer, ...]
    offers_note: str
    roomy: bool
    """Whether the offers may stand further apart."""


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None without a playbook, or with next to nothing to say."""
    book = brief.playbook
    if book is None:
        return None
    cross, up = _offers(brief, words, lambda baskets: baskets.cross_sell), _offers(brief, words, lambda b: b.up_sell)
    if not book.ranking and len(cross) + len(up) < FEW:
        return None
    return Context(
        title=title(*claims(brief, words), plain="What to offer next, segment by segment"),
        deck=SIZED if book.ranking else UNSIZED,
        chart=charts.get("effects"),
        rows=() if cross else _rows(brief, words),
        unsized=_unsized(brief, book, words),
        assumptions=halves([_assumptions(brief, book, words)]),
        cross=cross,
        up=up,
        offers_note=_offers_note(brief, book, len(cross), words),
        roomy=len(cross) + len(up) + len(book.ranking) <= FILLED,
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The largest action."""
    rows = sized(brief)
    if not rows:
        return ()
    segment, size = rows[0]
    same = plays.supposed(brief, size, f"{customer_of(segment.name)}s", words)
    worth = f"{words.compact(size.value)} {'would be missing' if size.goal == 'keep' else 'more would come in'}"
    today = f"and not {words.percent(size.rate)}"
    return (Claim(f"{same}, {today}, {worth}", holds=True), Claim(f"{same}, {worth}", holds=True))


def _rows(brief: Brief, words: Words) -> tuple[Row, ...]:
    color = tokens(brief)
    return tuple(
        Row(
            segment=segment.name,
            color=color[segment.id],
            action=plays.doing(brief, segment, words).title,
            customers=words.count(segment.customers),
            rate=words.percent(size.rate),
            other=f"{plays.named(brief, size.compared, words)} {words.percent(size.compared_rate)}",
            order_value=words.whole(size.order_value),
            size=f"{words.compact(size.value)} to {size.goal}",
        )
        for segment, size in sized(brief)
    )


def _unsized(brief: Brief, book: Playbook, words: Words) -> str:
    """Which actions have no size, by reason."""
    reasons: dict[str, list[str]] = {}
    for segment, play in _plays(brief, book):
        if play.sizing.unsized:
            reasons.setdefault(plays.unsized(book, play.sizing, words), []).append(segment.name)
    parts = [f"{words.joined(names)} ({reason})" for reason, names in reasons.items()]
    return f"Without a size: {'; '.join(parts)}." if parts else ""


def _plays(brief: Brief, book: Playbook) -> Sequence[tuple[Segment, Play]]:
    return list(zip(brief.segments, book.plays, strict=True))


def _assumptions(brief: Brief, book: Playbook, words: Words) -> Block:
    """What the sizes suppose, in plain words; nothing without sizes."""
    texts = _suppositions(brief, book, words) if sized(brief) else ()
    return Block("", "list", tuple(("", text) for text in texts))


def _suppositions(brief: Brief, book: Playbook, words: Words) -> tuple[str, ...]:
    rows = sized(brief)
    first, last = words.date(book.month_ends[0]), words.date(book.month_ends[-1])
    ends = words.plural(len(book.month_ends), "month-end")
    largest, size = rows[0]
    premise = plays.premise(brief, largest, size, words)
    rate = (
        f"A rate is the share of customers at a month-end who bought in the next month: {ends}, {first} to {last}, by "
        f"this period’s {yardstick(brief)}; busy and quiet months alike."
    )
    honest = (
        "Segments differ in more than an action can change, and the difference says nothing of cause: it compares "
        "actions, and plans no revenue."
    )
    interval = (
        "One more buyer places one order, worth the mean of the segment’s orders in those months; the interval "
        f"holds {words.about(book.level)} of {words.count(book.resamples)} resamples of the customers."
    )
    return f"{largest.name}: {premise}", rate, honest, interval


def _offers(brief: Brief, words: Words, kind: Kind) -> tuple[Offer, ...]:
    """The first suggestion of each segment, of those with most revenue where they are many; all without sizes."""
    book, color = brief.playbook, tokens(brief)
    found = [
        (segment, pair)
        for segment, play in (_plays(brief, book) if book else ())
        for pair in (kind(play.baskets)[: 1 if sized(brief) else None] if play.baskets else ())
    ]
    few = (SHOWN if len(brief.segments) <= SHOWN else FEWER) - (TALLER if _wordy(found) else 0)
    room = few if sized(brief) else ALL
    most = sorted(found, key=lambda row: -row[0].revenue)[:room]
    return tuple(_offer(segment, color[segment.id], pair, words) for segment, pair in found if (segment, pair) in most)


def _wordy(found: Sequence[tuple[Segment, Pair]]) -> bool:
    names = [name or "" for _, pair in found for name in (pair.description, pair.offered_description)]
    return 2 * sum(len(name) > IN_A_LINE for name in names) > len(names)


def _offer(segment: Segment, color: str, pair: Pair, words: Words) -> Offer:
    known = pair.price is not None and pair.offered_price is not None
    return Offer(
        segment=segment.name,
        color=color,
        buys=pair.description or pair.code,
        offer=pair.offered_description or pair.offered,
        both=words.count(pair.both),
        confidence=words.percent(pair.confidence, 0),
        lift=f"{words.count(round(pair.lift, 1), 1)}×",
        prices=f"{words.price(pair.price)} → {words.price(pair.offered_price)}" if known else NONE,
    )


def _offers_note(brief: Brief, book: Playbook, shown: int, words: Words) -> str:
    """What the suggestions rest on, how many more there are than those `shown`, or why there are none."""
    if not brief.data.has_products:
        return "The input has no products, so there are no offers to suggest."
    known = [play.baskets for play in book.plays if play.baskets and play.baskets.orders]
    if not known:
        return "No order to look at."
    least, most = min(basket.least for basket in known), max(basket.least for basket in known)
    floor = words.count(least) if least == most else f"{words.count(least)} to {words.count(most)}"
    text = (
        f"Pairs in at least {floor} orders (by the segment’s size), of the {words.count(known[0].products)} "
        "products that most of its customers bought; fees and postage excluded. Lift: times as often as by chance, at "
        f"least {words.figure(known[0].least_lift)}."
    )
    found = sum(1 if sized(brief) else len(basket.cross_sell) for basket in known if basket.cross_sell)
    if not found:
        return f"No pair of products stands out. {text}"
    rest = f" {words.plural(found - shown, 'further pair')} in brief.json." if found > shown else ""
    return f"{text}{rest}"
