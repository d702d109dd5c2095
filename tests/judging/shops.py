"""Customers and ledgers with a planted truth."""

from datetime import datetime

import msgspec
import numpy as np

from reportgen import recipes
from reportgen.findings.compose import Question
from reportgen.recipe import Clusters, Measures, NonPositiveQuantity, Score, SegmentRule
from tests.ledgers import ledger, line
from tests.schemes.tables import table

NOW = datetime(2025, 1, 1)


def question(period):
    return Question(period, NOW, 3, ("POST",), "GBP")


def blobs(size=60):
    """Three groups of customers that nothing connects."""
    random = np.random.default_rng(1)
    centres = ((10, 40, 90_000, 300), (100, 12, 30_000, 100), (300, 2, 3_000, 20))
    rows = [centre for centre in centres for _ in range(size)]
    return table([[int(max(1, value + random.normal() * value / 20)) for value in row] for row in rows])


def noise(size=400):
    """Customers without any groups."""
    random = np.random.default_rng(2)
    return table(np.column_stack([random.integers(1, top, size) for top in (400, 400, 400, 400)]).tolist())


def clustering(k, **more):
    recipe = recipes.load("kmeans-3")
    return msgspec.structs.replace(recipe, clusters=Clusters(k=k, **more))


def rules(*segments, scores=None, **more):
    """A recipe of rules: (id, condition) each, "" for the rest; returns are deducted."""
    made = tuple(SegmentRule(id=name, name=name.title(), archetype="loyal", when=when) for name, when in segments)
    recipe = recipes.load("strategic")
    return msgspec.structs.replace(
        recipe, id="own", cuts={}, scores=scores or {}, match_order=(), segments=made, **more
    )


LATE = (("recent", "R <= 31"), ("late", ""))
"""A rule that anyone can check by hand."""


def six_months():
    """Four customers from January to June 2024, one order each month at most."""
    lines = [line("A", f"2024-{month:02}-02", 1, 1000 * month) for month in range(1, 7)]
    lines += [line("B", "2024-01-05", 2, 500), line("B", "2024-05-20", 3, 700)]
    lines += [line("C", "2024-03-03", 1, 900)]
    lines += [line("C", "2024-04-04T09:00", 7, 100), line("C", "2024-04-05", -7, 100)]
    lines += [line("D", "2024-02-01", 1, 100), line("D", "2024-06-30", 1, 250), line(None, "2024-04-01", 5, 500)]
    return ledger(lines)


def excluding(recipe):
    """`recipe` with returns left out."""
    clean = (*recipe.clean, NonPositiveQuantity())
    return msgspec.structs.replace(recipe, clean=clean, measures=Measures(returns="exclude"))


def split_ties():
    """Two halves by the number of orders, equal ones split by the order of customers."""
    return rules(("low", "F_score == 1"), ("high", ""), scores={"F": Score(quantiles=2, ties="customer")})
