"""Each step drops what it says, each line counts once, and rows and money are conserved."""

from datetime import datetime

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import cleaning, recipe
from reportgen.cancellations import ignore, mark
from reportgen.errors import RecipeError
from tests.ledgers import ledger, line

SCOPE = cleaning.Scope(datetime(2024, 1, 1), datetime(2024, 2, 1), ("POST", "GIFT_*"))
EXCLUDE = recipe.Measures(returns="exclude")


def test_codes_here_match_as_those_in_the_engine():
    codes = ["POST", "POSTAGE", "GIFT_50", "GIFT", "M", "A*", ""]
    patterns = ("post", "GIFT_*", "m", "a*")
    table = ibis.memtable({"code": codes})
    told = table.filter(cleaning.matches_code(table.code, patterns)).to_pyarrow()["code"].to_pylist()
    assert cleaning.matching_codes(codes, patterns) == set(told) == {"POST", "GIFT_50", "M", "A*"}
    assert cleaning.matching_codes(codes, ()) == set()


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
        (recipe.NonPositivePrice(), {"price": 0}),
        (recipe.ZeroAmount(), {"price": 0}),
        (recipe.NonMerchandise(), {"code": "POST"}),
        (recipe.NonMerchandise(), {"code": "GIFT_50"}),
        (recipe.NonMerchandise(codes=("bag",)), {"code": "BAG"}),
        (recipe.Codes(drop=("B*",)), {"code": "B7"}),
        (recipe.Codes(keep=("A*",)), {"code": "B7"}),
        (recipe.Codes(keep=("A1",)), {"code": None}),
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


def test_of_copies_the_cancelled_one_stays():
    named = recipe.Recipe(id="test", title="", summary="", source="", clean=(recipe.Guests(), recipe.Duplicates()))
    lines = mark(ledger([line("a", "2024-01-05"), line("a", "2024-01-05"), line("a", "2024-01-07", -1)]).lines)
    for number in (0, 1):  # whichever of the two the pairing met
        met = lines.mutate(cancelled_at=(lines.line == number).ifelse(datetime(2024, 1, 7), ibis.null("timestamp")))
        kept = cleaning.clean(met, named, SCOPE).lines.to_pyarrow().to_pylist()
        assert [row["cancelled_at"] for row in kept if row["amount"] > 0] == [datetime(2024, 1, 7)]


def test_duplicates_without_customer_country_or_description_are_found():
    same = line("a", "2024-01-05", description=None, country=None, code=None)
    assert len(drops(recipe.Duplicates(), [same, same])) == 1


def test_a_cap_lowers_amounts_and_drops_no_line():
    lines = [line("a", "2024-01-05", price=price) for price in (100, 200, 300, 1000)]
    rows, removed = cleaned(lines, recipe.NonPositiveQuantity(), recipe.Cap(high=0.5))
    assert [row["amount"] for row in rows] == [100, 200, 250, 250]
    assert (removed[-1].step, removed[-1].rows, removed[-1].amount) == ("cap", 0, 800)


def test_a_step_after_a_cap_counts_capped_money():
    lines = [line("a", "2024-01-05", price=price) for price in (100, 200, 300)] + [
        line("a", "2024-01-05", price=1000, country="Spain")
    ]
    rows, removed = cleaned(
        lines, recipe.NonPositiveQuantity(), recipe.Cap(high=0.5), recipe.Countries(drop=("Spain",))
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


@settings(max_examples=7)
@given(LINES)
def test_rows_and_money_are_conserved(lines):
    rows, removed = cleaned(
        lines, recipe.NonPositiveQuantity(), recipe.Duplicates(), recipe.NonMerchandise(), recipe.Cap(high=0.9)
    )
    assert len(rows) + sum(step.rows for step in removed) == len(lines)
    assert sum(row["amount"] for row in rows) + sum(step.amount for step in removed) == sum(row[5] for row in lines)


def test_two_steps_of_one_kind_count_their_own_lines():
    lines = [line("a", "2024-01-05"), line("a", "2024-01-05", country="Spain"), line("a", "2024-01-05", country="Peru")]
    rows, removed = cleaned(
        lines, recipe.NonPositiveQuantity(), recipe.Countries(drop=("Spain",)), recipe.Countries(drop=("Peru",))
    )
    assert len(rows) == 1
    assert [step.rows for step in removed[-2:]] == [1, 1]


BOX = {"low": 0.25, "high": 0.75, "k": 1.5}


def prices(*values, **more):
    return [line("a", "2024-01-05", price=price, **more) for price in values]


def test_the_rule_of_box_plots_on_both_sides():
    """Quartiles 200 and 400: the bounds are -100 and 700."""
    rows, removed = cleaned(prices(100, 200, 300, 400, 2000), recipe.NonPositiveQuantity(), recipe.Cap(**BOX))
    assert [row["amount"] for row in rows] == [100, 200, 300, 400, 700]
    assert removed[-1].amount == 1300
    rows, removed = cleaned(
        prices(100, 200, 300, 400, 2000), recipe.NonPositiveQuantity(), recipe.Outliers(**BOX, of="price")
    )
    assert [row["amount"] for row in rows] == [100, 200, 300, 400]
    assert (removed[-1].step, removed[-1].rows, removed[-1].amount) == ("outliers", 1, 2000)
    assert removed[-1].label == "Unit prices out of bounds"


def test_a_lower_bound_raises_and_a_side_leaves_the_other_alone():
    lines = prices(10, 500, 500, 500, 990)
    quartile = {"low": 0.25, "high": 0.75}
    found = {
        side: [row["amount"] for row in cleaned(lines, recipe.NonPositiveQuantity(), cap)[0]]
        for side in ("both", "lower", "upper")
        for cap in [recipe.Cap(**quartile, side=side)]
    }
    assert found == {
        "both": [500, 500, 500, 500, 500], "lower": [500, 500, 500, 500, 990], "upper": [10, 500, 500, 500, 500],
    }  # fmt: skip


def test_a_cap_of_quantity_changes_the_worth_in_proportion():
    """The 0.5 quantile of 1, 2, 3, 8 is 2.5; 3 at 33 pence become 82.5, to the even penny; 8 at 1 become 2.5."""
    lines = [line("a", "2024-01-05", quantity, price) for quantity, price in ((1, 50), (2, 50), (3, 33), (8, 1))]
    rows, removed = cleaned(lines, recipe.NonPositiveQuantity(), recipe.Cap(of="quantity", high=0.5))
    assert [row["amount"] for row in rows] == [50, 100, 82, 2]
    assert [row["quantity"] for row in rows] == [1, 2, 2, 2]
    assert (removed[-1].amount, removed[-1].label) == (17 + 6, "Quantities moved to the cap")


def test_a_cap_of_price_after_one_of_quantity():
    lines = [line("a", "2024-01-05", quantity, price) for quantity, price in ((1, 100), (1, 100), (10, 900))]
    caps = recipe.Cap(of="quantity", high=0.5), recipe.Cap(of="price", high=0.5)
    rows, removed = cleaned(lines, recipe.NonPositiveQuantity(), *caps)
    assert [row["amount"] for row in rows] == [100, 100, 100]
    assert [step.amount for step in removed[-2:]] == [8100, 800]


def test_bounds_come_from_lines_of_the_window_that_are_still_kept():
    far = line("a", "2023-01-05", price=7000)
    spain = line("a", "2024-01-05", price=9000, country="Spain")
    rows, removed = cleaned(
        [far, spain, *prices(100, 200)], recipe.NonPositiveQuantity(), recipe.Countries(drop=("Spain",)),
        recipe.Cap(high=0.5),
    )  # fmt: skip
    assert [row["amount"] for row in rows] == [100, 150]
    # What lies before the window leaves with its whole worth: no cap took from it.
    assert {step.step: step.amount for step in removed if step.amount} == {
        "before-window": 7000, "countries": 9000, "cap": 50,
    }  # fmt: skip


def test_bounds_of_nothing_change_nothing():
    rows, removed = cleaned([line(None, "2024-01-05")], recipe.NonPositiveQuantity(), recipe.Cap(of="price", high=0.9))
    assert (rows, removed[-1].amount) == ([], 0)


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (recipe.Cap(), r"clean\[1\], cap: it has no bound"),
        (recipe.Cap(high=0.9, k=1.5), r"clean\[1\], cap, k: it needs"),
        (recipe.Outliers(low=0.9, high=0.1), r"clean\[1\], outliers: low = 0.9 is not below high = 0.1"),
        (recipe.Cap(high=0.9, side="lower"), r"cap, side: the quantile of the lower bound is missing"),
        (recipe.Codes(), r"clean\[1\], codes: it names nothing"),
        (recipe.Countries(), r"clean\[1\], countries: it names nothing"),
    ],
)
def test_steps_that_say_nothing_are_refused(step, message):
    with pytest.raises(RecipeError, match=message) as caught:
        cleaned([line("a", "2024-01-05")], step, recipe.NonPositiveQuantity())
    assert caught.value.remedy


STEPS = st.builds(
    recipe.Cap,
    of=st.sampled_from(["total", "quantity", "price"]),
    low=st.sampled_from([0.05, 0.25]),
    high=st.sampled_from([0.6, 0.9]),
    k=st.sampled_from([0, 0.3, 1.5]),
    side=st.sampled_from(["both", "lower", "upper"]),
)


@settings(max_examples=7)
@given(LINES, STEPS, STEPS)
def test_any_caps_conserve_rows_and_money(lines, first, second):
    outliers = recipe.Outliers(of=second.of, low=second.low, high=second.high, k=second.k)
    rows, removed = cleaned(lines, recipe.NonPositiveQuantity(), first, outliers, second)
    assert len(rows) + sum(step.rows for step in removed) == len(lines)
    assert sum(row["amount"] for row in rows) + sum(step.amount for step in removed) == sum(row[5] for row in lines)
