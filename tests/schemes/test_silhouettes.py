"""Silhouettes of many clusterings at once are what scikit-learn says of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from reportgen.schemes import silhouettes as module
from reportgen.schemes.silhouettes import silhouettes

SEED = 7


def drawn(count, digits=8):
    return np.random.default_rng(count).normal(size=(count, 3)).round(digits)


def expected(points, labels, sample):
    size = sample if len(points) > sample else None
    try:
        return silhouette_score(points, labels, sample_size=size, random_state=SEED)
    except ValueError:  # a single cluster, or each point one
        return None


@given(
    st.integers(2, 40), st.integers(1, 6), st.sampled_from([0, 8]), st.sampled_from([10, 100]), st.integers(0, 2**31)
)
def test_each_is_scikit_learns(count, clusters, digits, sample, seed):
    points = drawn(count, digits)  # without digits, many points lie on each other
    random = np.random.default_rng(seed)
    labellings = [random.integers(0, clusters, count), np.arange(count), np.zeros(count, dtype=int)]
    found = silhouettes(points, labellings, sample, SEED)
    assert found == [pytest.approx(expected(points, labels, sample), abs=1e-12) for labels in labellings]


@pytest.mark.parametrize("sample", [500, 10_000])
def test_a_chunk_of_distances_after_the_other_or_a_sample(monkeypatch, sample):
    monkeypatch.setattr(module, "_MEBIBYTES", 1)
    points = drawn(3000)
    labellings = [np.random.default_rng(k).integers(0, k, 3000) for k in (2, 5, 8)]
    found = silhouettes(points, labellings, sample, SEED)
    assert found == pytest.approx([expected(points, labels, sample) for labels in labellings], abs=1e-12)
