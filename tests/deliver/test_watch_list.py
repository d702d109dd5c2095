"""The watch list as CSV: every account, exact, and no cell that starts a formula."""

from datetime import date
from decimal import Decimal

from reportgen.brief.playbook import Account
from reportgen.deliver.lists import watch_list


def test_rows():
    account = Account(
        customer="=1+1", segment="best", last_order=date(2011, 11, 1), days_since=29, median_gap=7.5, longest_gap=23,
        orders=61, revenue=Decimal("50992.610"),
    )  # fmt: skip
    assert watch_list([account], {"best": "@Best"}).decode().splitlines() == [
        "customer,segment,last_order,days_since,median_gap,longest_gap,orders,revenue",
        "'=1+1,'@Best,2011-11-01,29,7.5,23,61,50992.610",
    ]
