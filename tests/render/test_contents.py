"""Finding one's way on the hosted page, in a real browser on a phone: where one is, and what a finger can hit."""

import pytest

from reportgen.config import Brand
from reportgen.render.browser import executable
from reportgen.render.edition import Studio
from tests import brief_factory as factory

PHONE = {"width": 390, "height": 844}
LEAST = 24
"""Pixels of a target (WCAG 2.2, 2.5.8)."""
SIZES = """() => [...document.querySelectorAll('.contents a, thead button, .downloads a')].map(each => {
  const box = each.getBoundingClientRect(); return [each.textContent.trim(), box.width, box.height]; })"""
CURRENT = "() => [...document.querySelectorAll('.contents [aria-current]')].map(link => link.hash)"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    sync_api = pytest.importorskip("playwright.sync_api")
    folder = tmp_path_factory.mktemp("page")
    with Studio(Brand(), "en_GB", "A4") as studio:
        for path, content in studio.render(factory.brief(), ["html"], {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE)
        page.goto((folder / "index.html").as_uri())
        yield page
        browser.close()


@pytest.mark.browser
def test_the_section_that_is_read_is_marked_and_its_name_in_view(page):
    for section in ("watch", "reconciliation", "summary"):
        page.evaluate("id => document.getElementById(id).scrollIntoView()", section)
        page.wait_for_function(f"() => document.querySelector('.contents [aria-current]')?.hash === '#{section}'")
        assert page.evaluate(CURRENT) == [f"#{section}"]
        box = page.locator(f".contents a[href='#{section}']").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.browser
def test_what_is_pressed_is_large_enough_for_a_finger(page):
    sizes = page.evaluate(SIZES)
    assert len(sizes) > 20
    assert [each for each in sizes if min(each[1:]) < LEAST] == []


@pytest.mark.browser
def test_nothing_makes_the_page_wider_than_the_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.browser
def test_what_to_offer_is_seen_without_scrolling(page):
    """The column that the table is about."""
    offered = page.locator(".offers td:nth-child(3)").all()
    assert offered
    boxes = [each.bounding_box() for each in offered]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    revenue = page.locator(".accounts td:nth-child(3)").first.bounding_box()
    assert revenue["x"] + revenue["width"] <= PHONE["width"]
