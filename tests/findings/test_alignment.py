"""Rows beside other customers, and segments as places, as pandas would look them up one by one."""

import numpy as np
import pandas as pd
import pytest

from reportgen.findings.alignment import beside, sums_beside
from reportgen.segmentation import places

IDS = {"numbers": [3, 5, 8, 13], "texts": ["a", "b", "d", "é"]}


@pytest.mark.parametrize("ids", IDS.values(), ids=IDS)
@pytest.mark.parametrize("known", [[], [0, 2], [0, 1, 2, 3]])
def test_beside_is_reindex(ids, known):
    index = pd.Index(ids, name="customer")
    rows = pd.DataFrame({"revenue": range(len(known))}, index=index[known], dtype="int64")
    pd.testing.assert_frame_equal(beside(rows, index), rows.reindex(index), check_dtype=False)
    assert sums_beside(rows, index)["revenue"].sum() == rows["revenue"].sum()
    assert list(beside(rows, index[:0]).index) == []


@pytest.mark.parametrize("kind", ["str", "object"])
def test_places_of_segments_that_may_be_missing(kind):
    segments = pd.Series(["low", None, "best", "low", "odd"], dtype=kind)
    assert np.array_equal(places(segments, ["best", "low"]), [1, -1, 0, 1, -1])
    assert len(places(segments[:0], ["best"])) == 0
