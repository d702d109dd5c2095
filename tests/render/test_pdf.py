"""The PDF is tagged, in the pinned fonts, made of nothing but the given files, and perfect or an error."""

import subprocess
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from reportgen.errors import GateError
from reportgen.render import fonts
from reportgen.render.pdf import pdf, sheet

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
    b'<rect width="9" height="9"/><text y="9">drawn</text></svg>'
)
STYLE = "body { font-family: 'Source Sans Pro' } h1 { font-weight: 300 } @page { margin: 16mm }"
BODY = '<h1>Best grew</h1><p>Revenue − £1,234 → ▲</p><img src="charts/a.svg" alt="Best: 12 of 20"><h2>Method</h2>'


def page(body: str = BODY, style: str = STYLE) -> str:
    head = f"<title>Brief</title><style>{style}</style>"
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


@pytest.fixture(autouse=True)
def _pinned():
    with fonts.pinned(fonts.shipped()):
        yield


@pytest.fixture
def reader() -> PdfReader:
    return PdfReader(BytesIO(pdf(page(), {"charts/a.svg": SVG})))


def tags(node) -> list:
    """All elements of the structure tree below `node`."""
    node = node.get_object()
    if not isinstance(node, dict):
        return []
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    return [node, *(tag for kid in kids for tag in tags(kid))]


def test_structure(reader):
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    found = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Figure"} <= {tag.get("/S") for tag in found}
    assert [tag["/Alt"] for tag in found if tag.get("/S") == "/Figure"] == ["Best: 12 of 20"]
    assert reader.xmp_metadata.dc_title == {"x-default": "Brief"}


def test_a_label_of_a_drawing_is_shaped_in_one_piece():
    label = '<text font-family="Source Sans Pro" y="9">AVe\u0301</text>'.encode()
    drawn = SVG.replace(b'<text y="9">drawn</text>', label)
    reader = PdfReader(BytesIO(pdf(page(), {"charts/a.svg": SVG}, drawings=lambda: {"charts/a.svg": drawn})))
    shown = [operands for operands, operator in reader.pages[0].get_contents().operations if operator == b"TJ"]
    glyphs, spaces = shown[-1][0][::2], shown[-1][0][1::2]
    assert len(glyphs) == 3, "A, V, and e with its accent"
    assert spaces[0] > 0, "V moves towards A"
    assert reader.pages[0].extract_text().strip().endswith(("AV\u00e9", "AVe\u0301"))


def test_a_style_sheet_beside_the_linked_ones_counts_alike():
    styled = pdf(page(style=""), {"charts/a.svg": SVG}, styles=sheet(STYLE))
    assert styled == pdf(page(), {"charts/a.svg": SVG})


def test_what_is_ignored_of_a_style_sheet_is_an_error():
    with pytest.raises(GateError, match="colr"):
        sheet("p { colr: red }")


def test_bookmarks_and_text(reader):
    (first, (second,)) = reader.outline
    assert (first.title, second.title) == ("Best grew", "Method")
    text = reader.pages[0].extract_text()
    assert "Revenue − £1,234 → ▲" in text
    assert "drawn" in text


def test_fonts_are_ours_alone(reader):
    names = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all(name.startswith("Source-Sans-Pro") for name in names)


def test_no_date(reader):
    assert not {"/CreationDate", "/ModDate"} & set(reader.metadata)


@pytest.mark.parametrize(("paper", "width"), [("A4", 595), ("Letter", 612)])
def test_paper(paper, width):
    reader = PdfReader(BytesIO(pdf(page("<h1>x</h1>"), {}, paper=paper)))
    assert round(reader.pages[0].mediabox.width) == width


def test_the_page_may_set_its_own_size():
    reader = PdfReader(BytesIO(pdf(page("<h1>x</h1>", "@page { size: 100pt 200pt; margin: 0 }"), {})))
    assert round(reader.pages[0].mediabox.width) == 100


@pytest.mark.parametrize(("rule", "pages"), [("", 3), (".close .cover p { height: 90mm }", 2)])
def test_a_cover_that_spills_is_laid_out_closer(rule, pages):
    style = f".page {{ break-before: page }} .cover p {{ height: 170mm }} {rule}"
    cover = '<section class="page cover" id="summary"><p>1</p><p style="height: 100mm">2</p></section>'
    html = page(f'{cover}<section class="page" id="rest"><h2>Rest</h2></section>', style)
    reader = PdfReader(BytesIO(pdf(html.replace("<body>", '<body class="a4">'), {})))
    assert len(reader.pages) == pages
    assert "Rest" in reader.pages[-1].extract_text()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('<img src="http://example.com/a.png" alt="a">', "http://example.com/a.png"),
        ('<img src="file:///etc/hostname" alt="a">', "file:///etc/hostname"),
        ('<link rel="attachment" href="file:///etc/hostname">', "file:///etc/hostname"),
        ('<img src="missing.svg" alt="a">', "missing.svg"),
        ('<link rel="stylesheet" href="missing.css">', "missing.css"),
        ("<style>@import url(https://example.com/x.css);</style>", "example.com"),
        ('<p style="background: url(//example.com/x.png)">x</p>', "example.com"),
        ('<img src="charts/a.svg">', "no required alt"),
        ("<p>中</p>", "U+4E2D"),
        ('<p style="colour: red">x</p>', "colour: red"),
    ],
)
def test_what_is_not_as_designed_is_an_error(body, complaint):
    with pytest.raises(GateError) as caught:
        pdf(page(f"<h1>x</h1>{body}"), {"charts/a.svg": SVG})
    assert complaint in caught.value.message


def test_an_svg_brings_nothing_along():
    foreign = SVG.replace(b"<rect", b'<image href="file:///etc/hostname" width="9" height="9"/><rect')
    with pytest.raises(GateError, match="hostname"):
        pdf(page(), {"charts/a.svg": foreign})


def test_data_addresses_are_allowed():
    dot = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/%3E"
    assert pdf(page(f'<h1>x</h1><img src="{dot}" alt="dot">'), {}).startswith(b"%PDF")


@pytest.mark.skipif(sys.platform != "linux", reason="libraries have such names on Linux alone")
def test_pango_is_found_without_asking_other_programs():
    script = """
import subprocess
def refused(*_a, **_k): raise AssertionError("a process")
subprocess.Popen = refused
from reportgen.render.pdf import load
print(load().__version__)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
