"""The hosted folder brings along all it needs and becomes interactive by itself."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from reportgen.charts import ChartSpec, draw_all
from reportgen.errors import GateError
from reportgen.render import fonts
from reportgen.render.browser import executable
from reportgen.render.site import CSP, site
from reportgen.wording import Words
from tests import brief_factory as factory
from tests.charts.test_charts import THEME

SHEET = """body { font-family: "Source Sans Pro"; margin: 0 auto; max-width: 900px }
.chart svg { width: 100%; height: auto } p { height: 900px } .narrow { display: none }
@media (max-width: 639.98px) { .wide { display: none } .narrow { display: block } }"""


@pytest.fixture(scope="module")
def folder(press, figures) -> dict[str, bytes]:
    wide = {kind: {**figures[kind], "layout": {**figures[kind]["layout"], "width": 673}} for kind in ("bar", "treemap")}
    drawn = press.draw({**wide, **{f"{kind}-narrow": figures[kind] for kind in wide}})
    specs = [ChartSpec(id=kind, title="", subtitle="", alt="", wide=wide[kind], narrow=figures[kind]) for kind in wide]
    body = "<p>first</p>".join(
        f'<div class="chart" data-chart="{kind}" role="img" aria-label="a">'
        f'<div class="wide">{drawn[kind].decode()}</div>'
        f'<div class="narrow">{drawn[kind + "-narrow"].decode()}</div></div>'
        for kind in wide
    )
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="assets/screen.css">'
        f'<link rel="stylesheet" href="assets/fonts.css"></head><body><h1>Brief</h1>{body}</body></html>'
    )
    faces = fonts.shipped()
    web = {f"assets/fonts/{name}": content for name, content in fonts.web_fonts(faces).items()}
    sheets = {"screen.css": SHEET, "fonts.css": fonts.stylesheet(faces, "Source Sans Pro", "fonts")}
    return site(page, specs, {**web, **{f"assets/{name}": css.encode() for name, css in sheets.items()}})


def test_what_it_holds(folder):
    assert set(folder) >= {"index.html", "assets/plotly.min.js", "assets/charts.js", "charts/bar.js"}
    page = folder["index.html"].decode()
    assert CSP in page
    assert page.count("charset") == 1
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page


@pytest.mark.parametrize(
    "part",
    ['<img src="x.png">', '<a href="x.pdf">', '<link rel="stylesheet" href="https://cdn.example/x.css">',
     '<script src="//cdn.example/x.js"></script>', '<div class="chart" data-chart="x"></div>'],
)  # fmt: skip
def test_what_is_not_there_is_missed(part):
    with pytest.raises(GateError, match="x"):
        site(f"<html><head></head><body>{part}</body></html>", [], {})


def test_a_style_sheet_brings_its_files():
    with pytest.raises(GateError, match=r"gone\.woff2"):
        site("<html><head></head></html>", [], {"assets/a.css": b"@font-face { src: url('fonts/gone.woff2') }"})


@pytest.fixture(params=["disk", "http"])
def address(folder, tmp_path, request):
    for name, content in folder.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if request.param == "disk":
        yield (tmp_path / "index.html").as_uri()
        return

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


@pytest.fixture(scope="module")
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield browser
        browser.close()


def watch(page, complaints):
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.mark.browser
def test_charts_become_interactive_when_seen(chromium, address):
    complaints, asked = [], []
    page = chromium.new_page(viewport={"width": 1000, "height": 600})
    watch(page, complaints)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector(".drawn[data-chart=bar]")
    assert not any(url.endswith("treemap.js") for url in asked)
    page.locator("[data-chart=treemap]").scroll_into_view_if_needed()
    page.wait_for_selector(".drawn[data-chart=treemap] .live .slice")
    assert not page.locator(".drawn .wide").first.is_visible()
    root = address.rpartition("/")[0]
    assert all(url.startswith((root, "data:", "blob:")) for url in asked)
    assert complaints == []
    page.emulate_media(media="print")
    assert page.locator("[data-chart=bar] .wide").is_visible()
    assert not page.locator("[data-chart=bar] .live").is_visible()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["share", "trend", "heatmap", "moves"])
def test_marks_tell_what_they_are_below_the_labels(chromium, tmp_path, name):
    brief = factory.brief()
    spec = draw_all(brief, THEME, Words("en_GB", brief.currency, brief.scale))[name]
    body = f'<div class="chart" data-chart="{name}"><div class="wide"></div></div>'
    page = f"<!doctype html><html><head><title>T</title></head><body>{body}</body></html>"
    for file, content in site(page, [spec], {}).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    tab = chromium.new_page(viewport={"width": 800, "height": 600})
    tab.goto((tmp_path / "index.html").as_uri())
    tab.wait_for_selector(".drawn")
    mark = tab.locator(".live .point path, .live .js-fill").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_selector(".hoverlayer .hovertext", timeout=3000)
    tab.close()


@pytest.mark.browser
def test_the_phone_gets_the_narrow_figure_and_crossing_redraws(chromium, address):
    complaints = []
    page = chromium.new_page(viewport={"width": 390, "height": 600})
    watch(page, complaints)
    page.goto(address)
    page.wait_for_selector(".drawn")
    width = "document.querySelector('.drawn .live').style.width"
    assert page.evaluate(width) == "300px"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.set_viewport_size({"width": 1000, "height": 600})
    page.wait_for_selector(".drawn > .live[style*='width: 673px']")
    assert complaints == []
    page.close()


@pytest.mark.browser
def test_without_plotly_the_static_chart_stays(chromium, address):
    complaints = []
    page = chromium.new_page(viewport={"width": 1000, "height": 600})
    watch(page, complaints)
    page.route("**/plotly.min.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address)
    page.wait_for_timeout(300)
    assert page.locator("[data-chart=bar] .wide").is_visible()
    assert page.locator(".drawn").count() == 0
    assert complaints == []
    page.close()
