"""Lists in parts, of customers that the engine holds: published, made again, verified, erased from like any list."""

import csv
from datetime import datetime

import msgspec
import pytest

from reportgen import archive, pipeline
from reportgen.config import load
from reportgen.customers import held
from reportgen.findings import crowd
from reportgen.issuing import erasing, verifying
from reportgen.telling import Say
from tests.issuing.conftest import NEW_YEAR, Office
from tests.shops import settle
from tests.telling import SILENT

NOW = datetime(2025, 1, 1, 6)


@pytest.fixture
def home(tmp_path, monkeypatch):
    settle(tmp_path, 9)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(held, "MANY", 0)
    monkeypatch.setattr(crowd, "PART", 40)


def configured(home, formats=("json", "csv")):
    config = load(home / "config.toml")
    return msgspec.structs.replace(config, report=msgspec.structs.replace(config.report, formats=formats))


def made(home, formats=("json", "csv")):
    """What making the edition says, and what its lists hold."""
    said = pipeline.run(pipeline.Job(configured(home, formats), "strategic", NOW), SILENT)
    files = sorted((home / "output/2024-12").glob("customers*.csv"))
    rows = [row for file in files for row in csv.DictReader(file.read_text().splitlines())]
    return said, [file.name for file in files], rows


@pytest.mark.slow
def test_parts_hold_what_the_list_holds(home, monkeypatch):
    _, names, whole = made(home)
    assert names == ["customers.csv"]
    monkeypatch.setattr(held, "MANY", 0)
    monkeypatch.setattr(crowd, "PART", 40)
    said, names, rows = made(home)
    assert names == [f"customers-{number:03}.csv" for number in range(1, 1 + -(-len(whole) // 40))]
    assert rows == whole
    assert (said.outcome, f"(and {len(names) - 1} more)" in said.sentence) == ("replaced", True)
    assert set(said.about.files) == {"brief.json", "watch_list.csv", *names}
    assert made(home)[0].outcome == "unchanged"


@pytest.mark.slow
@pytest.mark.usefixtures("many")
def test_an_edition_keeps_its_lists_when_only_figures_are_asked_for(home):
    _, names, _ = made(home)
    (home / "output/2024-12/customers-001.csv").write_text("damaged\n")
    said, again, _ = made(home, ("json",))
    assert (said.outcome, again) == ("replaced", names)


@pytest.mark.slow
@pytest.mark.usefixtures("many")
def test_parts_are_verified_and_erased_from(home):
    _, _, rows = made(home)
    edition = archive.needed(home / "output", "2024-12")
    report = verifying.recompute(configured(home), edition, NOW, SILENT)
    assert (report.different, report.incomparable) == ((), "")
    assert "customers-002.csv" in report.same
    with Office(home, 9).desk(NEW_YEAR) as table:
        assert "1 row in 2024-12" in erasing.forget(table, rows[50]["customer"], "ticket 7")
    left = [row for file in sorted(edition.folder.glob("customers-*.csv"))
            for row in csv.DictReader(file.read_text().splitlines())]  # fmt: skip
    assert left == [row for row in rows if row["customer"] != rows[50]["customer"]]


@pytest.mark.slow
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("formats", [("html", "csv"), ("html",)])
def test_the_page_neither_links_parts_nor_searches_them(home, formats):
    config = configured(home, formats)
    shown = msgspec.structs.replace(config.report, customers_in_html=True)
    notes = []
    pipeline.run(pipeline.Job(msgspec.structs.replace(config, report=shown), "strategic", NOW), Say(str, notes.append))
    page = (home / "output/2024-12/index.html").read_text()
    assert ("watch_list.csv" in page) == ("csv" in formats)
    assert "customers-001.csv" not in page
    assert "customers.js" not in page
    assert any("Left out: the page's search" in note for note in notes)
