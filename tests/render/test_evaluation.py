"""The page of an evaluation: one page for two recipes, the same in every process, without charts."""

import pypdfium2
import pytest

from reportgen.config import Brand, Config, Shop
from reportgen.render.evaluation import pages
from tests.judging.evaluations import evaluation

CONFIG = Config(brand=Brand(name="Shop"), shop=Shop(currency="GBP"))


@pytest.fixture(scope="module")
def files():
    return pages(evaluation("strategic", "kmeans-4"), CONFIG, {"pdf", "html"}, {"evaluation.json": b"{}"})


def text(content):
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_two_recipes_fit_one_page(files):
    (page,) = text(files["evaluation.pdf"])
    assert "strategic and kmeans-4" in page
    assert "How to read it" in page


def test_the_hosted_page(files):
    page = files["index.html"].decode()
    assert 'href="evaluation.pdf"' in page
    assert 'href="evaluation.json"' in page
    assert "assets/plotly.min.js" not in files
    assert "Adjusted Rand index" in page


def test_both_media_say_the_same(files):
    (paper,) = text(files["evaluation.pdf"])
    judgement = evaluation("strategic", "kmeans-4").judgements[0]
    for segment in judgement.segments:
        assert f"{segment.stability:.2f} {segment.band}" in files["index.html"].decode()
        assert f"{segment.stability:.2f} {segment.band}" in paper.replace("\r\n", " ")


def test_the_same_bytes_again(files):
    again = pages(evaluation("strategic", "kmeans-4"), CONFIG, {"pdf"}, {})
    assert again == {"evaluation.pdf": files["evaluation.pdf"]}


@pytest.mark.slow
def test_eleven_segments_against_ten_stay_on_the_paper():
    found = pages(evaluation("grid-rf", "grid-fm"), CONFIG, {"pdf"}, {})
    assert all("Larkfield" not in page for page in text(found["evaluation.pdf"]))


def test_no_format_no_page():
    assert pages(evaluation("strategic", "kmeans-4"), CONFIG, {"json"}, {}) == {}
