"""Edge months, computed by the real data path: the whole Brief of each, as accepted, a line for each of its fields."""

from datetime import datetime
from functools import cache

import msgspec
import pytest

from reportgen.brief import decode, encode
from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from tests.findings.test_change_laws import check
from tests.ledgers import ledger, line

NAME = "Tin of forty nostalgic travel sweets, ab"
MONTHS = [f"2024-{number:02}" for number in range(1, 5)]


def buying(customer, months, quantity=2, price=1500, **more):
    """An order of `customer` on a day of each of `months` that depends on the customer."""
    return [line(customer, f"{month}-{3 + ord(customer) % 7:02}", quantity, price, **more) for month in months]


def people(count, months=MONTHS, **more):
    return [each for number in range(count) for each in buying(chr(97 + number), months, 2 + number, **more)]


END = [line(None, "2024-04-30", 1, 900)]
"""A record on the last day makes the month complete."""
VARIED = [
    line(chr(97 + n), f"2024-{1 + (k + n) % 4:02}-{1 + k + n:02}", 1 + n * n)
    for n in range(12)
    for k in range(1 + n % 6)
]
SHOPS = {
    "first month ever": (people(3, MONTHS[3:]) + END, "strategic", "GBP"),
    "no new customers": (people(4) + END, "strategic", "GBP"),
    "one customer": (people(1), "strategic", "GBP"),
    "all guests": ([line(None, f"{month}-05", 3, 1200) for month in MONTHS] + END + [line("z", "2022-01-01")],
                   "strategic", "GBP"),
    "more returned than sold": ([*people(3, MONTHS[:3]), line("a", "2024-04-02", 1, 700),
                                line("b", "2024-04-03", -3, 1500), *END], "strategic", "GBP"),
    "not complete": ([*people(3, MONTHS[:3]), line("a", "2024-04-02", 1, 700)], "strategic", "GBP"),
    "long names of products": (people(12, description=NAME) + END, "strategic", "GBP"),
    "billions of yen": (people(5, price=45_000_000_000) + END, "strategic", "JPY"),
    "three segments": (VARIED, "tiers", "GBP"),
    "eleven segments": (VARIED, "grid-fm", "GBP"),
}  # fmt: skip


@cache
def brief_of(name):
    lines, recipe, currency = SHOPS[name]
    books = ledger(lines, scale=0 if currency == "JPY" else 2)
    return compose(books, load(recipe), Question("2024-04", datetime(2024, 5, 1), 3, ("POST",), currency)).brief


@pytest.mark.parametrize("name", SHOPS)
def test_the_brief_of_an_edge_month(name, snapshot):
    brief = brief_of(name)
    assert decode(encode(brief)) == brief
    if brief.segments:
        check(brief)
    fields = {field: msgspec.json.encode(getattr(brief, field)).decode() for field in brief.__struct_fields__}
    assert {field: text for field, text in fields.items() if text not in {"null", "[]"}} == snapshot


def test_what_makes_them_edges():
    made = {name: brief_of(name) for name in SHOPS}
    assert made["first month ever"].previous_totals is None
    assert made["no new customers"].key_figures.first_time_customers == 0
    assert made["one customer"].totals.customers == 1
    assert sum(not segment.customers for segment in made["one customer"].segments) == 6
    assert made["all guests"].segments == ()
    assert made["more returned than sold"].period_totals.revenue < 0
    assert made["more returned than sold"].period_totals.guests.revenue_share is None
    assert made["not complete"].period.partial
    assert {len(p.description) for s in made["long names of products"].segments for p in s.products} == {40}
    assert made["billions of yen"].period_totals.revenue > 10**11
    assert {len(made[f"{count} segments"].segments) for count in ("three", "eleven")} == {3, 11}
