"""Product names in scripts that the pinned fonts lack must not stop a brief."""

import msgspec

from reportgen.config import Brand
from reportgen.render.edition import FEW, STAND_IN, Studio, legible
from reportgen.render.fonts import characters, shipped
from tests.briefs import brief


def named(text):
    first, *rest = brief().segments
    return msgspec.structs.replace(brief(), segments=(msgspec.structs.replace(first, meaning=text), *rest))


def test_the_stand_in_itself_can_be_drawn():
    assert STAND_IN in characters(shipped())


def test_characters_without_a_glyph_become_question_marks():
    found = legible(named('花 "vase" é\n'), characters(shipped()))
    assert found.segments[0].meaning == f'{STAND_IN} "vase" é\n'


def test_control_and_private_characters_become_question_marks():
    found = legible(named("a\x0bb\x1fc\ue000d\\u000b\n"), characters(shipped()))
    assert found.segments[0].meaning == f"a{STAND_IN}b{STAND_IN}c{STAND_IN}d\\u000b\n"


def test_what_can_be_drawn_stays_as_it_is():
    assert legible(named("Crème brûlée, 4 €"), characters(shipped())) == named("Crème brûlée, 4 €")


def test_what_becomes_a_question_mark_is_named():
    with Studio(Brand(), "en_GB", "A4") as studio:
        assert studio.lacking(brief()) == ""
        assert studio.lacking(named("花 🎁 é")) == "花 🎁"
        many = "".join(map(chr, range(0x4E00, 0x4E00 + FEW + 1)))
        assert studio.lacking(named(many)).split(" ") == [*many[:FEW], "…"]
