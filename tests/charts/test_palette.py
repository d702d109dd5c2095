"""Segments' colours: one for a kind in every recipe, told apart by their lightness too."""

from itertools import pairwise

import pytest

from reportgen import recipes
from reportgen.charts import _palette
from reportgen.render.templates import resource
from reportgen.render.theme import look
from tests import brief_factory as factory
from tests.brief_factory import replace

THEME = look(resource("assets", "tokens.css").read_text(encoding="utf-8"), {}, "Source Sans Pro").theme
RULES = [shipped.id for shipped in recipes.names() if recipes.load(shipped.id).segments]


def test_segments_keep_their_colour_and_repeats_get_a_second_one():
    brief = factory.brief()
    assert _palette.tokens(brief)["lost"] == "seg-lost"
    lost = tuple(replace(s, id=name, archetype="lost") for s, name in
                 zip(brief.segments, ("hibernating", "lost", "gone"), strict=False))  # fmt: skip
    assert _palette.tokens(replace(brief, segments=lost)) == {
        "hibernating": "seg-lost-2", "lost": "seg-lost", "gone": "ramp-11",
    }  # fmt: skip
    strange = tuple(replace(s, archetype="whale") for s in brief.segments[:3])
    assert list(_palette.tokens(replace(brief, segments=strange)).values()) == ["ramp-1", "ramp-6", "ramp-11"]


@pytest.mark.parametrize("recipe", RULES)
def test_the_colours_of_a_recipe_can_be_told_apart_in_greyscale(recipe):
    """Each is 3 : 1 against paper, and neighbours differ in lightness (CIE L*), as the strongest contrast of all."""
    rules = recipes.load(recipe).segments
    one = factory.brief().segments[0]
    brief = replace(factory.brief(), segments=tuple(replace(one, id=r.id, archetype=r.archetype) for r in rules))
    luminances = [luminance(THEME.colors[token]) for token in _palette.tokens(brief).values()]
    assert all(1.05 / (each + 0.05) >= 3 for each in luminances)
    lightness = [116 * each ** (1 / 3) - 16 for each in luminances]
    assert min(abs(a - b) for a, b in pairwise(lightness)) >= 6


def luminance(color: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
