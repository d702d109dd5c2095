"""Agreement: nobody and no money gets lost between two recipes."""

from reportgen.findings.amounts import money
from reportgen.judging.agreement import agreement
from reportgen.judging.snapshots import opened, snapshot
from reportgen.recipe import Countries
from reportgen.recipes import load
from tests.briefs import shop
from tests.judging.shops import question
from tests.ledgers import ledger


def shots(*recipes):
    material = opened(ledger(shop()), question("2024-12"))
    return [snapshot(material, recipe) for recipe in recipes]


def test_the_crosstab_conserves_customers_and_revenue():
    import msgspec

    one, wide = load("strategic"), load("four-groups")
    other = msgspec.structs.replace(wide, clean=(*wide.clean, Countries(keep=("France", "Spain"))))
    left, right = shots(one, other)
    found = agreement(left, right)
    sizes = left.segmentation.members.value_counts()
    for name, size in sizes.items():
        assert sum(cell.customers for cell in found.cells if cell.one == name) == size
    for name, size in right.segmentation.members.value_counts().items():
        assert sum(cell.customers for cell in found.cells if cell.other == name) == size
    assert sum(cell.revenue for cell in found.cells) == money(int(left.customers.frame["monetary"].sum()), 2)
    assert found.customers == len(right.customers.frame) < len(left.customers.frame)
    assert any(cell.other is None for cell in found.cells)


def test_a_recipe_agrees_with_itself():
    one, again = shots(load("strategic"), load("strategic"))
    found = agreement(one, again)
    assert found.rand_index == 1.0
    assert all(cell.one == cell.other for cell in found.cells)
