"""Each step drops what it says, each line counts once, and rows and money are conserved."""

from datetime import datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import cleaning, recipe
from reportgen.cancellations import ignore
from reportgen.errors import RecipeError
from tests.ledgers import ledger, line

SCOPE = cleaning.Scope(datetime(2024, 1, 1), datetime(2024, 2, 1), ("POST", "GIFT_*"))
EXCLUDE = recipe.Measures(returns="exclude")


def cleaned(lines, *steps, measures=EXCLUDE):
    named = recipe.Recipe(
        id="test", title="", summary="", source="", measures=measures, clean=(recipe.Guests(), *steps)
    )
    found = cleaning.clean(ignore(ledger(lines).lines), named, SCOPE)
    return found.lines.order_by("line").to_pyarrow().to_pylist(), found.removed


def drops(step, lines):
    """Numbers of the lines that are left."""
    rest = () if isinstance(step, recipe.NonPositiveQuantity) else (recipe.NonPositiveQuantity(),)
    return [row["line"] for row in cleaned(lines, step, *rest)[0]]


@pytest.mark.parametrize(
    ("step", "dropped"),
    [
        (recipe.Cancellations(), {"invoice": "c77"}),
        (recipe.Adjustments(), {"invoice": "A77"}),
        (recipe.NonPositiveQuantity(), {"quantity": 0}),
        (recipe.NonPositivePrice(), {"price": -1}),
        (recipe.ZeroAmount(), {"price": 0}),
        (recipe.NonMerchandise(), {"code": "POST"}),
        (recipe.NonMerchandise(), {"code": "GIFT_50"}),
        (recipe.NonMerchandise(codes=("bag",)), {"code": "BAG"}),
        (recipe.Countries(keep=("France",)), {"country": "Spain"}),
        (recipe.Countries(keep=("France",)), {"country": None}),
        (recipe.Countries(drop=("Spain",)), {"country": "Spain"}),
    ],
)
def test_a_step_drops_what_it_names_and_nothing_else(step, dropped):
    assert drops(step, [line("a", "2024-01-05"), line("a", "2024-01-06", **dropped)]) == [0]


def test_lines_outside_window_and_period_go_first():
    lines = [line(None, "2023-12-31T23:59"), line("a", "2024-01-01"), line(None, "2024-02-01")]
    rows, removed = cleaned(lines, recipe.NonPositiveQuantity())
    assert [row["line"] for row in rows] == [1]
    assert {step.step: step.rows for step in removed if step.rows} == {"after-as-of": 1, "before-window": 1}


def test_duplicates_agree_in_every_column():
    same = line("a", "2024-01-05")
    other = line("a", "2024-01-05", description="Vase, chipped")
    assert len(drops(recipe.Duplicates(), [same, other, same, same])) == 2


def test_duplicates_without_customer_country_or_description_are_found():
    same = line("a", "2024-01-05", description=None, country=None, code=None)
    assert len(drops(recipe.Duplicates(), [same, same])) == 1


def test_a_cap_lowers_amounts_and_drops_no_line():
    lines = [line("a", "2024-01-05", price=price) for price in (100, 200, 300, 1000)]
    rows, removed = cleaned(lines, recipe.NonPositiveQuantity(), recipe.Cap(quantile=0.5))
    assert [row["amount"] for row in rows] == [100, 200, 250, 250]
    assert (removed[-1].step, removed[-1].rows, removed[-1].amount) == ("cap", 0, 800)


def test_a_step_after_a_cap_counts_capped_money():
    lines = [line("a", "2024-01-05", price=price) for price in (100, 200, 300)] + [
        line("a", "2024-01-05", price=1000, country="Spain")
    ]
    rows, removed = cleaned(
        lines, recipe.NonPositiveQuantity(), recipe.Cap(quantile=0.5), recipe.Countries(drop=("Spain",))
    )
    assert [step.amount for step in removed][-2:] == [800, 250]
    assert sum(row["amount"] for row in rows) == 1600 - 800 - 250


def test_contradictory_recipes_are_refused():
    with pytest.raises(RecipeError, match="contradicts"):
        cleaned([line("a", "2024-01-05")])
    with pytest.raises(RecipeError, match="contradicts"):
        cleaned([line("a", "2024-01-05")], recipe.NonPositiveQuantity(), measures=recipe.Measures())


LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["a", "b", None]),
        st.sampled_from(["2023-12-31", "2024-01-05", "2024-01-05T10:00", "2024-02-01"]),
        st.integers(-3, 3),
        st.sampled_from([0, 100, 250]),
        code=st.sampled_from(["A1", "POST", None]),
    ),
    min_size=1,
    max_size=25,
)


@given(LINES)
def test_rows_and_money_are_conserved(lines):
    rows, removed = cleaned(
        lines, recipe.NonPositiveQuantity(), recipe.Duplicates(), recipe.NonMerchandise(), recipe.Cap(quantile=0.9)
    )
    assert len(rows) + sum(step.rows for step in removed) == len(lines)
    assert sum(row["amount"] for row in rows) + sum(step.amount for step in removed) == sum(row[5] for row in lines)


@given(st.lists(st.integers(-50, 50), min_size=1), st.sampled_from([0.0, 0.1, 0.5, 0.95, 1.0]))
def test_quantiles_of_counts_are_those_of_the_values(values, q):
    counts = pd.Series(values).value_counts()
    found = cleaning.quantile(counts.index.to_series(), counts, q)
    assert found == pytest.approx(float(np.quantile(values, q)))
    assert isinstance(found, Fraction | int)
