"""The machine fails: disk, browser, ledger, clock, input; and other runs are at work."""

import sqlite3
import subprocess
import time
from contextlib import suppress

import pytest

from tests.processes import ROOT
from tests.shops import CONFIG, call

pytestmark = pytest.mark.slow
NEXT = "nothing half-written; operators told; the next run finishes"


@pytest.fixture
def disk(tmp_path):
    """A disk of 3 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def remount(disk, options):
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


def fill(place):
    with suppress(OSError), (place / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def elsewhere(home, output=None, ledger=None):
    """Output and ledger on other disks."""
    report = f'[report]\noutput = "{output}"\n' if output else ""
    text = CONFIG.format(port=home.port, more="") + report + (f'[ledger]\npath = "{ledger}"\n' if ledger else "")
    (home.folder / "config.toml").write_text(text)
    home.output = output or home.output


@pytest.mark.faults("disk full of the archive", NEXT)
def test_disk_full(home, disk):
    elsewhere(home, output=disk / "output", ledger=home.folder / "ledger")
    done = home.run()
    assert done.returncode == 6
    assert "No space left" in done.stderr
    assert home.is_whole()
    assert home.told == ["Customer Segments Brief: 2024-12 was not made"]
    remount(disk, "size=60m")
    home.finishes()


@pytest.mark.faults("disk full of the ledger, before the run", "nothing is begun; the next run finishes")
def test_ledger_disk_full(home, disk):
    elsewhere(home, ledger=disk / "ledger")
    fill(disk)
    done = home.run()
    assert done.returncode == 6
    assert not home.output.exists()
    (disk / "filler").unlink()
    home.finishes()


@pytest.mark.faults("disk full of the ledger, as a message leaves", "unknown, and never sent again")
def test_ledger_disk_full_while_sending(home, disk):
    elsewhere(home, ledger=disk / "ledger")
    home.inbox.before["data"] = lambda _recipient: fill(disk)
    done = home.run()
    assert done.returncode == 6
    assert home.inbox.recipients == ["ann@example.com"]
    home.inbox.before.clear()
    (disk / "filler").unlink()
    home.finishes(code=5)


@pytest.mark.faults("read-only archive", NEXT)
def test_read_only(home, disk):
    elsewhere(home, output=disk, ledger=home.folder / "ledger")
    remount(disk, "size=60m,ro")
    done = home.run()
    assert done.returncode == 6
    assert "Read-only file system" in done.stderr
    assert home.told == ["Customer Segments Brief: 2024-12 was not made"]
    remount(disk, "size=60m,rw")
    home.finishes()


def browser(folder, script):
    file = folder / "browser"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


BROWSERS = {"missing": None, "dying at the start": "exit 1", "hanging": "exec sleep 300",
            "dying after a second": "sleep 1; kill -9 $$"}  # fmt: skip


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(script, id=name, marks=pytest.mark.faults(f"browser {name}", NEXT))
        for name, script in BROWSERS.items()
    ],
)
def test_browser(home, script):
    path = browser(home.folder, script) if script else str(home.folder / "none")
    for _ in range(1 if script and "300" in script else 2):
        done = home.run(BROWSER_PATH=path)
        assert done.returncode == 6, done.stderr
        assert "BROWSER_PATH" in done.stderr
    assert not home.output.exists()
    assert home.told == ["Customer Segments Brief: 2024-12 was not made"]
    home.finishes()


@pytest.mark.faults("input that changes while it is read", NEXT)
def test_input_changes(home):
    file = home.folder / "shop.csv"
    header, *rows = file.read_text().splitlines(keepends=True)
    file.write_text(header + "".join(row.replace(",C", f",C{copy}-") for copy in range(40) for row in rows))
    with home.start() as process, file.open("a") as export:
        for line in process.stderr:
            if line.startswith("Reading"):
                for row in rows[:200]:
                    export.write(row)
                    export.flush()
                    time.sleep(0.005)
        process.wait()
    assert process.returncode == 3
    assert not home.output.exists()
    assert home.told == ["Customer Segments Brief: 2024-12 was not made"]
    assert "changed while it was read" in home.inbox.to("ops@example.com")[0].get_content()
    file.write_text(header + "".join(rows))
    home.finishes()


@pytest.mark.faults("two runs at once", "one works, the other says so (exit 7); one mail to each")
def test_two_at_once(home):
    runs = [home.start() for _ in range(2)]
    errors = [run.communicate(timeout=120)[1] for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 7], errors
    assert any("Another run is at work" in text for text in errors)
    home.finishes()


@pytest.mark.faults("ledger locked by another program", "nothing is begun; the next run finishes")
def test_ledger_locked(home):
    home.configure("[ledger]\nwait = 1")
    assert call(home.folder, "status", now=()).returncode == 0
    folder = home.folder / "output-ledger"
    folder.mkdir()
    other = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    done = home.run()
    assert done.returncode == 6
    assert "locked" in done.stderr
    assert not home.output.exists()
    other.execute("ROLLBACK")
    other.close()
    home.finishes()


@pytest.mark.faults("no mail server", "the issue is made and kept; the next run sends it")
def test_no_mail_server(home):
    port, home.port = home.port, 9
    home.configure()
    done = home.run()
    assert done.returncode == 5
    assert "port 9" in done.stderr
    home.port = port
    home.configure()
    home.finishes()


@pytest.mark.faults("a second before the month is over", "held, operators told; goes out when it is over")
def test_a_second_too_early(home):
    done = call(home.folder, "run", "--send", "--period", "2024-12", now=("--now", "2024-12-31T23:59:59"))
    assert done.returncode == 4
    assert "is not over" in done.stderr
    assert home.inbox.recipients == ["ops@example.com"]
    home.finishes()


@pytest.mark.faults("the machine's zone is another than the shop's", "the shop's counts")
def test_another_zone(home):
    early = call(home.folder, "run", "--send", now=("--now", "2025-01-01T08:30:00+09:00"), TZ="Asia/Tokyo")
    assert early.returncode == 4  # in London it is still December
    home.finishes()


@pytest.mark.faults("the clock is set back by a month", "held, operators told; as usual when it is right again")
def test_a_clock_that_was_set_back(home):
    home.finishes()
    for _ in range(2):
        done = call(home.folder, "run", "--send", now=("--now", "2024-12-05T06:00"))
        assert done.returncode == 4
        assert "by the clock it is 2024-12-05 06:00, but the issue of 2024-12 went out already" in done.stderr
    assert len(home.told) == 1
    home.finishes()


@pytest.mark.faults("cron's bare environment and another folder", "as usual")
def test_bare_environment(home):
    done = call(home.folder, "schedule", now=())
    command = next(line for line in done.stdout.splitlines() if line.startswith("17 6")).split(" ", 5)[5]
    command = command.replace(" run --send ", " run --send --now 2025-01-01T06:00 ").replace("\\%", "%")
    bare = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(["/bin/sh", "-c", command], cwd="/", env=bare, capture_output=True, text=True, check=False)
    shown = [line for line in ran.stdout.splitlines() if "Error" in line]
    assert shown == [], ran.stdout
    assert sorted(home.inbox.recipients) == ["ann@example.com", "bob@example.com"]
