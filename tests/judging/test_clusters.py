"""Clusters: indices over k; a published one comes out."""

from reportgen import recipes, schemes
from reportgen.judging import regrouping
from reportgen.judging.clusters import cluster_quality
from tests.judging.shops import LATE, blobs, clustering, rules
from tests.schemes.tables import published


def judged(customers, recipe):
    return cluster_quality(customers, recipe, regrouping.chosen(recipe, schemes.segment(customers, recipe)))


def test_document_c():
    found = judged(published(deduplicated=False), recipes.load("kmeans-4"))
    four = next(quality for quality in found.qualities if quality.k == 4)
    assert (four.inertia, four.silhouette, four.chosen) == (4092.14, 0.6162, True)
    assert [quality.k for quality in found.qualities] == list(range(2, 11))
    inertia = [quality.inertia for quality in found.qualities]
    assert inertia == sorted(inertia, reverse=True)
    assert found.why.startswith("k = 4 is set by the recipe; k = 2 would separate best")


def test_planted_groups_are_the_best_k():
    found = judged(blobs(), clustering(None, k_min=2, k_max=6))
    best = {
        max(found.qualities, key=lambda quality: quality.silhouette).k,
        min(found.qualities, key=lambda quality: quality.davies_bouldin).k,
    }
    assert best == {3}
    assert found.why == "k = 3 has the best silhouette of k = 2 … 6; no other k of 2 … 10 separates better."


def test_no_more_clusters_than_customers():
    assert [quality.k for quality in judged(blobs(2), clustering(2)).qualities] == [2, 3, 4, 5]


def test_rules_have_none():
    assert judged(blobs(), rules(*LATE)) is None
