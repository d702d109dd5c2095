"""Archive and desk in a real browser: read, watch, cancel, compare, download, publish; by keyboard, phone and night."""

import re

import pytest

from reportgen.config import load
from reportgen.render.browser import executable
from reportgen.serving import worker
from reportgen.serving.office import clock
from tests.hosting.archives import put
from tests.processes import reportgen, write_shop
from tests.serving.conftest import PASSWORDS, PEOPLE, serving, settle

pytestmark = pytest.mark.browser

PATIENCE = 180_000
"""Milliseconds for what waits for a draft: how fast a machine makes one is not what is tested here."""
EVIL = '<img src=x onerror="document.title=1">'
PAGES = ("/", "/2024-12/index.html", "/desk/", "/desk/compare", "/desk/compare?one=2011-10&other=2024-12",
         "/desk/audiences", "/desk/jobs/77")  # fmt: skip
FETCHED = "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
SIZE = f"{FETCHED}.filter(each => !each.name.includes('plotly')).reduce((sum, each) => sum + each.encodedBodySize, 0)"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    write_shop(folder / "shop.csv")
    file = settle(folder)
    done = reportgen("run", "--period", "2024-12", cwd=folder)
    assert done.returncode == 0, done.stderr
    put(folder / "output", "2011-10", customers__csv=PEOPLE.replace(b"Lost", EVIL.replace('"', "'").encode()))
    return file


@pytest.fixture(scope="module")
def client(shop):
    with serving(shop) as found:
        yield found


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, client):
    """A page of somebody's browser; whatever it complains of fails the test."""
    opened, complaints = [], []

    def visit(path, who="ann", width=1280, **options):
        context = chromium.new_context(
            base_url=client.origin, http_credentials={"username": who, "password": PASSWORDS[who]},
            viewport={"width": width, "height": 800}, **options,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield visit
    for context in opened:
        context.close()
    assert [text for text in complaints if "404" not in text and "409" not in text] == []


def test_from_the_index_to_an_issue_and_back(visit):
    asked = []
    page = visit("/", "bob")
    page.on("request", lambda request: asked.append(request.url))
    page.click("text=Read the brief")
    assert page.url.endswith("/2024-12/index.html")
    page.wait_for_load_state("networkidle")
    page.locator(".chart[data-chart]").last.scroll_into_view_if_needed()
    page.wait_for_selector(".drawn .live .main-svg")
    assert sum("plotly-" in url for url in asked) == 1
    page.click("text=All issues")
    assert page.url.endswith("/index.html")
    page.goto("/latest/")
    page.wait_for_url("**/2024-12/index.html", wait_until="domcontentloaded")


def test_pages_are_small_without_plotly(visit):
    page = visit("/", "bob")
    assert "plotly" not in whole(page)
    page.goto("/2024-12/index.html")
    whole(page)


def whole(page):
    """What the page has fetched when it is there, fonts and all; it is less than 200 kB without plotly."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")
    fetched = page.evaluate(f"{FETCHED}.map(each => each.name).join()")
    assert ".woff2" in fetched
    assert 0 < page.evaluate(SIZE) < 200_000
    return fetched


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(visit, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    grave = {each["id"]: each["nodes"][0]["html"] for each in found if each["impact"] in {"serious", "critical"}}
    assert grave == {}


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_all_of_it(visit, path):
    page = visit(path, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("path", PAGES)
def test_paper_is_white_at_night_too_and_shows_all_of_it(visit, path):
    page = visit(path, width=700, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") == 700
    assert page.locator(".asking").locator("visible=true").count() == 0


@pytest.mark.parametrize("path", ["/", "/desk/", "/desk/audiences"])
def test_the_keyboard_reaches_everything(visit, path):
    page = visit(path)
    wanted = page.evaluate("[...document.querySelectorAll('a, button, input, select, [tabindex]')].length")
    page.evaluate("window.reached = new Set()")
    for _ in range(wanted + 3):
        page.keyboard.press("Tab")
        page.evaluate("window.reached.add(document.activeElement)")
    assert page.evaluate("[...document.querySelectorAll('a, button, input, select, [tabindex]')]"
                         ".filter(each => !window.reached.has(each)).map(each => each.outerHTML)") == []  # fmt: skip


def make(page, paper="A4"):
    page.goto("/desk/")
    page.fill("#period", "2024-12")
    page.select_option("#paper", paper)
    page.click("text=Make the draft")
    page.wait_for_selector(".stages li")


def test_make_watch_compare_and_publish(visit, client, shop):
    page = visit("/desk/")
    make(page, "Letter")
    page.wait_for_selector("text=The draft is ready")
    assert "Both have the same figures" in page.content()
    page.click("text=Read the draft")
    assert page.locator("h1").inner_text() == "Customer Segments Brief"
    page.go_back()
    before = client.ask("/2024-12/brief.pdf").headers["Content-Length"]
    page.click("text=Publish as December 2024")
    page.wait_for_selector("text=has taken the place")
    assert client.ask("/2024-12/brief.pdf").headers["Content-Length"] != before
    page.click("text=Read it in the archive")
    assert page.url.endswith("/2024-12/index.html")


def test_cancel_while_it_runs(visit):
    page = visit("/desk/")
    make(page)
    page.click("text=Cancel")
    page.wait_for_selector("text=Nothing of it is kept.")


def test_a_browser_that_is_closed_costs_no_job(visit, shop):
    page = visit("/desk/")
    make(page)
    address = page.url
    page.close()
    again = visit(address)
    again.wait_for_selector("text=The draft is ready")


def test_two_analysts_at_once(visit):
    ann, eve = visit("/desk/"), visit("/desk/", "eve")
    make(ann, "Letter")
    make_waiting(eve)
    for page in (ann, eve):
        page.wait_for_selector("text=The draft is ready")
    eve.click("text=Publish as December 2024")
    eve.wait_for_selector("text=has taken the place")
    ann.click("text=Publish as December 2024")
    ann.wait_for_selector("text=made anew by somebody else")


def make_waiting(page):
    """The second job waits for the first: its progress begins later."""
    page.goto("/desk/")
    page.fill("#period", "2024-12")
    page.click("text=Make the draft")
    page.wait_for_url(re.compile(r"/desk/jobs/\d+"))


def test_lists_are_downloaded(visit):
    page = visit("/desk/audiences?issue=2011-10")
    with page.expect_download() as waiting:
        page.click("[aria-label='CSV of Best']")
    assert waiting.value.suggested_filename == "2011-10-best.csv"


def test_names_with_mark_up_stay_names(visit, shop):
    book = worker.jobs(load(shop), clock())
    job = book.ask(EVIL, worker.Wanted(EVIL, EVIL, "A4", "configured"))
    book.end(job, "failed", EVIL)
    for path in (
        "/desk/audiences?issue=2011-10",
        "/desk/compare?one=2011-10&other=2024-12",
        "/desk/",
        f"/desk/jobs/{job}",
    ):
        page = visit(path)
        page.wait_for_load_state("networkidle")
        assert page.title() != "1"
        assert page.locator("img[src=x]").count() == 0
        assert "onerror" in page.locator("main").inner_text()
