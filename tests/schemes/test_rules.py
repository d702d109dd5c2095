"""Rule tables: order, rest, cut points, scores."""

from decimal import Decimal

import numpy as np
import pytest

from reportgen import schemes
from reportgen.errors import RecipeError
from reportgen.recipe import Action, Archetype, Cut, Recipe, Score, SegmentRule
from tests.schemes.tables import table

WORD = Archetype(
    id="any", name="Any", meaning="Any.", evidence="share <= 1", action=Action(title="a", text="b", document="A")
)


def rule(name, when=""):
    return SegmentRule(id=name, name=name.title(), archetype="any", when=when)


def recipe(*rules, **more):
    return Recipe(id="mine", title="", summary="", source="", segments=rules, vocabulary=(WORD,), **more)


def members(customers, what):
    schemes.validate(what)
    return schemes.segment(customers, what).members.tolist()


def test_rules_match_in_their_own_order_and_show_in_the_written_one():
    customers = table([(10, 9, 1000, 0), (10, 1, 1000, 0), (99, 1, 1, 0)])
    what = recipe(rule("many", "F >= 5"), rule("rest"), rule("recent", "R <= 60"))
    assert members(customers, what) == ["many", "recent", "rest"]
    turned = recipe(
        rule("many", "F >= 5 and R > 60 or F == 5"),
        rule("rest"),
        rule("recent", "R <= 60"),
        match_order=("recent", "many"),
    )
    assert members(customers, turned) == ["recent", "recent", "rest"]
    assert [group.id for group in schemes.segment(customers, turned).groups] == ["many", "rest", "recent"]


def test_groups_carry_their_rule_with_values():
    what = recipe(rule("big", "M >= top"), rule("rest"), cuts={"top": Cut(axis="M", quantile=0.5)})
    found = schemes.segment(table([(1, 1, place * 1000 + 234, 0) for place in range(1, 4)]), what)
    assert [group.rule for group in found.groups] == ["M >= 23", "all others"]
    assert [(point.name, point.value, point.origin) for point in found.cut_points] == [
        ("top", Decimal(23), "quantile 0.5 of spend, rounded up to 2 digits")
    ]


@pytest.mark.parametrize(
    ("amounts", "quantile", "digits", "value"),
    [
        ([190710], 0.5, 2, "2000"), ([190710], 0.5, 3, "1910"), ([190000], 0.5, 2, "1900"), ([190001], 0.5, 2, "2000"),
        ([7], 0.5, 2, "0.07"), ([99901], 0.5, 2, "1000"), ([123], 0.5, 2, "1.3"), ([100, 200, 301], 0.75, 9, "2.505"),
    ],
)  # fmt: skip
def test_cut_points_round_up_to_digits(amounts, quantile, digits, value):
    what = recipe(rule("big", "M >= cut"), rule("rest"), cuts={"cut": Cut(axis="M", quantile=quantile, digits=digits)})
    (point,) = schemes.segment(table([(1, 1, amount, 0) for amount in amounts]), what).cut_points
    assert point.value == Decimal(value)


def test_cut_points_of_days_are_whole_days():
    what = recipe(rule("late", "R > cut"), rule("rest"), cuts={"cut": Cut(axis="R", quantile=0.5)})
    (point,) = schemes.segment(table([(1, 1, 1, 0), (2, 1, 1, 0)]), what).cut_points
    assert point.value == 2


def test_equal_values_share_a_score():
    """Against NumPy's linear quantiles; F2 stays empty, since the first two fifths share one value."""
    values = [1, 1, 1, 1, 2, 3, 4, 9, 9, 30]
    customers = table([(place, frequency, 1, 0) for place, frequency in enumerate(values)])
    what = recipe(*(rule(f"f{n}", f"F_score == {n}") for n in range(1, 6)), scores={"F": Score()})
    edges = np.quantile(values, [0.2, 0.4, 0.6, 0.8])
    assert members(customers, what) == [f"f{1 + sum(edge < value for edge in edges)}" for value in values]
    assert schemes.segment(customers, what).notes == (
        "With these cut points no customer can be in F2: the rules before it leave nothing for it.",
        "No customer can have the F score 2: too many share one value, and equal values share a score.",
    )


def test_recency_scores_count_down():
    what = recipe(*(rule(f"r{n}", f"R_score == {n}") for n in range(1, 6)), scores={"R": Score()})
    assert members(table([(day, 1, 1, 0) for day in range(10)]), what) == [
        f"r{n}" for n in (5, 5, 4, 4, 3, 3, 2, 2, 1, 1)
    ]


def test_more_parts_than_values_are_refused():
    what = recipe(rule("top", "F_score == 5"), rule("rest"), scores={"F": Score()})
    with pytest.raises(RecipeError, match=r"recipe mine, scores\.F\.quantiles: F has 3 distinct values, fewer than 5"):
        schemes.segment(table([(1, place % 3 + 1, 1, 0) for place in range(9)]), what)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (recipe(rule("a", "F >= 3"), rule("b", "F >= 5"), rule("rest")), "segment b: the rule `F >= 5` can never fire"),
        (recipe(rule("a", "F >= 5 and F < 5"), rule("rest")), "segment a: the rule `F >= 5 and F < 5` can"),
        (recipe(rule("a", "F >= 3"), rule("b", "F < 3 and R < 9")), "no rule catches customers with R 9 or"),
        (recipe(rule("a", "F => 3"), rule("rest")), "recipe mine, segment a, when: `F => 3` is no condition"),
        (recipe(rule("a", "F_score > 3"), rule("rest")), r"segment a, when: `F_score`.*\n.*\[scores.F\]"),
        (recipe(rule("a"), rule("b")), "segments a and b both lack `when`"),
        (recipe(rule("a", "F > 1"), rule("b"), match_order=("b",)), "match_order: it must name each segment"),
        (recipe(rule("a", "F > 1"), rule("a")), "segments, id: `a` is there twice"),
        (recipe(), "no way to group customers"),
        (recipe(*(rule(f"s{n}", f"M > {200 - n}") for n in range(120)), rule("rest")), "there are 121 segments"),
        (recipe(rule("a"), cuts={"high": Cut(axis="M")}), "cuts.high: give either `value` or `quantile`"),
        (recipe(rule("a"), cuts={"R": Cut(axis="M", value=Decimal(1))}), "cuts.R: take another name"),
        (recipe(SegmentRule(id="a", name="A", archetype="some")), "segment a, archetype: there is no archetype `some`"),
        (recipe(rule("a", "M > low"), rule("b", "M > top"), rule("rest"),
                cuts={"low": Cut(axis="M", quantile=0.2), "top": Cut(axis="M", quantile=0.8)}),
         "segment b: the rule `M > top` can never fire"),
    ],
)  # fmt: skip
def test_what_no_data_can_mend_is_refused(what, message):
    with pytest.raises(RecipeError, match=message) as caught:
        schemes.validate(what)
    assert caught.value.exit_code == 2


def test_a_table_that_covers_everyone_needs_no_rest():
    assert members(table([(1, 2, 3, 4), (1, 3, 3, 4)]), recipe(rule("a", "F >= 3"), rule("b", "F < 3"))) == ["b", "a"]


def test_cut_points_that_meet_leave_a_note():
    what = recipe(
        rule("top", "M >= top"),
        rule("high", "M >= high"),
        rule("rest"),
        cuts={"top": Cut(axis="M", quantile=0.9), "high": Cut(axis="M", quantile=0.5)},
    )
    found = schemes.segment(table([(1, 1, 500, 0)] * 4), what)
    assert found.notes == (
        "With these cut points no customer can be in High: the rules before it leave nothing for it.",
    )


def test_literals_beside_quantiles_are_proved_on_the_data():
    what = recipe(rule("big", "M >= top"), rule("some", "M >= 100"), cuts={"top": Cut(axis="M", quantile=0.9)})
    schemes.validate(what)
    with pytest.raises(RecipeError, match=r"no rule catches customers with R 0 or more, M 0.01–99.99"):
        schemes.segment(table([(1, 1, 50000, 0)]), what)
