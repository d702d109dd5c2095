"""Whether two briefs of one period say the same, and what a revision changes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from reportgen.brief import Brief, PeriodTotals, Segment
from reportgen.brief.revision import Changed, Revision, SegmentChanged

FIGURE = re.compile(r"[-+\d.:T]+")
"""Money, days and instants stand in JSON as text; what holds other letters is wording."""
OUTSIDE = ("raw", "left-out", "rejected", "overlap", "totals", "after-as-of")
"""Steps of the reconciliation that see the whole input: days after the period too, and those grow."""


def same(issued: Brief, now: Brief, *, same_version: bool) -> bool:
    """Whether `now` says what `issued` said.

    What lies after the period is no part of it, nor is what an evaluation found since. Unless the `same_version` made
    both, neither is the wording, nor what `issued` left empty: its version may not have had the field.
    """
    return not any(_differences(_facts(issued), _facts(now), same_version=same_version))


def revision(issued: Brief, now: Brief, number: int) -> Revision:
    """What the issue `number` changes of the one that went out before it."""
    return Revision(number=number, figures=tuple(_figures(issued, now)), segments=tuple(_segments(issued, now)))


def uncompared(number: int) -> Revision:
    """The issue `number` where the one that went out before it can't be looked at any more."""
    return Revision(number=number, figures=(), segments=(), compared=False)


def _facts(brief: Brief) -> Any:  # noqa: ANN401 - JSON data
    document = msgspec.to_builtins(_until_its_end(brief), builtin_types=(Decimal,))
    document["reconciliation"] = [step for step in document["reconciliation"] if step["step"] not in OUTSIDE]
    return document


def _until_its_end(brief: Brief) -> Brief:
    """`brief` without what it knows of the days after its period, of evaluations and of earlier issues."""
    replace = msgspec.structs.replace
    data = replace(brief.data, rows=0, last=brief.data.first)
    method = replace(brief.method, evaluation=None)
    playbook = replace(brief.playbook, restatement=None) if brief.playbook else None
    return replace(brief, data=data, method=method, playbook=playbook, revision=None, schema_version=0)


def _differences(old: Any, new: Any, *, same_version: bool) -> Iterator[bool]:  # noqa: ANN401 - JSON data
    if not same_version and (old is None or old in ([], ())):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _differences(old.get(key), new.get(key), same_version=same_version)
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        if len(old) != len(new):
            yield True
        for one, other in zip(old, new, strict=False):
            yield from _differences(one, other, same_version=same_version)
    elif old != new and (same_version or _is_figure(old)):
        yield True


def _is_figure(value: object) -> bool:
    return not isinstance(value, str) or FIGURE.fullmatch(value) is not None


def _figures(issued: Brief, now: Brief) -> Iterator[Changed]:
    for figure in ("revenue", "orders", "customers"):
        was, is_ = (_total(brief.period_totals, figure) for brief in (issued, now))
        if was != is_:
            yield Changed(figure=figure, issued=was, now=is_)


def _total(totals: PeriodTotals, figure: str) -> Decimal:
    """As page 1 tells it: orders are those of identified customers."""
    if figure == "orders":
        return Decimal(totals.orders - totals.guests.orders)
    return Decimal(getattr(totals, figure))


def _segments(issued: Brief, now: Brief) -> Iterator[SegmentChanged]:
    before = {segment.id: segment for segment in issued.segments}
    after = {segment.id: segment for segment in now.segments}
    for id_ in (*after, *(old for old in before if old not in after)):
        was, is_ = before.get(id_), after.get(id_)
        change = SegmentChanged(
            id=id_,
            name=(is_ or before[id_]).name,
            issued_customers=_customers(was),
            customers=_customers(is_),
            issued_revenue=_revenue(was),
            revenue=_revenue(is_),
        )
        if (change.customers, change.revenue) != (change.issued_customers, change.issued_revenue):
            yield change


def _customers(segment: Segment | None) -> int:
    return segment.customers if segment else 0


def _revenue(segment: Segment | None) -> Decimal:
    return segment.revenue if segment else Decimal(0)
