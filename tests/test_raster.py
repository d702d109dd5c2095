"""Pages as pictures: a page that looks different must be looked at before it is accepted."""

from datetime import datetime
from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from syrupy.extensions.image import PNGImageSnapshotExtension

from reportgen.brief import encode
from reportgen.config import Brand
from reportgen.evaluation import judged
from reportgen.findings.compose import Question, compose
from reportgen.judging.compose import evaluate
from reportgen.recipes import load
from reportgen.render.edition import Studio
from tests.brief_factory import EDGES, replace
from tests.briefs import brief
from tests.ledgers import needs_real
from tests.telling import SILENT

SCALE = 0.6
LEVELS = 40
MAIN, APPENDIX = 9, 6
"""Pages that a brief may have."""
PAGES = 14
"""Pages of the brief that is looked at: one that goes missing has no picture that could differ."""
SHARE = 0.004
"""A picture is the same if at most this share of its pixels differs by more than 40 of 255 levels."""


class Tolerant(PNGImageSnapshotExtension):
    """PNG snapshots that forgive what another version of the rasteriser smooths differently."""

    def matches(self, *, serialized_data, snapshot_data):
        ours, theirs = (_levels(data) for data in (serialized_data, snapshot_data))
        return ours.shape == theirs.shape and bool((np.abs(ours - theirs) > LEVELS).mean() <= SHARE)


@pytest.fixture(scope="module")
def pages():
    with Studio(Brand(name="Test & Sons", unit="Analytics", classification="Internal"), "en_GB", "A4") as studio:
        pdf = pypdfium2.PdfDocument(studio.render(brief(), ["pdf"], {})["brief.pdf"])
        pictures = [page.render(scale=SCALE, grayscale=True).to_pil() for page in pdf]
        pdf.close()
    return pictures


def test_each_page_looks_as_accepted(pages, snapshot):
    assert len(pages) == PAGES
    for number, picture in enumerate(pages, 1):
        assert _png(picture) == snapshot(name=f"page-{number}", extension_class=Tolerant)


def test_no_page_is_mostly_empty_but_the_last(pages):
    check_fullness(pages)


def check_fullness(pages):
    """Between header and footer, ink reaches at least two thirds down each page but the last."""
    for number, picture in enumerate(pages[:-1], 1):
        body = np.asarray(picture)[: int(picture.height * 0.93)]
        lowest = np.nonzero((body < 200).any(axis=1))[0].max()
        assert lowest > picture.height * 0.62, f"page {number} ends at {lowest / picture.height:.0%}"


@needs_real
@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["strategic", "grid-fm"])
def test_an_evaluation_leaves_no_page_of_leftovers(real, name, paper):
    asked = Question("2011-11", datetime(2011, 12, 10), 3, ("POST",), "GBP")
    recipe = load(name)
    found = compose(real, recipe, asked).brief
    carried = judged(evaluate(real, [recipe], asked, SILENT), recipe)
    with Studio(Brand(name="Test & Sons"), "en_GB", paper) as studio:
        carrying = replace(found, method=replace(found.method, evaluation=carried))
        pdf = pypdfium2.PdfDocument(studio.render(carrying, ["pdf"], {})["brief.pdf"])
    pages = [page.render(scale=SCALE, grayscale=True).to_pil() for page in pdf]
    pdf.close()
    assert len(pages) <= MAIN + APPENDIX
    check_fullness(pages)


@needs_real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("month", "recipe"),
    [
        *((f"2011-{number:02}", "strategic") for number in range(1, 13)),
        *(("2011-11", name) for name in ("tiers", "clusters", "grid-rf", "ranges-rfm", "grid-fm", "codes-rfm")),
        ("2011-05", "codes-rfm"),
    ],
)
def test_the_real_months_fill_few_pages(real, month, recipe):
    asked = Question(month, datetime(2011, 12, 10), 3, ("POST",), "GBP")
    found = compose(real, load(recipe), asked).brief
    for paper in ("A4", "Letter"):
        with Studio(Brand(name="Test & Sons"), "en_GB", paper) as studio:
            pdf = pypdfium2.PdfDocument(studio.render(found, ["pdf"], {})["brief.pdf"])
        pages = [page.render(scale=SCALE, grayscale=True).to_pil() for page in pdf]
        pdf.close()
        assert len(pages) <= MAIN + APPENDIX
        check_fullness(pages)


@needs_real
@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_page_1_fits_whatever_it_cautions_against(real, paper):
    asked = Question("2011-11", datetime(2011, 12, 10), 3, ("POST",), None)
    found = compose(real, load("ranges-rfm"), asked).brief
    assert "Segments at a glance" in _second_page(lambda: found, paper)


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("edge", EDGES)
def test_page_1_fits(edge, paper):
    after = "How the segments are made" if edge == "nobody" else "Segments at a glance"
    assert after in _second_page(EDGES[edge], paper)


def _second_page(brief, paper):
    with Studio(Brand(name="Test & Sons"), "en_GB", paper) as studio:
        pdf = pypdfium2.PdfDocument(studio.render(brief(), ["pdf"], {})["brief.pdf"])
    text = pdf[1].get_textpage().get_text_range()
    pdf.close()
    return text


def test_the_brief_as_accepted(snapshot):
    assert encode(brief()).decode() == snapshot


def _png(picture):
    target = BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _levels(data):
    with Image.open(BytesIO(data)) as picture:
        return np.asarray(picture.convert("L"), dtype=np.int16)
