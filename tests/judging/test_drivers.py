"""Drivers: the tree finds a planted rule, and its sentences are true of the customers."""

import numpy as np
import pytest
from hypothesis import given

from reportgen import schemes
from reportgen.judging import regrouping
from reportgen.judging.drivers import drivers
from tests.judging.shops import LATE, noise, rules
from tests.schemes.tables import table, tables


def judged(customers, recipe):
    segmentation = schemes.segment(customers, recipe)
    return drivers(customers, regrouping.codes(segmentation), segmentation.groups)


def test_a_planted_rule_is_found():
    found = judged(table([(days, 1 + days % 7, 1 + days % 11, days * 37 % 300) for days in range(60)]), rules(*LATE))
    assert {(leaf.when, leaf.segment) for leaf in found.leaves} == {("R <= 31", "recent"), ("R >= 32", "late")}
    assert found.fidelity == 1.0
    assert [(part.axis, part.share) for part in found.importance if part.share] == [("R", 1.0)]


def test_money_is_cut_between_whole_units():
    found = judged(
        table([(1, 1, 9_950, 1), (2, 1, 9_999, 1), (1, 1, 10_000, 1)]), rules(("big", "M >= 100"), ("rest", ""))
    )
    assert {leaf.when for leaf in found.leaves} == {"M < 100", "M >= 100"}


@given(tables(least=2, most=40))
def test_every_sentence_is_true(customers):
    found = judged(customers, rules(("a", "R <= 60 and F >= 5"), ("b", "M >= 1000 and T <= 300"), ("c", "")))
    frame = customers.frame.rename(columns={"recency": "R", "frequency": "F", "monetary": "M", "tenure": "T"})
    frame["M"] /= 100
    counts = [len(frame.query(leaf.when)) if leaf.when else len(frame) for leaf in found.leaves]
    assert counts == [leaf.customers for leaf in found.leaves]
    assert sum(counts) == len(frame)
    assert found.largest <= found.fidelity == pytest.approx(sum(leaf.hits for leaf in found.leaves) / len(frame))


def test_rank_correlations():
    found = judged(
        table([(10 - number, 1 + number, 100 * (1 + number), 5 + number) for number in range(5)]), rules(*LATE)
    )
    ranks = {(pair.one, pair.other): pair.rank for pair in found.correlations}
    assert (ranks["recency", "frequency"], ranks["frequency", "monetary"]) == (-1.0, 1.0)
    assert ranks["monetary", "order value"] is None  # every order has the same value
    assert len(ranks) == 10


def test_more_questions_than_three_are_not_asked():
    recipe = rules(*((f"s{edge}", f"R <= {edge}") for edge in range(20, 400, 20)), ("rest", ""))
    found = judged(noise(), recipe)
    assert len(found.leaves) <= 8
    assert found.fidelity < 1
    assert np.isclose(sum(part.share for part in found.importance), 1, atol=1e-3)
