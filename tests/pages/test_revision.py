"""What a revision says changed is what changed, in the figures that page 1 shows."""

from decimal import Decimal

import msgspec

from reportgen.archive import facts
from reportgen.pages._frame import frame
from reportgen.pages._revision import changes
from reportgen.wording import Words
from tests.brief_factory import brief

WORDS = Words("en_GB", "GBP", 2)
replace = msgspec.structs.replace


def revised(revenue="0", customers=0):
    """The usual month, revised by so much in total and in its first segment."""
    issued = brief()
    totals = replace(issued.period_totals, revenue=issued.period_totals.revenue + Decimal(revenue))
    first, *rest = issued.segments
    now = replace(issued, period_totals=totals, segments=(replace(first, customers=first.customers + customers), *rest))
    return replace(now, revision=facts.revision(issued, now, 2))


def test_a_first_issue_says_nothing():
    assert changes(brief(), WORDS) == ""
    assert "revision" not in frame(brief(), WORDS).colophon


def test_figures_and_segments_are_told_as_they_were_and_are():
    first = brief().segments[0]
    assert changes(revised("-1000", 2), WORDS) == (
        "Revision 2 replaces the issue sent before. November: net revenue £1,461,756 → £1,460,756. "
        f"{first.name}: {first.customers} → {first.customers + 2} customers."
    )
    assert frame(revised("-1000"), WORDS).colophon.endswith("· revision 2")


def test_where_the_issue_before_is_gone_nothing_is_said_to_be_as_it_was():
    lost = replace(brief(), revision=facts.uncompared(2))
    assert changes(lost, WORDS) == (
        "Revision 2 replaces the issue sent before, which is in the archive no more: what differs can't be told."
    )


def test_what_did_not_change_is_said_too():
    assert changes(revised(), WORDS) == (
        "Revision 2 replaces the issue sent before. The revenue, orders and customers of November are as they were. "
        "No segment changed in customers or revenue."
    )


def test_pennies_are_told_where_pounds_look_alike():
    assert "net revenue £1,461,756.25 → £1,461,756.35" in changes(revised("0.10"), WORDS)
