"""The post against a real server: who has it, who doesn't, who may; and no second message in any case."""

from datetime import UTC, datetime

import pytest

from reportgen import ledger
from reportgen.config import Mail
from reportgen.errors import UsageError
from reportgen.ledger.clock import Clock
from reportgen.mail import message
from reportgen.mail.message import Envelope
from reportgen.mail.post import Post
from tests.mailserver import DROP, PASSWORD, SILENCE, USER, Inbox, authenticator, certificate, running, secured

CLOCK = Clock(datetime(2011, 12, 1, 6, tzinfo=UTC), elapsed=lambda: 0.0)
READERS = ("ann@example.com", "bob@example.com", "cleo@example.com")
TEXT = "The brief.\n.\n.A line that begins with a dot\n"


def account(port, **changed):
    usual = {
        "host": "127.0.0.1", "port": port, "security": "none", "sender": "Brief <brief@example.com>",
        "management": READERS, "operators": ("ops@example.com",), "retry_waits": (0, 0), "timeout": 1,
    }  # fmt: skip
    return Mail(**{**usual, **changed})


def letter(mail, key="2011-11", follows=()):
    return message.notice(mail, "The Brief", Envelope(key, "November", CLOCK.start, follows), TEXT)


@pytest.fixture
def book(tmp_path):
    with ledger.opened(tmp_path, CLOCK, wait=1) as opened:
        yield opened


def send(book, mail, **options):
    """Sends; gives state and words by recipient."""
    Post(mail, book, sleep=lambda _seconds: None).send(letter(mail), READERS, **options)
    return {each.recipient: (each.state, each.words) for each in book.deliveries("2011-11")}


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def port(inbox):
    with running(inbox) as number:
        yield number


def test_each_gets_it_once_as_it_was_written(book, inbox, port):
    for _ in range(2):
        assert {state for state, _ in send(book, account(port)).values()} == {"accepted"}
    assert inbox.recipients == list(READERS)
    sent = inbox.to("ann@example.com")[0]
    assert sent.get_content().splitlines() == TEXT.splitlines()
    assert (sent["To"], sent["From"]) == ("ann@example.com", "Brief <brief@example.com>")
    assert (sent["Auto-Submitted"], sent["List-Id"]) == ("auto-generated", "<the-brief.example.com>")
    assert len({message["Message-ID"] for _, message in inbox.messages}) == len(READERS)


@pytest.mark.faults("mail: one reader refused (5xx)", "final; the others get theirs; operators told once")
def test_one_who_is_refused_does_not_cost_the_others_theirs(book, inbox, port):
    inbox.rcpt["bob@example.com"] = ["550 no such user"]
    found = send(book, account(port))
    assert found["bob@example.com"] == ("refused", "550 no such user")
    assert inbox.recipients == ["ann@example.com", "cleo@example.com"]
    send(book, account(port))
    assert inbox.recipients == ["ann@example.com", "cleo@example.com"]


@pytest.mark.faults("mail: refused for now (4xx)", "tried again with the same Message-ID")
@pytest.mark.parametrize("place", ["rcpt", "data"])
def test_who_is_refused_for_now_is_tried_again_with_the_same_id(book, inbox, port, place):
    getattr(inbox, place)["bob@example.com"] = ["450 try later", "451 try later"]
    waits = []
    mail = account(port, retry_waits=(60, 300))
    Post(mail, book, sleep=waits.append).send(letter(mail), READERS)
    assert waits == [60, 300]
    assert sorted(inbox.recipients) == sorted(READERS)
    assert len({id_ for recipient, id_ in inbox.offered if recipient == "bob@example.com"}) == 1
    assert [each.state for each in book.attempts() if each.recipient == "bob@example.com"] == [
        "deferred", "deferred", "accepted",
    ]  # fmt: skip


@pytest.mark.faults("mail: refused for now, for long", "left to the next run")
def test_who_stays_refused_is_left_to_the_next_run(book, inbox, port):
    inbox.rcpt["bob@example.com"] = ["450 try later"] * 3
    assert send(book, account(port))["bob@example.com"] == ("deferred", "450 try later")
    assert send(book, account(port))["bob@example.com"][0] == "accepted"


@pytest.mark.faults("mail: connection lost, or silence, after the message", "unknown; never sent again unasked")
@pytest.mark.parametrize("end", [DROP, SILENCE])
def test_a_connection_that_breaks_after_the_message_is_unknown_and_stays_so(book, inbox, port, end):
    inbox.data["bob@example.com"] = [end]
    found = send(book, account(port))
    assert found["bob@example.com"][0] == "unknown"
    assert found["cleo@example.com"][0] == "accepted"
    send(book, account(port))
    assert [recipient for recipient, _ in inbox.offered].count("bob@example.com") == 1
    send(book, account(port), anew=True)
    assert [recipient for recipient, _ in inbox.offered].count("bob@example.com") == 2


@pytest.mark.faults("mail: connection lost, or silence, before the message", "tried again; one mail")
@pytest.mark.parametrize("end", [DROP, SILENCE])
def test_a_connection_that_breaks_before_the_message_is_tried_again(book, inbox, port, end):
    inbox.rcpt["bob@example.com"] = [end]
    assert send(book, account(port))["bob@example.com"][0] == "accepted"
    assert inbox.recipients.count("bob@example.com") == 1


@pytest.mark.faults("mail: no server", "left to the next run")
def test_no_server_is_no_loss(book):
    found = send(book, account(9))
    assert {state for state, _ in found.values()} == {"deferred"}
    assert "port 9" in found["ann@example.com"][1]


def test_a_host_that_is_no_name_is_no_server(book):
    """Configurations that have one are refused; whatever claims all the same must not be left at that."""
    found = send(book, account(25, host="mail..example.com"))
    assert {state for state, _ in found.values()} == {"deferred"}
    assert found["ann@example.com"][1].startswith("mail..example.com, port 25: ")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("keys"))


@pytest.mark.faults("mail: over TLS, with a password", "each once; the password is printed nowhere")
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_over_tls_with_a_password(book, inbox, keys, security, monkeypatch, capfd):  # noqa: PLR0913, PLR0917
    monkeypatch.setenv("BRIEF_PASSWORD", PASSWORD)
    context = secured(keys)
    options = {"ssl_context": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    # The server itself doesn't see that its socket is encrypted from the first byte.
    with running(inbox, authenticator=authenticator, auth_required=security != "tls",
                 auth_require_tls=security != "tls", **options) as port:  # fmt: skip
        mail = account(
            port, security=security, user=USER, password_env="BRIEF_PASSWORD", ca_file=str(keys / "cert.pem")
        )
        assert {state for state, _ in send(book, mail).values()} == {"accepted"}
    output = capfd.readouterr()
    assert PASSWORD not in output.out + output.err


@pytest.mark.faults("mail: wrong password", "nothing offered; the password is told to nobody")
def test_a_wrong_password_is_told_without_it(book, inbox, keys, monkeypatch):
    monkeypatch.setenv("BRIEF_PASSWORD", "wrong horse")
    with running(inbox, authenticator=authenticator, auth_required=True, tls_context=secured(keys)) as port:
        mail = account(
            port, security="starttls", user=USER, password_env="BRIEF_PASSWORD", ca_file=str(keys / "cert.pem")
        )
        found = send(book, mail)
    assert found["ann@example.com"] == ("deferred", f"127.0.0.1, port {port}: the login was refused (535)")
    assert inbox.offered == []


@pytest.mark.faults("mail: certificate nobody vouches for", "nothing offered")
def test_a_certificate_that_nobody_vouches_for_is_refused(book, inbox, keys):
    with running(inbox, tls_context=secured(keys)) as port:
        found = send(book, account(port, security="starttls"))
    assert "certificate" in found["ann@example.com"][1].lower()
    assert inbox.offered == []


@pytest.mark.faults("mail: no TLS where it is demanded", "nothing offered")
def test_a_server_without_tls_gets_nothing(book, inbox, port):
    found = send(book, account(port, security="starttls"))
    assert found["ann@example.com"][0] == "deferred"
    assert inbox.offered == []


def test_certificates_that_are_none_are_named(book, port, tmp_path):
    (tmp_path / "ca.pem").write_text("none")
    with pytest.raises(UsageError, match="ca_file"):
        send(book, account(port, security="starttls", ca_file=str(tmp_path / "ca.pem")))


def test_what_is_wrong_with_the_account_costs_nobody_his_record(book, inbox, port, tmp_path):
    send(book, account(port))
    (tmp_path / "password").write_text("größe")
    (tmp_path / "password").chmod(0o600)
    for broken in ({"user": "brief", "password_file": str(tmp_path / "password")}, {"ca_file": str(tmp_path / "none")}):
        with pytest.raises(UsageError):
            send(book, account(port, **broken), anew=True)
    assert {each.state for each in book.attempts()} == {"accepted"}
    assert inbox.recipients == list(READERS)


def test_a_revision_answers_the_issues_before_it():
    mail = account(25)
    first, second = letter(mail), letter(mail, "2011-11~r2")
    third = letter(mail, "2011-11~r3", follows=("2011-11", "2011-11~r2")).to("ann@example.com").decode()
    ids = [each.message_id("ann@example.com") for each in (first, second)]
    assert f"In-Reply-To: {ids[1]}\r\nReferences: {ids[0]}\r\n {ids[1]}\r\n" in third
    assert first.message_id("ANN@example.com") == ids[0] != first.message_id("bob@example.com")
