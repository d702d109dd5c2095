"""Tallies: what is told of values by how many have each is what is told of the values themselves."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.tally import Tally

VALUES = st.lists(st.integers(-50, 50), min_size=1)
SHARES = st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 2), Fraction(19, 20), Fraction(1)])


@given(VALUES, SHARES, st.sampled_from(["linear", "lower", "higher"]))
def test_quantiles_are_those_of_the_values(values, share, method):
    counts = pd.Series(values).value_counts()
    found = Tally.of(counts.index, counts).quantile(share, method)
    assert found == pytest.approx(float(np.quantile(values, float(share), method=method)))
    assert found == Tally.of(values).quantile(share, method)


@given(VALUES, st.integers(-60, 60))
def test_places_and_sums_are_those_of_the_values(values, bound):
    tally = Tally.of(values)
    assert [tally.at(place) for place in range(len(tally))] == sorted(values)
    assert (tally.sum(), tally.largest) == (sum(values), max(values))
    assert tally.below(bound) == sum(value < bound for value in values)


def test_of_nothing_there_is_nothing():
    assert (len(Tally.of([])), Tally.of([]).sum(), Tally.of([]).below(3)) == (0, 0, 0)
