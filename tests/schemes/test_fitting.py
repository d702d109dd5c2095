"""Clusterings of large and awkward tables."""

import numpy as np
import pandas as pd
import pytest

from reportgen import schemes
from reportgen.customers import CustomerTable
from reportgen.recipe import Clusters
from reportgen.schemes import fitting
from tests.judging.shops import clustering
from tests.schemes.tables import table


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


@pytest.mark.slow
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


def test_a_sample_is_the_same_in_any_order_of_rows_and_is_said():
    random = np.random.default_rng(3)
    customers = table(np.column_stack([random.integers(0, top, 5_100) for top in (400, 40, 10**6, 90)]).tolist())
    recipe = clustering(3, algorithms=("ward",))
    found = schemes.segment(customers, recipe)
    shuffled = CustomerTable(customers.frame.sample(frac=1, random_state=1), customers.scale)
    assert schemes.segment(shuffled, recipe).members.reindex(customers.frame.index).equals(found.members)
    (said,) = found.notes
    assert said.startswith("Ward’s clusters are made from a sample of 5,000 of 5,100 customers, drawn by customer id")


def test_what_is_sampled_is_said_where_it_is():
    assert fitting.sampled(5_000, Clusters(algorithms=("ward",))) == ()
    assert fitting.sampled(20_000, Clusters()) == ()
    (said,) = fitting.sampled(20_001, Clusters())
    assert said.startswith("Silhouettes look at a sample of 20,000 of 20,001 customers")
