"""The tables that documents C and E publish, reproduced through the whole data path, and facts of the real ledger."""

from datetime import datetime
from decimal import Decimal

import pytest

from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from tests.ledgers import needs_real

pytestmark = needs_real
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


def test_giant_orders_cancelled_at_once_are_no_purchases(real):
    """16446's £168,469.60 and 12346's £77,183.60 were taken back within minutes."""
    november = compose(real, load("strategic"), Question("2011-11", datetime(2011, 12, 31), 3, FEES, "GBP"))
    assert "12346" not in november.customers.frame.index
    december = compose(real, load("strategic"), Question("2011-12", datetime(2011, 12, 31), 3, FEES, "GBP"))
    assert december.customers.frame.loc["16446", "monetary"] == 2900
    assert december.brief.period.partial
