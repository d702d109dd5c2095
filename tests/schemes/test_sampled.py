"""Many customers: centres are found on a sample, and everybody joins one."""

import msgspec
import numpy as np
import pytest

from reportgen.recipes import load
from reportgen.schemes import clusters, fitting, segment
from tests.schemes.tables import table

PEOPLE = table([(day * 7 % 360, 1 + day % 9, 1000 + 977 * (day * 37 % 200), 10 + day % 50) for day in range(600)])


@pytest.fixture(autouse=True)
def many(monkeypatch):
    monkeypatch.setattr(fitting, "MANY", 500)
    monkeypatch.setattr(fitting, "CENTRE_SAMPLE", 120)


def test_everybody_joins_the_nearest_centre_and_the_page_says_so():
    recipe = load("kmeans-4")
    found = segment(PEOPLE, recipe)
    assert len(found.members) == 600
    assert any("sample of 120 of 600 customers" in note for note in found.notes)
    points, settings = clusters.points(PEOPLE, recipe), recipe.clusters
    labels, inertia = fitting.assign(points, settings, "k-means", 4)
    centres = np.stack([points[labels == label].mean(axis=0) for label in range(4)])
    away = ((points[:, None] - centres) ** 2).sum(axis=2)
    assert (away.argmin(axis=1) == labels).mean() > 0.95
    assert inertia == pytest.approx(away[range(600), labels].sum(), rel=0.05)


def test_a_sample_is_as_good_as_all(monkeypatch):
    points, settings = clusters.points(PEOPLE, load("kmeans-4")), load("kmeans-4").clusters
    _, sampled = fitting.assign(points, settings, "k-means", 4)
    monkeypatch.setattr(fitting, "MANY", 10**6)
    _, whole = fitting.assign(points, settings, "k-means", 4)
    assert whole <= sampled <= 1.1 * whole


def test_ward_alone_looks_for_no_centres():
    both = load("clusters").clusters
    alone = msgspec.structs.replace(both, algorithms=("ward",))
    assert [any("Centres" in note for note in fitting.sampled(600, each)) for each in (both, alone)] == [True, False]
