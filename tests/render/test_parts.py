"""Parts of a page: found in pages that a run makes, in those of older versions, and in none that broke off."""

import re

import pytest

from reportgen.render.parts import Page
from tests.brief_factory import brief
from tests.hosting.archives import rendered

OLD = """<html><head>
<meta charset="utf-8"><meta name="description" content="Up &amp; &lt;away&gt;.">
</head><body>
<!-- <section class="page" id="no"></section> -->
<main><p title='<section id="no">'>Two<br>lines<p>and more
<section class="page" id="summary"><p>One</p><section><p>two</p></section><table><tr>
<td><section id="no"></section><b>three</b></table></section>
<SECTION id=watch class="wide page">
<p class="kicker"><span>2</span> Watch</p><svg><title>3 < 4</title><g></svg></SECTION>
</div></main></body></html>"""


def ids(html):
    return [part.id for part in Page(html).sections()]


@pytest.fixture(scope="module")
def made():
    return Page(rendered(brief())[0])


def outer(page, part):
    return page.html[part.start : part.end]


def test_sections_of_a_page_that_a_run_makes(made):
    found = ids(made.html)
    assert found == re.findall(r'<section [^>]*\bid="([^"]+)"', made.html)
    assert (found[0], "watch" in found, len(found)) == ("summary", True, 14)
    assert [part.is_kind("cover") for part in made.sections()] == [True] + [False] * 13
    for part in made.sections():
        assert outer(made, part).startswith("<section class=")
        assert outer(made, part).count("</section>") == 1
        assert outer(made, part).endswith("</section>")
    assert made.description().startswith("Net revenue was £1.46m")


def test_a_part_goes_and_all_else_stays_to_the_byte(made):
    assert made.edited([]) == made.html
    for part in made.sections():
        left = made.edited([made.without(part)])
        assert left == made.html[: part.start] + made.html[part.end :].removeprefix("\n")
        assert ids(left) == [each for each in ids(made.html) if each != part.id]


def test_tags_of_older_pages_may_be_written_otherwise():
    page = Page(OLD)
    assert [part.id for part in page.sections()] == ["summary", "watch"]
    assert page.description() == "Up & <away>."
    summary, watch = page.sections()
    assert page.text(summary) == "Onetwo\nthree"
    assert page.text(page.first("p", "kicker", watch)) == "2 Watch"
    assert page.first("p", "kicker", summary) is None
    assert page.inner(page.first("svg")) == "<title>3 < 4</title><g>"
    assert outer(page, page.first("br")) == "<br>"
    assert Page(OLD.replace('&gt;.">', '&gt;."/>')).description() == "Up & <away>."


def test_what_is_not_there_is_none():
    page = Page("<h1>Brief</h1>")
    assert (page.description(), page.first("section"), page.sections()) == (None, None, ())


def test_a_part_that_broke_off_is_none(made):
    watch = next(part for part in made.sections() if part.id == "watch")
    for end in (watch.inside, watch.until, watch.until + 5):
        assert "watch" not in ids(made.html[:end])
    assert "watch" in ids(made.html[: watch.end])


def test_damage_costs_what_follows_and_nothing_else():
    page = Page('<section id="a"><p>1</p></section><![x[ <section id="b"></section>')
    assert [part.id for part in page.sections()] == ["a"]


def test_what_lies_in_a_part_that_goes_goes_with_it():
    page = Page("a<p>b<i>c</i></p>d")
    edits = [page.without(page.first("i")), page.without(page.first("p")), (1, 1, "!"), (18, 18, ".")]
    assert page.edited(edits) == "a!d."
