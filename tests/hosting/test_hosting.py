"""The hosted archive: what it shows, what it keeps back, that it stands by itself."""

import re
import shutil
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from reportgen import hosting
from reportgen.config import Ledger
from reportgen.errors import MachineError, UsageError
from reportgen.hosting.feed import ATOM
from reportgen.issuing import desk
from reportgen.ledger.clock import Clock
from tests.hosting import archives
from tests.hosting.archives import MADE, PAGE, config, content, month, put, rendered, replace
from tests.shops import call, settle


@pytest.fixture
def output(tmp_path):
    folder = tmp_path / "output"
    for name in ("2011-09", "2011-10", "2011-10~r2", "2011-11", "2011-11~kmeans-4", "all"):
        put(folder, name)
    return folder


@pytest.fixture
def site(output):
    hosting.rebuild(config(output))
    return output.with_name("output-site")


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, _tag, attrs):
        self.found |= {value for name, value in attrs if name in {"href", "src"} and value}


def links(page):
    parser = Links()
    parser.feed(page.read_text("utf-8"))
    return parser.found


def test_issues_stand_newest_first_with_headline_and_downloads(site):
    page = (site / "index.html").read_text()
    listed = re.findall(r'<h3><a href="([^"]+)">([^<]+)</a>', page)
    assert listed[:3] == [
        ("2011-11/index.html", "November 2011"),
        ("2011-10~r2/index.html", "October 2011"),
        ("2011-09/index.html", "September 2011"),
    ]
    assert page.count("Up &amp; &lt;away&gt;.") == 5  # the latest, three months, the whole record
    assert '<a href="2011-10/index.html">first issue</a>' in page
    assert '<a href="2011-11~kmeans-4/index.html">Strategic segments</a>' in page
    assert "Test &amp; Sons &lt;b&gt;" in page


@pytest.mark.parametrize("end", ["/>", ">"])
def test_the_headline_is_the_one_that_was_published(output, end):
    made = rendered(month("2011-10"))[0]
    found = re.search(r'<meta name="description" content="(Net revenue was [^"]+)"/>', made)
    words = "Sold “more” &amp; &lt;more&gt;."
    published = made.replace(found[0], f'<meta name="description" content="{words}"{end}')
    (output / "2011-10~r2/index.html").write_text(published)
    hosting.rebuild(config(output))
    site = output.with_name("output-site")
    assert f"<p>{words}</p>" in (site / "index.html").read_text()
    assert words in (site / "feed.xml").read_text()


def test_a_page_without_a_headline_has_the_one_of_its_figures(output):
    page = output / "2011-10~r2/index.html"
    page.write_text(page.read_text().replace('name="description"', 'name="other"'))
    hosting.rebuild(config(output))
    assert "Net revenue was £1.46m" in (output.with_name("output-site") / "index.html").read_text()


def test_each_issue_has_the_way_back_to_all_of_them(site):
    for name in ("2011-09", "2011-10", "2011-10~r2", "2011-11", "2011-11~kmeans-4"):
        first = (
            (site / name / "index.html")
            .read_text()
            .partition('<nav class="contents" aria-label="Sections"><div class="inner">\n')[2]
        )
        assert first.startswith('<a href="../index.html">← All issues</a>\n<a href="#summary">'), name


def test_what_finds_no_place_on_a_page_is_said(output):
    for name in ("2011-10", "2011-09"):
        page = output / name / "index.html"
        page.write_text(page.read_text().replace('<nav class="contents"', "<nav").replace('"masthead"', '"mast"'))
    said = []
    hosting.rebuild(config(output), said.append)
    notice = 'the notice "Revision 2 has replaced this issue; the archive shows both."'
    parts = ["2011-10, the link to all issues", f"2011-10, {notice}", "2011-09, the link to all issues"]
    assert said == [f"Left out of the hosted archive: {part}: its page has no place for it" for part in parts]


def test_every_link_of_every_page_leads_somewhere_within(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) == 8
    for page in pages:
        for link in links(page):
            if link.startswith(("#", "data:")):
                continue
            assert not re.match(r"[a-z]+:|/", link), link
            assert (page.parent / link).resolve().is_relative_to(site), link
            assert (page.parent / link).is_file(), f"{page}: {link}"


def test_issues_without_a_page_are_linked_by_what_there_is_of_them(output):
    for name in ("2011-11", "2011-10~r2", "2011-09"):
        (output / name / "index.html").unlink()
    for name in ("brief.pdf", "brief.json"):
        (output / "2011-09" / name).unlink()
    site = output.with_name("output-site")
    hosting.rebuild(config(output))
    found = {link.get("href") for link in ET.parse(site / "feed.xml").iter(f"{{{ATOM}}}link")}  # noqa: S314
    assert found >= {"2011-11/brief.pdf", "2011-10~r2/brief.pdf", "2011-10/index.html", "index.html"}
    for link in links(site / "index.html") | found:
        assert link.startswith(("#", "data:")) or (site / link).is_file(), link


def test_customers_stay_out_of_it(site):
    assert not [name for name in content(site) if "customers" in name or "watch" in name or "manifest" in name]
    page = (site / "2011-11/index.html").read_text()
    for trace in ("customers", "watch_list", "<h2>Look up"):
        assert trace in PAGE
        assert trace not in page
    assert "brief.pdf" in page


def test_customers_are_in_it_where_the_configuration_says_so(output):
    hosting.rebuild(config(output, lists=True))
    site = output.with_name("output-site")
    assert (site / "2011-11/customers.csv").read_bytes() == (output / "2011-11/customers.csv").read_bytes()
    assert 'href="2011-11/customers.csv"' in (site / "index.html").read_text()
    assert 'id="customers"' in (site / "2011-11/index.html").read_text()
    assert not list(site.rglob("manifest.json"))


def test_plotly_is_there_once_for_all_issues(site):
    names = [name for name in content(site) if "plotly" in name]
    assert len(names) == 1
    assert (site / "2011-11/assets/charts.js").read_text() == f'load("../{names[0]}")'


def test_issues_of_another_plotly_keep_theirs(output):
    put(output, "2011-08", **{"assets/plotly__min__js": b"older"})
    hosting.rebuild(config(output))
    assert len(list(output.with_name("output-site").glob("assets/plotly-*.min.js"))) == 2


def test_an_issue_that_was_replaced_says_so(site):
    assert "Revision 2 has replaced this issue" in (site / "2011-10/index.html").read_text()
    assert "replaced" not in (site / "2011-10~r2/index.html").read_text()


def test_latest_leads_to_the_issue_that_holds(output):
    for name in ("all", "2011-11", "2011-11~kmeans-4"):
        shutil.rmtree(output / name)
    hosting.rebuild(config(output))
    assert (
        'content="0; url=../2011-10~r2/index.html"'
        in (output.with_name("output-site") / "latest/index.html").read_text()
    )


def test_the_same_archive_gives_the_same_bytes(output, site):
    before = content(site)
    hosting.rebuild(config(output))
    assert content(site) == before


def test_the_edition_itself_stays_as_it_is(output):
    before = content(output)
    hosting.rebuild(config(output))
    assert content(output) == before


def test_the_evaluation_of_the_recipes_is_hosted_too(output):
    put(output, "2011-12", evaluation__json=b"{}").rename(output / "evaluation")
    (output / "evaluation/brief.json").unlink()
    said = []
    hosting.rebuild(config(output), said.append)
    assert said == []
    site = output.with_name("output-site")
    assert (site / "evaluation/index.html").is_file()
    assert not (site / "evaluation/customers.csv").exists()
    assert 'href="evaluation/index.html"' in (site / "index.html").read_text()


def test_the_feed_is_atom_with_the_times_of_the_manifests(output):
    hosting.rebuild(config(output, base_url="https://intranet.example.com/briefs"))
    root = ET.parse(output.with_name("output-site") / "feed.xml").getroot()  # noqa: S314
    space = {"a": ATOM}
    entries = root.findall("a:entry", space)
    assert [entry.findtext("a:title", "", space) for entry in entries][:3] == [
        "Customer Segments Brief: November 2011",
        "Customer Segments Brief: October 2011, revision 2",
        "Customer Segments Brief: October 2011",
    ]
    assert len({entry.findtext("a:id", "", space) for entry in [root, *entries]}) == len(entries) + 1
    assert {entry.findtext("a:updated", "", space) for entry in [root, *entries]} == {"2011-12-01T06:00:00+00:00"}
    assert entries[1].find("a:link", space).get("href") == "https://intranet.example.com/briefs/2011-10~r2/index.html"
    assert entries[0].findtext("a:summary", "", space).startswith("Up & <away>.")


def test_a_brief_that_cannot_be_read_costs_its_line_alone(output):
    put(output, "2011-10~r2", index__html=archives.page(archives.NAMING).encode(), brief__json=b"{")
    hosting.rebuild(config(output))
    index = (output.with_name("output-site") / "index.html").read_text()
    assert index.count("can’t be read") == 1
    assert "2011-10~r2/index.html" in index


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("manifest.json", b"{"),
        ("manifest.json", b"[]"),
        ("manifest.json", b'{"made": "\xff"}'),
        ("index.html", "<h1>Müller".encode("cp1252")),
    ],
)
def test_an_edition_that_cannot_be_read_costs_no_other_and_that_is_said(output, file, damage):
    put(output, "2011-12").rename(output / "evaluation")
    for name in ("2011-10~r2", "evaluation"):
        (output / name / file).write_bytes(damage)
    said = []
    assert hosting.rebuild(config(output), said.append).endswith("shows 4 issues.")
    assert [re.search(rf"output/(.*)/{file} can't be read", text)[1] for text in said] == ["2011-10~r2", "evaluation"]
    site = output.with_name("output-site")
    assert (site / "2011-10/index.html").is_file()
    assert not (site / "2011-10~r2").exists()
    assert not (site / "evaluation").exists()


def test_readers_are_told_of_a_revision_that_cannot_be_shown(output):
    for name in ("2011-10~r2", "2011-11"):
        (output / name / "manifest.json").write_text("{")
    hosting.rebuild(config(output))
    site = output.with_name("output-site")
    page = (site / "index.html").read_text()
    assert "The files of November 2011, first issue; October 2011, revision 2 are damaged: they can’t be shown." in page
    told = "Revision 2 of this issue exists, but can’t be shown"
    assert page.count(told) == 1
    assert told in (site / "2011-10/index.html").read_text()
    assert told not in (site / "2011-09/index.html").read_text()


def test_other_damage_to_an_edition_costs_only_itself(output):
    (output / "2011-09/brief.json").write_bytes(b'{"title": "\xff"}')
    (output / "2011-10/assets/charts.js").unlink()
    assert hosting.rebuild(config(output)).endswith("shows 4 issues.")
    assert not (output.with_name("output-site") / "2011-09/brief.json").exists()


def test_the_trend_draws_months_that_follow_and_breaks_where_one_is_missing(output):
    put(output, "2011-06")
    hosting.rebuild(config(output))
    page = (output.with_name("output-site") / "index.html").read_text()
    figure = page.partition('<figure class="panel">')[2].partition("</figure>")[0]
    assert figure.count("<polyline") == 1
    assert len(re.search(r'points="([^"]+)"', figure)[1].split()) == 3
    assert figure.count("<circle") == 2
    assert "£1.46m in June 2011" in figure


def test_many_issues_get_a_page_per_year_and_the_first_stays_small(tmp_path):
    output = tmp_path / "output"
    for year in range(2009, 2012):
        for number in range(1, 13):
            put(output, f"{year}-{number:02}")
    hosting.rebuild(config(output))
    site = tmp_path / "output-site"
    assert len(re.findall('<li class="issue">', (site / "index.html").read_text())) == 24
    assert len(re.findall('<li class="issue">', (site / "2009/index.html").read_text())) == 12
    first = [site / "index.html", *site.glob("assets/*.css"), *site.glob("assets/fonts/*"), site / "assets/logo.svg"]
    assert sum(path.stat().st_size for path in first) < 200_000


def test_an_empty_archive_has_a_page_too(tmp_path):
    hosting.rebuild(config(tmp_path / "output"))
    assert "There is no issue yet" in (tmp_path / "output-site/index.html").read_text()
    assert not (tmp_path / "output-site/latest").exists()


def test_a_folder_of_something_else_is_left_alone(output):
    other = output.with_name("www")
    other.mkdir()
    (other / "index.html").write_text("mine")
    with pytest.raises(MachineError, match=r"not a hosted archive"):
        hosting.rebuild(config(output, site=str(other)))
    assert content(other) == {"index.html": b"mine"}


@pytest.mark.parametrize("site", ["output/site", ".", "output"])
def test_the_site_lies_apart_from_the_output(output, site):
    with pytest.raises(UsageError, match="must lie apart"):
        hosting.rebuild(config(output, site=str(output.parent / site)))


@pytest.mark.parametrize(("ledger", "site"), [("www/ledger", "www"), ("ledger", "ledger/www"), ("www", "www")])
def test_the_site_lies_apart_from_the_ledger(output, ledger, site):
    """Each rebuilt site takes the place of the folder before, with all that lay in it."""
    place = output.parent
    chosen = replace(config(output, site=str(place / site)), ledger=Ledger(path=str(place / ledger)))
    with pytest.raises(UsageError, match=r"ledger .* must lie apart"), desk.taken(chosen, Clock(MADE.astimezone())):
        pass
    assert [path.name for path in place.iterdir()] == ["output"]


def test_readers_never_see_half_of_it(output, site, monkeypatch):
    before = content(site)
    put(output, "2011-12")

    def fails(source, target):
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("os.link", fails)
    with pytest.raises(MachineError, match="No space left"):
        hosting.rebuild(config(output))
    assert content(site) == before
    assert not list(output.parent.glob(".output-site*"))


@pytest.mark.slow
def test_runs_rebuild_it_and_so_do_the_verbs_that_change_the_archive(tmp_path):
    settle(tmp_path, more="[report]\ncustomers_in_html = true", port=9)
    site = tmp_path / "output-site"
    assert call(tmp_path, "run").returncode == 0
    assert "\nC001," in (site / "2024-12/customers.csv").read_text()
    assert call(tmp_path, "forget", "C001").returncode == 0
    assert "\nC001," not in (site / "2024-12/customers.csv").read_text()
    shutil.rmtree(site)
    done = call(tmp_path, "archive")
    assert (done.returncode, done.stdout.strip()) == (0, f"{site} shows 1 issue.")
