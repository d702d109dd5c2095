"""The playbook on the real data, each month from June 2011 on."""

from datetime import datetime
from decimal import Decimal

import pytest

from reportgen.config import NON_MERCHANDISE
from reportgen.findings.compose import Question, compose
from reportgen.findings.restatement import restatement
from reportgen.recipes import load
from tests.findings.test_playbook import check
from tests.ledgers import needs_real

pytestmark = [needs_real, pytest.mark.slow]
MONTHS = [f"2011-{number:02}" for number in range(6, 13)]


def made(real, period, recipe="strategic"):
    return compose(real, load(recipe), Question(period, datetime(2011, 12, 10), 3, NON_MERCHANDISE, "GBP"))


@pytest.mark.parametrize("month", MONTHS)
def test_laws(real, month):
    brief = made(real, month).brief
    check(brief)
    book = brief.playbook
    assert len(book.ranking) >= 4
    assert all(minimum.met for minimum in book.minimums)
    fees = {code for code in NON_MERCHANDISE if not code.endswith("*")}
    for play in book.plays:
        for pair in play.baskets.cross_sell + play.baskets.up_sell:
            assert pair.both >= play.baskets.least
            assert not {pair.code, pair.offered} & fees
            by_chance = pair.orders * pair.offered_orders / play.baskets.orders
            assert pair.lift == pytest.approx(pair.both / by_chance, abs=1e-4)
        for pair in play.baskets.up_sell:
            assert pair.offered_price >= Decimal("1.5") * pair.price - Decimal("0.0001")


@pytest.mark.parametrize("recipe", ["kmeans-4", "clusters", "grid-fm"])
def test_laws_of_other_recipes(real, recipe):
    check(made(real, "2011-11", recipe).brief)


@pytest.mark.parametrize(("month", "after"), [("2011-09", "2011-10"), ("2011-10", "2011-11")])
def test_an_issue_reads_the_same_a_month_later(real, month, after):
    today = made(real, after)
    found = restatement(made(real, month).brief, today.brief, today.before)
    assert (found.segments, found.differences) == (True, ())


def test_november(real):
    book = made(real, "2011-11").brief.playbook
    best = next(play for play in book.plays if play.segment == "best")
    assert (best.track.customers, best.track.bought) == (2173, 1549)
    assert book.ranking[:3] == ("loyal", "best", "new")
    assert (book.watch_list.overdue, book.watch_list.accounts[0].customer) == (63, "16029")
    assert (book.giants.reversed_orders, book.giants.largest[0].customer) == (165, "12346")
