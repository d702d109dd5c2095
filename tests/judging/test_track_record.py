"""Track record: worked out by hand on six months of four customers."""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.judging.snapshots import opened, snapshot
from reportgen.judging.track_record import track_record
from tests.judging.shops import LATE, excluding, question, rules, six_months
from tests.ledgers import ledger, line


def judged(transactions, recipe, period="2024-06"):
    material = opened(transactions, question(period))
    shot = snapshot(material, recipe)
    return track_record(material, shot), shot.segmentation.groups


@pytest.fixture(scope="module")
def record():
    return judged(six_months(), rules(*LATE))


def test_which_month_ends_count(record):
    found, groups = record
    facts = found.facts(groups)
    assert facts.month_ends == (date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31))
    assert [skipped.month_end for skipped in facts.skipped] == [date(2024, 1, 31), date(2024, 2, 29)]
    assert {skipped.reason for skipped in facts.skipped} == {"fewer than 3 whole months of records before it"}


def test_who_bought_in_the_next_month_and_for_how_much(record):
    found, groups = record
    recent, late = found.of(groups)
    # End of March: A and C recent, B and D late. In April A buys for 40; C's purchase is taken back within the month.
    # End of April: A recent; in May A buys for 50, and B of the late ones for 21.
    # End of May: A and B recent; in June A buys for 60, and D of the late ones for 2.50.
    assert [(month.customers, month.bought, month.spend) for month in recent.months] == [
        (2, 1, Decimal("40.00")), (1, 1, Decimal("50.00")), (2, 1, Decimal("60.00")),
    ]  # fmt: skip
    assert [(month.customers, month.bought, month.spend) for month in late.months] == [
        (2, 0, Decimal("0.00")), (3, 1, Decimal("21.00")), (2, 1, Decimal("2.50")),
    ]  # fmt: skip
    assert (recent.customers, recent.bought, recent.share, recent.spend) == (5, 3, 0.6, Decimal("150.00"))
    assert (recent.spend_per_buyer, late.spend_per_buyer) == (Decimal("50.0000"), Decimal("11.7500"))


def test_the_segments_add_up_to_everyone(record):
    found, groups = record
    facts, tracks = found.facts(groups), found.of(groups)
    for key in ("customers", "bought", "spend"):
        assert sum(getattr(track, key) for track in tracks) == getattr(facts.everyone, key)


def test_returns_left_out_change_the_segments_not_who_bought():
    # A purchase that was taken back still makes C recent at the end of April; what was bought is the ledger's answer.
    found, groups = judged(six_months(), excluding(rules(*LATE)))
    recent, _ = found.of(groups)
    assert [(month.customers, month.bought) for month in recent.months] == [(2, 1), (2, 1), (2, 1)]


def test_a_month_that_is_not_over_is_no_answer():
    lines = [line("A", f"2024-{month:02}-02") for month in range(1, 7)]
    found, groups = judged(ledger(lines), rules(*LATE), "all")
    assert found.facts(groups).month_ends == (date(2024, 3, 31), date(2024, 4, 30))


def test_a_short_history_has_no_track_record():
    found, groups = judged(ledger([line("A", "2024-01-02"), line("B", "2024-01-31")]), rules(*LATE), "2024-01")
    facts = found.facts(groups)
    assert (facts.month_ends, facts.everyone.share, facts.everyone.spend) == ((), None, Decimal("0.00"))
