"""Colours come from the tokens, a brand may replace them, and nonsense is refused."""

import pytest

from reportgen.errors import UsageError
from reportgen.render.theme import look, properties

TOKENS = """/* tokens */
:root { --ink: #10243F; --seg-best: #0F7173; --font: "Source Sans Pro", sans-serif; --s1: 4pt }
@media print { :root { --ink: #000000 } }
"""


def test_properties():
    assert properties(TOKENS) == {
        "ink": "#10243F", "seg-best": "#0F7173", "font": '"Source Sans Pro", sans-serif', "s1": "4pt",
    }  # fmt: skip


def test_a_brand_replaces_colours_in_charts_and_pages():
    made = look(TOKENS, {"ink": "#123456"}, "Brand Sans")
    assert made.theme.colors == {"ink": "#123456", "seg-best": "#0F7173"}
    assert made.theme.font_family == "Brand Sans"
    assert properties(made.css)["ink"] == "#123456"
    assert properties(made.css)["font"] == '"Brand Sans", sans-serif'


def test_settled_styles_have_the_values_of_the_tokens_and_leave_other_variables():
    made = look(TOKENS, {"ink": "#123456"}, "Brand Sans")
    css = "p { color: var(--ink); font: 1pt var(--font); background: var(--c) }"
    assert made.settled(css) == 'p { color: #123456; font: 1pt "Brand Sans", sans-serif; background: var(--c) }'


@pytest.mark.parametrize(
    "colors",
    [{"inc": "#123456"}, {"s1": "#123456"}, {"ink": "navy"}, {"ink": "#12345"}, {"ink": "#123456;} body{display:none"}],
)
def test_nonsense(colors):
    with pytest.raises(UsageError, match="colors"):
        look(TOKENS, colors, "Brand Sans")
