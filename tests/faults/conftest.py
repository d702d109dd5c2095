import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from tests.mailserver import Inbox, running
from tests.processes import ROOT, write_shop
from tests.shops import NOW, call, settle


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    return write_shop(tmp_path_factory.mktemp("shop") / "shop.csv")


@pytest.fixture
def inbox():
    return Inbox()


class Home:
    """A shop that sends, in a folder of its own."""

    def __init__(self, folder, port, inbox):
        self.folder, self.port, self.inbox = folder, port, inbox
        self.output = folder / "output"

    def configure(self, more=""):
        settle(self.folder, self.port, more)

    def run(self, *arguments, **environment):
        return call(self.folder, "run", "--send", *arguments, **environment)

    def start(self, *arguments, **environment):
        """`run --send` as a running process in a group of its own, its stages on a pipe."""
        command = [sys.executable, "-m", "reportgen", "run", "--send", *NOW, *arguments]
        settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        return subprocess.Popen(command, cwd=self.folder, env=settings, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)  # fmt: skip

    def killed_at(self, stage, after=0.0):
        """A run that is killed (-9) as it says `stage`, or `after` seconds later."""
        with self.start() as process:
            for line in process.stderr:
                if line.startswith(stage):
                    kill = threading.Timer(after, process.send_signal, [signal.SIGKILL])
                    kill.start()
            process.wait()
            return process.returncode

    def is_whole(self):
        """No edition, or a whole one; nothing half-written beside it."""
        left = [path.name for path in self.output.glob(".*")] if self.output.exists() else []
        edition = self.output / "2024-12"
        return not left and (not edition.exists() or (edition / "manifest.json").exists())

    def finishes(self, *, code=0, have=("ann@example.com", "bob@example.com")):
        """The next run ends as it should; management has the brief at most once each; no temporary file is left."""
        done = self.run()
        assert done.returncode == code, done.stdout + done.stderr
        assert sorted(reader for reader in self.inbox.recipients if not reader.startswith("ops")) == sorted(have)
        assert self.is_whole()
        assert leftovers() == self.before
        again = self.run()
        assert again.returncode == code
        assert sorted(reader for reader in self.inbox.recipients if not reader.startswith("ops")) == sorted(have)
        return done

    @property
    def told(self):
        """What operators were told, by subject."""
        return [message["Subject"] for message in self.inbox.to("ops@example.com")]


def leftovers():
    """Temporary folders of runs that are not at work."""
    return sorted(path.name for path in Path(tempfile.gettempdir()).glob("reportgen-run-*"))


@pytest.fixture
def home(shop, inbox, tmp_path, monkeypatch):
    """Temporary files go to a folder of this test: other runs on the machine are none of its business."""
    place = Path(tempfile.mkdtemp(prefix="rg-", dir="/tmp"))
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    shutil.copy(shop, tmp_path)
    with running(inbox) as port:
        found = Home(tmp_path, port, inbox)
        found.configure()
        found.before = []
        yield found
    shutil.rmtree(place, ignore_errors=True)
