"""The brand's looks: what can't be shown is said before anything is drawn."""

import pytest

from reportgen.config import Brand
from reportgen.errors import UsageError
from reportgen.render.edition import Studio, house

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{}</svg>'
BAD = {
    "none.svg": (None, "can't be read"),
    "a.jpg": (b"", "neither an SVG nor a PNG"),
    "a.png": (b"hello", "no PNG file"),
    "empty.svg": (b"", "no SVG file"),
    "cut.svg": (b"<svg", "no SVG file"),
    "page.svg": (b"<html/>", "no SVG file"),
    "linked.svg": (SVG.format('<image href="http://example.com/a.png"/>').encode(), "http://example.com/a.png"),
    "xlinked.svg": (SVG.format('<image x:href="a.png"/>').encode(), "a.png"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_logo_that_is_no_image_is_refused(tmp_path, name):
    content, words = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match="logo") as caught:
        house(Brand(logo=str(tmp_path / name)))
    assert words in str(caught.value)


def test_a_logo_that_stands_alone_is_taken_as_it_is(tmp_path):
    content = SVG.format('<use href="#a"/><image href="data:image/png;base64,"/>').encode()
    (tmp_path / "a.SVG").write_bytes(content)
    assert house(Brand(logo=str(tmp_path / "a.SVG"))).logo == ("logo.svg", content)


def test_a_family_that_is_not_among_the_fonts_is_refused():
    with pytest.raises(UsageError, match=r"no 'Comic Sans'.*\n.*Source Sans Pro"):
        house(Brand(font_family="Comic Sans"))


def test_a_name_that_the_paper_cannot_show_is_refused_before_work_begins():
    with Studio(Brand(name="株式会社 Söhne"), "en_GB", "A4") as studio, pytest.raises(UsageError, match="lack: 会式"):
        studio.open(("pdf",))
