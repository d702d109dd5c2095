"""Other customers under a segmentation that is there: the same cut points, edges and centres."""

import ibis
import msgspec
import pytest

from reportgen.recipe import Score
from reportgen.recipes import load
from reportgen.schemes import ruler, segment
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


def grouped(frame, recipe, found):
    """Customer -> group, as the engine tells it of the customers of `frame`."""
    made = ruler(PEOPLE, recipe, found)(ibis.memtable(frame.reset_index()))
    told = made.table.select("customer", segment=made.group(made.table)).to_pyarrow().to_pandas()
    return told.set_index("customer")["segment"].sort_index()


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.id for recipe in RECIPES])
def test_who_has_not_changed_stays(recipe):
    """Nearest centres may move a customer who stands between two clusters; nothing moves by rules."""
    found = segment(PEOPLE, recipe)
    same = (grouped(PEOPLE.frame, recipe, found) == found.members).mean()
    assert same == 1 if recipe.segments else same > 0.95


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.id for recipe in RECIPES])
def test_each_customer_is_judged_alone(recipe):
    found = segment(PEOPLE, recipe)
    whole, some = grouped(PEOPLE.frame, recipe, found), PEOPLE.frame.iloc[::7]
    assert grouped(some, recipe, found).equals(whole.loc[some.index])
