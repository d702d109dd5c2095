"""Stability: planted groups are found again, noise isn't."""

import pytest

from reportgen import schemes
from reportgen.judging import regrouping
from reportgen.judging.stability import RESAMPLES, band, stability
from tests.judging.shops import LATE, blobs, clustering, noise, rules


def judged(customers, recipe):
    segmentation = schemes.segment(customers, recipe)
    settled = regrouping.chosen(recipe, segmentation)
    return stability(customers, regrouping.codes(segmentation), settled, regrouping.regroup(settled), 42)


def test_planted_groups_are_highly_stable():
    found = judged(blobs(), clustering(3))
    assert found.facts.resamples == RESAMPLES
    assert found.facts.rand_index > 0.99
    assert {band(value) for value in found.segments.values()} == {"highly stable"}


def test_groups_in_noise_are_unstable():
    found = judged(noise(), clustering(5, starts=1))
    assert found.facts.rand_index < 0.6
    assert {band(value) for value in found.segments.values()} == {"unstable"}


def test_the_chosen_number_of_clusters_is_kept():
    customers = blobs()
    recipe = clustering(None, k_min=2, k_max=5, algorithms=("ward", "k-means"))
    settled = regrouping.chosen(recipe, schemes.segment(customers, recipe))
    assert (settled.clusters.k, len(settled.clusters.algorithms)) == (3, 1)


def test_literal_cut_points_move_nobody():
    found = judged(noise(), rules(*LATE))
    assert (found.facts.rand_index, set(found.segments.values())) == (1.0, {1.0})
    assert found.facts.note == "All cut points are literal: another draw of customers can't move anybody."


def test_a_resample_that_can_not_be_segmented_is_counted():
    found = judged(blobs(1), clustering(3))
    assert found.facts.failed > 0
    assert found.facts.resamples + found.facts.failed == RESAMPLES


@pytest.mark.parametrize(
    ("jaccard", "expected"),
    [(0.0, "unstable"), (0.5999, "unstable"), (0.6, "doubtful"), (0.75, "doubtful"), (0.7501, "stable"),
     (0.85, "stable"), (0.8501, "highly stable"), (1.0, "highly stable")],
)  # fmt: skip
def test_bands(jaccard, expected):
    assert band(jaccard) == expected
