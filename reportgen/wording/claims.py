"""Claims: a title says something only if it is true."""

import math
from dataclasses import dataclass

NOISE = 2.0
"""Standard deviations that a change must exceed to be called one."""
LONGEST = 108
"""Characters of a title that fit on two lines of a page."""
FLOOR = 30
"""Fewer orders or customers than this on either side: no change is claimed."""
LEVEL = 0.05
"""Up to this difference, what didn't clearly change is called about the same."""


@dataclass(frozen=True)
class Claim:
    """A sentence, and whether the facts it was made from bear it out."""

    text: str
    holds: bool


def title(*claims: Claim, plain: str) -> str:
    """The first claim that holds and fits on two lines, else the plain description."""
    return next((claim.text for claim in claims if claim.holds and len(claim.text) <= LONGEST), plain)


def agreeing(name: str, one: str, many: str) -> str:
    """The verb of a segment's name: "Champions are", "At Risk is"."""
    return many if name.endswith("s") else one


def few(now: int, before: int) -> bool:
    """Whether either count is too small to claim anything: neither a change, nor that there is none."""
    return min(now, before) < FLOOR


def level(now: float, before: float) -> bool:
    """Whether two values are about the same."""
    # Not by their ratio: that of 105 and 100 is more than 1.05 as computers count.
    return before > 0 and abs(now - before) <= LEVEL * before


def count_moved(now: int, before: int) -> bool:
    """Whether two counts differ by more than chance: beyond `NOISE` × √(now + before), both at least `FLOOR`."""
    return not few(now, before) and abs(now - before) > NOISE * math.sqrt(now + before)


def flow_moved(came: int, went: int) -> bool:
    """Whether a group changed by more than chance: the same people but for those who `came` and `went`."""
    return came + went >= FLOOR and abs(came - went) > NOISE * math.sqrt(came + went)


def amount_moved(now: float, before: float, orders_now: int, orders_before: int) -> bool:
    """Whether revenues of so many orders differ by more than chance.

    A sum of n order values whose spread equals their mean has the relative variance 2 / n.
    """
    if few(orders_now, orders_before) or before <= 0:
        return False
    return abs(now / before - 1) > NOISE * math.sqrt(2 / orders_now + 2 / orders_before)


def mean_moved(now: float, before: float, orders_now: int, orders_before: int) -> bool:
    """Whether revenues per order differ by more than chance: the same, with the relative variance 1 / n."""
    if few(orders_now, orders_before) or before <= 0:
        return False
    return abs(now / before - 1) > NOISE * math.sqrt(1 / orders_now + 1 / orders_before)


def share_moved(now: int, of_now: int, before: int, of_before: int) -> bool:
    """Whether two shares of counts differ by more than chance: beyond `NOISE` standard errors of their difference."""
    if few(of_now, of_before):
        return False
    both = (now + before) / (of_now + of_before)
    error = math.sqrt(both * (1 - both) * (1 / of_now + 1 / of_before))
    return abs(now / of_now - before / of_before) > NOISE * error
