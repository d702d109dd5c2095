"""A hosted copy names no customer unless the configuration says so: not the page, not the figures, not the paper."""

import json
from functools import cache
from hashlib import sha256

import pytest
from pypdfium2 import PdfDocument

from reportgen import charts, hosting, pages
from reportgen.brief import decode, encode
from reportgen.config import Brand
from reportgen.hosting import unnamed
from reportgen.render.edition import house
from reportgen.render.pdf import pdf
from reportgen.wording import Words
from tests.brief_factory import brief
from tests.hosting.archives import PAGE, config, content, put

SECTIONS = """<section class="page cover" id="summary"><h1>Brief</h1></section>
<section class="page" id="actions"><h2>Do it</h2></section>
<section class="page" id="watch">
<p class="kicker"><span>3</span> Watch list</p>
<h2>Two are overdue</h2><p>Customer K-4711</p><p style="break-before: page">Customer K-4712</p></section>
<section class="page" id="method"><h2>How</h2></section>
"""
STYLE = "<style>section + section { break-before: page } h1, h2 { bookmark-level: 1 }</style>"
NAMES = ("K-4711", "K-4712")


@cache
def laid_out(sections=SECTIONS):
    html = f'<html lang="en"><head><title>T</title>{STYLE}</head><body>{sections}</body></html>'
    return pdf(html, {})


def text(paper):
    return [page.get_textpage().get_text_range() for page in PdfDocument(paper)]


def named_brief():
    """The factory's brief with named accounts, and how many it names."""
    document = json.loads(encode(brief()))
    book = document["playbook"]
    rows = [row for part, key in unnamed.NAMED for row in book[part][key]]
    for number, row in enumerate(rows):
        row["customer"] = f"K-47{number:02}"
    assert rows
    return decode(json.dumps(document).encode())


@pytest.fixture
def issue(tmp_path):
    page = PAGE.replace('<section class="page" id="customers">', f'{SECTIONS}<section class="page" id="customers">')
    page = page.replace('<a href="#customers">', '<a href="#watch">Watch list</a>\n<a href="#customers">')
    # The search is a section of pages that were made while lists were shown; the paper has none.
    page = page.replace('<section class="page" id="customers"><form></form></section>\n', "")
    put(tmp_path / "output", "2011-11", named_brief(), index__html=page.encode(), brief__pdf=laid_out())
    return tmp_path / "output"


def test_one_section_alone_names_customers():
    named = named_brief()
    words = Words("en_GB", named.currency, named.scale)
    drawn = charts.draw_all(named, house(Brand()).look.theme, words)
    parts = {each.id: repr(each.context) for each in pages.sections(named, drawn, words)}
    assert [name for name, context in parts.items() if "K-47" in context] == [unnamed.WATCH]
    assert not any("K-47" in repr(chart) for chart in drawn.values())


def test_page_figures_and_paper_name_nobody(issue):
    hosting.rebuild(config(issue))
    site = issue.with_name("output-site") / "2011-11"
    assert "K-47" not in (site / "index.html").read_text() + (site / "brief.json").read_text()
    assert (
        '<span>3</span> Watch list</p>\n<header class="head"><h2>The watch list names'
        in (site / "index.html").read_text()
    )
    papers = text((site / "brief.pdf").read_bytes())
    assert [paper.strip() for paper in papers] == ["Brief", "Do it", "How"]
    assert decode((site / "brief.json").read_bytes()).segments == brief().segments
    assert "names no customers" in (site.parent / "index.html").read_text()


def test_the_edition_and_a_site_that_may_name_them_keep_all(issue):
    before = content(issue)
    hosting.rebuild(config(issue, lists=True))
    site = issue.with_name("output-site") / "2011-11"
    for file in ("brief.json", "brief.pdf"):
        assert (site / file).read_bytes() == (issue / "2011-11" / file).read_bytes()
    assert "K-4712" in (site / "index.html").read_text()
    assert content(issue) == before


def test_the_paper_without_names_is_made_once(issue):
    site = issue.with_name("output-site") / "2011-11/brief.pdf"
    hosting.rebuild(config(issue))
    first, place = site.read_bytes(), site.stat().st_ino
    hosting.rebuild(config(issue))
    assert (site.read_bytes(), site.stat().st_ino) == (first, place)
    other = laid_out(SECTIONS.replace("How", "Why"))
    put(issue, "2011-11", index__html=(issue / "2011-11/index.html").read_bytes(), brief__pdf=other)
    hosting.rebuild(config(issue))
    assert text(site.read_bytes())[-1].strip() == "Why"


def test_the_same_paper_gives_the_same_bytes():
    paper = laid_out()
    digest = sha256(paper).hexdigest()
    assert unnamed.paper(paper, SECTIONS, digest) == unnamed.paper(paper, SECTIONS, digest)


@pytest.mark.parametrize(
    "files",
    [
        {"brief__pdf": b"%PDF-broken"},
        {"index__html": SECTIONS.replace("method", "method2").encode() + b'<section class="page" id="more"></section>'},
        {"brief__json": b"{"},
    ],
    ids=["a broken PDF", "bookmarks that don't fit", "figures that can't be read"],
)
def test_what_cannot_be_told_is_left_out_and_not_offered(issue, files):
    named = {file: (issue / "2011-11" / file).read_bytes() for file in ("index.html", "brief.pdf")}
    put(issue, "2011-11", named_brief(), **{file.replace(".", "__"): each for file, each in named.items()} | files)
    hosting.rebuild(config(issue))
    site = issue.with_name("output-site")
    offered = (site / "index.html").read_text()
    for file in ("brief.pdf", "brief.json"):
        assert ((site / "2011-11" / file).is_file()) == (f'"2011-11/{file}"' in offered)
    whole = b"".join(content(site / "2011-11").values())
    assert b"K-47" not in whole
    assert not (site / "2011-11/brief.pdf").is_file() or text((site / "2011-11/brief.pdf").read_bytes())[-1] == "How"
