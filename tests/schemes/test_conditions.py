"""The condition language."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.schemes.conditions import ConditionError, comparisons, parse, resolve, spell
from reportgen.schemes.proof import mask

NAMES = ("R", "F", "M", "T")
CUTS = {"high": "M", "late": "R"}


def truth(text, scale=0, **columns):
    arrays = {name: np.array(values, dtype=np.int64) for name, values in columns.items()}
    return mask(parse(text, NAMES), arrays, scale).tolist()


def test_and_or_not_and_chains():
    assert truth("60 < R <= 180", R=[60, 61, 180, 181]) == [False, True, True, False]
    assert truth("not (R <= 60 or F >= 5)", R=[60, 61, 61], F=[1, 5, 4]) == [False, False, True]
    assert truth("R <= 60 and F >= 5 or F == 9", R=[99, 60, 60], F=[9, 5, 4]) == [True, True, False]
    assert truth("5 > F", F=[4, 5]) == [True, False]


def test_numbers_between_whole_ones():
    assert truth("R < 2.5 and R <= 2.5 and R > 1.5 and R >= 1.5", R=[1, 2, 3]) == [False, True, False]
    assert truth("R == 2.5", R=[2, 3]) == [False, False]


def test_money_is_compared_exactly():
    """0.1 + 0.2 has no place here: 9,007,199,254,740,993 units can't be told from their neighbour as a float."""
    units = [9_007_199_254_740_992, 9_007_199_254_740_993]
    assert truth("M >= 9007199254740.993", scale=3, M=units) == [False, True]
    assert truth("M > 0.299 and M < 0.301", scale=3, M=[299, 300, 301]) == [False, True, False]
    assert truth("M <= 0.0005", scale=3, M=[0, 1]) == [True, False]
    assert truth(f"M < {10**30}", scale=3, M=units) == [True, True]


@given(st.integers(-5, 50), st.sampled_from(["<", "<=", ">", ">=", "=="]), st.decimals("0", "50", places=1))
def test_every_operator_means_what_it_means_for_numbers(value, operator, bound):
    expected = {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "==": value == bound,
    }
    assert truth(f"R {operator} {bound}", R=[value]) == [expected[operator]]


def test_cut_points_get_their_values():
    condition = resolve(
        parse("M >= high or not (R > late and F > 1)", NAMES, CUTS), {"high": Decimal(9), "late": Decimal(7)}
    )
    assert [leaf.value for leaf in comparisons(condition)] == [9, 7, 1]
    assert (
        spell("M >= high and R > late", {"high": Decimal("1.90E+3"), "late": Decimal("7.50")})
        == "M >= 1900 and R > 7.5"
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("R <=", "`R <=` is no condition"),
        ("", "is no condition"),
        ("R", "`R` can't stand here"),
        ("R + F > 3", "`R \\+ F`: one side"),
        ("R != 3", "something else than"),
        ("R in (1, 2)", "something else than"),
        ("R <= F", "`F` is no number or a cut point \\(high, late\\)"),
        ("X <= 3", "`X`: one side of a comparison must be one of R, F, M, T"),
        ("R <= high", "`high` is a cut point of M, it can't be compared with R"),
        ("R <= -1", "`-1` is no number"),
        ("R <= True", "`True` is no number"),
        ("R <= 0x10", "`0x10` is no decimal number"),
        ("R <= '3'", "`'3'` is no number"),
        ("3 <= 4", "`3`: one side"),
        ("R_score >= 4", "`R_score`: one side"),
        ("__import__('os').system('true')", "can't stand here"),
        ("(lambda: 1)() <= 3", "one side"),
        ("not " * 5000 + "R > 1", "nested too deeply"),
        ("(" * 500 + "R > 1" + ")" * 500, "is no condition|nested too deeply"),
        ("R > 1\x00", "is no condition"),
    ],
)
def test_what_is_no_condition_is_quoted(text, part):
    with pytest.raises(ConditionError, match=part):
        parse(text, NAMES, CUTS)
