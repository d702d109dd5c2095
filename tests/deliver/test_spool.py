"""Spools hold what is too large for memory until it is published."""

import hashlib
import tempfile

import pytest

from reportgen.deliver import spool
from reportgen.deliver.folder import publish
from reportgen.deliver.spool import Spool
from reportgen.errors import MachineError


def test_what_was_appended_is_there_from_the_beginning_each_time(monkeypatch):
    monkeypatch.setattr(spool, "CHUNK", 3)
    kept = Spool()
    kept.append(b"abcde")
    assert b"".join(kept.chunks()) == b"abcde"
    kept.append(b"fg")
    assert list(kept.chunks()) == [b"abc", b"def", b"g"]
    assert len(kept) == 7
    assert spool.digest(kept) == spool.digest(b"abcdefg") == hashlib.sha256(b"abcdefg").hexdigest()


def test_it_is_published_like_bytes_and_known_again(tmp_path):
    kept = Spool()
    kept.append(b"customer\r\n1\r\n")
    target = tmp_path / "2024-12"
    assert publish({"customers-001.csv": kept, "brief.json": b"{}"}, b"{}", target).value == "created"
    assert (target / "customers-001.csv").read_bytes() == b"customer\r\n1\r\n"
    assert publish({"customers-001.csv": kept, "brief.json": b"{}"}, b"{}", target).value == "unchanged"
    kept.append(b"2\r\n")
    assert publish({"customers-001.csv": kept, "brief.json": b"{}"}, b"{}", target).value == "replaced"


def test_a_folder_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(MachineError, match=r"the customer lists can't be kept in .*gone: No such file"):
        Spool()


def test_a_full_disk_is_said(monkeypatch):
    with open("/dev/full", "rb+", buffering=0) as full:  # noqa: PTH123 - no path of a file
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda: full)
        with pytest.raises(MachineError, match=r"No space left on device\nFree some space there"):
            Spool().append(b"customer")
