"""The playbook: one block per segment, up to four a page: profile, meaning, action, figure to watch, record.

Nine to eleven segments get smaller blocks, five or six a page, so that the main part stays within nine pages; so do
four, which fit below the page's head only so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from reportgen.brief import STANDS_OUT, Brief, Segment
from reportgen.charts import ChartSpec, tokens
from reportgen.pages import _plays as plays
from reportgen.pages._figures import repeat_share
from reportgen.wording import NBSP, NONE, Claim, Words, capital, nouns, title
from reportgen.wording.claims import FLOOR
from reportgen.wording.facts import whole_record, yardstick

PLACE = 60
NAME = "Playbook"
A_PAGE = 4
"""Blocks that fit on a page; pages are filled evenly."""
SMALL_A_PAGE, SMALL = 6, (4, 9, 10, 11)
"""So many smaller ones fit, and so many segments get them."""
IN_A_LINE = 28
"""Letters of a product's name that stand in one line."""
MOST, ALL = 0.75, 0.995
"""A share of revenue worth a title."""
BARS = 6
"""Month-ends drawn beside the name."""
NAMED = 3
"""Segments that a title can name."""


@dataclass(frozen=True)
class Measure:
    """A measure of the segment beside that of all customers ("" where there is none)."""

    name: str
    value: str
    base: str


@dataclass(frozen=True)
class Bar:
    """Customers at a month-end, in per cent of the most; its `kind`: "now", the last one, or "short" records, or ""."""

    height: float
    kind: str


@dataclass(frozen=True)
class Block:
    """A segment's profile."""

    id: str
    name: str
    color: str
    customers: str
    revenue_share: str
    measures: tuple[Measure, ...]
    bars: tuple[Bar, ...]
    bars_text: str
    meaning: str
    change: str
    tone: str
    """Whether the change is "good" or "bad"; "": neither."""
    action: plays.Doing
    watched: plays.Watched | None
    record: str
    programmes: str
    countries: str
    products: tuple[tuple[str, str], ...]
    products_note: str
    label: str
    """What became of the published label, "" if there is none."""


@dataclass(frozen=True)
class Context:
    """What `profiles.html.j2` prints. `sheets`: blocks by page, `small` ones where there are many."""

    title: str
    deck: str
    revenue_name: str
    sheets: tuple[tuple[Block, ...], ...]
    small: bool
    wordy: bool
    """Whether most names of products take two lines: the profiles then stand closer."""


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:  # noqa: ARG001
    """The profiles of `brief`; None without segments."""
    if not brief.segments:
        return None
    color = tokens(brief)
    blocks = [_block(brief, segment, color[segment.id], words) for segment in brief.segments]
    return Context(
        title=title(*claims(brief, words), plain="The segments one by one"),
        deck=_deck(brief, words),
        revenue_name=words.revenue_name(brief),
        sheets=tuple(tuple(sheet) for sheet in _dealt(blocks)),
        small=len(blocks) in SMALL,
        wordy=_wordy([name for block in blocks for name, _ in block.products]),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The fewest segments that bring most of the revenue, if they are half of the segments or less."""
    ranked = sorted(brief.segments, key=lambda segment: -segment.revenue_share)
    for count in range(1, min(NAMED, len(ranked) // 2) + 1):
        share = fsum(segment.revenue_share for segment in ranked[:count])
        if share >= MOST:
            named = [s for s in brief.segments if s in ranked[:count]]
            verb = "brings" if count == 1 else "bring"
            part = words.about(fsum(segment.customer_share for segment in named))
            names = words.joined([segment.name for segment in named])
            text = f"{names} {verb} {words.about(share)} of revenue with {part} of customers"
            return (Claim(text, holds=len(ranked) - count > 1 and share < ALL),)
    return ()


def _deck(brief: Brief, words: Words) -> str:
    deck = f"On {words.date(brief.period.end)}: what each is, what to do, and which document says so. "
    book = brief.playbook
    if book and len(book.month_ends) > 1:
        first, last = words.short_month(book.month_ends[0]), words.short_month(book.month_ends[-1])
        ends = words.plural(len(book.month_ends), "month-end")
        deck += f"Record: {ends}, {first} to {last}, by these {yardstick(brief)}. "
    return f"{deck}Days, orders and revenue: medians, beside all customers’.{_growing(brief)}"


def _growing(brief: Brief) -> str:
    """Why bars can't be compared: months rest on ever longer records; "" where they can."""
    months = brief.segment_trend[-BARS:]
    if len(months) < 2:  # noqa: PLR2004
        return ""
    if months[0].month_end.short:
        return " Faint bars: shorter records."
    grow = months[0].month_end.window_start == months[-1].month_end.window_start
    return " Bars: by all records until then." if grow else ""


def _dealt(blocks: list[Block]) -> list[list[Block]]:
    """`blocks` on as few pages as they fit, evenly, the first with its head not the fuller: 7 as 3 and 4."""
    fit = SMALL_A_PAGE if len(blocks) in SMALL else A_PAGE
    pages = -(-len(blocks) // fit) or 1
    short, longer = divmod(len(blocks), pages)
    dealt, at = [], 0
    for page in range(pages):
        size = short + (page >= pages - longer)
        dealt.append(blocks[at : at + size])
        at += size
    return dealt


def _wordy(names: list[str]) -> bool:
    return 2 * sum(len(name) > IN_A_LINE for name in names) > len(names)


def _fitting(products: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """`products`, of three with long names the first two."""
    made = tuple(products)
    return made[:2] if _wordy([name for name, _ in made]) else made


def _block(brief: Brief, segment: Segment, color: str, words: Words) -> Block:
    products = _fitting(
        (product.description or product.code, f"{words.count(round(product.lift, 1), 1)}×")
        for product in segment.products
        if product.lift >= STANDS_OUT
    )
    play = plays.play_of(brief, segment)
    change, tone = plays.change(brief, segment, words)
    bars, bars_text = _bars(brief, segment, words)
    return Block(
        id=segment.id,
        name=segment.name,
        color=color,
        customers=words.count(segment.customers),
        revenue_share=words.percent(segment.revenue_share),
        measures=_measures(brief, segment, words),
        bars=bars,
        bars_text=bars_text,
        meaning=segment.meaning,
        change=change,
        tone=tone,
        action=plays.doing(brief, segment, words),
        watched=plays.watched(brief, segment, words),
        record=plays.record(brief, play, words) if play else "",
        programmes=" · ".join(plays.programmes(play, words)) if play else "",
        countries=", ".join(f"{country.name} {words.about(country.share)}" for country in segment.countries[:3]),
        products=products,
        products_note=_products_note(brief, segment, products),
        label=_label(segment),
    )


def _bars(brief: Brief, segment: Segment, words: Words) -> tuple[tuple[Bar, ...], str]:
    """Customers at the last month-ends, and the same in words; () where there is no course of them."""
    months = brief.segment_trend[-BARS:]
    counts = [point.customers for month in months for point in month.segments if point.segment == segment.id]
    most = max(counts, default=0)
    if len(counts) < 2 or not most:  # noqa: PLR2004
        return (), ""
    short = [month.month_end.short for month in months]
    kinds = [*("short" if each else "" for each in short[:-1]), "now"]
    bars = tuple(Bar(round(100 * count / most, 1), kind) for count, kind in zip(counts, kinds, strict=True))
    first, last = words.short_month(months[0].month), words.short_month(months[-1].month)
    if _growing(brief):
        return bars, f"Customers, {first} to {last}"
    # One piece, so that a line doesn't begin with a figure alone.
    return bars, f"Customers, {first} to {last}: {words.count(counts[0])}{NBSP}to{NBSP}{words.count(counts[-1])}"


def _measures(brief: Brief, segment: Segment, words: Words) -> tuple[Measure, ...]:
    """Seven at most: what fits across the page."""
    named = nouns(brief.method)
    known = brief.distributions if segment.customers else ()
    medians = {distribution.axis: distribution.median for distribution in known}
    totals, repeat = brief.totals, repeat_share(brief) if segment.customers else None
    order_value = totals.revenue / totals.orders if totals.orders and segment.customers else None
    made = [
        Measure(
            "Days since last order", words.figure(segment.recency_median), _beside(words.figure, medians.get("recency"))
        ),
        Measure(
            capital(named.many), words.figure(segment.frequency_median), _beside(words.figure, medians.get("frequency"))
        ),
        Measure(
            capital(named.money),
            words.compact(segment.monetary_median),
            _beside(words.compact, medians.get("monetary")),
        ),
        Measure("Revenue per order", words.compact(segment.order_value), _beside(words.compact, order_value)),
        Measure("One order only", words.about(segment.one_order_share), _beside(words.about, _rest(repeat))),
        Measure("Days since first order", words.figure(segment.tenure_median), ""),
    ]
    if not whole_record(brief):
        name = words.short_month(brief.period.start) if not brief.period.partial else "period"
        active = sum(other.active_customers for other in brief.segments)
        base = words.about(active / totals.customers) if segment.customers else ""
        share = words.about(segment.active_customers / segment.customers) if segment.customers else NONE
        made.append(Measure(f"Ordered in {name}", share, base))
    return tuple(made)


def _beside(shown: Callable[..., str], value: Decimal | float | None) -> str:
    return "" if value is None else shown(value)


def _rest(share: float | None) -> float | None:
    return None if share is None else 1 - share


def _products_note(brief: Brief, segment: Segment, products: tuple[tuple[str, str], ...]) -> str:
    if not brief.data.has_products:
        return "The input has no products."
    if products:
        return ""
    if not segment.customers:
        return "No customers, so no products."
    return "None: it buys what all customers buy." if segment.customers >= FLOOR else "Too few customers to tell."


def _label(segment: Segment) -> str:
    check = segment.label_check
    if check is None:
        return ""
    if segment.published_label:
        return f"Published as “{segment.published_label}”: {'fits' if check.fits else 'does not fit'}"
    return "" if check.fits else "The name does not fit the evidence; see Method"
