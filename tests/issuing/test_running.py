"""What the scheduled run tells before, or instead of, its work."""

import tempfile
from datetime import UTC, datetime

import msgspec
import pytest

from reportgen.config import Mail
from reportgen.errors import MachineError, UsageError
from reportgen.issuing import desk, running
from reportgen.ledger.clock import Clock
from reportgen.pipeline import Job
from tests.hosting.archives import config
from tests.mailserver import Inbox
from tests.mailserver import running as serving

NOW = Clock(datetime(2011, 12, 1, 6, tzinfo=UTC))


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def settled(tmp_path, inbox):
    with serving(inbox) as port:
        mail = Mail(host="127.0.0.1", port=port, security="none", sender="a@example.com", retry_waits=(),
                    management=("ann@example.com",), operators=("ops@example.com",))  # fmt: skip
        yield msgspec.structs.replace(config(tmp_path / "output"), mail=mail)


def scheduled(config, error, words):
    """The run fails; gives how the ledger has it."""
    with desk.taken(config, NOW) as table:
        with pytest.raises(error, match=words):
            running.make_and_send(table, Job(config, "strategic", NOW.start), lambda _stage: None)
        return [(run.outcome, run.exit_code) for run in table.ledger.runs()]


def test_a_password_that_is_missing_is_told_before_the_work(settled, inbox, tmp_path):
    mail = msgspec.structs.replace(settled.mail, user="brief", password_file=str(tmp_path / "password"))
    assert scheduled(msgspec.structs.replace(settled, mail=mail), UsageError, "password can't be read") == []
    assert inbox.offered == []


def test_operators_are_not_asked_to_report_what_the_system_refuses(settled, inbox, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    assert scheduled(settled, MachineError, "Not a directory") == [("failed", MachineError.exit_code)]
    (text,) = [message.get_content() for _, message in inbox.messages]
    assert f"{tmp_path}/file" in text
    assert "A file is in the way" in text
    assert "report it" not in text
