"""Reconciliation: from the rows of the input to the rows in segments, in rows and money."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, ReconciliationStep, Segment
from reportgen.charts import ChartSpec, tokens
from reportgen.pages._ledger import LedgerRow, ledger
from reportgen.wording import Claim, Words, capital, title

PLACE = 110
NAME = "Reconciliation"

Format = Callable[[int | float | Decimal | None], str]


@dataclass(frozen=True)
class Bar:
    """A bar of the waterfall, in per cent of its cell; `kind`: "start", "drop", "gain" or "total"."""

    left: float
    width: float
    kind: str


@dataclass(frozen=True)
class StepRow:
    """A step, its figures signed."""

    label: str
    rows: str
    amount: str
    bar: Bar
    strong: bool


@dataclass(frozen=True)
class GroupRow:
    """A segment's part of the segmented amount."""

    name: str
    color: str
    customers: str
    orders: str
    revenue: str


@dataclass(frozen=True)
class Context:
    """What `reconciliation.html.j2` prints."""

    title: str
    deck: str
    symbol: str
    steps: tuple[StepRow, ...]
    share: str
    groups: tuple[GroupRow, ...]
    net: str
    """What the segments' money is."""
    total: GroupRow
    now: str
    before: str
    ledger: tuple[LedgerRow, ...]
    reading: tuple[str, ...]


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context:  # noqa: ARG001
    """The page of `brief`."""
    before = brief.previous_totals
    return Context(
        title=title(*claims(brief, words), plain="From the rows of the input to the segments"),
        deck=f"{words.plural(brief.data.rows, 'row')} from {words.date(brief.data.first)} to "
        f"{words.date(brief.data.last)}. Each step is signed: what it removes is negative.",
        symbol=words.symbol,
        steps=_steps(brief, words),
        share=_share(brief, words),
        groups=tuple(
            _group(segment, tokens(brief)[segment.id], _shown(brief, words), words) for segment in brief.segments
        ),
        net=capital(words.net(brief)),
        total=_group_total(brief, words),
        now=words.period(brief.period),
        before=words.between(before.start, before.end) if before else "",
        ledger=ledger(brief, words),
        reading=_reading(brief, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """That rows and money add up."""
    *steps, last = brief.reconciliation
    rows = sum(step.rows for step in steps) == last.rows
    amount = sum(step.amount for step in steps) == last.amount
    text = (
        f"Everything is accounted for: {words.plural(steps[0].rows, 'row')} in the input, {words.count(last.rows)} in "
        "segments"
    )
    return (Claim(text, holds=rows and amount),)


def _steps(brief: Brief, words: Words) -> tuple[StepRow, ...]:
    """The steps that changed something, first and last always."""
    first, *middle, last = brief.reconciliation
    shown = [first, *(step for step in middle if step.rows or step.amount), last]
    top = max(*(abs(part) for part in _running(shown)), Decimal(1))
    rows, level = [], Decimal(0)
    for step in shown:
        total = step is first or step is last
        low, high = (Decimal(0), step.amount) if total else (level, level + step.amount)
        bar = _bar(low, high, top, total=total, first=step is first)
        rows.append(_row(step, bar, _shown(brief, words), words, total=total))
        level = high
    return tuple(rows)


def _running(steps: list[ReconciliationStep]) -> list[Decimal]:
    """The amount after each step."""
    after = [steps[0].amount]
    for step in steps[1:-1]:
        after.append(after[-1] + step.amount)
    return after


def _bar(low: Decimal, high: Decimal, top: Decimal, *, total: bool, first: bool) -> Bar:
    left, right = sorted((max(low, Decimal(0)), max(high, Decimal(0))))
    kind = ("start" if first else "total") if total else "gain" if high > low else "drop"
    return Bar(round(float(100 * left / top), 3), round(float(100 * (right - left) / top), 3), kind)


def _row(step: ReconciliationStep, bar: Bar, shown: Format, words: Words, *, total: bool) -> StepRow:
    return StepRow(
        label=step.label,
        rows=words.count(step.rows) if total else words.signed(step.rows),
        amount=shown(step.amount) if total else words.signed(step.amount, shown),
        bar=bar,
        strong=total,
    )


def _shown(brief: Brief, words: Words) -> Format:
    """One precision for all amounts of the page."""
    return words.exact([*(step.amount for step in brief.reconciliation), *(s.revenue for s in brief.segments)])


def _group(segment: Segment, color: str, shown: Format, words: Words) -> GroupRow:
    return GroupRow(
        segment.name, color, words.count(segment.customers), words.count(segment.orders), shown(segment.revenue)
    )


def _group_total(brief: Brief, words: Words) -> GroupRow:
    totals = brief.totals
    revenue = _shown(brief, words)(totals.revenue)
    return GroupRow("In segments", "", words.count(totals.customers), words.count(totals.orders), revenue)


def _share(brief: Brief, words: Words) -> str:
    first, last = brief.reconciliation[0], brief.reconciliation[-1]
    rows = words.about(last.rows / first.rows) if first.rows else "–"
    amount = f" and {words.about(last.amount / first.amount)} of their amount" if first.amount > 0 else ""
    return f"{rows} of the rows{amount} are in segments."


def _reading(brief: Brief, words: Words) -> tuple[str, ...]:
    made = [
        "Each row is counted under the first step that removes it, so the steps add up exactly.",
        "A step that removes returns or cancellations raises the amount: what it removes is negative.",
        "The figures of the period come from all accepted rows, before the recipe removes any.",
    ]
    if brief.method.returns == "net":
        made.append("Revenue stays in the month of its own row: a later return does not restate an earlier month.")
    if len(brief.reconciliation) > 2 and brief.data.has_guests:  # noqa: PLR2004
        made.append("Sales without a customer number are revenue of the period, but belong to no segment.")
    if brief.data.rounded_rows:
        rows, places = words.plural(brief.data.rounded_rows, "row"), words.plural(brief.data.rounded_to, "decimal")
        made.append(f"The price of {rows} had more than {places}; it is rounded to them before anything is added up.")
    return tuple(made)
