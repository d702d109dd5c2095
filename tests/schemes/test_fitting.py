"""Clusterings of large and awkward tables."""

import numpy as np
import pandas as pd
import pytest

from reportgen.recipe import Clusters
from reportgen.schemes import fitting


def blobs(count):
    random = np.random.default_rng(7)
    centres = np.array([[0, 0, 0], [20, 0, 0], [0, 20, 0]])
    return np.vstack([centre + random.normal(size=(count // 3, 3)) for centre in centres])


def test_the_silhouette_finds_three_blobs_by_both_algorithms():
    found = fitting.fit(blobs(300), Clusters(algorithms=("k-means", "ward"), k_min=2, k_max=5, starts=3))
    (chosen,) = [candidate for candidate in found.candidates if candidate.chosen]
    assert (chosen.algorithm, chosen.k, len(found.candidates)) == ("k-means", 3, 8)
    assert chosen.silhouette == max(candidate.silhouette for candidate in found.candidates)
    assert all(candidate.inertia is None for candidate in found.candidates if candidate.algorithm == "ward")


def test_ward_on_many_customers_fits_a_sample_and_places_the_others():
    points = blobs(24_000)
    found = fitting.fit(points, Clusters(algorithms=("ward",), k=3))
    truth = np.repeat([0, 1, 2], 8_000)
    assert (pd.crosstab(found.labels, truth).to_numpy() > 0).sum() == 3
    assert found.candidates[0].silhouette > 0.8


def test_log1p_and_standard_scale():
    scaled = fitting.scaled(np.array([[0.0, 5.0], [np.e - 1, 5.0]]), Clusters(transform="log1p"))
    assert scaled.tolist() == [[-1.0, 0.0], [1.0, 0.0]]


@pytest.mark.parametrize("transform", ["none", "log1p", "box-cox"])
@pytest.mark.parametrize("scale", ["standard", "min-max", "robust", "none"])
def test_every_transform_and_scale_keeps_the_order_of_customers(transform, scale):
    values = np.column_stack([np.arange(9.0), np.arange(9.0) ** 3, np.full(9, 4.0)])
    shaped = fitting.scaled(values, Clusters(transform=transform, scale=scale))
    assert np.isfinite(shaped).all()
    assert (np.diff(shaped[:, :2], axis=0) > 0).all()
    assert np.ptp(shaped[:, 2]) == 0


def test_a_gaussian_mixture_finds_the_blobs():
    points = blobs(300)
    found = fitting.fit(points, Clusters(algorithms=("gaussian-mixture",), k=3, starts=2))
    assert (pd.crosstab(found.labels, np.repeat([0, 1, 2], 100)).to_numpy() > 0).sum() == 3
