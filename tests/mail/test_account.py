"""What a mail account is refused for, and what never shows its password."""

import pytest

from reportgen.config import Mail
from reportgen.errors import UsageError
from reportgen.mail import account

GOOD = {
    "host": "mail.example.com",
    "sender": "Brief <brief@example.com>",
    "management": ("ann@example.com",),
    "operators": ("ops@example.com",),
}


def mail(**changed):
    return Mail(**{**GOOD, **changed})


def test_a_good_account_passes():
    account.check(mail())
    account.check(mail(host="127.0.0.1", security="none"))
    for host in ("mail.example.com.", "münchen.example", "::1", "[::1]"):
        account.check(mail(host=host))
    account.check(mail(management=("eve@partner.org",), allowed_domains=("example.com", "partner.org")))


BAD = {
    "another domain": ({"management": ("ann@example.org",)}, "not in an allowed domain"),
    "a domain that only ends like it": ({"management": ("ann@notexample.com",)}, "allowed domain"),
    "operators too": ({"operators": ("ops@example.org",)}, "operators"),
    "no address": ({"management": ("ann",)}, "is no address"),
    "two in one": ({"management": ("ann@example.com, eve@evil.org",)}, "is no address"),
    "a header in it": ({"management": ("ann@example.com\r\nBcc: eve@evil.org",)}, "is no address"),
    "a header in the name": ({"sender": "Brief\nBcc: eve@evil.org <brief@example.com>"}, "is no address"),
    "a command in it": ({"management": ("ann@example.com>\r\nRCPT TO:<eve@evil.org",)}, "is no address"),
    "plain over the network": ({"security": "none"}, "readable for everyone"),
    "plain to a name that looks local": ({"security": "none", "host": "localhost.evil.org"}, "readable"),
    "a host with a label missing": ({"host": "mail..example.com"}, "host: .* is no name of a server"),
    "a host with a label too long": ({"host": f"{'m' * 64}.example.com"}, "is no name"),
    "a host that ends early": ({"host": "mail\0.example.com"}, "is no name"),
    "two hosts": ({"host": "mail.example.com backup.example.com"}, "is no name"),
    "a user without password": ({"user": "brief"}, "belong together"),
    "an unknown field": ({"subject": "{title} {secret}"}, "can't be filled in"),
    "a field that digs": ({"subject": "{title.__class__.__mro__[9]}"}, "can't be filled in"),
    "no base address": ({"base_url": "javascript:alert(1)"}, "base_url"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_could_do_harm_is_refused(name):
    changed, words = BAD[name]
    with pytest.raises(UsageError, match=words) as caught:
        account.check(mail(**changed))
    assert "[mail]" in caught.value.message


def test_each_reader_counts_once():
    listed = ("Ann <ann@example.com>", "ANN@example.com", "bob@example.com")
    assert account.recipients(mail(), listed, "management") == ("ann@example.com", "bob@example.com")


def test_the_password_file_is_its_owners_alone(tmp_path):
    file = tmp_path / "password"
    file.write_text("correct horse\n")
    file.chmod(0o640)
    with pytest.raises(UsageError, match="others may read") as caught:
        account.password(mail(user="brief", password_file=str(file)))
    assert "horse" not in str(caught.value)
    file.chmod(0o600)
    assert account.password(mail(user="brief", password_file=str(file))) == "correct horse"


@pytest.mark.parametrize("content", ["", "one\ntwo\n"])
def test_a_password_file_holds_one_line(tmp_path, content):
    file = tmp_path / "password"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(UsageError, match="no single line"):
        account.password(mail(user="brief", password_file=str(file)))


@pytest.mark.parametrize(("user", "secret"), [("brief", "größe"), ("müller", "horse")])
def test_letters_that_servers_read_differently_are_refused(user, secret, monkeypatch):
    monkeypatch.setenv("BRIEF_PASSWORD", secret)
    with pytest.raises(UsageError, match="ASCII") as caught:
        account.password(mail(user=user, password_env="BRIEF_PASSWORD"))
    assert secret not in str(caught.value)


def test_a_password_that_is_not_there_is_named(monkeypatch):
    monkeypatch.delenv("BRIEF_PASSWORD", raising=False)
    with pytest.raises(UsageError, match="BRIEF_PASSWORD"):
        account.password(mail(user="brief", password_env="BRIEF_PASSWORD"))
    with pytest.raises(UsageError, match="can't be read"):
        account.password(mail(user="brief", password_file="/nowhere/password"))


def test_a_subject_is_one_line():
    fields = {"title": "Brief\r\nBcc: eve@evil.org", "period": "November", "headline": ""}
    assert account.subject("{title}: {period}", fields) == "Brief Bcc: eve@evil.org: November"
