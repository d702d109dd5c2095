"""An issue that went out and was pruned since: it stays known as sent, and nothing takes its name."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from reportgen import archive
from reportgen.config import Mail
from reportgen.errors import DeliveryError, MachineError
from reportgen.issuing import desk, erasing, looking, running
from reportgen.ledger.clock import Clock
from reportgen.pipeline import Job
from tests.hosting.archives import config, put
from tests.mailserver import Inbox
from tests.mailserver import running as serving
from tests.telling import SILENT

NOW = Clock(datetime(2011, 12, 1, 6, tzinfo=UTC))


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def pruned(tmp_path, inbox):
    """A configuration with two readers; November went out to Ann, and is gone."""
    for name in ("2011-11", "2011-12"):
        put(tmp_path / "output", name)
    with serving(inbox) as port:
        mail = Mail(host="127.0.0.1", port=port, security="none", sender="a@example.com", retry_waits=(),
                    management=("ann@example.com", "bob@example.com"), operators=("ops@example.com",))  # fmt: skip
        made = msgspec.structs.replace(config(tmp_path / "output"), mail=mail)
        with desk.taken(made, NOW) as table:
            accepted(table, "ann@example.com")
            erasing.prune(table, 1)
        yield made


def accepted(table, reader):
    table.ledger.claim("2011-11", reader, "<1>")
    table.ledger.settle("2011-11", reader, "accepted", "250 ok")


def scheduled(config):
    with desk.taken(config, NOW) as table:
        return running.make_and_send(table, Job(config, "strategic", NOW.start), SILENT)


def test_the_scheduled_run_does_not_make_it_again_and_says_who_cannot_get_it(pruned, inbox):
    with pytest.raises(MachineError, match=r"2011-11 went out, but .* is there no more\nRestore it from a backup"):
        scheduled(pruned)
    assert inbox.recipients == ["ops@example.com"]
    assert [each.name for each in archive.editions(Path(pruned.report.output))] == ["2011-12"]


def test_once_everybody_has_it_the_month_is_done(pruned, inbox):
    with pytest.raises(DeliveryError, match=r"2011-11 is not delivered: bob@example\.com not sent"):
        looking.demand(pruned, NOW, "2011-11", tell=False)
    with desk.taken(pruned, NOW) as table:
        accepted(table, "bob@example.com")
    assert scheduled(pruned) == "2011-11 is with 2 of 2 readers."
    looking.demand(pruned, NOW, "2011-11", tell=False)
    assert inbox.recipients == []
