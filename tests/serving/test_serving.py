"""The server over HTTP: who sees what, what is on record, and what attackers get."""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import pytest

from reportgen import config, ledger
from reportgen.serving.office import clock
from tests.processes import ROOT
from tests.serving.conftest import HTPASSWD, serving, settle

READY = {"archive": True, "ledger": True, "drafts": True}
DESK = ("/desk/", "/desk/compare", "/desk/audiences", "/desk/jobs/1", "/desk/jobs/1/events",
        "/desk/drafts/1/brief.json",
        "/desk/lists/2011-11/customers.csv", "/desk/audience.csv?issue=2011-11&segment=Best")  # fmt: skip


def acts(place):
    chosen = config.load(place / "config.toml")
    with ledger.looked_at(chosen.ledger.folder(chosen.report.output), clock(), 5) as book:
        return [(act.doer, act.act, act.detail) for act in book.acts()] if book else []


@pytest.mark.parametrize("who", ["bob", "ann"])
def test_everybody_who_is_logged_in_reads_the_archive(client, who):
    answer = client.ask("/", who)
    assert (answer.status, "November 2011" in answer.text) == (200, True)
    assert client.ask("/2011-11/index.html", who).status == 200
    assert client.ask("/2011-11/customers.csv", who).status == 404


def test_nobody_else_does(client):
    for path in ("/", "/2011-11/brief.pdf", *DESK):
        answer = client.ask(path, None)
        assert (answer.status, answer.headers["WWW-Authenticate"][:5]) == (401, "Basic")
    assert client.ask("/", "nobody").status == 401


def test_headers_of_a_proxy_mean_nothing_where_none_is_configured(client):
    forged = {"X-Forwarded-User": "ann", "X-Forwarded-Groups": "analysts", "X-Forwarded-For": "10.0.0.1"}
    assert client.ask("/desk/", None, **forged).status == 401
    assert client.ask("/desk/", "bob", **forged).status == 403


def test_forged_headers_from_a_foreign_address_open_nothing(place, tmp_path):
    shutil.copytree(place / "output", tmp_path / "output")
    with serving(settle(tmp_path, 'proxies = ["192.0.2.9"]')) as foreign:
        forged = {"X-Forwarded-User": "ann", "X-Forwarded-Groups": "analysts", "X-Forwarded-For": "192.0.2.9",
                  "Forwarded": "for=192.0.2.9"}  # fmt: skip
        assert foreign.ask("/", None, **forged).status == 403
        assert foreign.ask("/desk/", None, **forged).status == 403
        assert foreign.ask("/healthz", None).status == 200


def test_the_headers_of_the_configured_proxy_count(place, tmp_path):
    shutil.copytree(place / "output", tmp_path / "output")
    with serving(settle(tmp_path, 'proxies = ["127.0.0.1"]')) as behind:
        assert behind.ask("/desk/", None, X_Forwarded_User="kim", X_Forwarded_Groups="analysts").status == 200
        assert behind.ask("/desk/", None, X_Forwarded_User="kim", X_Forwarded_Groups="staff").status == 403


def test_names_beyond_ascii_are_read_as_proxies_write_them(place, tmp_path):
    shutil.copytree(place / "output", tmp_path / "output")
    access = 'proxies = ["127.0.0.1"]\nreaders = ["Führung"]'
    with serving(settle(tmp_path, access)) as behind:
        for written in ("utf-8", "latin-1"):
            group = "Führung".encode(written).decode("latin-1")  # as http.client puts a header on the wire
            assert behind.ask("/", None, X_Forwarded_User="kim", X_Forwarded_Groups=group).status == 200
        assert behind.ask("/", None, X_Forwarded_User="kim", X_Forwarded_Groups="Fuhrung").status == 403


def test_without_a_login_another_name_for_this_machine_is_refused(place, tmp_path):
    shutil.copytree(place / "output", tmp_path / "output")
    with serving(settle(tmp_path, "")) as local:
        assert local.ask("/", None).status == 200
        assert local.ask("/", None, Host="evil.example").status == 403
        assert local.ask("/desk/", None).status == 403


@pytest.mark.parametrize("path", DESK)
def test_readers_do_not_get_what_is_for_analysts(client, path):
    answer = client.ask(path, "bob")
    assert (answer.status, "C1" in answer.text) == (403, False)


@pytest.mark.parametrize("path", ["/desk/regenerate", "/desk/jobs/1/cancel", "/desk/jobs/1/publish"])
def test_readers_change_nothing(client, place, path):
    before = acts(place)
    assert client.post(path, "bob", period="2011-11").status == 403
    assert acts(place) == before


@pytest.mark.parametrize("path", ["/desk/regenerate", "/desk/jobs/1/cancel", "/desk/jobs/1/publish"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"},
     {"Sec_Fetch_Site": "same-site"}, {"Origin": "SELF", "Sec_Fetch_Site": "cross-site"},
     {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"}],
)  # fmt: skip
def test_other_sites_change_nothing(client, place, path, headers):
    before = acts(place)
    sent = {name: client.origin if value == "SELF" else value for name, value in headers.items()}
    answer = client.ask(path, "ann", "POST", "period=2011-11", **sent)
    assert (answer.status, answer.text) == (403, "A change must come from a page of this server.\n")
    assert acts(place) == before


def test_a_browser_reads_why_it_may_not_enter_and_what_to_do(client):
    answer = client.ask("/", "", Accept="text/html,*/*")
    assert answer.status == 401
    assert "<h1>Log in.</h1><p>Load this page again" in answer.text
    answer = client.ask("/desk/regenerate", "ann", "POST", "", Accept="text/html", Origin="https://evil.example")
    assert (answer.status, "<h1>A change must come from a page of this server.</h1>" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "path",
    ["/../config.toml", "/%2e%2e/config.toml", "/..%2fconfig.toml", "/2011-11/../../config.toml", "//etc/passwd",
     "/2011-11/%2e%2e/%2e%2e/htpasswd", "/..%5cconfig.toml", "/%00", "/2011-11/manifest.json",
     "/../output/2011-11/customers.csv",
     "/desk/assets/../../config.toml", "/desk/assets/%2e%2e/desk.py", "/desk/lists/..%2f..%2f/customers.csv",
     "/desk/lists/2011-11/manifest.json", "/desk/lists/../config.toml", "/desk/lists/%2e%2e/config.toml",
     "/desk/drafts/1/..%2f..%2f..%2fconfig.toml", "/desk/drafts/..%2f/config.toml", "/desk/jobs/-1",
     "/desk/jobs/%D9%A1", "/desk/jobs/99999999999999999999", "/desk/compare?one=../../x&other=2011-11",
     "/desk/compare?one=draft-x&other=2011-11",
     "/desk/audience.csv?issue=2011-11&segment=Nobody", "/desk/audience.csv?issue=..&segment=Best"],
)  # fmt: skip
def test_no_path_leads_out(client, path):
    answer = client.ask(path)
    assert answer.status == 404, answer.text
    assert "password" not in answer.text
    assert "[serve]" not in answer.text


def test_a_link_out_of_the_site_is_not_followed(client, place):
    link = place / "output-site/out.txt"
    link.symlink_to(place / "config.toml")
    try:
        assert client.ask("/out.txt").status == 404
    finally:
        link.unlink()


def test_every_answer_tells_the_browser_to_be_careful(client):
    for path, who in (("/", "bob"), ("/desk/", "ann"), ("/desk/", "bob"), ("/", None), ("/nowhere", "ann")):
        headers = client.ask(path, who).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "script-src" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] in {"no-store", "private, no-cache"}
        assert "server" not in headers


def test_lists_are_given_and_it_is_on_record(client, place):
    answer = client.ask("/desk/lists/2011-11/customers.csv")
    assert "C3,Best" in answer.text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2011-11-customers.csv"'
    assert acts(place)[-1] == ("ann", "download", "2011-11/customers.csv")


def test_lists_are_not_fetched_by_pages_of_other_sites(client, place):
    before = acts(place)
    for path in ("/desk/lists/2011-11/customers.csv", "/desk/audience.csv?issue=2011-11&segment=Best"):
        assert client.ask(path, Sec_Fetch_Site="cross-site").status == 403
    assert acts(place) == before


def test_lists_that_everybody_may_have_are_on_record_too(place, tmp_path):
    shutil.copytree(place / "output", tmp_path / "output")
    file = settle(tmp_path)
    file.write_text(file.read_text().replace("[report]", "[report]\ncustomers_in_html = true"))
    with serving(file) as shown:
        for path in ("/2011-11/customers.csv", "/2011-11/./customers.csv", "/2011-11/customers.csv/."):
            shown.ask(path, "bob")
    assert acts(tmp_path) == [("bob", "download", "2011-11/customers.csv")] * 3


def test_an_audience_is_one_segment_and_safe_for_spreadsheets(client, place):
    answer = client.ask("/desk/audience.csv?issue=2011-10&segment=Best", "eve")
    assert answer.text == "customer,segment\r\nC1,Best\r\n'=2+2,Best\r\n"
    assert acts(place)[-1] == ("eve", "download", "2011-10: audience Best")


def test_the_columns_of_an_audience_are_configured(place, tmp_path):
    shutil.copytree(place / "output", tmp_path / "output")
    more = f'{HTPASSWD}\naudience = {{ "@id" = "customer", spend = "monetary" }}'
    with serving(settle(tmp_path, more)) as other:
        answer = other.ask("/desk/audience.csv?issue=2011-10&segment=Best")
    assert answer.text == "'@id,spend\r\nC1,1200.50\r\n'=2+2,80.00\r\n"


def test_two_issues_stand_side_by_side(client):
    assert "Both have the same figures" in client.ask("/desk/compare?one=2011-11&other=2011-11").text
    page = client.ask("/desk/compare?one=2011-10&other=2011-11").text
    moved = page.partition("Who moved")[2]
    assert "Of 3 customers in both, 1 changed segment. Rows: October 2011. Columns: November 2011." in moved
    assert re.search(r"Lost</th><td>1</td>", moved)


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"period": "2011-13"}, "no period"), ({"period": "--help"}, "no period"),
     ({"recipe": "/etc/passwd"}, "no recipe"),
     ({"paper": "A0"}, "no paper"), ({"input": "/etc/passwd"}, "no input"), ({"period": "<b>x</b>"}, "&lt;b&gt;")],
)  # fmt: skip
def test_a_wish_that_makes_no_sense_is_refused_before_anything_runs(client, changed, told):
    wish = {"period": "2024-12", "recipe": "strategic", "paper": "A4", "input": "configured", **changed}
    answer = client.post("/desk/regenerate", **wish)
    assert (answer.status, told in answer.text) == (422, True)


def test_an_origin_that_is_none_is_refused(client):
    answer = client.ask("/desk/regenerate", "ann", "POST", "period=2011-11", Origin="http://[::1")
    assert (answer.status, answer.text) == (400, "The address can't be read.\n")


def test_a_form_that_does_not_arrive_is_given_up(client, monkeypatch):
    monkeypatch.setattr("reportgen.serving.regenerating.PATIENCE", 0.2)
    answer = client.ask("/desk/regenerate", "ann", "POST", "period", Origin=client.origin, Content_Length="100")
    assert answer.status == 408
    assert "did not arrive whole" in answer.text


def test_a_huge_form_is_not_read(client):
    assert client.post("/desk/regenerate", period="x" * 100_000).status == 413


def test_monitoring_needs_no_login_and_learns_nothing(client, place):
    assert (client.ask("/healthz", None).text, client.ask("/healthz", None).status) == ("ok\n", 200)
    assert json.loads(client.ask("/readyz", None).text) == READY
    index = place / "output-site/index.html"
    index.rename(index.with_suffix(".away"))
    try:
        answer = client.ask("/readyz", None)
        assert (answer.status, json.loads(answer.text)["archive"]) == (503, False)
    finally:
        index.with_suffix(".away").rename(index)


def test_a_disk_that_takes_no_drafts_is_told_to_monitoring(place, tmp_path, monkeypatch):
    shutil.copytree(place / "output", tmp_path / "output")

    def told(client):
        answer = client.ask("/readyz", None)
        return answer.status, json.loads(answer.text)

    with serving(settle(tmp_path)) as client:
        assert told(client) == (200, READY)
        monkeypatch.setattr("reportgen.serving.worker.ROOM", 1 << 60)
        assert told(client) == (503, READY | {"drafts": False})
        monkeypatch.undo()
        (tmp_path / "output-drafts").write_text("in the way")
        assert told(client) == (503, READY | {"drafts": False})


def test_a_ledger_that_is_missing_is_missed_and_not_made(place, tmp_path, monkeypatch):
    monkeypatch.setattr("reportgen.serving.app.REVIVAL", 0.05)
    shutil.copytree(place / "output", tmp_path / "output")
    with serving(settle(tmp_path)) as client:
        shutil.rmtree(tmp_path / "output-ledger")
        for _ in range(3):
            time.sleep(0.1)  # the watch over jobs looks meanwhile
            answer = client.ask("/readyz", None)
            assert (answer.status, json.loads(answer.text)) == (503, READY | {"ledger": False})
        client.ask("/desk/")
        assert not (tmp_path / "output-ledger").exists()


@pytest.mark.parametrize("damage", [None, "ann:plain\n"])
def test_passwords_that_cannot_be_read_are_told_to_the_log_alone(place, tmp_path, capfd, damage):
    shutil.copytree(place / "output", tmp_path / "output")
    with serving(settle(tmp_path)) as client:
        assert client.ask("/").status == 200
        (tmp_path / "htpasswd").write_text(damage) if damage else (tmp_path / "htpasswd").unlink()
        for who in ("ann", "nobody"):
            answer = client.ask("/", who)
            assert (answer.status, "htpasswd" in answer.text, str(tmp_path) in answer.text) == (503, False, False)
        assert client.ask("/healthz", None).status == 200
    assert f"Nobody can log in: [serve] htpasswd: {tmp_path / 'htpasswd'}" in capfd.readouterr().err


def test_a_missing_extra_says_what_installs_it(place):
    code = "import sys; sys.modules['uvicorn'] = None; from reportgen.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--config", str(place / "config.toml")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 6
    assert (
        done.stderr
        == "Error: serving needs uvicorn, which isn't installed\nInstall it: pip install 'reportgen[serve]'\n"
    )
