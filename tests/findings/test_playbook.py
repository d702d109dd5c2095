"""The playbook by truths worked out by hand on small shops."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from msgspec.structs import replace

from reportgen.brief import STANDS_OUT
from reportgen.findings.compose import Question, compose
from reportgen.findings.playbook import effects
from reportgen.findings.playbook.effects import Aim, sizings
from reportgen.findings.playbook.minimums import minimums, thin
from reportgen.findings.playbook.programmes import OFFERS, programmes
from reportgen.recipe import Cap
from reportgen.recipes import load
from tests.briefs import NOW, shop
from tests.choosing import rest_slow
from tests.judging.shops import LATE, excluding, question, rules, six_months
from tests.ledgers import ledger, line

ONE = rules(("all", ""))


def findings(lines, period="2024-06", recipe=ONE, **ledgers):
    return compose(ledger(lines, **ledgers), recipe, Question(period, datetime(2025, 1, 1), 3, ("POST",), "GBP"))


def book(lines, period="2024-06", recipe=ONE, **ledgers):
    return findings(lines, period, recipe, **ledgers).brief.playbook


# --- track record -------------------------------------------------------------------------------------------


def test_track_record():
    # The same six months as in tests/judging: literal cut points make today's those of then.
    found = compose(six_months(), rules(*LATE), question("2024-06")).brief.playbook
    recent, late = (play.track for play in found.plays)
    assert found.month_ends == (date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31))
    assert [(month.customers, month.bought, month.spend) for month in recent.months] == [
        (2, 1, Decimal("40.00")), (1, 1, Decimal("50.00")), (2, 1, Decimal("60.00")),
    ]  # fmt: skip
    assert [(month.customers, month.bought, month.spend) for month in late.months] == [
        (2, 0, Decimal("0.00")), (3, 1, Decimal("21.00")), (2, 1, Decimal("2.50")),
    ]  # fmt: skip
    assert (recent.customers, recent.bought, recent.share, recent.spend) == (5, 3, 0.6, Decimal("150.00"))
    assert [skipped.month_end for skipped in found.skipped] == [date(2024, 1, 31), date(2024, 2, 29)]


def test_what_to_keep_is_watched_by_who_bought_what_shall_grow_by_who_moved_up():
    recipe = rules(*LATE)
    kept, grown = recipe.segments
    recipe = replace(recipe, segments=(replace(kept, archetype="best"), grown))
    recent, late = compose(six_months(), recipe, question("2024-06")).brief.playbook.plays
    # At the end of May B and A are recent: A bought in June. The "loyal" C and D shall gain: D moved up by buying.
    assert (recent.kpi.id, recent.kpi.part, recent.kpi.whole, recent.kpi.share) == ("bought", 1, 2, 0.5)
    assert (late.kpi.id, late.kpi.part, late.kpi.whole, late.kpi.share) == ("moved-up", 1, 2, 0.5)


# --- sizes --------------------------------------------------------------------------------------------------


def months(segment, customers, bought, spend=1000, orders=1):
    """One customer-month each; the first `bought` of them have so many `orders` worth `spend` together."""
    did = [1] * bought + [0] * (customers - bought)
    return pd.DataFrame(
        {"unit": [f"{segment}{n:04}" for n in range(customers)], "segment": segment, "observed": 1, "bought": did,
         "orders": [orders * one for one in did], "spend": [spend * one for one in did]}
    )  # fmt: skip


def size(rows, goal="gain", customers=50, *, thin=False, compared=("b",)):
    wanted = {"a": Aim(goal, compared), "b": Aim(None, ())}
    return sizings(rows, {"a": customers, "b": 100}, wanted, 2, thin=thin)["a"]


def test_a_size_is_customers_times_difference_times_order_value():
    found = size(pd.concat([months("a", 200, 40, 2000, orders=2), months("b", 100, 60)]))
    assert (found.observed, found.bought, found.orders, found.spend) == (200, 40, 80, Decimal("800.00"))
    assert (found.compared_observed, found.compared_bought) == (100, 60)
    assert (found.rate, found.compared_rate, found.order_value) == (0.2, 0.6, Decimal("10.0000"))
    assert found.value == Decimal("200.0000")  # 50 x (0.6 - 0.2) x 10
    assert found.low < found.value < found.high
    assert found.unsized is None


def test_what_is_to_be_kept_is_worth_what_would_be_missing():
    found = size(pd.concat([months("a", 200, 160), months("b", 100, 60)]), "keep")
    assert found.value == Decimal("100.0000")  # 50 x (0.8 - 0.6) x 10


def test_an_interval_is_as_wide_as_theory_has_it():
    found = size(pd.concat([months("a", 400, 80), months("b", 400, 240)]))
    error = 50 * 10 * np.sqrt(0.2 * 0.8 / 400 + 0.6 * 0.4 / 400)
    assert float(found.low) == pytest.approx(200 - 1.96 * error, abs=error / 3)
    assert float(found.high) == pytest.approx(200 + 1.96 * error, abs=error / 3)


def test_months_of_one_customer_are_no_independent_evidence():
    alone = pd.concat([months("a", 400, 80), months("b", 400, 240)])
    # Four months each of a quarter of the customers, who always do the same.
    repeated = pd.concat([part for part in (months("a", 100, 20), months("b", 100, 60)) for _ in range(4)])
    wide, narrow = size(repeated), size(alone)
    assert wide.value == narrow.value
    assert 1.6 < (wide.high - wide.low) / (narrow.high - narrow.low) < 2.4


@pytest.mark.parametrize(
    ("rows", "changed", "reason"),
    [
        ((months("a", 99, 40), months("b", 100, 60)), {}, "few-observed"),
        ((months("a", 200, 29), months("b", 100, 60)), {}, "few-observed"),  # 29 orders carry no order value
        ((months("a", 200, 110), months("b", 200, 112)), {}, "unclear"),
        ((months("a", 200, 160), months("b", 100, 20)), {}, "opposite"),  # nothing to gain
        ((months("a", 200, 40), months("b", 100, 60)), {"customers": 0}, "no-customers"),
        ((months("a", 200, 40), months("b", 100, 60)), {"compared": ()}, "no-comparison"),
        ((months("a", 200, 40), months("b", 100, 60)), {"goal": None}, "no-comparison"),
        ((months("a", 200, 40), months("b", 100, 60)), {"thin": True}, "thin"),
    ],
)
def test_what_the_data_do_not_carry_has_no_size(rows, changed, reason):
    found = size(pd.concat(rows), **changed)
    assert (found.unsized, found.value, found.low, found.high) == (reason, None, None, None)


def test_many_customers_are_resampled_in_bags(monkeypatch):
    rows = pd.concat([months("a", 400, 80), months("b", 400, 240)])
    whole = size(rows)
    monkeypatch.setattr(effects, "BAGS", 200)
    bagged = size(rows)
    assert bagged.value == whole.value
    assert float(bagged.high - bagged.low) == pytest.approx(float(whole.high - whole.low), rel=0.2)


def test_the_order_of_rows_decides_nothing():
    rows = pd.concat([months("a", 200, 40), months("b", 100, 60)])
    assert size(rows) == size(rows[::-1])


def test_a_segment_is_compared_with_the_first_kind_seen_often_enough():
    recipe = load("strategic")
    groups = compose(ledger(shop()), recipe, Question("2024-12", NOW, 3, ("POST",), "GBP")).crowd.division.groups
    rows = pd.concat([months("loyal", 99, 10), months("best", 100, 10), months("at-risk", 150, 10)])
    found = effects.aims(groups, recipe.vocabulary, rows)
    assert found["at-risk"] == Aim("gain", ("best",))
    assert found["lost"] == Aim("gain", ("at-risk",))
    assert found["best"] == Aim("keep", ())


# --- products -----------------------------------------------------------------------------------------------


def baskets(shades=25, saucers=0):
    """A hundred orders: 30 with a lamp, 25 of them with a shade that costs half as much again; all pay postage."""
    lines = []
    for number in range(100):
        when, who = (datetime(2024, 1, 1) + timedelta(days=1.8 * number)).isoformat(), f"C{number % 40}"
        bought = (
            [("LAMP", 500)] * (number < 30) + [("SHADE", 750)] * (number < shades) + [("MUG", 300)] * (number >= 30)
        )
        bought += [("SAUCER", 200)] * (30 - saucers <= number < 30)
        lines += [line(who, when, 2, price, code=code, description=f"{code} <b>") for code, price in bought]
        lines.append(line(who, when, 1, 250, code="POST", description="Postage"))
    return lines


def test_pairs_are_counted_and_postage_is_none():
    (play,) = book(baskets()).plays
    found = play.baskets
    assert (found.orders, found.least) == (100, 20)
    (pair,) = found.cross_sell
    assert (pair.code, pair.offered, pair.both, pair.orders, pair.offered_orders) == ("SHADE", "LAMP", 25, 25, 30)
    assert (pair.support, pair.confidence, pair.lift) == (0.25, 1.0, 3.3333)  # 25 x 100 / (25 x 30)
    assert pair.offered_description == "LAMP <b>"


def lamps():
    """Besides, forty orders of a lamp and a larger one, the first of them at a mistyped price."""
    lines = baskets()
    for number in range(40):
        when, who = (datetime(2024, 1, 2) + timedelta(days=1.8 * number)).isoformat(), f"C{number}"
        bought = [("LAMP", 500 if number else 64_950), ("LARGE", 900)]
        lines += [line(who, when, 2, price, code=code, description=code) for code, price in bought]
    return lines


def test_up_selling_offers_a_dearer_product_by_median_prices():
    (pair,) = book(lamps()).plays[0].baskets.up_sell
    assert (pair.code, pair.offered, pair.price, pair.offered_price) == (
        "LAMP", "SHADE", Decimal("5.0000"), Decimal("7.5000"),
    )  # fmt: skip
    assert round(pair.confidence, 4) == 0.3571  # 25 of 70


def test_a_complement_is_not_offered_as_the_dearer_one_too():
    found = book(baskets()).plays[0].baskets
    assert ({found.cross_sell[0].code, found.cross_sell[0].offered}, found.up_sell) == ({"LAMP", "SHADE"}, ())


def test_a_pair_needs_its_count():
    (pair,) = book(baskets(shades=20, saucers=19)).plays[0].baskets.cross_sell
    assert (pair.code, pair.offered, pair.both) == ("SHADE", "LAMP", 20)


def test_codes_of_postage_alone_make_no_pair():
    posted = [line(f"c{n % 40}", f"2024-06-{1 + n % 28:02}T{n % 9 + 8:02}:00", code="POST") for n in range(300)]
    assert all(not play.baskets.cross_sell for play in book(posted).plays)


def test_without_product_codes_there_are_no_baskets():
    lines = [(row[0], None, None, *row[3:]) for row in baskets()]
    found = book(lines, optional=("invoice", "country", "quantity"))
    assert found.plays[0].baskets is None
    assert [minimum.met for minimum in found.minimums if minimum.id == "products"] == [False]


# --- concentration and giants -------------------------------------------------------------------------------


def test_concentration():
    lines = [line(f"c{n}", "2024-06-05", 1, 100 * n) for n in range(1, 12)] + [line("c1", "2024-05-05", 1, 400)]
    found = book([line("z", "2024-05-01", 1, 100), *lines, line("z", "2024-06-30", -1, 0)]).concentration
    whole = Decimal("71.00")  # 1 + 2 + ... + 11, and 4 + 1 in May
    assert [(top.customers, top.revenue) for top in found.window] == [
        (1, Decimal("11.00")), (5, Decimal("45.00")), (10, Decimal("68.00")),
    ]  # fmt: skip
    assert found.window[0].share == pytest.approx(float(Decimal(11) / whole))
    assert found.period[0].share == pytest.approx(11 / 66)
    assert [top.customers for top in found.previous] == [1]
    assert [(large.customer, large.previous_revenue) for large in found.largest[:2]] == [
        ("c11", Decimal("0.00")), ("c10", Decimal("0.00")),
    ]  # fmt: skip


def giant_shop():
    """A hundred orders of 10.00 in June and 50 in May; one of 900.00 in June; two taken back, one of them at once."""
    lines = [line(f"c{n}", f"2024-06-{1 + n % 30:02}T{n // 30 + 8:02}:00", 1, 1000) for n in range(100)]
    lines += [line(f"c{n}", f"2024-05-{1 + n % 30:02}T{n // 30 + 8:02}:00", 1, 1000) for n in range(50)]
    lines += [line("big", "2024-06-15", 90, 1000)]
    lines += [line("oops", "2024-06-10T10:00", 500, 1000), line("oops", "2024-06-10T10:16", -500, 1000)]
    return [*lines, line("late", "2024-06-10", 300, 1000), line("late", "2024-06-12", -300, 1000)]


def test_giants_with_and_without():
    found = book(giant_shop()).giants
    assert (found.period.purchases, found.period.orders, found.period.giants) == (Decimal("1900.00"), 101, 1)
    assert (found.period.order_value_without, found.previous.giants) == (Decimal("10.0000"), 0)
    (order,) = found.orders
    assert (order.customer, order.day, order.revenue) == ("big", date(2024, 6, 15), Decimal("900.00"))
    assert order.share == pytest.approx(900 / 1900)


def test_orders_taken_back_at_once():
    # A dearer line of the same order came back days later: it is not what the order was taken back for.
    clock = {"code": "B2", "description": "Clock"}
    lines = [line("oops", "2024-06-10T10:00", 1, 600_000, **clock), line("oops", "2024-06-13", -1, 600_000, **clock)]
    # Another line followed; a day to the minute is at once; before the window, and after the period, nobody looks.
    lines += [line("oops", "2024-06-10T10:00", 2, 500), line("oops", "2024-06-10T10:20", -2, 500)]
    lines += [line("day", "2024-06-10T10:00", 1, 700), line("day", "2024-06-11T10:00", -1, 700)]
    lines += [
        line("old", "2023-06-30T10:00", 1, 800),
        line("old", "2023-06-30T11:00", -1, 800),
        line("old", "2023-06-09"),
    ]
    lines += [line("eve", "2024-06-30T20:00", 1, 2000), line("eve", "2024-07-01T08:00", -1, 2000)]
    found = book([*giant_shop(), *lines]).giants
    assert (found.reversed_orders, found.reversed_revenue, found.counted) == (2, Decimal("5017.00"), False)
    assert found.purchases == Decimal("7437.00")  # 1,900 and 20 in June, 500 in May, 5,017
    (reversal,) = found.largest
    assert (reversal.customer, reversal.description, reversal.quantity, reversal.rank) == ("oops", "Vase", 500, 1)
    assert (reversal.revenue, reversal.cancelled - reversal.ordered) == (Decimal("5010.00"), timedelta(minutes=20))


@pytest.mark.slow
def test_a_giant_that_came_back_as_other_lines_is_said_to_have():
    back = line("big", "2024-06-15T00:09", -1, 90000, code="M", description="Manual")
    (order,) = book([*giant_shop(), back]).giants.orders
    assert order.undone == 9
    for other in (
        line("big", "2024-06-15T00:09", -1, 89999, code="M"),  # a penny less
        line("big", "2024-06-16T00:01", -1, 90000, code="M"),  # a minute too late
        line("big", "2024-06-14T23:59", -1, 90000, code="M"),  # before it
        line("c1", "2024-06-15T00:09", -1, 90000, code="M"),  # somebody else's
    ):
        assert [order.undone for order in book([*giant_shop(), other]).giants.orders] == [None]


def test_a_recipe_without_returns_counts_what_was_taken_back():
    found = book(giant_shop(), recipe=excluding(ONE)).giants
    assert (found.reversed_orders, found.counted) == (1, True)
    assert found.purchases == Decimal("10400.00")  # the other one, of 3,000, counts as well
    assert [reversal.rank for reversal in found.largest] == [1]


def test_giants_among_guests():
    guests = [line(None, f"2024-06-{day:02}", 50, 1000, invoice=f"G{day}") for day in (3, 9)]
    small = [line(None, "2024-06-04", 1, 1000), line(None, "2024-05-04", 90, 1000)]
    # 200 is less than ten times the mean of 105 orders worth 3,110; gifts are no orders that would lower it.
    small += [line(None, "2024-06-06", 20), *(line(None, f"2024-06-07T10:{n:02}", price=0) for n in range(60))]
    found = book([*giant_shop(), *guests, *small]).giants.guests
    assert [(order.invoice, order.day, order.revenue) for order in found] == [
        ("G3", date(2024, 6, 3), Decimal("500.00")), ("G9", date(2024, 6, 9), Decimal("500.00")),
    ]  # fmt: skip
    assert book(giant_shop()).giants.guests == ()


def test_what_was_taken_back_counts_as_the_recipe_has_it():
    dear = excluding(ONE)
    capped = replace(dear, clean=(*dear.clean, Cap(of="total", high=0.99)))
    found = book(giant_shop(), recipe=capped).giants
    assert (found.reversed_revenue, found.reversed_kept) == (Decimal("5000.00"), Decimal("1908.00"))
    assert found.purchases == Decimal("6216.00")  # 150 of 10, 900, and two of 1,908: between 900 and 3,000


# --- programmes, minimums -----------------------------------------------------------------------------------

PLAIN = {"r": 2.0, "f": 0.5, "m": 0.5, "t": 1, "share": 0.1,
         "cross": 0, "up": 0, "products": 0, "overdue": 0, "down": 0}  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "called_for"),
    [
        ({}, []),
        ({"overdue": 1}, ["retention"]),
        ({"down": 0.2}, ["retention"]),
        ({"products": 2, "r": 1.0}, ["campaign"]),
        ({"cross": 1, "r": 1.0}, ["cross-sell"]),
        ({"cross": 1}, []),  # nobody is there to sell more to
        ({"f": 2, "r": 0.5}, ["tiers"]),
        ({"m": 3, "r": 0.5}, ["referral"]),
        ({"m": 3, "f": 3, "r": 0.5, "up": 1, "products": 1, "overdue": 3},
         ["campaign", "tiers", "retention", "cross-sell", "referral"]),
    ],
)  # fmt: skip
def test_programmes_are_called_for_by_facts(facts, called_for):
    assert [programme.id for programme in programmes(PLAIN | facts)] == called_for


def test_the_five_programmes_of_document_d():
    assert len(OFFERS) == 5


def test_thin_data():
    assert not thin(minimums(200, 3, 30, None))
    assert all(thin(minimums(*short, 9)) for short in ((199, 3, 30), (200, 2, 30), (200, 3, 31)))


# --- laws ---------------------------------------------------------------------------------------------------


def check(brief):
    """What ties a playbook to its brief."""
    found = brief.playbook
    assert [play.segment for play in found.plays] == [segment.id for segment in brief.segments]
    assert sum(play.overdue for play in found.plays) == found.watch_list.overdue
    assert sum((play.overdue_revenue for play in found.plays), Decimal(0)) == found.watch_list.revenue
    for segment, play in zip(brief.segments, found.plays, strict=True):
        track, sizing = play.track, play.sizing
        assert len(track.months) == len(found.month_ends)
        assert (track.customers, track.bought) == (sizing.observed, sizing.bought)
        assert track.spend == sizing.spend
        assert play.overdue <= segment.customers
        campaign = any(programme.id == "campaign" for programme in play.programmes)
        assert not campaign or any(product.lift >= STANDS_OUT for product in segment.products)
        if sizing.value is not None:
            assert 0 < sizing.low <= sizing.value <= sizing.high
    values = {play.segment: play.sizing.value for play in found.plays}
    assert found.ranking == tuple(sorted((s for s in values if values[s]), key=lambda s: -values[s]))
    last = dict.fromkeys((segment.id for segment in brief.segments), 0)
    for month in brief.segment_trend:
        last |= {point.segment: point.customers for point in month.segments}
        for play in found.plays:
            for followed in play.track.months:
                if followed.month_end.replace(day=1) == month.month:
                    assert followed.customers == last[play.segment]


@pytest.mark.parametrize(("recipe", "customers"), rest_slow([("strategic", 210), ("clusters", 60)], ("strategic", 210)))
def test_laws_and_order_of_rows(recipe, customers):
    question = Question("2024-12", NOW, 3, ("POST",), "GBP")
    rows = shop(customers)
    one = compose(ledger(rows), load(recipe), question)
    other = compose(ledger(rows[::-1]), load(recipe), question)
    check(one.brief)
    assert one.brief.playbook == other.brief.playbook
    assert one.overdue == other.overdue


@pytest.mark.parametrize("period", ["2023-01", "2025-01", "all"])
def test_laws_on_the_edges(period):
    check(compose(ledger(shop(30)), load("strategic"), Question(period, NOW, 3, ("POST",), "GBP")).brief)
