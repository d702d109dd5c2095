"""Composes the Brief: runs cleaning, measuring and segmenting for one question, and gathers every fact."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import ibis.expr.types as ir
from ibis import _

from reportgen import cancellations, periods
from reportgen.brief import SCHEMA_VERSION, Brief, Data, Method, Period, Totals
from reportgen.brief.playbook import Account
from reportgen.cleaning import Cleaned, Scope, clean
from reportgen.customers import Instants, purchases
from reportgen.errors import InputError, RecipeError
from reportgen.findings import books
from reportgen.findings.amounts import money
from reportgen.findings.changes import Books, Changes, Past, changes, past, unsegmented
from reportgen.findings.crossing import Doings, doings
from reportgen.findings.crowd import Crowd, crowd, measured_at
from reportgen.findings.details import by_country, countries, products
from reportgen.findings.drivers import Scales
from reportgen.findings.goods import goods
from reportgen.findings.month_ends import Frame
from reportgen.findings.playbook.compose import Scene, playbook
from reportgen.findings.reconciliation import reconcile
from reportgen.findings.restatement import Sizes, by_rules_alone, sizes
from reportgen.findings.segments import Details, segments
from reportgen.findings.spread import distributions, heat_map
from reportgen.findings.standings import Grouping
from reportgen.findings.timeline import Timeline, timeline
from reportgen.moments import Interval
from reportgen.recipe import Recipe
from reportgen.segmentation import Division
from reportgen.transactions import Removed, Rounded, Transactions, last_before, months_on_file, span

EARLIER_CLUSTERS: Final = (
    "At earlier month-ends, a customer stands in the cluster of this period whose centre is nearest."
)


@dataclass(frozen=True)
class Question:
    """What is asked of the ledger. `period`: "2011-11", "last" or "all"; `now`: the shop's clock.

    restates: an issue of the period before may be there, to be compared with what the ledger says of it today
    """

    period: str
    now: datetime
    max_gap_days: int
    non_merchandise: tuple[str, ...]
    currency: str | None
    restates: bool = True


@dataclass(frozen=True)
class Findings:
    """The Brief, and the customers behind it for the customer list.

    overdue: all accounts of the watch list, most revenue first
    before: segments at the previous month-end, None without one, or where nobody asks or no rule tells
    """

    brief: Brief
    crowd: Crowd
    overdue: tuple[Account, ...] = ()
    before: Sizes | None = None


@dataclass(frozen=True)
class Evidence:
    """All that a Brief is gathered from.

    lines: every accepted one, with `cancelled_at`; cleaned: these rolled up, and those that the recipe measures
    removed: what left on the way from ledger to segments; segmented: lines and worth (units) that stayed
    """

    transactions: Transactions
    recipe: Recipe
    question: Question
    frame: Frame
    lines: ir.Table
    cleaned: Cleaned
    segmented: tuple[int, int]
    removed: tuple[Removed, ...]
    crowd: Crowd


def compose(transactions: Transactions, recipe: Recipe, question: Question) -> Findings:
    """Answers `question` by `recipe`. Raises `InputError`, `RecipeError`, `GateError`."""
    found = _gathered(transactions, recipe, question)
    brief, compared = _brief(found)
    return Findings(brief, found.crowd, compared.overdue, compared.before)


def gather(transactions: Transactions, recipe: Recipe, question: Question) -> Evidence:
    """Cleans, measures and segments; raises `InputError` without customers, `RecipeError`, `GateError`."""
    found = _gathered(transactions, recipe, question)
    if not len(found.crowd.customers):
        raise _nobody(found.frame, transactions)
    return found


def _gathered(transactions: Transactions, recipe: Recipe, question: Question) -> Evidence:
    """The same; without customers there are no segments."""
    frame = frame_of(transactions, recipe, question)
    lines = cancellations.mark(transactions.lines)
    cleaned = clean(lines, recipe, Scope(frame.start, frame.cutoff, question.non_merchandise))
    at = Instants(frame.start, frame.cutoff, frame.as_of)
    measured = measured_at(cleaned.history, at, recipe, transactions)
    removed = (*cleaned.removed, *measured.removed)
    people = crowd(measured.customers, recipe)
    return Evidence(transactions, recipe, question, frame, lines, cleaned, measured.segmented, removed, people)


def frame_of(transactions: Transactions, recipe: Recipe, question: Question) -> Frame:
    """The period of `question` and, by the recipe's rules, its as-of and window."""
    first, last = span(transactions)
    # A row of a day to come, a pre-order or a slip, says nothing of how far records reach.
    last = last_before(transactions, periods.midnight_after(question.now.date())) or last
    records = periods.Records(first, last, months_on_file(transactions))
    period = periods.resolve(question.period, records, question.now, question.max_gap_days)
    cutoff = periods.midnight_after(period.end)
    latest = last_before(transactions, cutoff) or last
    whole = period.label == periods.ALL
    as_of = periods.reference(recipe.time.reference, latest + timedelta(days=1) if whole else cutoff, latest)
    if as_of < latest:
        raise RecipeError(
            f"recipe {recipe.id}: time.reference {as_of.isoformat()} lies before the last record, {latest.isoformat()}",
            "Recency would be negative: choose a later reference or an earlier --period.",
        )
    start, months = periods.window_start(recipe.time.window, as_of, first)
    # A brief never leaves out lines of its own period: over all data, the window is all history.
    start = min(start, periods.midnight_before(period.start))
    return Frame(period, first, last, latest, cutoff, as_of, start, None if whole else months)


def _nobody(frame: Frame, transactions: Transactions) -> InputError:
    return InputError(
        f"no customer is left to segment in {frame.period.label}",
        "Every line of the window is a guest sale or was taken back; the reconciliation starts from "
        f"{transactions.raw_rows:,} rows. Choose another period or recipe.",
    )


@dataclass(frozen=True)
class _Compared:
    """facts: fields of the Brief; overdue, before: see `Findings`."""

    facts: dict[str, Any]
    overdue: tuple[Account, ...] = ()
    before: Sizes | None = None


def _brief(found: Evidence) -> tuple[Brief, _Compared]:
    """The Brief, and what stands beside it."""
    frame, question, scale = found.frame, found.question, found.transactions.scale
    then = past(found.cleaned.rolled, frame, scale)
    months = periods.trend_months(frame.period.end, frame.first, frame.last, question.now, question.max_gap_days)
    compared = _compared(found, months, then)
    brief = Brief(
        schema_version=SCHEMA_VERSION,
        recipe=found.recipe.id,
        period=frame.period,
        as_of=frame.as_of,
        currency=question.currency,
        scale=scale,
        data=_data(found),
        reconciliation=reconcile(found.transactions, found.removed, found.segmented),
        totals=_totals(found.crowd),
        period_totals=then.now.totals,
        trend=books.trend(found.cleaned.rolled, months, scale),
        distributions=distributions(found.crowd),
        heat_map=heat_map(found.crowd),
        method=_method(found.recipe, frame, found.crowd.division),
        **compared.facts,
    )
    return brief, compared


def _scene(  # noqa: PLR0913, PLR0917 - all that was found so far
    found: Evidence, records: Books, acted: Doings, time: Timeline, changed: Changes, details: Details
) -> Scene:
    return Scene(
        recipe=found.recipe,
        frame=found.frame,
        books=records,
        crowd=found.crowd,
        months=time.months,
        rows=time.rows,
        lines=found.lines,
        goods=details.goods,
        acted=acted,
        crossed=time.crossed,
        previous_totals=changed.facts["previous_totals"],
        migration=changed.facts.get("migration"),
        products=details.products,
    )


def _compared(found: Evidence, months: tuple[Period, ...], then: Past) -> _Compared:
    """The segments, what changed and what to do; without customers, what the ledger alone knows of it."""
    scale, frame, groups = found.transactions.scale, found.frame, found.crowd.division.groups
    if not groups:
        return _Compared({"segments": (), **unsegmented(then, scale)})
    grouping = Grouping(found.recipe, found.crowd, found.crowd.ruler(found.recipe))
    quantity = found.transactions.quantity_scale if "quantity" in found.transactions.optional else None
    records = Books(found.cleaned.rolled, found.cleaned.history, Scales(scale, quantity))
    acted = doings(found.cleaned.history, *_intervals(frame))
    time = timeline(found.transactions, frame, months, grouping, acted)
    changed = changes(records, frame, time, then, groups)
    details = _details(found, changed)
    made = segments(found.crowd, found.recipe, details)
    plays, overdue = playbook(_scene(found, records, acted, time, changed, details))
    return _Compared({"segments": made, "playbook": plays, **changed.facts}, overdue, _before(found, time))


def _intervals(frame: Frame) -> tuple[Interval, Interval | None]:
    """The frame's period, and the one before."""
    before = periods.previous(frame.period, frame.first, frame.last)
    return periods.interval(frame.period.start, frame.period.end), before and periods.interval(*before)


def _before(found: Evidence, time: Timeline) -> Sizes | None:
    """The segments at the previous month-end, if there is one and an issue of it may be looked at again."""
    frame = found.frame
    compares = periods.previous(frame.period, frame.first, frame.last) is not None
    if not found.question.restates or not compares or not by_rules_alone(found.recipe):
        return None
    end = time.months[-2].end
    at = Instants(end.begin, end.cutoff, end.as_of)
    measured = measured_at(found.cleaned.history, at, found.recipe, found.transactions)
    with suppress(RecipeError):  # that month's customers may be too few, or too alike
        return sizes(crowd(measured.customers, found.recipe))
    return None


def _details(found: Evidence, changed: Changes) -> Details:
    frame, groups = found.frame, [group.id for group in found.crowd.division.groups]
    bought = purchases(found.cleaned.lines, frame.cutoff)
    fees = found.question.non_merchandise
    sold = goods(bought, found.crowd, fees) if _has_products(found) else None
    return Details(
        doings=changed.doings,
        countries=by_country(countries(found.cleaned.history, frame.start, frame.cutoff), found.crowd.homes, groups),
        goods=sold,
        products=products(sold, found.transactions.scale) if sold else {},
        before=changed.before,
        scale=found.transactions.scale,
    )


def _has_products(found: Evidence) -> bool:
    return "code" in found.transactions.optional


def _data(found: Evidence) -> Data:
    optional, frame, rounded = found.transactions.optional, found.frame, found.transactions.rounded or Rounded(0, 0)
    nobody = _.customer.isnull()
    invoices = found.cleaned.rolled.group_by("invoice").aggregate(
        rows=_.rows.sum(), guests=nobody.sum(), named=_.customer.count(), worth=_.worth.sum(where=nobody)
    )
    sums = invoices.aggregate(rows=_.rows.sum(), guests=_.guests.sum(), half_named=_.worth.sum(where=_.named > 0))
    row = sums.to_pyarrow().to_pylist()[0]
    return Data(
        rows=int(row["rows"]),
        first=frame.first,
        last=frame.last,
        has_invoices="invoice" in optional,
        has_products="code" in optional,
        has_countries="country" in optional,
        has_guests=bool(row["guests"]),
        half_named=money(int(row["half_named"] or 0), found.transactions.scale),
        rounded_rows=rounded.rows,
        rounded_to=rounded.decimals,
    )


def _totals(people: Crowd) -> Totals:
    sums = people.sums.sum()
    return Totals(
        customers=int(sums["customers"]),
        orders=int(sums["orders"]),
        revenue=money(int(sums["revenue"]), people.customers.scale),
    )


def _method(recipe: Recipe, frame: Frame, division: Division) -> Method:
    begin = max(frame.start, periods.month_of_records(frame.first))
    return Method(
        title=recipe.title,
        summary=recipe.summary,
        source=recipe.source,
        document=recipe.document,
        returns=recipe.measures.returns,
        window_start=frame.start,
        window_months=frame.months,
        history_months=periods.whole_months(begin, frame.until(frame.cutoff, frame.as_of)),
        reference=recipe.time.reference,
        orders=recipe.measures.orders,
        frequency=recipe.measures.frequency,
        monetary=recipe.measures.monetary,
        worth=recipe.measures.worth,
        match_order=recipe.match_order or tuple(rule.id for rule in recipe.segments if rule.when),
        cut_points=division.cut_points,
        clustering=division.clustering,
        documents=recipe.documents,
        notes=(*recipe.notes, *division.notes, *([EARLIER_CLUSTERS] if recipe.clusters else [])),
    )
