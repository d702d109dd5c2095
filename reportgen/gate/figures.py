"""Figures that hold together: with each other, the pages, the message and the issue before."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from hashlib import sha256

from reportgen.brief import Brief, PeriodTotals
from reportgen.gate import Check, Exhibit, Finding, plain
from reportgen.gate.paper import text_of
from reportgen.names import FIGURES, PAGE, PAPER
from reportgen.pages import headline, kpis


def intact(exhibit: Exhibit) -> Finding:
    """The files are those that were made."""
    found = {name: sha256(content).hexdigest() for name, content in exhibit.files.items()}
    wrong = sorted(name for name in {*found, *exhibit.digests} if found.get(name) != exhibit.digests.get(name))
    if wrong:
        return Finding("intact", passed=False, what=f"not as the manifest says: {', '.join(wrong)}")
    return Finding("intact", passed=True, what=f"{len(found)} files are as the manifest says")


def reconciles(exhibit: Exhibit) -> Finding:
    """Rows and money from the input to the segments, segments to the total, the trend's last month to the headline."""
    wrong = [name for name, holds in _sums(exhibit.brief) if not holds]
    if wrong:
        return Finding("reconciles", passed=False, what=f"does not add up: {', '.join(wrong)}")
    return Finding("reconciles", passed=True, what="reconciliation, segments and trend add up")


def _sums(brief: Brief) -> Iterator[tuple[str, bool]]:
    *steps, last = brief.reconciliation
    yield "rows of the reconciliation", sum(step.rows for step in steps) == last.rows
    yield "amounts of the reconciliation", sum((step.amount for step in steps), Decimal(0)) == last.amount
    yield "customers of the segments", sum(each.customers for each in brief.segments) == brief.totals.customers
    revenue = sum((each.revenue for each in brief.segments), Decimal(0))
    yield "revenue of the segments", revenue == brief.totals.revenue
    if brief.trend and brief.trend[-1].month == brief.period.start:
        yield "the trend's last month", brief.trend[-1].revenue == brief.period_totals.revenue


def agrees(exhibit: Exhibit) -> Finding:
    """The headline and its figures read the same in brief.json, PDF, page and message."""
    texts = {**_pages(exhibit.files), **{f"mail ({kind})": text for kind, text in exhibit.mail.items()}}
    said = [headline(exhibit.brief, exhibit.words), *(kpi.value for kpi in kpis(exhibit.brief, exhibit.words))]
    missing = [f"{fact!r} in {name}" for name, text in texts.items() for fact in said if _bare(fact) not in _bare(text)]
    if missing:
        return Finding("agrees", passed=False, what=f"brief.json has what is missing elsewhere: {', '.join(missing)}")
    return Finding("agrees", passed=True, what=f"headline and {len(said) - 1} figures are the same in {_listed(texts)}")


def _pages(files: Mapping[str, bytes]) -> dict[str, str]:
    made = {}
    if PAPER in files:
        made["PDF"] = text_of(files[PAPER])
    if PAGE in files:
        made["page"] = plain(files[PAGE].decode())
    return made


def _bare(text: str) -> str:
    """`text` without spaces and soft hyphens: lines break elsewhere."""
    return re.sub(r"[\s\u00ad\ufffe\u0002]+", "", text)


def _listed(texts: Mapping[str, str]) -> str:
    return ", ".join([FIGURES, *texts])


def restated(exhibit: Exhibit) -> Finding:
    """The month before, computed again, is what its issue said; or it differs by little, and page 1 says so."""
    before, again = exhibit.before, exhibit.brief.previous_totals
    if exhibit.unread:
        return Finding("restated", passed=True, what=f"the issue of the month before is not compared: {exhibit.unread}")
    if before is None or again is None or (before.period.start, before.period.end) != (again.start, again.end):
        return Finding("restated", passed=True, what="no issue of the month before to compare with")
    name = exhibit.words.month(again.start)
    changes = tuple(_changes(before.period_totals, again))
    if not changes:
        return Finding("restated", passed=True, what=f"{name}, computed again, is as it was issued")
    what = f"{name} is not as it was issued: {', '.join(text for text, _ in changes)}"
    limit = exhibit.rules.max_restatement
    if _said(exhibit.brief) and max(share for _, share in changes) <= limit:
        return Finding("restated", passed=True, what=what)
    remedy = f"[gate] max_restatement is {limit:g}; `reportgen run --period {before.period.label}` makes its revision"
    return Finding("restated", passed=False, what=f"{what} ({remedy})")


def _said(brief: Brief) -> bool:
    """Whether the brief itself tells of the restatement."""
    found = brief.playbook.restatement if brief.playbook else None
    return found is not None and bool(found.differences)


def _changes(issued: PeriodTotals, again: PeriodTotals) -> Iterator[tuple[str, float]]:
    for figure in ("revenue", "orders", "customers"):
        was, now = Decimal(getattr(issued, figure)), Decimal(getattr(again, figure))
        if was != now:
            yield f"{figure} {was:,} → {now:,}", float(abs(now - was) / abs(was)) if was else 1.0


CHECKS: tuple[Check, ...] = (reconciles, restated, agrees)
