"""Restatement: an issue made from the same lines reads the same a month later; from other lines, it says what moved."""

from datetime import datetime
from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace

from reportgen.brief import decode, encode
from reportgen.findings.compose import Question, compose
from reportgen.findings.restatement import restatement
from reportgen.recipes import load
from tests.briefs import shop
from tests.ledgers import ledger, line

RECIPE = load("strategic")


def made(lines, period, recipe=RECIPE):
    return compose(ledger(lines), recipe, Question(period, datetime(2025, 1, 15), 3, ("POST",), "GBP"))


@pytest.fixture(scope="module")
def today():
    return made(shop(60), "2024-12")


@pytest.fixture(scope="module")
def issue():
    """November as it was issued, with its own cut points."""
    known = [row for row in shop(60) if row[6] < datetime(2024, 12, 2)]
    return decode(encode(made(known, "2024-11").brief))


def test_the_same_lines_read_the_same(today, issue):
    found = restatement(issue, today.brief, today.before)
    assert (found.label, found.segments, found.compared, found.differences) == ("2024-11", True, 18, ())


def test_late_lines_are_found_in_headline_and_segment(issue):
    late = line("C001", "2024-11-20T18:00", 2, 10_000)
    today = made([*shop(60), late], "2024-12")
    found = restatement(issue, today.brief, today.before)
    changed = {(part.segment, part.figure): part.now - part.issued for part in found.differences}
    assert changed[None, "revenue"] == Decimal("200.00")
    assert changed[None, "orders"] == 1
    assert sum(change for (part, figure), change in changed.items() if part and figure == "revenue") == 200
    assert sum(change for (part, figure), change in changed.items() if part and figure == "customers") == 0


def test_cut_points_that_were_fixed_meanwhile_change_no_past(issue):
    cuts = {name: replace(cut, quantile=None, value=Decimal(500)) for name, cut in RECIPE.cuts.items()}
    fixed = made(shop(60), "2024-12", replace(RECIPE, cuts=cuts))
    found = restatement(issue, fixed.brief, fixed.before)
    assert (found.segments, found.compared, found.differences) == (False, 4, ())


def test_another_recipe_is_compared_by_its_headline_alone(today, issue):
    other = msgspec.structs.replace(issue, recipe="own")
    found = restatement(other, today.brief, today.before)
    assert (found.segments, found.compared) == (False, 4)


def test_an_issue_of_another_period_is_none(today):
    assert restatement(today.brief, today.brief, today.before) is None


def test_what_other_cut_points_make_of_the_issue_is_said(issue):
    rich = [line(f"N{number}", "2024-12-10", 1, 900_000) for number in range(40)]
    today = made([*shop(60), *rich], "2024-12")
    found = restatement(issue, today.brief, today.before)
    now = {segment.id: segment.before.customers for segment in today.brief.segments}
    issued = {segment.id: segment.customers for segment in issue.segments}
    assert {part.segment: (part.issued, part.now) for part in found.redrawn} == {
        name: (issued[name], now[name]) for name in issued if issued[name] != now[name]
    }
    assert found.redrawn
    assert sum(part.now - part.issued for part in found.redrawn) == 0
