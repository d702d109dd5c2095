"""Two briefs side by side: what is said of those who stand elsewhere."""

import pytest
from msgspec.structs import replace

from reportgen.serving.comparison import compare
from tests.brief_factory import brief

BEFORE = b"customer,segment\r\nC1,Best\r\nC2,Loyal\r\nC3,Lost\r\n"
AFTER = b"customer,segment\r\nC1,Best\r\nC2,Best\r\nC4,Lost\r\n"
SAME_CUSTOMERS = b"customer,segment\r\nC1,Best\r\nC2,Best\r\nC3,Lost\r\n"


@pytest.mark.parametrize(
    ("recipe", "lists", "title", "told"),
    [
        ("strategic", (BEFORE, AFTER), "Who moved", "Of 2 customers in both, 1 changed segment; 1 came in, 1 left."),
        ("strategic", (BEFORE, SAME_CUSTOMERS), "Who moved", "Of 3 customers in both, 1 changed segment."),
        ("strategic", (BEFORE, BEFORE), "Who moved", "Nobody: 3 customers stand where they stood."),
        ("tiers", (BEFORE, SAME_CUSTOMERS), "Where they stand", "Of 3 customers in both, 1 in segments of two names."),
        ("tiers", (BEFORE, AFTER), "Where they stand",
         ("Of 2 customers in both, 1 in segments of two names; 1 in no segment of the first; "
          "1 in no segment of the second.")),
    ],
)  # fmt: skip
def test_recipes_move_nobody_and_what_is_nothing_goes_unsaid(recipe, lists, title, told):
    one = replace(brief(), recipe="strategic")
    found = compare(one, replace(one, recipe=recipe), lists, "en_GB").movement
    assert (found.title, found.moved) == (title, told)


def test_the_window_of_the_segments_is_named():
    told = compare(brief(), brief(), None, "en_GB").windows
    assert told.startswith("Revenue ")
    assert "30 November 2011" in told
