"""Every number of a page was printed by a format, from a figure of the Brief or one derived from it."""

from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser

import pypdfium2
import pytest

from reportgen import pages
from reportgen.charts import draw_all
from reportgen.config import Brand
from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from reportgen.render import fonts
from reportgen.render.charts import Press
from reportgen.render.edition import Pages, _drawn, house, print_styles
from reportgen.render.pdf import pdf, sheet
from reportgen.render.templates import environment
from tests import brief_factory as factory
from tests import briefs
from tests.brief_factory import EDGES
from tests.ledgers import needs_real
from tests.numbers import RecordingWords, strangers, untraced
from tests.pages.test_pages import Text, html

BRAND = Brand(name="Test & Sons", unit="Analytics", classification="Internal")


def recording(brief):
    return RecordingWords("en_GB", brief.currency, brief.scale)


class Seen(HTMLParser):
    """What readers and screen readers get of a page: its text, without styles, and the labels of its charts."""

    def __init__(self, page):
        super().__init__()
        self.words, self.hidden = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.hidden = tag in {"style", "script"}
        self.words += [value for name, value in attrs if name in {"aria-label", "alt", "title", "content"} and value]

    def handle_endtag(self, _tag):
        self.hidden = False

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)

    def __str__(self):
        return " ".join(self.words)


def editions(brief, paper="A4"):
    """What PDF and HTML of `brief` say, as rendered, the words that said it, and the furniture of the pages."""
    words, own = recording(brief), house(BRAND)
    with fonts.pinned(own.faces), Press() as press:
        charts = draw_all(brief, own.look.theme, words)
        drawn = _drawn(press, charts, "wide") | _drawn(press, charts, "narrow")
        made = Pages(own, words, paper, brief, charts, drawn, environment(words.filters()))
        page, used = made.print()
        pictures = {f"charts/{name}.svg": svg for name, svg in drawn.items()}
        paged = pdf(page, {**used, **pictures}, styles=sheet(print_styles(own)), paper=paper)
        hosted = made.site((), {})["index.html"]
    document = pypdfium2.PdfDocument(paged)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    page = str(Seen(hosted.decode()))
    return texts, page, words, furniture(brief, charts, words, len(texts))


def furniture(brief, charts, words, count):
    """The numbers of pages and sections."""
    sections = enumerate(pages.sections(brief, charts, words), 1)
    return (*(f"{number} / {count}" for number in range(1, count + 1)), *(f"{n} {part.name}" for n, part in sections))


def check(brief, paper="A4"):
    texts, page, words, around = editions(brief, paper)
    assert untraced(words.log, brief) == []
    assert strangers(" ".join(texts), words.log, brief, around) == set()
    assert strangers(page, words.log, brief, (*around, "width=device-width, initial-scale=1")) == set()


@pytest.mark.parametrize("edge", EDGES)
def test_what_formats_print_comes_from_the_brief(edge):
    brief = EDGES[edge]()
    words = recording(brief)
    bodies = html(brief, words=words)
    assert untraced(words.log, brief) == []
    for name, body in bodies.items():
        assert strangers(str(Text(body)), words.log, brief) == set(), name


def test_a_planted_number_is_found():
    brief = factory.brief()
    words = recording(brief)
    body = str(Text("".join(html(brief, words=words).values())))
    for planted in ("£1.47m", "+36.6%", "4,278", "−£201k"):
        assert strangers(f"{body} {planted}", words.log, brief) == {planted}
    assert strangers(body.replace("£1.46m", "£1.47m"), words.log, brief) == {"£1.47m"}


def test_a_number_from_nowhere_is_found():
    brief = factory.brief()
    words = recording(brief)
    words.compact(brief.totals.revenue)
    words.compact(brief.totals.revenue + Decimal("0.01"))
    words.change(brief.period_totals.orders, 2026)
    words.date(datetime(2012, 2, 29).date())
    assert [printed.form for printed in untraced(words.log, brief)] == ["compact", "change", "date"]
    words.count(847_113)
    words.log.keep("note", (), lambda: "a format of no value")
    assert [printed.text for printed in untraced(words.log, brief)][3:] == ["847,113"]


@pytest.mark.slow
def test_the_pdf_and_the_page_as_rendered():
    check(briefs.brief())


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("edge", EDGES)
def test_edges_as_rendered(edge, paper):
    check(EDGES[edge](), paper)


@needs_real
@pytest.mark.slow
@pytest.mark.parametrize("month", [f"2011-{number:02}" for number in range(1, 13)])
def test_the_real_months_as_rendered(real, month):
    check(compose(real, load("strategic"), Question(month, datetime(2011, 12, 10), 3, ("POST",), "GBP")).brief)
