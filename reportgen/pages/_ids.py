"""Customers' ids on paper: texts of any length, which the fonts may not have."""

from collections.abc import Iterable

from reportgen.brief.playbook import Account, LargeAccount

LONG_ID = 16
"""Characters of a customer's id that stand in one line; an e-mail address doesn't."""
LONGEST_ID, TAIL = 60, 16
"""Characters of an id at most, and of those the ones that end it."""


def unread(known: Iterable[Account | LargeAccount]) -> bool:
    """Whether ids have marks in place of letters that the paper's fonts lack."""
    return any("??" in account.customer for account in known)


def shown(customer: str) -> str:
    """An id that fits two lines: of a longer one, beginning and end."""
    return customer if len(customer) <= LONGEST_ID else f"{customer[: LONGEST_ID - TAIL]}…{customer[-TAIL:]}"


def long(known: Iterable[Account | LargeAccount]) -> bool:
    """Whether ids of customers are too long for one line."""
    return any(len(account.customer) > LONG_ID for account in known)
