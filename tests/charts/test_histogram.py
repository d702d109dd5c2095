"""Histograms: the median's label stands over its column, whatever the columns are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts import _canvas as canvas
from reportgen.charts import frequency, recency
from tests import brief_factory as factory
from tests.brief_factory import replace
from tests.charts.parts import boxes
from tests.charts.test_charts import THEME, words_of


@given(counts=st.lists(st.integers(0, 2_000), min_size=1, max_size=13), place=st.integers(0, 12))
def test_the_median_is_named_above_the_columns_below_its_label(counts, place):
    brief = factory.brief()
    (found,) = [each for each in brief.distributions if each.axis == "recency"]
    one, place = found.bins[0], min(place, len(counts) - 1)
    counts[place] = max(counts[place], 1)
    bins = tuple(replace(one, low=10 * at, high=10 * at + 10, customers=count) for at, count in enumerate(counts))
    drawn = recency.draw(replace(brief, distributions=(replace(found, bins=bins, median=10 * place + 5),)), THEME,
                         words_of(brief))  # fmt: skip
    assert drawn is not None
    placed = list(boxes(drawn.wide))
    ((left, top, right, bottom),) = [box for text, box in placed if text.startswith("median")]
    assert left >= 0
    assert right <= canvas.WIDE
    assert top >= -1
    for text, (start, high, end, low) in placed:
        apart = end <= left or start >= right or low <= top + 0.5 or high >= bottom - 0.5
        assert apart or text.startswith("median"), text


@pytest.mark.parametrize(
    ("edges", "said"),
    [((1, 2, 3, 6), "; wider ranges from 3 orders on"), ((1, 2, 3, 4), ""), ((1, 2), ""), ((1, 2, 5), " 2 orders on")],
)
def test_where_columns_begin_to_span_more_is_said(edges, said):
    brief = factory.brief()
    (found,) = [each for each in brief.distributions if each.axis == "frequency"]
    bins = tuple(replace(found.bins[0], low=low, high=high) for low, high in pairwise((*edges, None)))
    drawn = frequency.draw(replace(brief, distributions=(replace(found, bins=bins),)), THEME, words_of(brief))
    assert drawn is not None
    assert drawn.subtitle.endswith(said or f"{found.upper_quartile:.0f} orders")
