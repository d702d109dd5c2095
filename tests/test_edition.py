"""A whole edition by the command line: every file, its structure, the same bytes in another process, no network."""

import hashlib
import json
import re
import shutil
import subprocess

import pypdf
import pytest

from tests.mailserver import Inbox, running
from tests.processes import reportgen, write_shop

NOW = ("--now", "2025-01-15T06:00")
CONFIG = """
[input]
path = "shop.csv"
[shop]
currency = "GBP"
[brand]
name = "Test & Sons"
unit = "Analytics"
classification = "Internal"
"""


def hashes(folder):
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with a shop, its configuration and the edition made of them."""
    folder = tmp_path_factory.mktemp("home")
    write_shop(folder / "shop.csv")
    (folder / "config.toml").write_text(CONFIG)
    done = reportgen("run", *NOW, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def edition(home):
    return home / "output/2024-12"


def test_an_edition_is_whole(edition):
    names = set(hashes(edition))
    assert {"brief.pdf", "index.html", "brief.json", "customers.csv", "manifest.json"} <= names
    manifest = json.loads((edition / "manifest.json").read_text())
    assert set(manifest["files"]) == names - {"manifest.json"}
    assert all(
        manifest["files"][name] == digest for name, digest in hashes(edition).items() if name in manifest["files"]
    )


@pytest.mark.slow
def test_another_process_makes_the_same_bytes(home, edition, tmp_path):
    """Under another time zone, language and hash seed, from rows in another order, without any network."""
    header, *rows = (home / "shop.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "shop.csv").write_text(header + "".join(reversed(rows)), encoding="utf-8")
    (tmp_path / "config.toml").write_text(CONFIG)
    alone = ("unshare", "-n") if _can_unshare() else ()
    done = reportgen("run", *NOW, cwd=tmp_path, before=alone, TZ="Asia/Tokyo", LANG="C", LC_ALL="C", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    ours, theirs = hashes(edition), hashes(tmp_path / "output/2024-12")
    ours.pop("manifest.json")  # the input's fingerprint differs: its rows are in another order
    theirs.pop("manifest.json")
    assert ours == theirs


@pytest.mark.slow
def test_the_manifest_too_is_the_same_for_the_same_clock(home, edition, tmp_path):
    shutil.copy(home / "shop.csv", tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG)
    reportgen("run", *NOW, cwd=tmp_path)
    assert (tmp_path / "output/2024-12/manifest.json").read_bytes() == (edition / "manifest.json").read_bytes()


@pytest.mark.slow
def test_formats_of_an_edition_never_go_stale(home, tmp_path):
    """Figures alone for new facts make the published PDF again too."""
    shutil.copytree(home, tmp_path / "home")
    with (tmp_path / "home/shop.csv").open("a", encoding="utf-8") as file:
        file.write("N1,P1,Lantern,4,2024-12-30 10:00:00,9.99,C005,Spain\n")
    before = hashes(tmp_path / "home/output/2024-12")
    done = reportgen("run", "--format", "json", *NOW, cwd=tmp_path / "home")
    assert done.stdout.startswith("Replaced"), done.stderr
    after = hashes(tmp_path / "home/output/2024-12")
    assert before.keys() == after.keys()
    assert before["brief.pdf"] != after["brief.pdf"]


def test_the_pdf_is_tagged_bookmarked_and_selectable(edition):
    pdf = pypdf.PdfReader(edition / "brief.pdf")
    root = pdf.trailer["/Root"]
    assert root["/Lang"].startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert "December 2024" in pdf.metadata.title
    assert len(pdf.outline) >= 5
    assert {page.mediabox[2:] == [0, 0] for page in pdf.pages} == {False}
    text = " ".join(page.extract_text() for page in pdf.pages)
    brief = json.loads((edition / "brief.json").read_text())
    for segment in brief["segments"]:
        assert segment["name"] in text
    assert f"{brief['totals']['customers']:,}" in text
    assert not re.search(r"\b(nan|None(?! of| is|:)|inf)\b", text)


def test_every_picture_of_the_pdf_has_words(edition):
    pdf = pypdf.PdfReader(edition / "brief.pdf")
    figures = [node for node in _nodes(pdf.trailer["/Root"]["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert figures
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


def test_only_pinned_fonts_are_embedded(edition):
    pdf = pypdf.PdfReader(edition / "brief.pdf")
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all("Source-Sans" in font or "SourceSans" in font for font in fonts), fonts


def test_the_page_brings_all_it_needs(edition):
    page = (edition / "index.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "Content-Security-Policy" in page
    for link in re.findall(r'(?:src|href)="(?!data:)([^"#][^"]*)"', page):
        assert (edition / link).is_file(), link


def test_awkward_names_are_text_and_no_markup(edition):
    page = (edition / "index.html").read_text(encoding="utf-8")
    assert '<b>&"=SUM' not in page


@pytest.mark.slow
def test_letter_paper(home, tmp_path):
    shutil.copy(home / "shop.csv", tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG + '[report]\npaper = "Letter"\n')
    done = reportgen("run", "--format", "pdf", *NOW, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    pages = pypdf.PdfReader(tmp_path / "output/2024-12/brief.pdf").pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(612, 792)}


def test_without_a_browser_the_run_says_what_to_install(home, tmp_path):
    shutil.copy(home / "shop.csv", tmp_path)
    done = reportgen("run", "--input", "shop.csv", *NOW, cwd=tmp_path, BROWSER_PATH="/nonexistent/chromium")
    assert done.returncode == 6
    assert "chromium" in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "output").exists()


def _nodes(node):
    yield node
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(inner, dict):
            yield from _nodes(inner)


def _can_unshare():
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode == 0


def test_it_can_be_sent(home, edition):
    """Every check of the gate passes, the message reaches a real server, and what was sent is not touched again."""
    inbox = Inbox()
    with running(inbox) as port:
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "brief@example.com"\n'
        people = 'management = ["ann@example.com"]\noperators = ["ops@example.com"]\n[gate]\nmin_customers = 50\n'
        (home / "sending.toml").write_text(CONFIG + mail + people)
        before = hashes(edition)
        for _ in range(2):
            done = reportgen("send", "2024-12", "--config", "sending.toml", *NOW, cwd=home)
            assert (done.returncode, done.stdout) == (0, "2024-12 is with 1 of 1 reader.\n"), done.stderr
    assert inbox.recipients == ["ann@example.com"]
    assert inbox.messages[0][1].get_body(("html",)).get_content().count("cid:key-chart") == 1
    assert hashes(edition) == before
