"""Segments as places in an order."""

import numpy as np
import pandas as pd
import pytest

from reportgen.segmentation import places


@pytest.mark.parametrize("kind", ["str", "object"])
def test_places_of_segments_that_may_be_missing(kind):
    segments = pd.Series(["low", None, "best", "low", "odd"], dtype=kind)
    assert np.array_equal(places(segments, ["best", "low"]), [1, -1, 0, 1, -1])
    assert len(places(segments[:0], ["best"])) == 0
