"""Cleaning: takes the ledger and a recipe's steps, gives the lines to measure and what each step removed.

A line is counted under the first step that drops it: after the as-of date, before the window, then the recipe's steps
in their order. All but those with bounds look at one line alone (duplicates agree in every column, so they share their
fate), hence one query counts them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen import cancellations, moments
from reportgen import recipe as steps
from reportgen.cleaning import bounds
from reportgen.errors import RecipeError
from reportgen.moments import AFTER, KEPT
from reportgen.transactions import Removed

FULL_LINE: Final = ("invoice", "code", "description", "quantity", "price", "sold_at", "customer", "country")
LABELS: Final = {
    "after-as-of": "Dated after the period",
    "before-window": "Dated before the window",
    "guests": "Sold without a customer id",
    "cancellations": "Cancellation invoices",
    "adjustments": "Accounting adjustments",
    "non-positive-quantity": "Quantity of zero or below: returns and write-offs",
    "non-positive-price": "Unit price of zero or below",
    "zero-amount": "Lines worth nothing",
    "duplicates": "Exact repeats of another line",
    "non-merchandise": "Postage, fees and manual lines",
    "codes": "Product codes left out",
    "countries": "Countries left out",
    "cap": "Line totals moved to the cap",
    "outliers": "Line totals out of bounds",
}
_EARLY: Final = -2
"""The fate of lines before the window, once they are counted."""
_OUTSIDE: Final = (("after-as-of", AFTER), ("before-window", _EARLY))
FIGURES: Final = {"total": "Line totals", "quantity": "Quantities", "price": "Unit prices"}


@dataclass(frozen=True)
class Scope:
    """What a recipe may look at: lines from `start` until before `cutoff`, and the codes that aren't merchandise."""

    start: datetime
    cutoff: datetime
    non_merchandise: tuple[str, ...]


@dataclass(frozen=True)
class Cleaned:
    """`lines`: the ledger's columns, cleaned; `removed`: one entry per step, in order, zero ones included.

    rolled: all lines, rolled up; history: those of identified customers before the cutoff, as the recipe sees them
    (see `moments`)
    """

    lines: ir.Table
    rolled: ir.Table
    history: ir.Table
    removed: tuple[Removed, ...]


def clean(lines: ir.Table, recipe: steps.Recipe, scope: Scope) -> Cleaned:
    """Applies the steps of `recipe` to the marked lines of `scope`. Raises `RecipeError` for contradictory ones."""
    validate(recipe)
    net = recipe.measures.returns == "net"
    table = _judged(lines, recipe, scope)
    rolled = moments.roll_up(table, _cuts(recipe))
    kept = table.filter(table.kept, ~table.early).select(*lines.columns)
    return Cleaned(
        lines=kept if net else cancellations.ignore(kept),
        rolled=rolled,
        history=moments.of_customers(rolled.filter(rolled.fate != AFTER), ignore_cancellations=not net),
        removed=_count(rolled.mutate(early=rolled.sold_at < scope.start), recipe),
    )


def _judged(lines: ir.Table, recipe: steps.Recipe, scope: Scope) -> ir.Table:
    """`lines` with their `fate`, whether that is to be `kept`, and whether they lie `early`, before the window; capped.

    What `kept` says is in `fate` too, but engines filter by the former before they do anything else.
    """
    inside = lines.sold_at < scope.cutoff
    table = lines.mutate(early=lines.sold_at < scope.start, kept=inside, fate=inside.ifelse(KEPT, AFTER))
    for number, step in enumerate(recipe.clean):
        if isinstance(step, steps.Cap):
            table = bounds.cap(table, step, table.kept, _place(number))
        elif isinstance(step, steps.Duplicates):
            repeats = _repeats(table)
            joined = table.left_join(repeats, table.line == repeats.repeat)
            table = _fated(joined, joined.repeat.notnull(), number).drop("repeat")
        else:
            table = _fated(table, _dropped_by(table, step, scope), number)
    return table


def _fated(table: ir.Table, dropped: ir.BooleanValue, number: int) -> ir.Table:
    """`table` with the fate of those of its kept lines that step `number` drops; `dropped` is never null."""
    return table.mutate(kept=table.kept & ~dropped, fate=(table.kept & dropped).ifelse(_fate(number), table.fate))


def _repeats(table: ir.Table) -> ir.Table:
    """Lines that repeat another in full, materialised: what follows looks at every line, and would order them anew."""
    # Of copies, one that was cancelled stays: which of them the pairing met decides nothing.
    order = [table.cancelled_at.isnull(), table.cancelled_at, table.line]
    places = table.select("line", place=ibis.row_number().over(ibis.window(group_by=FULL_LINE, order_by=order)))
    return places.filter(places.place > 0).select(repeat="line").cache()


def _cuts(recipe: steps.Recipe) -> list[str]:
    """The columns that hold by how much each cap lowered a line."""
    return [_place(number) for number, step in enumerate(recipe.clean) if isinstance(step, steps.Cap)]


def name(step: steps.Step) -> str:
    """The step's name in recipes, reconciliation and labels."""
    return str(step.__struct_config__.tag)


def matches_code(code: ir.StringValue, patterns: Iterable[str]) -> ir.BooleanValue:
    """Is `code` one of `patterns` (compared in upper case; a `*` at the end matches any rest)? Null isn't."""
    whole, beginnings = _parted(patterns)
    hit = code.isin(whole)
    for beginning in beginnings:
        hit = hit | code.startswith(beginning)
    return hit.fill_null(False)


def matching_codes(codes: Iterable[str], patterns: Iterable[str]) -> set[str]:
    """Those of `codes` of which `matches_code` says yes, where they are few and here."""
    whole, beginnings = _parted(patterns)
    return {code for code in codes if code in whole or code.startswith(beginnings)}


def _parted(patterns: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """The codes that `patterns` name, and the beginnings, in upper case and order."""
    upper = sorted({pattern.upper() for pattern in patterns})
    return [one for one in upper if not one.endswith("*")], tuple(one[:-1] for one in upper if one.endswith("*"))


def validate(recipe: steps.Recipe) -> None:
    """Refuse cleaning steps that lack something or contradict the measures. Raises `RecipeError`."""
    if not any(isinstance(step, steps.Guests) for step in recipe.clean):
        raise RecipeError(
            f'recipe {recipe.id}, clean: the step "guests" is missing',
            'Only customers can be segmented: add [[clean]] with step = "guests".',
        )
    drops_returns = any(isinstance(step, steps.NonPositiveQuantity) for step in recipe.clean)
    if (recipe.measures.returns == "exclude") != drops_returns:
        raise RecipeError(
            f'recipe {recipe.id}, measures.returns: "{recipe.measures.returns}" contradicts the cleaning steps',
            'Returns are excluded by the step "non-positive-quantity"; with returns = "net" they must stay.',
        )
    for number, step in enumerate(recipe.clean):
        _check_step(step, f"recipe {recipe.id}, clean[{number}], {name(step)}")


def _check_step(step: steps.Step, place: str) -> None:
    if isinstance(step, steps.Codes | steps.Countries) and not (step.keep or step.drop):
        raise RecipeError(f"{place}: it names nothing", "Give `keep`, `drop` or both.")
    if isinstance(step, steps.Cap | steps.Outliers):
        bounds.validate(step, place)


def _dropped_by(table: ir.Table, step: steps.Step, scope: Scope) -> ir.BooleanValue:  # noqa: PLR0911
    match step:
        case steps.Guests():
            return table.customer.isnull()
        case steps.Cancellations() | steps.Adjustments():
            return table.invoice.upper().startswith(step.prefix.upper())
        case steps.NonPositiveQuantity():
            return table.quantity <= 0
        case steps.NonPositivePrice():
            return table.price <= 0
        case steps.ZeroAmount():
            return table.amount == 0
        case steps.NonMerchandise():
            return matches_code(table.code, (*scope.non_merchandise, *step.codes))
        case steps.Codes() | steps.Countries():
            return _unwanted(table, step)
        case steps.Outliers():
            return bounds.outside(table, step, table.kept)
        case _:
            raise RecipeError(f"clean: {name(step)} drops no lines")


def _unwanted(table: ir.Table, step: steps.Codes | steps.Countries) -> ir.BooleanValue:
    """Lines beside those to keep, and those to drop; a line without code or country is neither."""

    def named(texts: tuple[str, ...]) -> ir.BooleanValue:
        if isinstance(step, steps.Codes):
            return matches_code(table.code, texts)
        return table.country.isin(texts).fill_null(False)

    return (~named(step.keep) if step.keep else ibis.literal(value=False)) | named(step.drop)


def _fate(number: int) -> int:
    """The fate of lines that step `number` drops."""
    return KEPT + 1 + number


def _place(number: int) -> str:
    """The column that holds by how much the cap that is step `number` lowered the line."""
    return f"step_{number}"


def _label(step: steps.Step) -> str:
    """The step in the reconciliation's words; those with bounds say of what."""
    label = LABELS[name(step)]
    return label.replace(FIGURES["total"], FIGURES[step.of]) if isinstance(step, steps.Cap | steps.Outliers) else label


def _count(rolled: ir.Table, recipe: steps.Recipe) -> tuple[Removed, ...]:
    """Rows and worth of each step, as removed; a cap changes an amount with 0 rows."""
    cuts = {number: _place(number) for number, step in enumerate(recipe.clean) if isinstance(step, steps.Cap)}
    fate = (rolled.early & (rolled.fate != AFTER)).ifelse(_EARLY, rolled.fate)
    # What was left out before the window was never capped: it leaves with its whole worth.
    amount = rolled.early.ifelse(rolled.worth, rolled.amount) if cuts else rolled.worth
    sums = {"amount": amount.sum(), **{cut: rolled[cut].sum(where=~rolled.early).fill_null(0) for cut in cuts.values()}}
    by_fate = rolled.group_by(fate=fate).aggregate(rows=rolled["rows"].sum(), **sums)
    found = by_fate.to_pyarrow().to_pylist()
    totals = {row["fate"]: (int(row["rows"]), int(row["amount"])) for row in found}
    totals |= {_fate(number): (0, sum(int(row[cut]) for row in found)) for number, cut in cuts.items()}
    first = [(step, LABELS[step], fate) for step, fate in _OUTSIDE]
    then = [(name(step), _label(step), _fate(number)) for number, step in enumerate(recipe.clean)]
    return tuple(Removed(step, label, *totals.get(fate, (0, 0))) for step, label, fate in (*first, *then))
