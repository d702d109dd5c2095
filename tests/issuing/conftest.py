import shutil
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from reportgen import config
from reportgen.issuing import desk
from reportgen.ledger.clock import Clock
from tests.mailserver import Inbox, running
from tests.shops import call, settle

ODD = "Müller's “office” [1] 100%"
"""A folder whose name would break what forgets to quote it."""
NEW_YEAR = datetime(2025, 1, 1, 6, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with a shop and December's edition, which nobody has yet."""
    folder = settle(tmp_path_factory.mktemp(ODD), 9)
    done = call(folder, "run")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def inbox():
    return Inbox()


class Office:
    """A folder of its own with December's edition, a mail server, and the desk."""

    def __init__(self, folder, port):
        self.folder, self.port = folder, port

    def configure(self, more="", **replaced):
        settle(self.folder, self.port, more)
        file = self.folder / "config.toml"
        text = file.read_text()
        for old, new in replaced.values():
            assert old in text
            text = text.replace(old, new)
        file.write_text(text)

    @property
    def config(self):
        return config.load(self.folder / "config.toml")

    @contextmanager
    def desk(self, now=NEW_YEAR):
        with desk.taken(self.config, Clock(now)) as table:
            yield table


@pytest.fixture
def office(made, inbox, tmp_path):
    shutil.copytree(made, tmp_path / ODD)
    with running(inbox) as port:
        found = Office(tmp_path / ODD, port)
        found.configure()
        yield found
