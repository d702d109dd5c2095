"""What a product is called: entities of web shops are letters, hundreds of signs are few."""

import pytest

from reportgen.findings.wares import LONGEST, shown


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("Caf&eacute; &amp; bar&nbsp;set", "Café & bar set"),
        ("&#8364; 5 &#x26; more&#10;here", "€ 5 & more here"),
        ("AT&T; R&D, salt&notch, &amp;lt;", "AT&T; R&D, salt&notch, &lt;"),
        ("🎁 مرحبا", "🎁 مرحبا"),
        ("x" * LONGEST, "x" * LONGEST),
        ("&nosuch; &notit; &#0;", "&nosuch; &notit; \ufffd"),
    ],
)
def test_entities(description, text):
    assert shown(description) == text


def test_of_a_long_name_beginning_and_end_are_left():
    name = shown("Summer dress " + "with flowers " * 40 + "Size XL")
    assert len(name) <= LONGEST
    assert name.startswith("Summer dress with flowers")
    assert " … " in name
    assert name.endswith("Size XL")
