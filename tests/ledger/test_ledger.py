"""The ledger: each reader once, nothing lost, two processes apart, readable by who may not write."""

import multiprocessing
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from reportgen import ledger
from reportgen.cli import settings
from reportgen.errors import LockedError, MachineError
from reportgen.ledger import lock, store
from reportgen.ledger.clock import Clock

CLOCK = Clock(datetime(2011, 12, 1, 6, tzinfo=UTC), elapsed=lambda: 0.0)


@pytest.fixture
def book(tmp_path):
    with ledger.opened(tmp_path, CLOCK, wait=1) as opened:
        yield opened


def state(book, recipient="ann"):
    return next(each for each in book.deliveries("2011-11") if each.recipient == recipient)


@pytest.mark.parametrize("end", ["claimed", "handed", "accepted", "refused", "unknown"])
def test_a_delivery_is_claimed_once(book, end):
    assert book.claim("2011-11", "ann", "<1>")
    if end != "claimed":
        book.settle("2011-11", "ann", end, "250 OK")
    assert not book.claim("2011-11", "ann", "<1>")
    assert book.claim("2011-11", "bob", "<2>")


def test_who_was_refused_for_now_is_tried_again_and_both_attempts_are_kept(book):
    book.claim("2011-11", "ann", "<1>")
    book.settle("2011-11", "ann", "deferred", "450 later")
    assert book.claim("2011-11", "ann", "<1>")
    book.settle("2011-11", "ann", "accepted", "250 OK")
    assert [(each.attempt, each.state, each.words) for each in book.attempts()] == [
        (1, "deferred", "450 later"), (2, "accepted", "250 OK"),
    ]  # fmt: skip
    assert (state(book).attempt, state(book).state) == (2, "accepted")


def test_what_a_killed_run_left_is_settled_by_what_can_be_known(book):
    book.claim("2011-11", "ann", "<1>")
    book.claim("2011-11", "bob", "<2>")
    book.settle("2011-11", "bob", "handed")
    book.recover()
    assert (state(book).state, state(book, "bob").state) == ("deferred", "unknown")
    assert book.claim("2011-11", "ann", "<1>")
    assert not book.claim("2011-11", "bob", "<2>")
    assert book.claim("2011-11", "bob", "<2>", anew=True)


def test_a_letter_is_out_as_soon_as_somebody_may_have_it(book):
    book.claim("2011-11", "ann", "<1>")
    assert book.out() == frozenset()
    book.settle("2011-11", "ann", "refused", "550 no")
    assert book.out() == frozenset()
    book.claim("2011-11", "bob", "<1>")
    book.settle("2011-11", "bob", "handed")
    assert book.out() == {"2011-11"}


def _claims(folder, results):
    with ledger.opened(folder, CLOCK, wait=30) as book:
        results.put([number for number in range(40) if book.claim("2011-11", f"reader {number}", "<1>")])


def test_two_processes_never_claim_the_same(tmp_path):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=_claims, args=(tmp_path, results)) for _ in range(2)]
    for worker in workers:
        worker.start()
    claimed = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert sorted(claimed[0] + claimed[1]) == list(range(40))


def test_a_writer_that_does_not_end_is_named_and_costs_nothing(tmp_path, book):
    other = sqlite3.connect(tmp_path / store.FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(MachineError, match="locked") as caught:
        book.claim("2011-11", "ann", "<1>")
    assert time.monotonic() - began >= 0.9
    assert "run again" in caught.value.remedy
    other.execute("ROLLBACK")
    other.close()
    assert book.claim("2011-11", "ann", "<1>")


def test_a_ledger_that_is_none_is_named(tmp_path):
    (tmp_path / store.FILE).write_bytes(b"not a database, but long enough to look like one" * 10)
    with pytest.raises(MachineError, match="not a database"), ledger.opened(tmp_path, CLOCK, wait=1):
        pass


def test_a_ledger_of_a_later_version_is_left_alone(tmp_path):
    with ledger.opened(tmp_path, CLOCK, wait=1):
        pass
    connection = sqlite3.connect(tmp_path / store.FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for opened in (ledger.opened, ledger.looked_at):
        with pytest.raises(MachineError, match="version 99"), opened(tmp_path, CLOCK, wait=1):
            pass


def test_a_ledger_of_an_earlier_version_is_brought_to_this_one(tmp_path, monkeypatch):
    with ledger.opened(tmp_path, CLOCK, wait=1) as book:
        book.claim("2011-11", "ann", "<1>")
    monkeypatch.setattr(store, "MIGRATIONS", (*store.MIGRATIONS, "ALTER TABLE runs ADD COLUMN host TEXT;"))
    other = sqlite3.connect(tmp_path / store.FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(MachineError, match="earlier version"), ledger.looked_at(tmp_path, CLOCK, wait=0.1):
        pass
    other.close()
    with ledger.looked_at(tmp_path, CLOCK, wait=1) as book:
        assert state(book).state == "claimed"
    for _ in range(2):
        with ledger.opened(tmp_path, CLOCK, wait=1) as book:
            assert state(book).state == "claimed"
    connection = sqlite3.connect(tmp_path / store.FILE)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(store.MIGRATIONS)
    connection.close()


def test_addresses_of_an_earlier_version_are_those_of_this_one(tmp_path, monkeypatch):
    now = store.MIGRATIONS
    monkeypatch.setattr(store, "MIGRATIONS", now[:2])
    with ledger.opened(tmp_path, CLOCK, wait=1) as book:
        book.claim("2011-11", "Ann@Example.com", "<1>")
        book.settle("2011-11", "Ann@Example.com", "accepted")
    monkeypatch.setattr(store, "MIGRATIONS", now)
    with ledger.opened(tmp_path, CLOCK, wait=1) as book:
        assert not book.claim("2011-11", "ann@example.com", "<1>")


def within(folder):
    """The folders above `folder` that are pytest's own: others may look into those, and into no more."""
    return [parent for parent in folder.parents if "pytest-" in parent.as_posix()]


def test_who_may_only_read_can_look(tmp_path):
    with ledger.opened(tmp_path, CLOCK, wait=1) as book:
        book.claim("2011-11", "ann", "<1>")
    script = f"""
import os, pathlib
from datetime import datetime, UTC
from reportgen import ledger
from reportgen.ledger import store
from reportgen.ledger.clock import Clock
if os.geteuid() == 0: os.seteuid(65534)
with ledger.looked_at(pathlib.Path({str(tmp_path)!r}), Clock(datetime.now(UTC)), 1) as book:
    print(len(book.deliveries()))
"""
    for folder, mode in ((tmp_path, 0o555), *((parent, 0o755) for parent in within(tmp_path))):
        folder.chmod(mode)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    tmp_path.chmod(0o755)
    assert done.stdout == "1\n", done.stderr


def test_there_need_not_be_one(tmp_path):
    with ledger.looked_at(tmp_path, CLOCK, wait=1) as book:
        assert book is None


def test_the_lock_keeps_two_apart_and_dies_with_its_holder(tmp_path):
    script = f"""
import pathlib, sys, time
from reportgen.ledger import lock
with lock.held(pathlib.Path({str(tmp_path)!r})):
    print("held", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=str(process.pid)), lock.held(tmp_path):
            pass
        process.kill()
    with lock.held(tmp_path):
        pass


def test_where_there_can_be_no_lock_it_is_told_what_to_do(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(MachineError, match=r"file/ledger: Not a directory\nA file is in the way"),
        lock.held(tmp_path / "file/ledger"),
    ):
        pass


def test_the_clock_starts_where_it_is_told_and_is_in_utc():
    seconds = iter([100.0, 161.5])
    clock = Clock(datetime(2011, 12, 1, 6, tzinfo=timezone(timedelta(hours=1))), elapsed=lambda: next(seconds))
    assert clock.now().isoformat() == "2011-12-01T05:01:01+00:00"


@pytest.mark.parametrize(
    ("now", "local", "utc"),
    [
        ("2011-10-30T01:30", "2011-10-30T01:30:00", "2011-10-30T00:30:00"),  # the hour that comes twice: the first
        ("2011-10-30T01:30+00:00", "2011-10-30T01:30:00", "2011-10-30T01:30:00"),  # the second of them
        ("2011-03-27T01:30", "2011-03-27T01:30:00", "2011-03-27T01:30:00"),  # the hour that is skipped
        ("2011-11-30T23:59:59-01:00", "2011-12-01T00:59:59", "2011-12-01T00:59:59"),
    ],
)
def test_when_clocks_change(now, local, utc):
    assert settings.clock(now, "Europe/London").isoformat() == local
    assert settings.started(now, "Europe/London").start.astimezone(UTC).replace(tzinfo=None).isoformat() == utc
    assert settings.started(now, "Europe/London").start.tzinfo == ZoneInfo("Europe/London")
