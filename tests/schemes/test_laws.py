"""What holds for every shipped recipe on any customers."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen import recipes, schemes
from reportgen.customers import CustomerTable
from reportgen.errors import RecipeError
from reportgen.schemes.labels import checks
from tests.schemes.tables import table, tables, varied_tables

RULES = [name for name in recipes.SHIPPED if not (recipes.load(name).clusters or recipes.load(name).scores)]
SCORED = [name for name in recipes.SHIPPED if recipes.load(name).scores]
CLUSTERS = [name for name in recipes.SHIPPED if recipes.load(name).clusters]
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def varied(customers):
    """No axis is the same for all."""
    return (customers.frame.max() > customers.frame.min()).all()


def partition(customers, recipe):
    segmentation = schemes.segment(customers, recipe)
    known = {group.id for group in segmentation.groups}
    assert segmentation.members.index.equals(customers.frame.index)
    assert segmentation.members.isin(known).all()
    assert len({group.id for group in segmentation.groups}) == len(segmentation.groups)
    assert len({group.name for group in segmentation.groups}) == len(segmentation.groups)
    assert checks(customers.sums(segmentation.members), segmentation.groups, recipe).keys() == set(segmentation.members)
    return segmentation


def same_for_shuffled(customers, recipe, segmentation, seed):
    shuffled = CustomerTable(customers.frame.sample(frac=1, random_state=seed), customers.scale)
    again = schemes.segment(shuffled, recipe)
    assert again.groups == segmentation.groups
    assert again.clustering == segmentation.clustering
    pd.testing.assert_series_equal(again.members.sort_index(), segmentation.members)


@pytest.mark.parametrize("name", RULES)
@given(customers=tables(), seed=st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_rules_part_the_customers_in_any_order(name, customers, seed):
    recipe = recipes.load(name)
    same_for_shuffled(customers, recipe, partition(customers, recipe), seed)


@pytest.mark.parametrize("name", SCORED)
@given(customers=varied_tables(), seed=st.integers(0, 99), power=st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_scores_part_the_customers_in_any_order_and_unit(name, customers, seed, power):
    recipe = recipes.load(name)
    segmentation = partition(customers, recipe)
    same_for_shuffled(customers, recipe, segmentation, seed)
    finer = customers.frame.assign(monetary=customers.frame["monetary"] * 10**power)
    again = schemes.segment(CustomerTable(finer, customers.scale + power), recipe)
    pd.testing.assert_series_equal(again.members, segmentation.members)


@pytest.mark.parametrize("name", CLUSTERS)
@given(customers=tables(least=30).filter(varied), seed=st.integers(0, 99))
@FEW
def test_clusters_part_the_customers_in_any_order(name, customers, seed):
    recipe = recipes.load(name)
    segmentation = partition(customers, recipe)
    same_for_shuffled(customers, recipe, segmentation, seed)
    means = customers.frame["monetary"].groupby(segmentation.members).mean()
    ordered = [means[group.id] for group in segmentation.groups]
    assert ordered == sorted(ordered, reverse=True)


@pytest.mark.parametrize("name", RULES)
@given(customers=tables(), power=st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_money_in_a_unit_ten_times_smaller_moves_nobody(name, customers, power):
    """Cut points round in decimal digits, so a power of ten is exact; another factor may round them differently."""
    scaled = customers.frame.assign(monetary=customers.frame["monetary"] * 10**power)
    recipe = recipes.load(name)
    before = schemes.segment(customers, recipe).members
    pd.testing.assert_series_equal(schemes.segment(CustomerTable(scaled, customers.scale), recipe).members, before)
    finer = CustomerTable(scaled, customers.scale + power)
    pd.testing.assert_series_equal(schemes.segment(finer, recipe).members, before)


@pytest.mark.parametrize("name", RULES)
def test_one_customer_and_equal_customers(name):
    for rows in ([(3, 1, 500, 0)], [(100, 4, 70000, 9)] * 12):
        segmentation = partition(table(rows), recipes.load(name))
        assert len(set(segmentation.members)) == 1
        assert len(segmentation.groups) == len(recipes.load(name).segments)


@pytest.mark.parametrize("name", CLUSTERS)
def test_too_few_different_customers_for_the_clusters(name):
    for rows in ([(3, 1, 500, 0)], [(100, 4, 70000, 9)] * 12, [(1, 1, 1, 0), (9, 9, 9, 0)] * 6):
        with pytest.raises(RecipeError, match=rf"recipe {name}, clusters\.k(_max)?: \d clusters of [12] different"):
            schemes.segment(table(rows), recipes.load(name))


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_constant_axis_tells_nobody_apart(name):
    with pytest.raises(RecipeError, match=rf"recipe {name}, clusters\.inputs: every customer has the same F"):
        schemes.segment(table([(place, 2, 100 * place * place + 1, 0) for place in range(40)]), recipes.load(name))


@pytest.mark.parametrize("name", recipes.SHIPPED)
def test_no_customer_at_all(name):
    with pytest.raises(RecipeError, match="no customer"):
        schemes.segment(table([]), recipes.load(name))
