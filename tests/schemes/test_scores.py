"""Scores: cut points, sides, ties, and what is derived from them; pandas says what notebooks do."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import schemes
from reportgen.errors import RecipeError
from reportgen.recipe import Score
from reportgen.schemes.scores import derive, fit
from tests.schemes.tables import table
from tests.schemes.test_rules import members, recipe, rule


def scored(values, axis="F", **score):
    """The scores of frequencies (or whole days, pounds) `values`."""
    place = {"R": 0, "F": 1, "M": 2}[axis]
    rows = [tuple(value if here == place else 1 for here in range(4)) for value in values]
    customers = table(rows, scale=0)
    (scoring,) = fit({axis: Score(**score)}, customers, "mine")
    return scoring.apply(np.array(values, dtype=np.int64)).tolist()


def test_literal_cut_points_and_their_side():
    at = (Decimal(2), Decimal(5))
    assert scored([1, 2, 3, 5, 6], at=at) == [1, 1, 2, 2, 3]
    assert scored([1, 2, 3, 5, 6], at=at, closed="left") == [1, 2, 2, 3, 3]
    assert scored([0, 30, 31, 90, 91], axis="R", at=(Decimal(30), Decimal(90))) == [3, 3, 2, 2, 1]
    assert scored([1, 2, 3], at=(Decimal("2.5"),)) == [1, 1, 2]


def test_the_method_of_quantiles():
    values = [1, 2, 4, 8]
    assert scored(values, quantiles=2) == [1, 1, 2, 2]
    assert scored(values, quantiles=2, method="lower", closed="left") == [1, 2, 2, 2]
    assert scored(values, quantiles=2, method="higher") == [1, 1, 1, 2]
    assert scored(values, quantiles=2, shift=Decimal(1)) == [1, 1, 1, 2]


frequencies = st.lists(st.integers(1, 12), min_size=8, max_size=40).filter(lambda values: len(set(values)) > 1)


@given(frequencies, st.integers(2, 6))
def test_ties_split_by_customer_are_what_rank_first_and_qcut_do(values, parts):
    ranked = pd.Series(values).rank(method="first")
    expected = pd.qcut(ranked, parts, labels=False) + 1
    assert scored(values, quantiles=parts, ties="customer") == expected.tolist()


@given(frequencies, st.integers(2, 6))
def test_dropped_cut_points_are_what_qcut_drops(values, parts):
    expected = pd.qcut(pd.Series(values), parts, labels=False, duplicates="drop") + 1
    assert scored(values, quantiles=parts, ties="drop") == expected.tolist()


SPLIT = (
    "Customers with the same F can have different F scores: "
    "the recipe splits ties by customer id, so that parts have equal size."
)


def test_split_ties_are_noted_and_reported_as_values():
    customers = table([(1, frequency, 1, 0) for frequency in (1, 1, 1, 2)])
    what = recipe(rule("low", "F_score == 1"), rule("high"), scores={"F": Score(quantiles=2, ties="customer")})
    found = schemes.segment(customers, what)
    assert found.members.tolist() == ["low", "low", "high", "high"]
    assert [point.value for point in found.cut_points] == [1]
    assert found.notes == (SPLIT,)


def test_sum_mean_and_code():
    columns = {
        name: np.array(values) for name, values in {"R_score": [5, 1], "F_score": [4, 2], "M_score": [5, 5]}.items()
    }
    found = derive(columns, "half-up")
    assert found["RFM_sum"].tolist() == [14, 8]
    assert found["RFM_code"].tolist() == [545, 125]
    assert found["FM_score"].tolist() == [5, 4]
    assert derive(columns, "half-even")["FM_score"].tolist() == [4, 4]
    assert derive(columns, "down")["FM_score"].tolist() == [4, 3]


THREE = {"R": Score(quantiles=2), "F": Score(quantiles=2), "M": Score(quantiles=2)}
CUSTOMERS = table([(1, 9, 900, 0), (1, 1, 900, 0), (90, 1, 1, 0), (90, 9, 1, 0)])


def test_segments_by_code_sum_and_grid():
    codes = recipe(
        rule("best").__class__(id="best", name="Best", archetype="any", codes=("222",)), rule("rest"), scores=THREE
    )
    assert members(CUSTOMERS, codes) == ["best", "rest", "rest", "rest"]
    assert [group.rule for group in schemes.segment(CUSTOMERS, codes).groups] == ["RFM_code == 222", "all others"]
    sums = recipe(rule("gold", "RFM_sum >= 5"), rule("rest"), scores=THREE)
    assert members(CUSTOMERS, sums) == ["gold", "gold", "rest", "rest"]
    grid = recipe(
        rule("a", "R_score == 2 and FM_score == 2"), rule("b", "R_score == 2 or FM_score == 2"), rule("c"), scores=THREE
    )
    assert members(CUSTOMERS, grid) == ["a", "a", "c", "b"]


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (
            recipe(rule("a", "RFM_sum > 6"), rule("rest"), scores=THREE),
            "segment a: the rule `RFM_sum > 6` can never fire",
        ),
        (recipe(rule("a", "FM_score > 1"), rule("rest"), scores={"F": Score()}), r"`FM_score`.*\n.*\[scores.M\]"),
        (recipe(rule("a"), scores={"F": Score(at=(Decimal(5), Decimal(3)))}), r"scores\.F\.at: cut points overlap"),
        (recipe(rule("a", "RFM_code == 113"), rule("rest"), scores=THREE), "segment a: the rule `RFM_code == 113` can"),
    ],
)
def test_what_no_data_can_mend_is_refused(what, message):
    with pytest.raises(RecipeError, match=message):
        schemes.validate(what)


@pytest.mark.parametrize("code", ["22", "2222", "223", "022", "2a2", "²22"])
def test_codes_are_three_scores(code):
    first = rule("a").__class__(id="a", name="A", archetype="any", codes=(code,))
    with pytest.raises(RecipeError, match=f"segment a, codes: `{code}` is no score code") as caught:
        schemes.validate(recipe(first, rule("rest"), scores=THREE))
    assert '"111" to "222"' in caught.value.remedy


@pytest.mark.parametrize(("key", "value"), [("codes", ("999",)), ("when", "RFM_code >= 211")])
def test_codes_of_ten_parts_are_refused(key, value):
    first = rule("a").__class__(id="a", name="A", archetype="any", **{key: value})
    with pytest.raises(RecipeError, match=f"segment a, {key}: a score of 10 has two digits") as caught:
        schemes.validate(recipe(first, rule("rest"), scores=dict.fromkeys("RFM", Score(quantiles=10))))
    assert "R_score == 10" in caught.value.remedy


@pytest.mark.parametrize("ties", ["share", "customer", "drop"])
def test_equal_parts_of_a_constant_are_refused(ties):
    with pytest.raises(RecipeError, match=r"recipe mine, scores\.F: every customer has the same F, 4") as caught:
        scored([4, 4, 4, 4], quantiles=2, ties=ties)
    assert "longer window" in caught.value.remedy
    assert scored([4, 4], at=(Decimal(3),)) == [2, 2]


def test_three_values_make_no_five_parts():
    with pytest.raises(RecipeError, match=r"scores\.F\.quantiles: F has 3 distinct values, fewer than 5"):
        scored([1, 2, 3, 3])
