"""The pinned fonts are all that is seen, small on the web and the same each time."""

import os
from io import BytesIO
from pathlib import Path
from shutil import copyfile

import pytest
from fontTools.ttLib import TTFont

from reportgen.errors import UsageError
from reportgen.render import fonts


def test_shipped():
    assert [(face.family, face.weight, face.italic) for face in fonts.shipped()] == [
        ("Source Sans Pro", weight, False) for weight in (300, 400, 600)
    ]


def test_pinned_leaves_no_trace(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/mine")
    with fonts.pinned(fonts.shipped()):
        config = Path(os.environ["FONTCONFIG_FILE"])
        assert len(list((config.parent / "files").iterdir())) == 3
    assert os.environ["FONTCONFIG_FILE"] == "/mine"
    assert not config.parent.exists()


def test_web_fonts():
    ((name, content),) = fonts.web_fonts(fonts.shipped()[1:2]).items()
    font = TTFont(BytesIO(content))
    assert name == "SourceSansPro-Regular.woff2"
    assert font.flavor == "woff2"
    assert set(map(ord, "Az£€ŁțÉ−→▲▼…“”’–≥")) <= set(font.getBestCmap())
    assert len(content) < 25_000


@pytest.mark.slow
def test_a_kept_font_that_was_cut_short_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "user_cache_path", lambda _name: tmp_path)
    made = fonts.web_fonts(fonts.shipped())
    kept = list(tmp_path.iterdir())
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[: 10 * (file.stat().st_size % 2)])
    assert fonts.web_fonts(fonts.shipped()) == made
    assert not [file for file in tmp_path.iterdir() if file not in kept]


def test_stylesheet_quotes_the_family():
    css = fonts.stylesheet(fonts.shipped()[:1], 'My "Font', "fonts")
    assert r'font-family: "My \"Font"; font-weight: 300' in css
    assert 'url("fonts/SourceSansPro-Light.woff2")' in css


def test_characters():
    known = fonts.characters(fonts.shipped())
    assert {"a", "−", "▲", "Ж"} <= known
    assert not {"\u2009", "●", "中"} & known


def test_branded(tmp_path):
    with pytest.raises(UsageError, match=r"no \.ttf files"):
        fonts.branded(tmp_path)
    copyfile(fonts.shipped()[2].file, tmp_path / "b.ttf")
    assert [face.weight for face in fonts.branded(tmp_path)] == [600]
    (tmp_path / "a.ttf").write_bytes(b"not a font")
    with pytest.raises(UsageError, match=r"a\.ttf"):
        fonts.branded(tmp_path)
