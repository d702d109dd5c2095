"""The proof of rule tables, against all customers of a small world."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.schemes.axes import LOWEST
from reportgen.schemes.conditions import parse
from reportgen.schemes.proof import TooManyCellsError, World, first_match, prove
from reportgen.schemes.rules import describe
from reportgen.schemes.scores import Scoring

WORLD = [(r, f, m, t) for r, f, m, t in itertools.product(range(9), range(1, 5), range(1, 5), range(9)) if t >= r]
COLUMNS = {
    name: np.array(column, dtype=np.int64) for name, column in zip("RFMT", zip(*WORLD, strict=True), strict=True)
}

leaves = st.builds(
    "{} {} {}".format,
    st.sampled_from("RFMT"), st.sampled_from(["<", "<=", ">", ">=", "=="]), st.sampled_from(["1", "2", "2.5", "3"]),
)  # fmt: skip
texts = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner), st.builds("({} or {})".format, inner, inner),
        st.builds("not {}".format, inner),
    ),
    max_leaves=4,
)  # fmt: skip


@given(st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_cells_decide_for_every_customer_of_a_small_world(table):
    conditions = [parse(text, "RFMT") for text in table]
    proof = prove(conditions, World(0))
    caught = first_match(conditions, COLUMNS, 0)
    assert proof.dead == tuple(place for place in range(len(table)) if place not in caught)
    rest = {row for row, place in zip(WORLD, caught, strict=True) if place == len(table)}
    boxed = {row for row in WORLD if any(_inside(dict(zip("RFMT", row, strict=True)), box) for box in proof.rest)}
    assert boxed == rest


def _inside(customer, box):
    return all(low <= customer[name] and (high is None or customer[name] <= high) for name, (low, high) in box.items())


def test_the_first_purchase_is_never_later_than_the_last():
    assert prove([parse("T < 30 and R > 60", "RFMT")], World(0)).dead == (0,)
    assert prove([parse("T < 30 and R > 20", "RFMT")], World(0)).dead == ()


def test_lowest_values_are_those_a_customer_can_have():
    assert LOWEST["F"] == 1
    assert prove([parse("F < 1 or M <= 0", "RFMT")], World(2)).dead == (0,)


def test_known_scores_follow_from_their_axis():
    names = ("R", "F", "M", "T", "F_score")
    scoring = Scoring("F", (2, 5))
    assert prove([parse("F <= 2 and F_score == 2", names)], World(0, scorings=(scoring,))).dead == (0,)
    assert prove([parse("F <= 3 and F_score == 2", names)], World(0, scorings=(scoring,))).dead == ()
    assert prove([parse("F <= 2 and F_score == 2", names)], World(0, {"F_score": 3})).dead == ()
    assert prove([parse("F_score > 3", names)], World(0, {"F_score": 3})).dead == (0,)


def test_the_rest_in_words():
    (box,) = prove([parse("R > 60 or F >= 3 or M >= 9.10", "RFMT")], World(2)).rest
    assert describe(box, 2) == "R 0–60, F 1–2, M 0.01–9.09"


def test_an_endless_table_is_refused():
    rules = [parse(f"R <= {n} and F <= {n} and M <= {n}", "RFMT") for n in range(2, 80)]
    with pytest.raises(TooManyCellsError):
        prove(rules, World(0))
