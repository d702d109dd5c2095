"""Sending an issue: who gets what, once; what holds it back; who hears of it."""

import email
import email.policy
import json
import re
import shutil
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from reportgen.errors import DeliveryError, GateError, HostingError, MachineError, UsageError
from reportgen.issuing import approving, looking, making, previewing, running
from reportgen.issuing.sending import Wish
from reportgen.ledger.clock import Clock
from reportgen.pipeline import Job
from tests.issuing.conftest import NEW_YEAR
from tests.mailserver import DROP
from tests.shops import call
from tests.telling import SILENT

pytestmark = pytest.mark.slow

DECEMBER = Wish("2024-12")
MANAGEMENT = ["ann@example.com", "bob@example.com"]
TIGHT = {"gate": ("min_customers = 50", "min_customers = 5000")}


def send(office, wish=DECEMBER, now=NEW_YEAR):
    with office.desk(now) as table:
        return making.recorded_send(table, wish)


def test_management_gets_the_brief_once(office, inbox):
    assert send(office) == "2024-12 is with 2 of 2 readers."
    assert send(office) == "2024-12 is with 2 of 2 readers."
    assert inbox.recipients == MANAGEMENT


def test_the_message_carries_page_one(office, inbox):
    send(office)
    message = inbox.to("ann@example.com")[0]
    assert message["Subject"] == "Customer Segments Brief: December 2024"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    page, picture = (next(part for part in message.walk() if part.get_content_type() == kind)
                     for kind in ("text/html", "image/png"))  # fmt: skip
    html, text = page.get_content(), message.get_body(("plain",)).get_content()
    assert f"cid:{picture['Content-ID'].strip('<>')}" in html
    assert picture.get_content().startswith(b"\x89PNG")
    assert len(html.encode()) < 100_000
    assert not re.search(r"<(script|link|svg)|src=\"(?!cid:)", html)
    for each in (html, text):
        assert "https://intranet.example.com/briefs/2024-12/" in each
        assert "Net revenue was" in each
        assert "What to do" in each or "WHAT TO DO" in each
    attachment = next(message.iter_attachments())
    assert attachment.get_filename() == "customer-segments-brief-2024-12.pdf"
    assert attachment.get_content() == (office.folder / "output/2024-12/brief.pdf").read_bytes()


def test_over_the_limit_the_link_alone(office, inbox):
    office.configure(more="attachment_limit = 0.01")
    send(office)
    message = inbox.to("ann@example.com")[0]
    assert [part.get_filename() for part in message.iter_attachments()] == []
    assert "attached" not in message.get_body(("plain",)).get_content()
    office.configure(more="attachment_limit = 0.01", base=('base_url = "https://intranet.example.com/briefs"', ""))
    with pytest.raises(UsageError, match="no address to link to"):
        send(office, Wish("2024-12", to="cleo@example.com"))


def test_a_new_reader_alone_gets_what_is_missing(office, inbox):
    send(office)
    office.configure(list=('"ann@example.com"', '"ann@example.com", "cleo@example.com"'))
    assert send(office, now=NEW_YEAR + timedelta(days=200)) == "2024-12 is with 3 of 3 readers."
    assert inbox.recipients == [*MANAGEMENT, "cleo@example.com"]


def test_a_held_issue_reaches_operators_alone_and_once(office, inbox):
    office.configure(**TIGHT)
    for _ in range(2):
        with pytest.raises(GateError, match="min_customers is 5000"):
            send(office)
    assert inbox.recipients == ["ops@example.com"]
    text = inbox.messages[0][1].get_content()
    assert "min_customers is 5000" in text
    assert "nothing was sent to management" in text


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("index.html", b"Net revenue was", b"Net revenue wasn't"),
        ("index.html", b"Net revenue was", b"Net \xff"),
        ("brief.pdf", b"obj", b"?"),
    ],
)
def test_a_damaged_archive_is_held(office, inbox, name, old, new):
    file = office.folder / "output/2024-12" / name
    file.write_bytes(file.read_bytes().replace(old, new))
    with pytest.raises(GateError, match=f"not as the manifest says: {re.escape(name)}"):
        send(office)
    assert inbox.recipients == ["ops@example.com"]


def test_an_issue_of_the_month_before_that_cannot_be_read_holds_no_mail_back(office, inbox, tmp_path):
    shutil.copytree(office.folder / "output/2024-12", office.folder / "output/2024-11")
    (office.folder / "output/2024-11/brief.json").write_text("{")
    said = previewing.preview(office.config, Clock(NEW_YEAR), DECEMBER, tmp_path)
    assert re.search(r"ok    restated: .* is not compared: .*2024-11/brief\.json can't be read", said)
    assert send(office) == "2024-12 is with 2 of 2 readers."
    assert inbox.recipients == MANAGEMENT


def test_an_old_month_is_not_sent_by_mistake(office, inbox):
    with pytest.raises(GateError, match="ended 45 days ago"):
        send(office, now=NEW_YEAR + timedelta(days=45))


def test_who_is_refused_is_told_to_operators_once(office, inbox):
    inbox.rcpt["bob@example.com"] = ["550 no such user"]
    for _ in range(2):
        with pytest.raises(DeliveryError, match=r"1 of 2 readers: bob@example\.com refused"):
            send(office)
    assert inbox.recipients == ["ann@example.com", "ops@example.com"]


def test_what_is_unknown_stays_so_until_somebody_asks(office, inbox):
    inbox.data["bob@example.com"] = [DROP]
    for _ in range(2):
        with pytest.raises(DeliveryError, match=r"bob@example\.com unknown"):
            send(office)
    assert inbox.recipients == ["ann@example.com", "ops@example.com"]
    assert send(office, Wish("2024-12", resend=True)) == "2024-12 is with 2 of 2 readers."
    assert inbox.recipients == ["ann@example.com", "ops@example.com", "bob@example.com"]
    assert send(office, Wish("2024-12", to="ann@example.com", resend=True))
    assert inbox.recipients[3:] == ["ann@example.com"]


def test_another_address_may_be_named_within_the_domains(office, inbox):
    assert send(office, Wish("2024-12", to="Cleo <cleo@example.com>")) == "2024-12 is with 1 of 1 reader."
    with pytest.raises(UsageError, match="allowed domain"):
        send(office, Wish("2024-12", to="eve@evil.org"))
    assert inbox.recipients == ["cleo@example.com"]


def test_approval_is_for_what_was_shown(office, inbox):
    office.configure(more="approve = true")
    for _ in range(2):
        assert "waits for approval" in send(office)
    assert inbox.recipients == ["ops@example.com"]
    draft = inbox.messages[0][1]
    assert draft["Subject"] == "For approval: Customer Segments Brief: December 2024"
    assert "reportgen approve 2024-12" in draft.get_body(("plain",)).get_content()
    assert "2024-12: made 2025-01-01 06:00; waits for approval" in looking.status(office.config, Clock(NEW_YEAR))
    with office.desk() as table:
        table.ledger.approve("2024-12", "another content", "ann")
        assert "waits for approval" in making.recorded_send(table, DECEMBER)
        assert approving.approve(table, "2024-12") == "2024-12 is with 2 of 2 readers."
    assert inbox.recipients == ["ops@example.com", *MANAGEMENT]


def test_the_status_tells_all_times_by_the_shops_clock(office):
    send(office)
    shown = list(looking.status(office.config, Clock(NEW_YEAR.astimezone(ZoneInfo("Asia/Tokyo")))))
    assert "sent to 2 of 2, last 2025-01-01 15:0" in shown[0]
    assert shown[-2].startswith("Last run: 2025-01-01 15:00 to 2025-01-01 15:0")
    assert shown[-1] == "Times: Asia/Tokyo."
    assert not any("+00:00" in line for line in shown)


def test_a_dry_run_shows_all_and_does_nothing(office, inbox, tmp_path):
    office.configure(**TIGHT)
    text = previewing.preview(office.config, Clock(NEW_YEAR), DECEMBER, tmp_path)
    assert "HOLD  enough" in text
    assert (
        "ok    agrees: headline and 6 figures are the same in brief.json, PDF, page, mail (text), mail (html)" in text
    )
    assert "Would go to 2 of 2: ann@example.com, bob@example.com" in text
    message = email.message_from_bytes((tmp_path / "2024-12.eml").read_bytes(), policy=email.policy.default)
    assert message["To"] == "ann@example.com"
    assert inbox.offered == []
    assert not any("delivery" in line for line in looking.log(office.config, Clock(NEW_YEAR), as_json=True))


def test_a_dry_run_names_those_who_would_get_it(office, inbox, tmp_path):
    def named(**wish):
        text = previewing.preview(office.config, Clock(NEW_YEAR), Wish("2024-12", **wish), tmp_path)
        return text.rpartition("Would go to ")[2]

    inbox.data["bob@example.com"] = [DROP]
    with pytest.raises(DeliveryError):
        send(office)
    assert named() == "0 of 2: nobody"
    assert named(resend=True) == "1 of 2: bob@example.com"
    assert named(to="Ann@Example.com") == "0 of 1: nobody"
    assert named(to="Ann@Example.com", resend=True) == "1 of 1: ann@example.com"


def test_a_reader_is_one_however_the_address_is_written(office, inbox):
    send(office)
    office.configure(list=('"ann@example.com"', '"Ann <Ann@Example.com>"'))
    send(office)
    send(office, Wish("2024-12", to="ANN@EXAMPLE.COM"))
    assert inbox.recipients == MANAGEMENT


def test_a_revision_waits_until_somebody_asks_for_it(office, inbox):
    send(office)
    lines = (office.folder / "shop.csv").read_text().splitlines(keepends=True)
    gone = next(place for place, line in enumerate(lines) if ",2024-12-1" in line)
    (office.folder / "shop.csv").write_text("".join(lines[:gone] + lines[gone + 1 :]))
    named = msgspec.structs.replace(office.config.report, period="2024-12")
    job = Job(office.config, "strategic", NEW_YEAR.replace(tzinfo=None))
    with office.desk() as table:
        again = Job(msgspec.structs.replace(office.config, report=named), "strategic", job.now)
        assert making.make(table, again, SILENT).edition == "2024-12~r2"
        assert running.make_and_send(table, job, SILENT) == "2024-12 is with 2 of 2 readers."
    assert inbox.recipients == MANAGEMENT
    assert send(office) == "2024-12~r2 is with 2 of 2 readers."
    assert inbox.recipients == MANAGEMENT * 2


def test_the_scheduled_run_knows_what_is_done(office, inbox):
    send(office)
    job = Job(office.config, "strategic", NEW_YEAR.replace(tzinfo=None))
    (office.folder / "shop.csv").unlink()  # it isn't even looked at
    with office.desk() as table:
        assert running.make_and_send(table, job, SILENT) == "2024-12 is with 2 of 2 readers."
    assert inbox.recipients == MANAGEMENT


def test_a_hosted_archive_that_fails_holds_no_mail_back_and_is_made_by_the_next_run(office, inbox):
    site = office.folder / "output-site"
    shutil.rmtree(site)
    (site / "of-somebody-else").mkdir(parents=True)
    job = Job(office.config, "strategic", NEW_YEAR.replace(tzinfo=None))
    for _ in range(2):
        with office.desk() as table, pytest.raises(HostingError, match=r"with 2 of 2 readers.*left alone"):
            running.make_and_send(table, job, SILENT)
    assert inbox.recipients == [*MANAGEMENT, "ops@example.com"]
    assert "is not hosted" in inbox.messages[-1][1]["Subject"]
    shutil.rmtree(site)
    with office.desk() as table:
        running.make_and_send(table, job, SILENT)
    assert (site / "2024-12/index.html").is_file()


def test_a_run_that_fails_is_told_once_to_operators_alone(office, inbox):
    (office.folder / "shop.csv").write_text("nothing\n")
    job = Job(office.config, "strategic", NEW_YEAR.replace(tzinfo=None))
    for _ in range(2):
        with office.desk() as table, pytest.raises(Exception, match=r"shop\.csv"):
            running.make_and_send(table, job, SILENT)
    assert inbox.recipients == ["ops@example.com"]
    assert "was not made" in inbox.messages[0][1]["Subject"]


def test_a_sending_that_fails_is_told_once_to_operators_alone(office, inbox):
    inbox.rcpt["bob@example.com"] = ["450 later"] * 2
    with pytest.raises(DeliveryError):
        send(office)
    sent = len(inbox.messages)
    (office.folder / "output/2024-12/brief.json").write_text("{")
    job = Job(office.config, "strategic", NEW_YEAR.replace(tzinfo=None))
    for _ in range(2):
        with office.desk() as table, pytest.raises(MachineError, match=r"brief\.json can't be read"):
            running.make_and_send(table, job, SILENT)
    assert inbox.recipients[sent:] == ["ops@example.com"]
    assert "was not sent" in inbox.messages[-1][1]["Subject"]


def test_data_of_the_month_before_are_missing(office, inbox):
    """January's issue is due, but the input ends on the 3rd of January, or doesn't begin it."""
    send(office)
    sent = len(inbox.messages)
    for now, words in ((NEW_YEAR + timedelta(days=31), "not complete"), (NEW_YEAR + timedelta(days=59), "no records")):
        job = Job(office.config, "strategic", now.replace(tzinfo=None))
        for _ in range(2):
            with office.desk(now) as table, pytest.raises(GateError, match=words):
                running.make_and_send(table, job, SILENT)
    assert inbox.recipients[sent:] == ["ops@example.com"] * 2


def test_the_dead_mans_switch(office, inbox):
    def demand(period, tell=False):
        looking.demand(office.config, Clock(NEW_YEAR), period, tell=tell)

    with pytest.raises(DeliveryError, match="made, but not sent"):
        demand("2024-12")
    for _ in range(2):
        with pytest.raises(DeliveryError, match="was not made"):
            demand("2025-01", tell=True)
    assert inbox.recipients == ["ops@example.com"]
    send(office)
    demand("2024-12", tell=True)
    assert inbox.recipients == ["ops@example.com", *MANAGEMENT]
    office.configure(list=('"ann@example.com"', '"ann@example.com", "cleo@example.com"'))
    with pytest.raises(DeliveryError, match=r"cleo@example\.com not sent"):
        demand("2024-12")


def test_the_switch_tells_only_those_who_have_not_heard(office, inbox):
    office.configure(**TIGHT)
    with pytest.raises(GateError):
        send(office)
    with pytest.raises(DeliveryError, match="made, but not sent"):
        looking.demand(office.config, Clock(NEW_YEAR), "2024-12", tell=True)
    assert inbox.recipients == ["ops@example.com"]
    inbox.rcpt["ops@example.com"] = ["450 later"]
    with pytest.raises(MachineError, match="was not made\nNo operator could be told"):
        looking.demand(office.config, Clock(NEW_YEAR), "2025-01", tell=True)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('[archive]\nsite = "output/inside"', "must lie apart"),
        ('[ledger]\npath = "output/inside"', "lies inside the output"),
    ],
)
def test_the_switch_tells_of_folders_that_lie_wrong(office, inbox, more, why):
    """They stop every run before that could tell anybody, and systemd mails nothing of what a run prints."""
    office.configure(more)
    for _ in range(2):
        done = call(office.folder, "status", "--expect", "2025-01", "--tell")
        assert (done.returncode, "2025-01 is not delivered" in done.stderr) == (5, True)
    (notice,) = inbox.to("ops@example.com")
    assert why in " ".join(notice.get_body(("plain",)).get_content().split())
    assert not (office.folder / "output/inside").exists()


def test_the_log_tells_all(office):
    send(office)
    lines = [json.loads(line) for line in looking.log(office.config, Clock(NEW_YEAR), as_json=True)]
    assert [line["kind"] for line in lines].count("delivery") == 2
    assert [line["outcome"] for line in lines if line["kind"] == "run"] == ["created", "sent"]
    assert any("2024-12 to bob@example.com, attempt 1: accepted 250 OK" in line
               for line in looking.log(office.config, Clock(NEW_YEAR), as_json=False))  # fmt: skip


def test_without_mail_nothing_is_sent(office):
    file = office.folder / "config.toml"
    file.write_text(file.read_text().partition("[mail]")[0])
    with pytest.raises(UsageError, match=r"has no \[mail\]"):
        send(office)
