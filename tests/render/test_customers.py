"""The search of customers on the hosted page: in a real browser, from disk, with awkward names and many rows."""

import json

import pandas as pd
import pytest

from reportgen.config import Brand
from reportgen.customers import CustomerTable
from reportgen.deliver import lists
from reportgen.findings.crowd import InMemory
from reportgen.names import SEARCHED
from reportgen.render.browser import executable
from reportgen.render.edition import Studio
from reportgen.segmentation import Group, Segmentation
from tests import brief_factory as factory

AWKWARD = '<img src=x onerror="document.title=1">'
MANY = 50_000


def people(count):
    """`count` customers, the last one with mark-up for a number; M falls with the number."""
    index = pd.Index([*(f"C{number:05}" for number in range(count - 1)), AWKWARD], name="customer")
    places = range(count)
    columns = {
        "recency": [place % 365 for place in places],
        "frequency": [1 + place % 9 for place in places],
        "monetary": [100 * (count - place) + 5 for place in places],
    }
    frame = pd.DataFrame(columns, index=index)
    names = ("best", "<b>At Risk</b>")
    groups = tuple(Group(f"g{place}", name, "best") for place, name in enumerate(names))
    members = pd.Series([f"g{place % 2}" for place in places], index=index, name="segment")
    return InMemory(CustomerTable(frame, 2), Segmentation(groups=groups, members=members))


def test_the_data_are_columns_of_one_script():
    text = lists.searchable(people(3)).decode()
    start, data = text.split(" = ", 1)
    assert start == "window.reportgenCustomers"
    assert json.loads(data.rstrip(";\n")) == {
        "segments": ["best", "<b>At Risk</b>"],
        "customer": ["C00000", "C00001", AWKWARD],
        "segment": [0, 1, 0],
        "recency": [0, 1, 2],
        "frequency": [1, 2, 3],
        "monetary": [3.05, 2.05, 1.05],
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The hosted edition on disk, with a search, and the file of one without."""
    folder = tmp_path_factory.mktemp("site")
    brief = factory.brief()
    with Studio(Brand(), "en_GB", "A4") as studio:
        for name, beside in (("with", {SEARCHED: lists.searchable(people(MANY))}), ("without", {})):
            for path, content in studio.render(brief, ["html"], beside).items():
                file = folder / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, home):
    """The page, which must not complain."""
    complaints = []
    page = chromium.new_page(viewport={"width": 1000, "height": 700})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((home / "with/index.html").as_uri())
    yield page
    page.close()
    assert complaints == []


def first(page):
    return page.locator("#customer-table tbody tr").first.inner_text().split("\t")


@pytest.mark.browser
def test_without_the_list_there_is_no_search(home):
    text = (home / "without/index.html").read_text(encoding="utf-8")
    assert 'id="customers"' not in text
    assert not (home / "without/customers.js").exists()
    assert not (home / "without/assets/customers.js").exists()


@pytest.mark.browser
def test_the_list_loads_when_it_is_needed(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(300)
    assert not any(url.endswith("/customers.js") and "assets" not in url for url in asked)
    page.get_by_role("searchbox").focus()
    page.get_by_text(f"{MANY:,} customers; the first 50 are shown.").wait_for()
    assert first(page) == ["C00000", "best", "0", "1", "£50,000.05"]
    assert page.locator("#customer-table tbody tr").count() == 50


@pytest.mark.browser
def test_keys_alone_find_and_sort(page):
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.type("c4999")
    page.get_by_text("9 customers.", exact=True).wait_for()
    assert first(page)[0] == "C49990"
    field.fill("")
    page.keyboard.press("Tab")
    page.get_by_role("combobox").select_option("<b>At Risk</b>")
    page.get_by_text("25,000 customers; the first 50 are shown.").wait_for()
    assert first(page)[1] == "<b>At Risk</b>"
    page.get_by_role("button", name="R, days").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert first(page)[2] == "364"
    assert page.get_by_role("columnheader", name="R, days").get_attribute("aria-sort") == "descending"


@pytest.mark.browser
def test_mark_up_in_a_number_stays_text(page):
    title = page.title()
    page.get_by_role("searchbox").fill("ONERROR")
    page.get_by_text("1 customer.", exact=True).wait_for()
    assert first(page)[0] == AWKWARD
    assert page.title() == title
    assert page.locator("#customer-table img").count() == 0


@pytest.mark.browser
def test_an_answer_comes_at_once(page):
    page.get_by_role("searchbox").focus()
    page.locator("#customer-table tbody tr").first.wait_for()
    spent = page.evaluate("""() => {
      const field = document.getElementById("customer-number"), start = performance.now();
      field.value = "99";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      return new Promise((done) => setTimeout(() => done(performance.now() - start)));
    }""")
    assert spent < 250


@pytest.mark.browser
def test_it_fits_a_phone_and_stays_off_paper(page):
    page.set_viewport_size({"width": 390, "height": 700})
    page.get_by_role("searchbox").focus()
    page.locator("#customer-table tbody tr").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.emulate_media(media="print")
    assert not page.locator("#customers").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_the_money_of_each_action_without_scrolling(page, width):
    page.set_viewport_size({"width": width, "height": 700})
    table = page.locator("table.actions")
    rights = table.locator("tr > :nth-child(4), .how").evaluate_all(
        "cells => cells.map((cell) => cell.getBoundingClientRect().right)"
    )
    assert len(rights) == 1 + 2 * table.locator("tbody tr").count() > 1
    assert max(rights) <= width
    assert table.locator("tbody tr").first.locator("td").nth(2).inner_text().startswith("£")


@pytest.mark.browser
def test_printed_from_the_browser_it_stays_a_brief_of_a_few_pages(page):
    pypdfium2 = pytest.importorskip("pypdfium2")
    sections = page.locator("section.page").count() - 1
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4"))
    count, text = len(pdf), pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert sections <= count <= sections + 5
    assert "Readwithcare" in "".join(text.split())  # the first page is whole
