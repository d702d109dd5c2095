"""Paper is well-formed: parsers of XML and HTML read the same in it, and the quick one can be taken."""

from xml.etree import ElementTree as ET

import pytest
import tinyhtml5

from reportgen.charts import draw_all
from reportgen.config import Brand
from reportgen.render.edition import Pages, house
from reportgen.render.templates import environment
from reportgen.wording import Words
from tests.brief_factory import EDGES


def read(element):
    """What is in `element`, piece by piece; blanks around tags say nothing."""
    yield element.tag, element.attrib, (element.text or "").strip()
    for child in element:
        yield from read(child)
        yield (child.tail or "").strip()


@pytest.mark.parametrize("edge", EDGES)
def test_both_parsers_agree(edge):
    brief, own = EDGES[edge](), house(Brand(name="Test & Sons"))
    words = Words("en_GB", brief.currency, brief.scale)
    charts = draw_all(brief, own.look.theme, words)
    html, _ = Pages(own, words, "A4", brief, charts, {}, environment(words.filters())).print()
    tree = ET.fromstring(html)  # noqa: S314 - our own
    assert [*read(tree)] == [*read(tinyhtml5.parse(html, namespace_html_elements=False))]
