"""Other customers under a segmentation that is there: the same cut points, edges and centres."""

import msgspec
import pytest

from reportgen.customers import CustomerTable
from reportgen.recipe import Score
from reportgen.recipes import load
from reportgen.schemes import assign, segment
from tests.schemes.tables import table

PEOPLE = table([(day, 1 + day % 9, 1000 + 977 * (day * 37 % 200), 10 + 3 * day) for day in range(200)])
SPLIT = msgspec.structs.replace(
    load("four-groups"), id="split", cuts={}, match_order=(), scores={"F": Score(quantiles=4, ties="customer")},
    segments=msgspec.convert([
        {"id": f"s{score}", "name": f"S{score}", "archetype": "best", "when": f"F_score == {score}"}
        for score in (4, 3, 2, 1)
    ], tuple[type(load("four-groups").segments[0]), ...]),
)  # fmt: skip
RECIPES = [load("strategic"), load("four-groups"), SPLIT, load("clusters"), load("engagement"), load("kmeans-4")]


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.id for recipe in RECIPES])
def test_who_has_not_changed_stays(recipe):
    """Nearest centres may move a customer who stands between two clusters; nothing moves by rules."""
    found = segment(PEOPLE, recipe)
    same = (assign(PEOPLE, recipe, PEOPLE, found) == found.members).mean()
    assert same == 1 if recipe.segments else same > 0.95


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.id for recipe in RECIPES])
def test_each_customer_is_judged_alone(recipe):
    found = segment(PEOPLE, recipe)
    whole = assign(PEOPLE, recipe, PEOPLE, found)
    some = PEOPLE.frame.iloc[::7]
    assert assign(CustomerTable(some, PEOPLE.scale), recipe, PEOPLE, found).equals(whole.loc[some.index])


def test_nobody_is_no_error():
    recipe = load("strategic")
    found = segment(PEOPLE, recipe)
    assert assign(CustomerTable(PEOPLE.frame.head(0), 2), recipe, PEOPLE, found).empty
