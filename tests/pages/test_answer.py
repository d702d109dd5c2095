"""The headline against the month and the year before: each change is said if it is one, and in one sentence."""

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from reportgen.pages import _answer
from reportgen.wording import Words
from tests import brief_factory as factory


@dataclass(frozen=True)
class Then:
    """Revenue and orders of an earlier month."""

    revenue: str
    orders: int = 2600

    def totals(self, month, year):
        made = factory.period(month, self.revenue, self.orders, 1600)
        return replace(made, start=made.start.replace(year=year), end=made.end.replace(year=year))


SAID = {
    "up on both": (Then("1000000", 1916), Then("1200000"), "up 50.0% on October and 25.0% on November 2010."),
    "down on both": (Then("2000000"), Then("2500000"), "down 25.0% on October and 40.0% on November 2010."),
    "up and down": (Then("1000000", 1916), Then("2000000"), "up 50.0% on October, but down 25.0% on November 2010."),
    "up on the year alone": (
        Then("1490000"),
        Then("1000000"),
        "up 50.0% on November 2010; about as much as in October (£1.49m).",
    ),
    "level with the year": (
        Then("1000000", 1916),
        Then("1490000"),
        "up 50.0% on October; about as much as in November 2010 (£1.49m).",
    ),
    "nothing clear of the year": (Then("1000000", 1916), Then("1490000", 20), "up 50.0% on October."),
    "more returned than sold a year ago": (Then("1000000", 1916), Then("-10"), "up 50.0% on October."),
    "nothing clear at all": (
        Then("1400000", 2610),
        Then("1400000", 2610),
        "against £1.40m in October; chance alone can explain the difference.",
    ),
    "level with both": (
        Then("1490000"),
        Then("1480000"),
        "about as much as in October (£1.49m) and in November 2010 (£1.48m).",
    ),
    "clear of the year alone": (
        Then("1400000", 2400),
        Then("1000000"),
        "up 50.0% on November 2010; in October it was £1.40m.",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_the_headline_names_the_year_before(case):
    before, year, said = SAID[case]
    now = factory.period(11, "1500000", 2651, 1663)
    brief = replace(
        factory.brief(),
        period_totals=now,
        previous_totals=before.totals(10, 2011),
        year_before=year.totals(11, 2010),
    )
    words = Words("en_GB", brief.currency, brief.scale)
    assert _answer.headline(brief, words) == f"Net revenue was £1.50m, {said}"
