"""Who is overdue, worked out by hand on small shops."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from reportgen.recipes import load
from tests.findings.test_playbook import book, findings
from tests.ledgers import line


def visits(customer, days, price=1000):
    return [line(customer, (datetime(2024, 1, 1, 9) + timedelta(days=day)).isoformat(), 1, price) for day in days]


ANCHOR = [line("Z", f"2024-{month:02}-01") for month in range(1, 7)] + [line("Z", "2024-06-30")]


def test_who_is_overdue_by_the_own_rhythm():
    # The period ends on day 181, the 30th of June.
    lines = [
        *ANCHOR,
        *visits("late", (93, 103, 113, 123, 142, 161), 5000),  # 20 days: more than ever, more than 1.5 x 10,
        # the median of the gaps (1.5 times their mean is 20.4)
        *visits("used to it", (101, 111, 121, 131, 161)),  # 20 days, but waited 30 before
        *visits("in time", (127, 137, 147, 157, 167)),  # 14 days
        *visits("just in time", (126, 136, 146, 156, 166)),  # 15 days: exactly 1.5 x 10
        *visits("as long as once", (111, 121, 141, 151, 161)),  # 20 days, as it waited once
        *visits("few", (131, 141, 151, 161)),  # beside these a visit before the window, a gift, and one taken back:
        *visits("few", (-190,)), *visits("few", (121,), 0),
        *visits("few", (111,), 999), line("few", "2024-04-22", -1, 999),
    ]  # fmt: skip
    found = book(lines)
    assert (found.watch_list.overdue, found.watch_list.revenue) == (1, Decimal("300.00"))
    (account,) = found.watch_list.accounts
    assert (account.customer, account.last_order, account.days_since) == ("late", date(2024, 6, 10), 20)
    assert (account.median_gap, account.longest_gap, account.orders) == (10.0, 19, 6)
    assert found.watch_list.regular == 6  # Z too
    assert (found.plays[0].overdue, found.plays[0].overdue_revenue) == (1, Decimal("300.00"))


def test_the_lost_are_gone_not_slipping():
    recipe = load("strategic")
    gone = visits("gone", (1, 4, 7, 10, 13))
    old = [line("Z", f"2023-{month:02}-01") for month in range(7, 13)]
    found = book([*old, *ANCHOR, *[(*row[:6], row[6] - timedelta(days=30), *row[7:]) for row in gone]], recipe=recipe)
    assert found.watch_list.overdue == 0


def test_silence_after_the_last_record_is_nobodys():
    lines = [*ANCHOR[:-1], *visits("late", (121, 131, 141, 151))]  # records end on the 1st of June
    assert book([*lines, *visits("late", (152,))]).watch_list.overdue == 0


def test_silence_of_a_closed_shop_is_nobodys():
    # Open until the 10th of June; there are later records, so that June is over.
    lines = [*ANCHOR[:-1], line("Z", "2024-06-10"), line("Z", "2024-07-15"), *visits("c", (121, 131, 141, 151, 160))]
    found = book(lines).watch_list
    assert (found.overdue, found.through) == (0, date(2024, 6, 10))
    late = book([*lines, line("Z", "2024-06-30")]).watch_list
    assert (late.overdue, late.through) == (1, date(2024, 6, 30))


def test_all_accounts_overdue_beyond_the_twenty_of_the_brief():
    lines = [row for n in range(23) for row in visits(f"c{n:02}", (121, 131, 141, 151, 161), 100 + n)]
    found = findings([*ANCHOR, *lines])
    shown = found.brief.playbook.watch_list
    assert (shown.overdue, len(shown.accounts), len(found.overdue)) == (23, 20, 23)
    assert [account.customer for account in shown.accounts[:2]] == ["c22", "c21"]
    assert sum(account.revenue for account in found.overdue) == shown.revenue
