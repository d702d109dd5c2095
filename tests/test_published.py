"""The tables of documents C and E and of other studies, reproduced through the whole data path; facts of the ledger.

The recipes of the others stand in cases/published, each with its source.
"""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from tests.ledgers import needs_real

pytestmark = needs_real
STUDIES = Path(__file__).parent / "cases/published"
FEES = ("POST", "DOT", "M", "D", "C2", "S", "B", "CRUK", "AMAZONFEE", "BANK CHARGES", "PADS")


def brief_of(real, recipe, period="all"):
    return compose(real, load(recipe), Question(period, datetime(2011, 12, 31), 3, FEES, "GBP")).brief


def test_document_c(real):
    brief = brief_of(real, "kmeans-4")
    assert (brief.totals.customers, brief.totals.revenue) == (4338, Decimal("8911407.904"))
    assert {
        segment.published_label: (segment.customers, round(segment.revenue, 2)) for segment in brief.segments
    } == {
        "Best Customers": (3054, Decimal("4150536.51")),
        "Loyal Customers": (1067, Decimal("512818.85")),
        "Big Spenders": (13, Decimal("1655398.08")),
        "At Risk": (204, Decimal("2592654.46")),
    }  # fmt: skip
    means = {
        segment.published_label: (
            round(segment.recency_mean, 2), round(segment.frequency_mean, 2), round(segment.monetary_mean, 2)
        )
        for segment in brief.segments
    }  # fmt: skip
    assert means == {
        "Best Customers": (43.70, 3.68, Decimal("1359.05")),
        "Loyal Customers": (248.08, 1.55, Decimal("480.62")),
        "Big Spenders": (7.38, 82.54, Decimal("127338.31")),
        "At Risk": (15.50, 22.33, Decimal("12709.09")),
    }


def test_labels_of_document_c_against_their_evidence(real):
    found = {segment.published_label: segment for segment in brief_of(real, "kmeans-4").segments}
    assert {label: segment.name for label, segment in found.items()} == {
        "Best Customers": "Loyal", "Loyal Customers": "Lost", "Big Spenders": "Big Spenders", "At Risk": "Best",
    }  # fmt: skip
    assert [label for label, segment in found.items() if segment.label_check.fits] == ["Big Spenders"]
    assert "16 days ago on average, against 93" in found["At Risk"].label_check.reason


def test_document_e(real):
    brief = brief_of(real, "kmeans-3")
    assert round(brief.totals.revenue, 2) == Decimal("6324659.27")
    assert {
        segment.published_label: (
            segment.customers, round(segment.recency_mean, 2), round(segment.frequency_mean, 2),
            round(segment.monetary_mean, 2),
        )
        for segment in brief.segments
    } == {
        "active regulars": (3221, 41.06, 4.71, Decimal("1547.89")),
        "lapsed": (1094, 245.90, 1.58, Decimal("413.72")),
        "elite": (23, 6.96, 71.26, Decimal("38534.01")),
    }  # fmt: skip
    assert brief.method.clustering.inertia == pytest.approx(5492.06)


def study_of(real, name):
    """The brief of a published study; its segments -> customers, mean R and F, revenue."""
    brief = brief_of(real, STUDIES / f"{name}.toml")
    return brief, {
        segment.name: (
            segment.customers, segment.recency_mean, segment.frequency_mean, segment.revenue
        )
        for segment in brief.segments
    }  # fmt: skip


TUTORIAL = {
    "About to Sleep": (352, 53.312500, 1.161932, "471.994375"),
    "At Risk": (593, 153.785835, 2.876897, "1084.535297"),
    "Can't Lose Them": (63, 132.968254, 8.380952, "2796.155873"),
    "Champions": (633, 6.361769, 12.413902, "6857.963918"),
    "Hibernating": (1071, 217.605042, 1.101774, "488.643307"),
    "Loyal Customers": (819, 33.608059, 6.479853, "2864.247791"),
    "Need Attention": (187, 52.427807, 2.326203, "897.627861"),
    "New Customers": (42, 7.428571, 1.000000, "388.212857"),
    "Potential Loyalists": (484, 17.398760, 2.010331, "1041.222004"),
    "Promising": (94, 23.510638, 1.000000, "294.007979"),
}
"""Customers, mean R, F, M of each segment."""


SIX = {
    "At Risk": (453, 508), "Can't Lose Them": (59, 67), "Loyal Customers": (802, 994),
    "New Customers": (136, 44), "Lost": (798, 294), "Hibernating": (399, 179),
}  # fmt: skip
"""Customers, revenue in thousands."""


@pytest.mark.slow
def test_the_grid_of_ten_as_a_tutorial_prints_it(real):
    """To its six decimals (means of R and F are kept at four); its sheet has 18.00 of postage of a champion more."""
    _, found = study_of(real, "rf-grid")
    postage = {"Champions": Decimal(18)}
    assert {
        name: (customers, recency, frequency, str(round((revenue + postage.get(name, 0)) / customers, 6)))
        for name, (customers, recency, frequency, revenue) in found.items()
    } == {name: (row[0], round(row[1], 4), round(row[2], 4), row[3]) for name, row in TUTORIAL.items()}


@pytest.mark.slow
def test_eight_segments_by_quintiles_of_lines(real):
    brief, found = study_of(real, "line-quintiles")
    assert brief.totals.customers == 4339
    assert {name: (customers, str(revenue)) for name, (customers, _, _, revenue) in found.items()} == {
        "Champions": (932, "5675075.280"),
        "Hibernating": (851, "198860.281"),
        "Loyal Customers": (804, "1365371.381"),
        "Others": (449, "180211.050"),
        "Promising": (416, "179336.911"),
        "At Risk": (413, "236067.331"),
        "Big Spenders": (368, "1040892.400"),
        "New Customers": (106, "35593.270"),
    }


@pytest.mark.slow
def test_six_segments_by_quartiles_of_lines(real):
    _, found = study_of(real, "line-quartiles")
    assert {name: customers for name, (customers, *_) in found.items()} == {
        "Best Customers": 440, "Loyal Customers": 640, "Big Spenders": 299, "Recent Customers": 446,
        "Lost Cheap Customers": 385, "Others": 2128,
    }  # fmt: skip


@pytest.mark.slow
def test_ten_segments_without_the_top_lines(real):
    """The README rounds revenue to thousands, that of the champions to 4.4 million; it leaves three segments out."""
    brief, found = study_of(real, "without-top-lines")
    rows = [step.rows for step in brief.reconciliation]
    steps = [step.step for step in brief.reconciliation]
    assert sum(rows[: steps.index("outliers") + 1]) == 393_915
    assert brief.totals.customers == 4290
    printed = {name: (customers, round(revenue / 1000)) for name, (customers, _, _, revenue) in found.items()}
    customers, revenue = printed.pop("Champions")
    assert (customers, round(revenue, -2)) == (1127, 4400)
    assert {name: row for name, row in printed.items() if name in SIX} == SIX


@pytest.mark.slow
def test_six_segments_by_quartiles_of_lines_customer_by_customer(real):
    """The first ten customers of the same README: segment, recency, lines, money."""
    question = Question("all", datetime(2011, 12, 31), 3, FEES, "GBP")
    found = compose(real, load(STUDIES / "line-quartiles.toml"), question)
    first = found.crowd.customers.frame.head(10)
    names = {group.id: group.name for group in found.crowd.division.groups}
    assert [
        (customer, names[found.crowd.division.members[customer]], row.recency, row.frequency, row.monetary / 1000)
        for customer, row in zip(first.index, first.itertuples(), strict=True)
    ] == [
        ("12346", "Big Spenders", 327, 1, 77183.60),
        ("12347", "Best Customers", 4, 182, 4310.00),
        ("12348", "Big Spenders", 77, 31, 1797.24),
        ("12349", "Big Spenders", 20, 73, 1757.55),
        ("12350", "Others", 312, 17, 334.40),
        ("12352", "Big Spenders", 38, 85, 2506.04),
        ("12353", "Lost Cheap Customers", 206, 4, 89.00),
        ("12354", "Others", 234, 58, 1079.40),
        ("12355", "Others", 216, 13, 459.40),
        ("12356", "Big Spenders", 24, 59, 2811.43),
    ]


@pytest.mark.slow
def test_giant_orders_cancelled_at_once_are_no_purchases(real):
    """16446's £168,469.60 and 12346's £77,183.60 were taken back within minutes."""
    november = compose(real, load("strategic"), Question("2011-11", datetime(2011, 12, 31), 3, FEES, "GBP"))
    assert "12346" not in november.crowd.customers.frame.index
    december = compose(real, load("strategic"), Question("2011-12", datetime(2011, 12, 31), 3, FEES, "GBP"))
    assert december.crowd.customers.frame.loc["16446", "monetary"] == 2900
    assert december.brief.period.partial
