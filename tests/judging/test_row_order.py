"""Row order: it decides nothing, unless a recipe's tie rule makes it."""

import pytest

from reportgen import recipes, schemes
from reportgen.judging import regrouping
from reportgen.judging.row_order import row_order
from tests.judging.shops import blobs, clustering, split_ties
from tests.schemes.tables import table


def judged(customers, recipe):
    groups = regrouping.codes(schemes.segment(customers, recipe))
    return row_order(customers, groups, recipe, regrouping.regroup(recipe), 42)


@pytest.mark.parametrize("recipe", [recipes.load("strategic"), recipes.load("four-groups"), clustering(3)])
def test_by_default_nobody_moves(recipe):
    found = judged(blobs(), recipe)
    assert (found.changed, found.most) == (0.0, 0.0)
    assert found.reason == "No place in the list decides anything."


def test_split_ties_move_customers_who_did_the_same():
    found = judged(table([(10, 1 + (number > 97), 100 + number, 5) for number in range(100)]), split_ties())
    # Equal customers, halved by chance: half of each half changes sides.
    assert 0.35 < found.changed < 0.5
    assert found.most >= found.changed
    assert found.reason.startswith("The recipe splits customers with equal F by their place in the list")


def test_split_ties_of_different_values_move_nobody():
    found = judged(table([(10, 1 + number, 100, 5) for number in range(100)]), split_ties())
    assert found.changed == 0.0
