"""Archives made by hand: editions with a page, lists of customers and a plotly.js, without a run."""

import os
from datetime import date, datetime, timedelta
from hashlib import sha256

import msgspec
from markupsafe import Markup

from reportgen import __version__
from reportgen.brief import encode
from reportgen.charts import draw_all
from reportgen.config import Archive, Brand, Config, Report, Shop
from reportgen.deliver import manifest
from reportgen.deliver.manifest import Manifest
from reportgen.pages import Frame
from reportgen.render import fonts
from reportgen.render.charts import blank
from reportgen.render.edition import Pages, house, print_styles
from reportgen.render.pdf import pdf, sheet
from reportgen.render.templates import environment
from reportgen.wording import Words
from tests.brief_factory import brief

replace = msgspec.structs.replace
MADE = datetime(2011, 12, 1, 6)
WORDS = Words("en_GB", "GBP", 2)
SECTIONS = (("summary", "Summary", "<p>In brief</p>"), ("method", "Method", "<h2>How</h2>"))
"""By id and name; none of them names customers."""
NAMING = (
    SECTIONS[0],
    ("watch", "Watch list", '<h2>Two are overdue</h2><p>Customer K-4711</p><p style="break-before: page">K-4712</p>'),
    SECTIONS[1],
)
LISTS = {"brief.pdf": "PDF", "watch_list.csv": "Watch list (CSV)", "customers.csv": "Customers (CSV)"}


def page(sections=SECTIONS, layout="site.html.j2", **more):
    """A small page from the real templates; on screen with a search, offering lists of customers."""
    usual = {
        "brand": Brand(name="Test"),
        "frame": Frame("November 2011", "Up & <away>.", "Net of returns.", "Data through", "As of"),
        "sections": [{"id": id_, "name": name, "html": Markup(html)}  # noqa: S704
                     for id_, name, html in sections],
        "lang": "en", "paper": "A4", "logo": "data:,", "styles": (), "downloads": tuple(LISTS.items()),
        "search": {"data": "customers.js", "currency": "GBP"},
    }  # fmt: skip
    return environment(WORDS.filters()).get_template(layout).render({**usual, **more})


def rendered(document):
    """The page of the brief `document` as a run makes it, and its paper; only drawings are empty."""
    looks = house(Brand(name="Test & Sons"))
    charts = draw_all(document, looks.look.theme, WORDS)
    drawn = {f"{name}-{size}": blank(getattr(chart, size)) for name, chart in charts.items()
             for size in ("wide", "narrow")}  # fmt: skip
    made = Pages(looks, WORDS, "A4", document, charts, drawn, environment(WORDS.filters()))
    return made.site(["brief.pdf"], {})["index.html"].decode(), lambda: paper(looks, *made.print())


def paper(looks, html, files):
    """The PDF of what `Pages.print` gives."""
    with fonts.pinned(looks.faces):
        return pdf(html, files, styles=sheet(print_styles(looks)))


PAGE = page()
FILES = {
    "index.html": PAGE.encode(),
    "brief.pdf": b"%PDF-",
    "customers.csv": b"customer,segment\r\nC1,Best\r\n",
    "watch_list.csv": b"customer\r\nC1\r\n",
    "customers.js": b"window.reportgenCustomers = {};",
    "assets/charts.js": b'load("assets/plotly.min.js")',
    "assets/plotly.min.js": b"plotly",
    "charts/share.js": b"1",
}


def month(label):
    """The factory's brief as if it were of `label`; it names no customer, as `PAGE` doesn't."""
    start = date.fromisoformat("2011-11-01" if label == "all" else f"{label}-01")
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    made = brief()
    period = replace(made.period, label=label, start=start, end=end)
    return replace(made, playbook=None, period=period, period_totals=replace(made.period_totals, start=start, end=end))


def put(output, name, document=None, **files):
    """An edition in `output`; `files` by name with `__` for a dot."""
    named = {key.replace("__", "."): content for key, content in files.items()}
    content = {**FILES, "brief.json": encode(document or month(name[:7])), **named}
    folder = output / name
    for file, each in content.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(each)
    about = Manifest(made=MADE, inputs=(), recipe="strategic", recipe_sha256="", config_sha256="",
                     versions={"reportgen": __version__},
                     files={file: sha256(each).hexdigest() for file, each in content.items()})  # fmt: skip
    (folder / "manifest.json").write_bytes(manifest.encode(about))
    return folder


def config(output, *, lists=False, **archive):
    """A configuration for the archive in `output`."""
    return Config(
        report=Report(output=os.fspath(output), customers_in_html=lists),
        shop=Shop(currency="GBP", timezone="Europe/London"),
        brand=Brand(name="Test & Sons <b>"),
        archive=Archive(**archive),
    )


def content(folder):
    """Every file of `folder`, by relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
