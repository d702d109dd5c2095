"""A hosted copy names no customer unless the configuration says so: not the page, not the figures, not the paper."""

import json
import re
from functools import cache
from hashlib import sha256

import msgspec
import pytest
from pypdfium2 import PdfDocument

from reportgen import charts, hosting, pages
from reportgen.brief import Brief, decode, encode
from reportgen.config import Brand
from reportgen.hosting import unnamed
from reportgen.render.edition import house, print_files, print_links
from reportgen.wording import Words
from tests.brief_factory import brief
from tests.hosting.archives import NAMING, SECTIONS, config, content, page, paper, put, rendered
from tests.render.test_parts import ids

LEFT_OUT = "Left out of the hosted archive: 2011-11, "
NO_PLACE = f"{LEFT_OUT}its page and PDF may name customers, and the place isn't found"


@cache
def laid_out(sections=NAMING):
    looks = house(Brand())
    return paper(looks, page(sections, "pdf.html.j2", **print_links(looks)), print_files(looks))


def text(paper):
    return [page.get_textpage().get_text_range() for page in PdfDocument(paper)]


def fields(node, path=()):
    """Every field `customer` of a brief as JSON: where it is, and what holds it."""
    if isinstance(node, dict):
        found = [(path, node)] if "customer" in node else []
        return [*found, *(each for key, value in node.items() for each in fields(value, (*path, key)))]
    return [each for value in node for each in fields(value, path)] if isinstance(node, list) else []


@cache
def named_brief():
    """The factory's brief with a name in every field for one."""
    document = json.loads(encode(brief()))
    found = fields(document)
    for number, (_, row) in enumerate(found):
        row["customer"] = f"K-47{number:02}"
    # One of each kind that the schema knows: a new one needs a row in the factory's brief.
    kinds = [kind for kind in msgspec.json.schema(Brief)["$defs"].values() if "customer" in kind.get("properties", {})]
    assert len({path for path, _ in found}) == len(kinds) == 4
    return decode(json.dumps(document).encode())


def rebuilt(output, **options):
    """The hosted issue of `output`, and what operators were told."""
    said = []
    hosting.rebuild(config(output, **options), said.append)
    return output.with_name("output-site") / "2011-11", said


@pytest.fixture
def issue(tmp_path):
    put(tmp_path / "output", "2011-11", named_brief(), index__html=page(NAMING).encode(), brief__pdf=laid_out())
    return tmp_path / "output"


def test_one_section_alone_names_customers():
    named = named_brief()
    words = Words("en_GB", named.currency, named.scale)
    drawn = charts.draw_all(named, house(Brand()).look.theme, words)
    parts = {each.id: repr(each.context) for each in pages.sections(named, drawn, words)}
    assert [name for name, context in parts.items() if "K-47" in context] == [unnamed.WATCH]
    assert not any("K-47" in repr(chart) for chart in drawn.values())


def test_no_field_of_the_figures_names_anybody():
    document = encode(named_brief())
    cut = unnamed.figures(document)
    assert fields(json.loads(document))
    assert fields(json.loads(cut)) == []
    assert b"K-47" not in cut
    assert unnamed.figures(cut) == cut


def test_the_page_that_a_run_makes_names_nobody_when_hosted(issue):
    made = rendered(named_brief())[0]
    (issue / "2011-11/index.html").write_text(made)
    site, said = rebuilt(issue)
    hosted = (site / "index.html").read_text()
    assert (made.count("K-47") > 4, hosted.count("K-47")) == (True, 0)
    assert ids(hosted) == ids(made)
    assert "start there" in hosted  # page 1 tells of those who are overdue, and of the largest without a name
    assert said == [f"{LEFT_OUT}its PDF: which of its pages name customers can't be told"]  # it is another page's


@pytest.mark.slow
def test_the_paper_that_a_run_makes_names_nobody_when_hosted(issue):
    made, lay_out = rendered(named_brief())
    whole = lay_out()
    assert "K-47" in "".join(text(whole))
    put(issue, "2011-11", named_brief(), index__html=made.encode(), brief__pdf=whole)
    site, said = rebuilt(issue)
    hosted = text((site / "brief.pdf").read_bytes())
    assert said == []
    assert "K-47" not in "".join(hosted)
    assert len(text(whole)) - len(hosted) in {1, 2}
    assert "start there" in hosted[0]


def test_page_figures_and_paper_name_nobody(issue):
    site, said = rebuilt(issue)
    assert said == []
    assert "K-47" not in (site / "index.html").read_text() + (site / "brief.json").read_text()
    assert (
        '<span>2</span> Watch list</p>\n<header class="head"><h2>The watch list names'
        in (site / "index.html").read_text()
    )
    hosted = text((site / "brief.pdf").read_bytes())
    assert ["K-47" in each for each in text(laid_out())] == [False, True, True, False]
    assert ["In brief" in hosted[0], "How" in hosted[1]] == [True, True]
    assert len(hosted) == 2
    assert decode((site / "brief.json").read_bytes()).segments == brief().segments
    assert "names no customers" in (site.parent / "index.html").read_text()


SWAPPED = page(NAMING).replace('class="page" id="watch"', "id='watch' data-x class='wide page'")
RENAMED = page(NAMING).replace('id="watch"', 'id="accounts"')
LATE_KICKER = re.sub(
    r'(id="watch">)(\s*<p class="kicker">.*?</p>)(.*?)(</section>)', r"\1\3\2\4", page(NAMING), flags=re.DOTALL
)
CUT_OFF = page(NAMING).partition("K-4712")[0]


@pytest.mark.parametrize("made", [SWAPPED, LATE_KICKER])
def test_the_section_is_found_however_it_is_written(issue, made):
    assert made != page(NAMING)
    (issue / "2011-11/index.html").write_text(made)
    site, said = rebuilt(issue)
    assert said == []
    assert "K-47" not in (site / "index.html").read_text() + "".join(text((site / "brief.pdf").read_bytes()))
    assert "The watch list names customers" in (site / "index.html").read_text()


@pytest.mark.parametrize(
    ("made", "document"),
    [
        (RENAMED, None),
        (CUT_OFF, None),
        (page(SECTIONS), None),
        (RENAMED, b"{"),
        (RENAMED, b"[]"),
    ],
    ids=["another name", "cut off", "no section", "figures that can't be read", "figures that are none"],
)
def test_without_the_section_page_and_paper_are_left_out_and_that_is_said(issue, made, document):
    figures = {} if document is None else {"brief__json": document}
    put(issue, "2011-11", named_brief(), index__html=made.encode(), brief__pdf=laid_out(), **figures)
    site, said = rebuilt(issue)
    assert said == [NO_PLACE]
    assert not (site / "index.html").exists()
    assert not (site / "brief.pdf").exists()
    assert b"K-47" not in b"".join(content(site).values())
    offered = (site.parent / "index.html").read_text()
    assert '"2011-11/index.html"' not in offered
    assert '"2011-11/brief.pdf"' not in offered


def test_an_issue_without_figures_may_name_somebody(issue):
    (issue / "2011-11/index.html").write_text(RENAMED)
    (issue / "2011-11/brief.json").unlink()
    site, said = rebuilt(issue)
    assert said == [NO_PLACE]
    assert not {"index.html", "brief.pdf"} & set(content(site))


def test_an_issue_that_names_nobody_is_hosted_whole(issue):
    nobody = decode(unnamed.figures(encode(named_brief())))
    put(issue, "2011-11", nobody, index__html=page(SECTIONS).encode(), brief__pdf=laid_out(SECTIONS))
    site, said = rebuilt(issue)
    assert said == []
    for file in ("brief.json", "brief.pdf"):
        assert (site / file).read_bytes() == (issue / "2011-11" / file).read_bytes()
    assert "<h2>How</h2>" in (site / "index.html").read_text()


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
    other = laid_out((*NAMING[:2], ("method", "Method", "<h2>Why</h2>")))
    put(issue, "2011-11", index__html=(issue / "2011-11/index.html").read_bytes(), brief__pdf=other)
    hosting.rebuild(config(issue))
    assert "Why" in text(site.read_bytes())[-1]


def test_the_same_paper_gives_the_same_bytes():
    whole = laid_out()
    digest = sha256(whole).hexdigest()
    found = ids(page(NAMING, search=None))
    assert unnamed.paper(whole, found, digest) == unnamed.paper(whole, found, digest) != None  # noqa: E711


@pytest.mark.parametrize(
    "files",
    [
        {"brief__pdf": b"%PDF-broken"},
        {"index__html": page((*NAMING, ("more", "More", ""))).encode()},
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
    assert not (site / "2011-11/brief.pdf").is_file() or "How" in text((site / "2011-11/brief.pdf").read_bytes())[-1]
