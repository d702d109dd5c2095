"""Reconciliation: from the rows of the input to the rows in segments, in rows and money."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, ReconciliationStep
from reportgen.charts import ChartSpec
from reportgen.pages._ledger import LedgerRow, ledger
from reportgen.wording import Claim, Words, title

PLACE = 80
NAME = "Reconciliation"


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
class Context:
    """What `reconciliation.html.j2` prints."""

    title: str
    deck: str
    symbol: str
    steps: tuple[StepRow, ...]
    share: str
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
        f"{words.date(brief.data.last)}. Removed rows and amounts are negative.",
        symbol=words.symbol,
        steps=_steps(brief, words),
        share=_share(brief, words),
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
        rows.append(_row(step, _bar(low, high, top, total=total, first=step is first), words, total=total))
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


def _row(step: ReconciliationStep, bar: Bar, words: Words, *, total: bool) -> StepRow:
    return StepRow(
        label=step.label,
        rows=words.count(step.rows) if total else words.signed(step.rows),
        amount=words.amount(step.amount) if total else words.signed(step.amount, words.amount),
        bar=bar,
        strong=total,
    )


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
    return tuple(made)
