"""Owners: due rules become days, and only segments that the recipe makes have tasks."""

from datetime import date

import pytest

from reportgen.config import Task
from reportgen.errors import UsageError
from reportgen.recipes import load, owners


@pytest.mark.parametrize(
    ("rule", "end", "due"),
    [
        ("14 days", date(2011, 11, 30), date(2011, 12, 14)),
        ("1 day", date(2012, 2, 29), date(2012, 3, 1)),
        ("day 10", date(2011, 12, 31), date(2012, 1, 10)),
        ("day 5", date(2011, 11, 9), date(2011, 12, 5)),
        (None, date(2011, 11, 30), None),
    ],
)
def test_due(rule, end, due):
    (made,) = owners.assignments({"best": Task(owner="CRM", due=rule, text="Call {customers}.")}, end)
    assert (made.segment, made.owner, made.due, made.text) == ("best", "CRM", due, "Call {customers}.")


def test_an_unknown_segment_is_refused_with_those_there_are():
    with pytest.raises(UsageError) as caught:
        owners.check({"beast": Task()}, load("strategic"))
    assert "beast" in str(caught.value)
    assert "big-spenders, best, loyal" in caught.value.remedy


@pytest.mark.parametrize("segment", ["best", "best-higher-spend"])
def test_clusters_are_known_by_the_names_that_they_may_get(segment):
    owners.check({segment: Task()}, load("clusters"))
