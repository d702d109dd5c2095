"""Archives made by hand: editions with a page, lists of customers and a plotly.js, without a run."""

import os
from datetime import date, datetime, timedelta
from hashlib import sha256

import msgspec

from reportgen import __version__
from reportgen.brief import encode
from reportgen.config import Archive, Brand, Config, Report, Shop
from reportgen.deliver import manifest
from reportgen.deliver.manifest import Manifest
from tests.brief_factory import brief

replace = msgspec.structs.replace
MADE = datetime(2011, 12, 1, 6)
PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>T</title><script src="assets/charts.js" defer></script></head><body>
<nav class="contents" aria-label="Sections"><div class="inner">
<a href="#summary">Summary</a>
<a href="#customers">Customers</a>
</div></nav>
<main id="main"><header class="masthead"><h1>Brief</h1></header>
<section class="page" id="customers"><form></form></section>
<ul><li><a href="brief.pdf" download>PDF</a></li>
<li><a href="watch_list.csv" download>Watch list (CSV)</a></li>
<li><a href="customers.csv" download>Customers (CSV)</a></li></ul></main></body></html>
"""
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
    """The factory's brief as if it were of the month `label`."""
    start = date.fromisoformat(f"{label}-01")
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    made = brief()
    period = replace(made.period, label=label, start=start, end=end)
    return replace(made, period=period, period_totals=replace(made.period_totals, start=start, end=end))


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
