"""Segments at a glance: the table, and what each segment brought."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, Segment
from reportgen.charts import ChartSpec, tokens
from reportgen.charts.gains import compared, customers_tone, most_changed, revenue_tone
from reportgen.wording import NONE, Claim, Unit, Words, capital, customer_of, nouns, title
from reportgen.wording.claims import FLOOR, agreeing
from reportgen.wording.facts import growth, last_day, sizes, uneven, whole_record, yardstick

PLACE = 20
NAME = "Segments at a glance"
FEW, SHORT = 7, 24
ROOM = 5
"""Segments up to which the page has room for another chart."""
Format = Callable[[float | Decimal | None], str]


@dataclass(frozen=True)
class Change:
    """A difference as printed; `tone`: "good", "bad" or "" (neither, or within noise)."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """A segment in the table."""

    name: str
    color: str
    customers: int
    customers_change: Change
    customer_share: float
    revenue: Decimal
    revenue_change: str
    revenue_share: float
    period_revenue: Decimal
    period_change: Change
    active_share: float | None
    recency: str
    frequency: str
    monetary: Decimal | None


@dataclass(frozen=True)
class Total:
    """The last line of the table."""

    customers: int
    customers_change: str
    share: float
    """Of customers and of revenue: all."""
    revenue: Decimal
    revenue_change: str
    period_revenue: Decimal
    period_change: str
    active_share: float | None
    recency: str
    frequency: str
    monetary: Decimal | None


@dataclass(frozen=True)
class LabelRow:
    """A published label and what the evidence says to it."""

    name: str
    color: str
    label: str
    verdict: str
    fits: bool


@dataclass(frozen=True)
class Context:
    """What `segments.html.j2` prints."""

    title: str
    deck: str
    revenue_name: str
    period_name: str
    """Head of the period's columns; "" where the period is the window."""
    frequency_name: str
    monetary_name: str
    """What F and M of the median customer are."""
    since: str
    """What the changes are measured against, "" where there is nothing."""
    grown: bool
    """Whether the window's revenue can be compared with what it was."""
    note: str
    unit: Unit
    symbol: str
    rows: tuple[Row, ...]
    total: Total
    findings: tuple[tuple[str, str], ...]
    labels_title: str
    labels: tuple[LabelRow, ...]
    """Published labels against the evidence; () where no document published any."""
    charts: tuple[ChartSpec, ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None without segments."""
    if not brief.segments:
        return None
    return Context(
        title=title(*claims(brief, words), plain="The segments, their customers and their revenue"),
        deck=f"Customers in segments on {words.date(brief.period.end)}; {words.net(brief)} {words.window(brief)}.",
        revenue_name=capital(words.revenue_name(brief)),
        period_name="" if whole_record(brief) else words.between(brief.period.start, brief.period.end),
        frequency_name=capital(nouns(brief.method).many),
        monetary_name=capital(nouns(brief.method).money),
        since=_since(brief, words),
        grown=bool(_since(brief, words)) and not uneven(brief),
        note=_note(brief, words),
        unit=_unit(brief, words),
        symbol=words.symbol,
        rows=_rows(brief, words),
        total=_total(brief, words),
        findings=findings(brief, words) if _roomy(brief) else (),
        labels_title=title(*label_claims(brief, words), plain="Published labels against the evidence"),
        labels=_labels(brief),
        charts=_charts(brief, charts),
    )


def _roomy(brief: Brief) -> bool:
    """Whether table and chart leave room for the observations: rows with long names take two lines."""
    return len(brief.segments) <= FEW or all(len(segment.name) <= SHORT for segment in brief.segments)


def evaluation_beside(brief: Brief) -> bool:
    """Whether the comparison of clusterings stands on this page, where few segments leave room; else under Method."""
    return len(brief.segments) <= ROOM and not _labels(brief)


def _charts(brief: Brief, charts: Mapping[str, ChartSpec]) -> tuple[ChartSpec, ...]:
    names = [next((name for name in ("gains", "contribution") if name in charts), "medians")]
    names += ["evaluation"] if evaluation_beside(brief) else []
    return tuple(charts[name] for name in names if name in charts)


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """Which segment grew or shrank most, or else is largest, and which brings most."""
    if len(brief.segments) < 2 or brief.totals.customers < FLOOR:  # noqa: PLR2004
        return ()
    largest, second = sorted(brief.segments, key=lambda segment: -segment.customers)[:2]
    richest, next_ = sorted(brief.segments, key=lambda segment: -segment.revenue)[:2]
    clear = largest.customers > second.customers and richest.revenue > next_.revenue
    size, worth = words.about(largest.customer_share), words.about(richest.revenue_share)
    has, bring = agreeing(largest.name, "has", "have"), agreeing(richest.name, "brings", "bring")
    mover, news = _moved(brief, words)
    bring_most = f"{richest.name} {bring} the most revenue, {worth}"
    moved = f"{news} and {bring_most.removeprefix(richest.name + ' ')}" if mover is richest else f"{news}; {bring_most}"
    apart = f"{largest.name} {has} the most customers, {size} of all; {richest.name} {bring} the most revenue, {worth}"
    same = f"{largest.name} {has} the most customers, {size} of all, and {bring} the most revenue, {worth}"
    return (
        Claim(moved, holds=bool(news) and richest.revenue > next_.revenue),
        Claim(apart, holds=clear and largest != richest),
        Claim(same, holds=clear and largest == richest),
    )


def _moved(brief: Brief, words: Words) -> tuple[Segment | None, str]:
    """The segment whose number of customers changed most, of those where that is no chance; (None, "") without any."""
    moved = [(segment, growth(brief, segment) or 0) for segment in brief.segments if customers_tone(brief, segment)]
    end = brief.previous_month_end
    if not moved or end is None:
        return None, ""
    segment, more = max(moved, key=lambda pair: abs(pair[1]))
    verb, word = agreeing(segment.name, "has", "have"), "more" if more > 0 else "fewer"
    return (
        segment,
        f"{segment.name} {verb} {words.count(abs(more))} customers {word} than on {words.date(last_day(end))}",
    )


def findings(brief: Brief, words: Words) -> tuple[tuple[str, str], ...]:
    """Up to three observations: activity, order value, one-order customers."""
    made = (_active(brief, words), _order_value(brief, words), _once(brief, words))
    return tuple(found for found in made if found)


def _active(brief: Brief, words: Words) -> tuple[str, str] | None:
    if whole_record(brief) or not brief.totals.customers:
        return None
    active = sum(segment.active_customers for segment in brief.segments)
    share, period = (
        words.about(active / brief.totals.customers),
        words.between(brief.period.start, brief.period.end),
    )
    customers = words.plural(brief.totals.customers, "customer")
    return "Active", f"{words.count(active)} of {customers} ({share}) ordered in {period}."


def _order_value(brief: Brief, words: Words) -> tuple[str, str] | None:
    valued = sorted((segment.order_value, place) for place, segment in enumerate(brief.segments) if segment.order_value)
    if len(valued) < 2:  # noqa: PLR2004
        return None
    (least, low), (most, high) = valued[0], valued[-1]
    text = (
        f"An order is worth most from {brief.segments[high].name} ({words.compact(most)}) and least from "
        f"{brief.segments[low].name} ({words.compact(least)})."
    )
    return "Order value", text


def _once(brief: Brief, words: Words) -> tuple[str, str] | None:
    once = [segment for segment in brief.segments if segment.customers and segment.one_order_share]
    if not once:
        return None
    most = max(once, key=lambda segment: segment.one_order_share or 0)
    share = words.about(most.one_order_share)
    return "One order only", f"{share} of {customer_of(most.name)}s ordered only once {words.window(brief)}."


def label_claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """How many published labels fail, or that all fit."""
    rows = _labels(brief)
    wrong = sum(not row.fits for row in rows)
    text = f"{words.count(wrong)} of {words.count(len(rows))} published labels do not fit the customers they name"
    return (Claim(text, holds=wrong > 0), Claim("Every published label fits its customers", holds=len(rows) > 1))


def _labels(brief: Brief) -> tuple[LabelRow, ...]:
    color = tokens(brief)
    return tuple(
        LabelRow(
            name=segment.name,
            color=color[segment.id],
            label=segment.published_label,
            verdict="Fits" if check.fits else f"Does not fit: {check.reason}",
            fits=check.fits,
        )
        for segment in brief.segments
        if segment.published_label and (check := segment.label_check)
    )


def _since(brief: Brief, words: Words) -> str:
    end = brief.previous_month_end
    return words.short_date(last_day(end)) if end and compared(brief) else ""


def _note(brief: Brief, words: Words) -> str:
    """What the columns mean, where they need it."""
    if whole_record(brief):
        return ""
    period = words.between(brief.period.start, brief.period.end)
    negative = "; a return without an order makes it negative" if brief.method.returns == "net" else ""
    made = [f"{capital(words.net(brief))} in {period}: that of the segment’s customers{negative}."]
    if compared(brief):
        same = f"Changes: same {yardstick(brief)} for both month-ends{_equal(brief, words)}"
        made += [f"{same}; coloured where clearly better or worse.", _shorter(brief, words), _bases(brief, words)]
    else:
        made.insert(0, f"Ordered: share of the segment’s customers who ordered in {period}.")
    return " ".join(filter(None, made))


def _equal(brief: Brief, words: Words) -> str:
    """How customers are compared where records before were shorter."""
    even = brief.like_for_like
    return f", customers by {words.plural(even.before.history_months, 'month')} at either" if even else ""


def _shorter(brief: Brief, words: Words) -> str:
    """That records before were shorter, where nothing makes up for it."""
    end = brief.previous_month_end
    if end is None or not uneven(brief) or brief.like_for_like:
        return ""
    months = words.plural(end.history_months, "month")
    return f"The month-end before rests on {months} of records, which alone lifts what came after."


def _bases(brief: Brief, words: Words) -> str:
    """What the segment whose revenue changed most did by other counts, on the pages that have them."""
    most = most_changed(brief)
    if most is None or brief.bridge is None:
        return ""
    segment, before = most
    lines = [[line.change for line in part if line.segment == segment.id]
             for part in (brief.bridge.segments, brief.bridge.segments_before)]  # fmt: skip
    if not all(lines):
        return ""
    own, now, then = (
        words.signed(change, words.compact) for change in (before.period_revenue_change, lines[0][0], lines[1][0])
    )
    return (
        f"{segment.name}: {own} by its own members of each month-end, {now} by its members now (Why revenue moved), "
        f"{then} by those then (Who comes back)."
    )


def _unit(brief: Brief, words: Words) -> Unit:
    return words.unit([brief.totals.revenue / 100])


def _medians(brief: Brief) -> dict[str, Decimal]:
    """Of all customers, by axis."""
    return {distribution.axis: distribution.median for distribution in brief.distributions}


def _columns(brief: Brief, words: Words) -> tuple[Format, Format]:
    """The formats of the columns of days and of orders: the last line stands in them, too."""
    of_all = _medians(brief)
    recency = [segment.recency_median for segment in brief.segments]
    frequency = [segment.frequency_median for segment in brief.segments]
    return words.figures([*recency, of_all.get("recency")]), words.figures([*frequency, of_all.get("frequency")])


def _rows(brief: Brief, words: Words) -> tuple[Row, ...]:
    color = tokens(brief)
    days, times = _columns(brief, words)
    return tuple(
        Row(
            name=segment.name,
            color=color[segment.id],
            customers=segment.customers,
            customers_change=_customers_change(segment, brief, words),
            customer_share=segment.customer_share,
            revenue=segment.revenue,
            revenue_change=_signed(segment.before.revenue_change if segment.before else None, brief, words),
            revenue_share=segment.revenue_share,
            period_revenue=segment.period_revenue,
            period_change=_period_change(segment, brief, words),
            active_share=segment.active_customers / segment.customers if segment.customers else None,
            recency=days(segment.recency_median),
            frequency=times(segment.frequency_median),
            monetary=segment.monetary_median,
        )
        for segment in brief.segments
    )


def _customers_change(segment: Segment, brief: Brief, words: Words) -> Change:
    more = growth(brief, segment)
    if segment.before is None:
        return Change("")
    return Change(NONE if more is None else words.signed(more), customers_tone(brief, segment))


def _period_change(segment: Segment, brief: Brief, words: Words) -> Change:
    before = segment.before
    return (
        Change(_signed(before.period_revenue_change, brief, words), revenue_tone(brief, segment, before))
        if before
        else Change("")
    )


def _signed(amount: Decimal | None, brief: Brief, words: Words) -> str:
    unit = _unit(brief, words)
    return "" if amount is None else words.signed(amount, lambda value: words.in_unit(value, unit))


def _total(brief: Brief, words: Words) -> Total:
    medians = _medians(brief)
    days, times = _columns(brief, words)
    active = sum(segment.active_customers for segment in brief.segments)
    pairs = compared(brief)
    revenue = sum((before.revenue_change for _, before in pairs), Decimal(0)) if pairs else None
    period = sum((before.period_revenue_change for _, before in pairs), Decimal(0)) if pairs else None
    return Total(
        customers=brief.totals.customers,
        customers_change=words.signed(_all_grown(brief)) if pairs else "",
        share=1.0,
        revenue=brief.totals.revenue,
        revenue_change=_signed(revenue, brief, words),
        period_revenue=sum((segment.period_revenue for segment in brief.segments), Decimal(0)),
        period_change=_signed(period, brief, words),
        active_share=active / brief.totals.customers if brief.totals.customers else None,
        recency=days(medians.get("recency")),
        frequency=times(medians.get("frequency")),
        monetary=medians.get("monetary"),
    )


def _all_grown(brief: Brief) -> int:
    """How many customers more all segments have: as those of each segment are told."""
    if brief.like_for_like is None:
        return sum(before.customers_change for _, before in compared(brief))
    both = [sizes(brief.like_for_like, segment) for segment in brief.segments]
    return sum(now - before for before, now in both)
