"""Customers that the engine holds: the same brief, the same lists, and a word where a sample stands for all."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import ibis
import pytest
from hypothesis import given, settings

from reportgen.brief import encode
from reportgen.config import Cuts
from reportgen.customers import held
from reportgen.customers.held import HeldCustomers
from reportgen.deliver import lists
from reportgen.deliver.spool import chunks
from reportgen.errors import GateError
from reportgen.findings import crowd as crowds
from reportgen.findings.compose import Question, compose
from reportgen.findings.crowd import InEngine, InMemory
from reportgen.names import CUSTOMERS
from reportgen.recipes import calibration, load
from reportgen.schemes import clusters
from reportgen.sources.writing import write
from tests.briefs import shop
from tests.choosing import rest_slow
from tests.ledgers import ledger, needs_real
from tests.schemes.tables import table, tables

RULES = ("strategic", "grid-rf", "codes-five", "ranges-rfm")
CLUSTERS = ("kmeans-4", "engagement")
PEOPLE = table([(day * 7 % 360, 1 + day % 9, 1000 + 977 * (day * 37 % 200), 10 + day % 50) for day in range(600)])


def found(transactions, recipe, period="2024-12", now=datetime(2025, 1, 15)):
    return compose(transactions, load(recipe), Question(period, now, 3, ("POST",), "GBP"))


def listed(made):
    """The list as one text, parts joined."""
    if isinstance(made.crowd, InMemory):
        return lists.customers(made.crowd)[CUSTOMERS].decode()
    parts = [
        b"".join(chunks(part)).decode().splitlines(keepends=True) for part in lists.parts(made.crowd, write).values()
    ]
    return "".join([parts[0][0], *(line for part in parts for line in part[1:])])


def in_engine(people):
    return HeldCustomers(ibis.memtable(people.frame.reset_index()), people.scale, len(people))


@pytest.fixture
def held_by_engine(monkeypatch):
    """All customers are many; lists have parts of 40."""

    def begin():
        monkeypatch.setattr(held, "MANY", 0)
        monkeypatch.setattr(crowds, "PART", 40)

    return begin


@pytest.mark.parametrize("recipe", rest_slow([*RULES, *CLUSTERS], "kmeans-4"))
def test_the_brief_and_the_lists_are_those_of_customers_in_memory(held_by_engine, recipe):
    transactions = ledger(shop(60))
    plain = found(transactions, recipe)
    held_by_engine()
    made = found(transactions, recipe)
    assert isinstance(made.crowd, InEngine)
    assert encode(made.brief) == encode(plain.brief)
    assert (listed(made), made.overdue, made.before) == (listed(plain), plain.overdue, plain.before)


@needs_real
@pytest.mark.slow
@pytest.mark.parametrize("recipe", [*RULES, "kmeans-4", "kmeans-3"])
def test_the_real_brief_is_that_of_customers_in_memory(real, held_by_engine, recipe):
    plain = found(real, recipe, "2011-11", datetime(2011, 12, 10))
    held_by_engine()
    made = found(real, recipe, "2011-11", datetime(2011, 12, 10))
    assert encode(made.brief) == encode(plain.brief)
    assert listed(made) == listed(plain)


@settings(max_examples=10)
@given(tables(least=2))
def test_what_follows_from_customers_is_the_same_in_the_engine(people):
    there = in_engine(people)
    for column in held.COLUMNS:
        here, other = people.tally(column), there.tally(column)
        assert (here.values.tolist(), here.counts.tolist()) == (other.values.tolist(), other.counts.tolist())
        value = here.at(len(here) // 2)
        for place in range(int(here.counts[here.values == value][0])):
            assert people.nth(column, value, place) == there.nth(column, value, place)
    assert there.sample(len(people)).frame.equals(people.frame[list(held.COLUMNS)])


@pytest.mark.parametrize("size", [1, 7, 120, 599])
def test_a_sample_is_spread_over_the_ids(size):
    drawn = in_engine(PEOPLE).sample(size).frame
    assert len(drawn) == size
    places = [PEOPLE.frame.index.get_loc(name) for name in drawn.index]
    gaps = {after - before for before, after in pairwise(places)}
    assert gaps <= {600 // size, -(-600 // size)}


def test_clusters_of_a_sample_say_so_and_take_everybody(monkeypatch):
    monkeypatch.setattr(clusters, "SAMPLE", 120)
    made = crowds.crowd(in_engine(PEOPLE), load("kmeans-4"))
    assert made.sums["customers"].sum() == 600
    assert made.division.notes[0].startswith("Clusters are found on 120 of 600 customers")
    whole = crowds.crowd(PEOPLE, load("kmeans-4"))
    assert (made.sums["customers"] - whole.sums["customers"]).abs().max() < 60
    spend = made.sums["monetary"] / made.sums["customers"]
    assert spend.tolist() == sorted(spend, reverse=True)


def test_cut_points_are_fixed_alike():
    recipe = load("strategic")
    old = Cuts(recipe="strategic", period="2011-06", values={"top": Decimal(1), "high": Decimal(1), "mid": Decimal(1)})
    here, there = (crowds.crowd(people, recipe) for people in (PEOPLE, in_engine(PEOPLE)))
    cuts = calibration.computed(recipe, here, "2011-11")
    assert calibration.computed(recipe, there, "2011-11") == cuts
    assert calibration.compared(recipe, there, old, cuts) == calibration.compared(recipe, here, old, cuts)


def test_nobody_is_asked_for_and_strangers_are_not_there():
    for crowd in (crowds.crowd(in_engine(PEOPLE), load("strategic")), crowds.crowd(PEOPLE, load("strategic"))):
        assert crowd.those([]).empty
        assert crowd.those(["10003", "somebody", "10001"]).index.tolist() == ["10003", "10001"]
        assert crowd.largest(3)["revenue"].is_monotonic_decreasing


def test_a_customer_in_no_group_is_held_back():
    people = in_engine(PEOPLE)
    told = crowds.crowd(people, load("strategic"))
    lost = told.table.mutate(place=(told.table.customer == "10001").ifelse(ibis.null("int8"), told.table.place))
    with pytest.raises(GateError, match="puts 599 of 600 customers into a group"):
        InEngine(replace(told.customers, table=lost), told.division, told.told).proved()
