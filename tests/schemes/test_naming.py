"""Names of clusters and labels against evidence."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import recipes
from reportgen.recipe import Measures
from reportgen.schemes import naming
from reportgen.schemes.labels import judge
from reportgen.schemes.profiles import Profile

BASE = {"R": 90.0, "F": 4.0, "M": 2000.0, "T": 200.0}
RECIPE = recipes.load("clusters")
WORDS = {archetype.id: archetype for archetype in RECIPE.vocabulary}


def profile(r=1.0, f=1.0, m=1.0, t=1.0, share=0.2):
    relative = {"R": r, "F": f, "M": m, "T": t}
    return Profile(100, share, {axis: relative[axis] * BASE[axis] for axis in BASE}, BASE)


def names(*profiles, recipe=RECIPE):
    return [group.name for group in naming.groups(profiles, recipe)]


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (profile(m=20, share=0.01), "Big Spenders"), (profile(m=20, share=0.3, r=0.2, f=3), "Best"),
        (profile(r=0.2, f=3, m=3), "Best"), (profile(r=1.2, f=3, m=3), "High-Value"), (profile(r=0.5), "Loyal"),
        (profile(r=0.3, f=0.3, m=0.3, t=0.2), "New"), (profile(r=1.3, f=0.9, m=1.1), "At Risk"),
        (profile(r=3, f=0.3, m=0.2), "Lost"), (profile(r=0.9, f=0.3, m=0.2), "Low-Engagement"),
        (profile(r=3, f=9, m=9), "High-Value"), (profile(r=0.8, f=0.3, m=2), "Mixed"),
    ],
)  # fmt: skip
def test_a_name_follows_the_evidence(found, name):
    assert names(found) == [name]


def test_two_clusters_never_share_a_name():
    assert names(profile(r=0.5, m=1.2), profile(r=0.5)) == ["Loyal, higher spend", "Loyal, lower spend"]
    assert names(*[profile(r=0.5)] * 3)[1] == "Loyal, middle spend"
    assert names(*[profile(r=0.5)] * 4)[3] == "Loyal, spend rank 4"
    assert names(profile(r=0.2, f=3, m=3), profile(r=0.5), profile(r=3)) == ["Best", "Loyal", "Lost"]


relative = st.floats(0, 30)
profiles = st.builds(profile, r=relative, f=relative, m=relative, t=relative, share=st.floats(0.001, 1))


@given(st.lists(profiles, min_size=1, max_size=10))
def test_names_and_ids_are_unique_and_keep_their_promise(found):
    groups = naming.groups(found, RECIPE)
    assert len({group.name for group in groups}) == len({group.id for group in groups}) == len(found)
    for group, shape in zip(groups, found, strict=True):
        assert group.archetype != "at-risk" or shape.relative("R") >= 1
        assert group.archetype != "best" or (shape.relative("R") <= 0.7 and shape.relative("F") >= 1.5)
        assert judge(group.name, WORDS[group.archetype], shape, Measures()).fits


def test_a_restricted_vocabulary_keeps_to_its_names():
    recipe = recipes.load("engagement")
    found = names(profile(f=3, m=4), profile(r=0.5, f=0.9), profile(r=2, f=0.2, m=0.1), recipe=recipe)
    assert found == ["High-Value", "Consistent", "Low-Engagement"]
    assert names(profile(r=3, f=1, m=1), recipe=recipe) == ["Low-Engagement"]
    assert not judge("Low-Engagement", WORDS["low-engagement"], profile(r=3, f=1, m=1), Measures()).fits


def test_a_published_label_goes_to_one_cluster_only():
    recipe = recipes.load("kmeans-4")
    near_best = profile(r=0.47, f=0.86, m=0.66, share=0.7)
    labels = [group.published for group in naming.groups([near_best] * 5, recipe)]
    assert sorted(label for label in labels if label) == [
        "At Risk",
        "Best Customers",
        "Big Spenders",
        "Loyal Customers",
    ]
    assert labels.count(None) == 1


def test_the_reason_names_what_speaks_against():
    judged = judge("At Risk", WORDS["at-risk"], profile(r=0.17, f=5, m=6), Measures())
    assert msgspec.structs.astuple(judged) == (
        "At Risk",
        False,
        "last bought 15 days ago on average, against 90 for all (at least that is asked)",
    )
    judged = judge("Best", WORDS["best"], profile(r=0.5, f=0.9, m=0.7), Measures())
    assert judged.reason == (
        "3.6 orders on average, against 4.0 for all (at least 1.5 times that is asked); "
        "average spend 0.7 times that of all (at least 1.5 times is asked)"
    )
    judged = judge("New", WORDS["new"], profile(t=1.1, f=0.9), Measures())
    assert (
        judged.reason == "first bought 220 days ago on average, against 200 for all (at most 0.5 times that is asked)"
    )
    judged = judge("Big Spenders", WORDS["big-spenders"], profile(m=12, share=0.2), Measures())
    assert judged.reason == "20.0% of customers (at most 5% is asked)"


def test_the_reason_speaks_of_what_is_measured():
    lines = Measures(frequency="lines", monetary="mean-per-order")
    judged = judge("Best", WORDS["best"], profile(r=0.5, f=0.9, m=0.7), lines)
    assert judged.reason == (
        "3.6 order lines on average, against 4.0 for all (at least 1.5 times that is asked); "
        "average order value 0.7 times that of all (at least 1.5 times is asked)"
    )
