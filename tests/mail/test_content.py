"""What the message says: the key chart as the page of a run shows it; a note to those who let it go out."""

import re
from datetime import datetime
from email import message_from_bytes, policy

import pytest

from reportgen.archive import Edition
from reportgen.brief import encode
from reportgen.config import Mail
from reportgen.errors import MachineError
from reportgen.mail import composing
from reportgen.mail.content import key_chart
from tests.brief_factory import brief
from tests.hosting.archives import config, put, rendered

READERS = {"management": ("ann@example.com",), "operators": ("ops@example.com",)}
MAIL = Mail(host="127.0.0.1", sender="brief@example.com", **READERS)
FIGURE = """<h1>A</h1><figure><figcaption><h3>Up <span class="unbroken">+5%</span> &amp; more</h3>
<p class="measure">Customers, &lt;10</p></figcaption>
<div data-chart="share" class="chart" aria-label="A &quot;chart&quot;" role="img">
<div class="wide"><svg><g></g></svg></div>
<div class="narrow"><svg width="1"><text>1 > 0</text></svg></div></div></figure>"""


def test_the_key_chart_of_a_page_that_a_run_makes():
    found = key_chart(rendered(brief())[0])
    assert "customers" in found.title
    assert "<" not in found.title
    assert found.measure.startswith("4,2")
    assert len(found.alt) > len(found.title)
    assert re.fullmatch(rb"<svg [^>]*viewBox=.0 0 350 [0-9]+.[^>]*>", found.svg)  # a phone's, left empty


def test_its_words_are_plain_and_its_drawing_is_the_narrow_one():
    found = key_chart(FIGURE)
    assert (found.title, found.measure, found.alt) == ("Up +5% & more", "Customers, <10", 'A "chart"')
    assert found.svg == b'<svg width="1"><text>1 > 0</text></svg>'


def test_a_page_without_a_chart_has_none_but_one_that_is_marked_up_otherwise_is_refused():
    assert key_chart("<h1>A</h1>") is None
    with pytest.raises(MachineError, match="first chart"):
        key_chart(FIGURE.replace('class="narrow"', 'class="small"'))


@pytest.fixture
def draft(tmp_path):
    chosen = config(tmp_path)
    folder = put(tmp_path, "2011-11", brief(), brief__json=encode(brief()))
    return chosen, composing.draft(chosen, MAIL, Edition("2011-11", "", 1, folder))


def parts(letter):
    message = message_from_bytes(letter.to("ops@example.com"), policy=policy.default)
    return message["Subject"], *(message.get_body((kind,)).get_content() for kind in ("plain", "html"))


def test_it_says_first_who_is_overdue_as_page_1_does_and_nothing_twice(draft):
    _, plain, html = parts(composing.composed(draft[0], MAIL, draft[1], datetime(2011, 12, 1, 6)))
    for text in (plain, re.sub(r"<[^>]+>", "", html)):
        assert text.index("What to do".upper() if text is plain else "What to do") < text.index(": start there.")
        assert text.count("Data through") == 1
    assert 'class="unbroken"' not in html
    assert 'style="white-space:nowrap"' in html


def test_who_lets_it_go_out_reads_first_how(draft):
    made = datetime(2011, 12, 1, 6)
    subject, *told = parts(composing.for_approval(draft[0], MAIL, draft[1], made, "0" * 64))
    usual = parts(composing.composed(draft[0], MAIL, draft[1], made))
    how = "This is a draft. It goes to management when you run: reportgen approve 2011-11"
    assert subject == f"For approval: {usual[0]}"
    for with_note, without in zip(told, usual[1:], strict=True):
        assert with_note.count(how) == 1
        assert with_note.index(how) < with_note.index("Customer Segments Brief", max(0, with_note.find("<body")))
        assert how not in without
        assert with_note.replace(how, "").split()[-30:] == without.split()[-30:]
