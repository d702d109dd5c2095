"""Snapshots: takes the ledger and a recipe, gives the customers and their segments as of the end of a period."""

from dataclasses import dataclass, replace
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from ibis import _

from reportgen import cancellations
from reportgen.cleaning import Scope, clean
from reportgen.customers import CustomerTable, Instants, measure
from reportgen.errors import RecipeError
from reportgen.evaluation import Sample
from reportgen.findings.compose import Question, frame_of
from reportgen.findings.month_ends import Frame
from reportgen.recipe import Recipe
from reportgen.schemes import segment
from reportgen.segmentation import Segmentation
from reportgen.transactions import Transactions

LIMIT: Final = 10_000
"""Up to so many customers on file, all are looked at."""
SAMPLE: Final = 5_000
"""Of more, so many: every judgement segments again and again, and a silhouette needs the distance of every pair."""
SEED: Final = 42


@dataclass(frozen=True)
class Material:
    """The ledger to judge on.

    transactions: its lines are those of the sample, if one was drawn; lines: the same with `cancelled_at`
    """

    transactions: Transactions
    lines: ir.Table
    question: Question
    sample: Sample | None


@dataclass(frozen=True)
class Snapshot:
    """A recipe's customers and their segments as of `frame`; `history`: see `cleaning.Cleaned`."""

    recipe: Recipe
    frame: Frame
    history: ir.Table
    customers: CustomerTable
    segmentation: Segmentation


def opened(transactions: Transactions, question: Question, limit: int = LIMIT, size: int = SAMPLE) -> Material:
    """The material of a ledger; of `size` of its customers where it has more than `limit`."""
    lines, sample = _drawn(transactions.lines, limit, size)
    whole = replace(transactions, lines=lines)
    return Material(whole, cancellations.mark(lines).cache(), question, sample)


def snapshot(material: Material, recipe: Recipe) -> Snapshot:
    """The segmentation of the material's period. Raises `InputError`, `RecipeError`."""
    frame = frame_of(material.transactions, recipe, material.question)
    history, customers = _measured(material, recipe, frame)
    return Snapshot(recipe, frame, history, customers, segment(customers, recipe))


def _measured(material: Material, recipe: Recipe, frame: Frame) -> tuple[ir.Table, CustomerTable]:
    """The history and the customers of `recipe` in `frame`. Raises `RecipeError` where it leaves none."""
    cleaned = clean(material.lines, recipe, Scope(frame.start, frame.cutoff, material.question.non_merchandise))
    at = Instants(frame.start, frame.cutoff, frame.as_of)
    found = measure(cleaned.history, at, material.transactions.scale, recipe.measures).customers
    if found.frame.empty:
        raise RecipeError(
            f"recipe {recipe.id} leaves no customer to segment in {frame.period.label}",
            "Choose another period or recipe; `reportgen run` shows what each cleaning step removes.",
        )
    return cleaned.history, found


def _drawn(lines: ir.Table, limit: int, size: int) -> tuple[ir.Table, Sample | None]:
    """The lines of `size` customers, drawn from those on file in the order of their ids."""
    known = lines.filter(_.customer.notnull())
    on_file = known.customer.nunique().to_pyarrow().as_py()
    if on_file <= limit:
        return lines, None
    distinct = known.select("customer").distinct().to_pyarrow()
    ids = np.sort(distinct["customer"].to_numpy(zero_copy_only=False))  # here: engines order text by their own rules
    places = np.random.default_rng(SEED).choice(on_file, size, replace=False, shuffle=False)
    chosen = ibis.memtable(pd.DataFrame({"customer": ids[np.sort(places)]}))
    return lines.semi_join(chosen, "customer").cache(), Sample(on_file=on_file, drawn=size)
