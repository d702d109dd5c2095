"""Intervals of sizes cover the truth as often as they say: a shop whose rates are known, drawn many times."""

from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
import numpy as np
import pytest

from reportgen.findings.compose import Question, compose
from tests.judging.shops import rules
from tests.ledgers import ledger, line

pytestmark = pytest.mark.slow

SHY, KEEN = 300, 150
"""Customers of two kinds, told apart for good by their first purchase."""
RATES = {"shy": (2.0, 6.0), "keen": (5.0, 5.0)}
"""Each customer's chance to buy in a month is drawn from a beta distribution: means 0.25 and 0.5."""
WORTH = 20.0
"""Mean of order values, which are exponential: a few are large."""
DRAWS = 300
LEVEL = 0.95


def two_kinds():
    """Shy customers shall gain, and are compared with the keen ones."""
    recipe = rules(("keen", "M >= 5000"), ("shy", ""))
    keen, shy = (
        msgspec.structs.replace(rule, archetype=kind)
        for rule, kind in zip(recipe.segments, ("best", "loyal"), strict=True)
    )
    return msgspec.structs.replace(recipe, segments=(keen, shy))


def drawn(random):
    """Eight months: the first purchase, then each month one order or none."""
    lines = []
    for kind, count in (("shy", SHY), ("keen", KEEN)):
        chances = random.beta(*RATES[kind], count)
        for number, chance in enumerate(chances):
            who = f"{kind}{number:03}"
            lines.append(line(who, "2024-01-01", 1, 1_000_000 if kind == "keen" else 100))
            for month in range(2, 9):
                if random.random() < chance:
                    when = datetime(2024, month, 1, 9) + timedelta(days=int(random.integers(27)))
                    lines.append(line(who, when.isoformat(), 1, 1 + round(100 * random.exponential(WORTH))))
    return [*lines, line("shy000", "2024-01-02", 1, 1)]


def test_intervals_cover_the_truth_at_their_nominal_rate():
    truth = SHY * (5 / 10 - 2 / 8) * WORTH
    random, recipe = np.random.default_rng(7), two_kinds()
    covered = below = 0
    for _ in range(DRAWS):
        question = Question("2024-08", datetime(2025, 1, 1), 3, (), "GBP")
        shy = compose(ledger(drawn(random), optional=("invoice", "quantity")), recipe, question).brief.playbook.plays[1]
        assert shy.sizing.unsized is None
        covered += shy.sizing.low <= Decimal(truth) <= shy.sizing.high
        below += shy.sizing.value < truth
    # Within three standard errors of the nominal rate, and without a lean to either side.
    error = np.sqrt(LEVEL * (1 - LEVEL) / DRAWS)
    assert LEVEL - 3 * error <= covered / DRAWS <= LEVEL + 3 * error
    assert 0.5 - 1.5 / np.sqrt(DRAWS) <= below / DRAWS <= 0.5 + 1.5 / np.sqrt(DRAWS)
