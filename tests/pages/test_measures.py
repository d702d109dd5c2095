"""Pages name what the recipe measures: orders, lines or days; revenue or a mean."""

import re
from datetime import datetime

import pytest

from reportgen.brief import CutPoint
from reportgen.pages import method
from reportgen.wording import Words
from tests import brief_factory as factory
from tests.brief_factory import replace
from tests.pages.test_pages import html

POUNDS = Words("en_GB", "GBP", 2)


def measured(**measures):
    made = factory.brief()
    return replace(made, method=replace(made.method, **measures))


def text(brief):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", " ".join(html(brief).values())))


def test_days_and_means_are_named_on_every_page_that_shows_them():
    found = text(measured(frequency="days", monetary="mean-per-order"))
    for said in (
        "of customers ordered on one day only",
        "Customers by mean order value",
        "One day with an order, then silence",
        "M, mean order value Net revenue per order of the customer",
        "F, frequency Number of days with an order",
        "5 or more days with an order, mean order value £2,000 or more",
    ):
        assert said in found
    for untrue in ("customers ordered once", "5 or more orders", "Customers by net revenue", "M, revenue"):
        assert untrue not in found


def test_the_usual_measures_keep_the_usual_words():
    found = text(measured())
    assert "5 or more orders, £2,000 or more" in found
    assert not any(word in found for word in ("order line", "day with an order", "order value of"))


def test_revenue_is_net_only_where_returns_are_deducted():
    found = text(measured(returns="exclude"))
    assert "revenue before returns in the 12 months to 30 November 2011" in found
    assert "Revenue before returns Quantity × unit price of the lines kept" in found
    assert "Returns only" in found  # the bridge of all sales knows them
    for untrue in (
        "net revenue in the 12 months",
        "Share of net revenue",
        "Net revenue in November: that",
        "+ Returns",
    ):
        assert untrue not in found
        assert untrue in text(measured()) or untrue == "Share of net revenue"


def test_where_all_lines_count_they_are_invoices():
    found = text(measured(orders="all", frequency="lines", worth="gross"))
    assert "Number of invoice lines" in found
    assert "returns are not deducted" in found
    assert "cancellations, and what they cancel, count for R and F" in found


def test_the_instant_that_r_counts_from_is_told_to_the_minute():
    afternoon = replace(factory.brief(), as_of=datetime(2011, 12, 1, 17, 42))
    recency = dict(method.definitions(afternoon, POUNDS))["R, recency"]
    assert recency == "Whole days from the last order to 1 December 2011, 17:42."


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ({"R": 4, "F": 4}, "Scores run from 1 (worst) to 5 (best); few days since the last order are good."),
        ({"F": 2, "M": 3}, "Scores run from 1 (worst) to 3 (F) and 4 (M) (best)."),
    ],
)
def test_scores_are_explained_once(ends, said):
    points = tuple(
        CutPoint(name=f"{axis} part {place}", axis=axis, value=place, origin="upper end of a part")
        for axis, count in ends.items()
        for place in range(1, count + 1)
    )
    scored = measured(cut_points=points)
    assert dict(method.definitions(scored, POUNDS))["Scores"] == said
    cuts = method.cut_points(scored, POUNDS)
    assert dict(cuts)["F score"].startswith("1, 2" if ends["F"] > 2 else "1 and 2 orders")
    assert len(cuts) == len(ends)


def test_long_money_keeps_its_distance_from_the_next_figure():
    assert '<dl class="measures long">' in html(factory.yen(), "print")["profiles"]
    assert "measures long" not in html(factory.brief(), "print")["profiles"]
