"""Where one kind ends and the next begins: a ledger of borderline cases, every figure worked out by hand."""

from datetime import date, datetime
from decimal import Decimal

import msgspec
import pytest

from reportgen.findings.compose import Question, compose
from reportgen.recipe import NonMerchandise
from tests.findings.test_changes import THREE, amounts
from tests.ledgers import ledger, line

SHOP = [
    line("old", "2024-01-02"),                                             # 10; idle, rest -> gone
    line("dawn", "2024-03-01T00:00", country="Belgium"),                   # 10 in the first instant: new, rest
    line("even", "2024-02-10", 3), line("even", "2024-03-10", 3, country="Spain"),   # 30 -> 30: expansion, rest -> top
    line("gift", "2024-02-05", 6),                                         # 60 -> 0: lapsed, top -> rest,
    line("gift", "2024-03-05", price=0, country="Italy"),                  # for a gift is no order
    line("postman", "2024-02-07", 2), line("postman", "2024-02-07", 4, code="POST"),  # 20 -> 0: lapsed, and 40 -> 10
    line("postman", "2024-03-07", code="POST"),                            # of postage left out; stays in rest
    line("parcel", "2024-01-10"), line("parcel", "2024-03-09", 4, code="POST"),  # idle but for 40; rest -> gone
    line("again", "2024-01-05", 2), line("again", "2024-01-20", -2),       # 0 -> 10: new, the purchase of January
    line("again", "2024-03-08"),                                           # was none
    line("back", "2024-01-06"), line("back", "2024-02-08", -1, 1500),      # -15 -> 20: reactivated; in no segment,
    line("back", "2024-03-09", 2),                                         # then in rest
    line("refunded", "2024-02-12"), line("refunded", "2024-03-13", -1, 1500),  # 10 -> -15: lapsed, rest -> none
    line("sampled", "2024-01-15", price=0), line("sampled", "2024-03-15"),  # 0 -> 10: new, a gift is no purchase
    line("dusk", "2024-02-29T23:59:59", 5),                                # 50 -> 60 in two orders of one instant:
    line("dusk", "2024-03-20", 3, country="Spain", invoice="d1"),          # expansion, stays top
    line("dusk", "2024-03-20", 3, country="Austria", invoice="d2"),
    line("dusk", "2024-03-20", -1, price=0, country="Aruba", invoice="d2"),  # of which a piece came back for nothing
    line("brink", "2024-02-21", 7), line("brink", "2024-03-01T00:00", -7),  # 70 -> -70: lapsed; February stood until
    line("moved", "2024-02-03", 2),                                        # its end; 20 -> 0: lapsed, stays in rest
    line("moved", "2024-03-16", country="Peru"), line("moved", "2024-03-18", -1, country="Peru"),
    line(None, "2024-02-01", invoice="g1"), line(None, "2024-03-31", 2, invoice="g2"),  # guests 10 -> 20
    line(None, "2024-03-04", price=0, invoice="g0"),                       # and a gift to one
    line("after", "2024-04-01T00:00", 9),                                  # the first instant after the period
]  # fmt: skip


@pytest.fixture(scope="module")
def findings():
    recipe = msgspec.structs.replace(THREE, clean=(*THREE.clean, NonMerchandise()))
    return compose(ledger(SHOP), recipe, Question("2024-03", datetime(2024, 6, 1), 3, ("POST",), "EUR"))


@pytest.fixture(scope="module")
def brief(findings):
    return findings.brief


def test_each_change_of_revenue_is_of_one_kind(brief):
    found = brief.bridge
    assert (found.before, found.now) == (Decimal("295.00"), Decimal("125.00"))
    assert amounts(found.items) == {
        "new": (3, 30), "reactivated": (1, 35), "expansion": (2, 10), "contraction": (0, 0),
        "lapsed": (5, -60 - 20 - 25 - 140 - 20), "returns-only": (0, 0), "guests": (None, 10), "left-out": (None, 10),
    }  # fmt: skip


def test_who_came_and_who_left_is_told_with_the_reason(brief):
    entered, left = ({part.reason: part.customers for part in parts}
                     for parts in (brief.migration.entered, brief.migration.left))  # fmt: skip
    assert entered == {"first-purchase": 3, "back": 1}
    assert left == {"out-of-window": 0, "no-purchase-left": 1, "net-not-positive": 1}


def test_orders_are_paid_for_and_stand(brief):
    now, before = brief.period_totals, brief.previous_totals
    assert (now.orders, now.guests.orders, now.customers) == (10, 1, 8)
    assert (before.orders, before.guests.orders, before.customers) == (8, 1, 7)
    assert [(month.orders, month.customers) for month in brief.trend] == [(3, 3), (8, 7), (10, 8)]
    did = brief.drivers.now
    assert (did.customers, did.orders, did.items, did.purchases) == (6, 7, 14, 140)


def test_key_figures_are_of_who_had_bought_before(brief):
    found = brief.key_figures
    assert (found.first_time_customers, found.returning_customers, found.repeat_rate) == (3, 5, 0.625)
    assert found.customer_order_value == Decimal("11.6667")  # 105 in nine orders
    # Two of eleven, with 170 of 335: those in no segment count in neither.
    assert (found.top_customers, found.top_revenue) == (2, Decimal("170.00"))
    assert (found.top_customer_share, found.top_revenue_share) == (pytest.approx(2 / 11), pytest.approx(170 / 335))


def test_a_segment_is_compared_with_all_of_then(brief):
    top = next(segment for segment in brief.segments if segment.id == "top")
    then = top.before
    assert (then.customers, then.revenue, then.active_customers) == (3, Decimal("180.00"), 3)
    assert (then.customer_share, then.revenue_share) == (pytest.approx(3 / 9), pytest.approx(180 / 280))
    assert (then.customers_change, then.revenue_change) == (-1, Decimal("-10.00"))
    assert then.revenue_share_change == pytest.approx(170 / 335 - 180 / 280)


def test_a_month_begins_with_its_first_instant_and_ends_before_the_next(findings):
    """Dawn bought in March: the restatement of February, too, does not know it."""
    last = findings.brief.segment_trend[-1].segments
    assert {point.segment: int(point.revenue) for point in last} == {"top": 90, "rest": 50, "gone": 0, None: -85}
    assert findings.before == {"top": (3, 180), "rest": (6, 100), "gone": (0, 0)}


def test_what_is_idle_was_bought_by_those_without_an_order(brief):
    assert {segment.id: segment.idle_revenue for segment in brief.segments} == {"top": 0, "rest": 100, "gone": 20}


def test_a_country_is_that_of_the_latest_purchase_that_stands(brief):
    found = {segment.id: [(country.name, country.customers) for country in segment.countries]
             for segment in brief.segments}  # fmt: skip
    assert found == {"top": [("Austria", 1), ("Spain", 1)], "rest": [("France", 6), ("Belgium", 1)],
                     "gone": [("France", 2)]}  # fmt: skip


def test_cohorts_begin_with_a_purchase_that_stands(brief):
    """Of the ledger, postage included: old, parcel and back in January; of these the latter two in March."""
    assert {cohort.month: cohort.active for cohort in brief.cohorts} == {
        date(2024, 1, 1): (3, 0, 2), date(2024, 2, 1): (6, 3), date(2024, 3, 1): (3,),
    }  # fmt: skip


def test_the_averages_of_a_segment(brief):
    """Of dawn, gift, postman, again, back, sampled and moved: one of them, back, has two orders."""
    rest = next(segment for segment in brief.segments if segment.id == "rest")
    assert (rest.recency_median, rest.recency_mean) == (31, 37.5714)  # 17 23 24 31 54 56 58
    assert (rest.tenure_median, rest.one_order_share) == (54, pytest.approx(6 / 7))  # 17 24 31 54 56 58 86
    assert (rest.frequency_median, rest.frequency_mean) == (1, 1.1429)
    assert (rest.monetary_median, rest.monetary_mean) == (Decimal("15.0000"), Decimal("20.7143"))  # 145 of seven
    assert rest.order_value == Decimal("18.1250")  # in eight orders


def test_a_band_holds_its_lower_end(brief):
    """Old is 90 days away, dusk has three orders, postman and moved have 20.00 each."""
    recency, frequency, monetary = brief.distributions
    assert [(part.low, part.customers) for part in recency.bins] == [(0, 5), (30, 4), (60, 1), (90, 1)]
    assert [(part.low, part.customers) for part in frequency.bins] == [(1, 8), (2, 2), (3, 1)]
    assert [(part.low, part.customers) for part in monetary.bins] == [(0, 6), (20, 2), (50, 3)]
    assert (recency.lower_quartile, recency.median, recency.upper_quartile) == (Decimal("22.5"), 31, 57)
    cells = {(cell.recency, cell.frequency): (cell.customers, int(cell.revenue))
             for cell in brief.heat_map.cells if cell.customers}  # fmt: skip
    assert cells == {(0, 0): (2, 20), (0, 1): (2, 75), (0, 2): (1, 110), (1, 0): (4, 110), (2, 0): (1, 10),
                     (3, 0): (1, 10)}  # fmt: skip


def test_what_claims_need_is_counted(brief):
    found = {minimum.id: minimum.found for minimum in brief.playbook.minimums}
    # Dusk bought twelve days ago; before the end of February there are but two months.
    assert found == {"customers": 11, "month-ends": 0, "silent-days": 12, "products": 15}
