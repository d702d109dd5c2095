"""An edition appears whole or not at all."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.deliver import folder
from reportgen.deliver.folder import Outcome, publish
from reportgen.errors import MachineError

OLD = {"index.html": b"old", "assets/page.css": b"old"}
NEW = {"index.html": b"new", "charts/a.js": b"new"}


def content(target: Path) -> dict[str, bytes]:
    return {p.relative_to(target).as_posix(): p.read_bytes() for p in target.rglob("*") if p.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def snapshot(target: Path) -> list[tuple[str, int, int]]:
    return sorted((str(p), p.stat().st_mtime_ns, p.stat().st_ino) for p in [target, *target.rglob("*")])


def test_creates_with_parents(tmp_path):
    target = tmp_path / "output" / "2011-11"
    assert publish(OLD, b"{}", target) is Outcome.CREATED
    assert content(target) == {**OLD, "manifest.json": b"{}"}
    assert names(target.parent) == ["2011-11"]


def test_replaces_all_of_the_old(tmp_path):
    publish(OLD, b"1", tmp_path / "e")
    assert publish(NEW, b"2", tmp_path / "e") is Outcome.REPLACED
    assert content(tmp_path / "e") == {**NEW, "manifest.json": b"2"}
    assert names(tmp_path) == ["e"]


def test_same_facts_touch_nothing(tmp_path):
    publish(OLD, b"1", tmp_path / "e")
    before = snapshot(tmp_path / "e")
    assert publish(OLD, b"2", tmp_path / "e") is Outcome.UNCHANGED
    assert snapshot(tmp_path / "e") == before
    assert names(tmp_path) == ["e"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda e: (e / "index.html").write_bytes(b"odl"),
        lambda e: (e / "index.html").unlink(),
        lambda e: (e / "stray.txt").touch(),
        lambda e: (e / "manifest.json").write_bytes(b"{"),
    ],
)
def test_a_damaged_edition_is_mended(tmp_path, harm):
    publish(OLD, b"1", tmp_path / "e")
    harm(tmp_path / "e")
    assert publish(OLD, b"2", tmp_path / "e") is Outcome.REPLACED
    assert content(tmp_path / "e") == {**OLD, "manifest.json": b"2"}


def test_a_folder_that_is_no_edition_is_left_alone(tmp_path):
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "thesis.doc").write_text("years of work")
    with pytest.raises(MachineError, match="not an edition"):
        publish(NEW, b"", tmp_path / "e")
    assert content(tmp_path / "e") == {"thesis.doc": b"years of work"}


@pytest.mark.parametrize("where", ["e", "e/2011-11"])
def test_a_file_in_the_way(tmp_path, where):
    (tmp_path / "e").write_text("mine")
    with pytest.raises(MachineError) as caught:
        publish(NEW, b"", tmp_path / where)
    assert caught.value.remedy
    assert (tmp_path / "e").read_text() == "mine"


def test_a_link_in_the_way_is_not_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "e").symlink_to("real")
    with pytest.raises(MachineError, match="not a folder"):
        publish(NEW, b"", tmp_path / "e")


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "manifest.json"])
def test_names_stay_inside(tmp_path, name):
    with pytest.raises(ValueError, match="can't be a file"):
        publish({name: b""}, b"", tmp_path / "e")
    assert not list(tmp_path.iterdir())


def test_without_exchange_two_renames_do(tmp_path, monkeypatch):
    publish(OLD, b"1", tmp_path / "e")
    monkeypatch.setattr(folder, "_exchange", lambda *_: False)
    assert publish(NEW, b"2", tmp_path / "e") is Outcome.REPLACED
    assert content(tmp_path / "e") == {**NEW, "manifest.json": b"2"}
    assert names(tmp_path) == ["e"]


def test_what_a_kill_between_two_renames_leaves_is_mended(tmp_path):
    publish(OLD, b"1", tmp_path / "e")
    leftover = tmp_path / ".e.making-x"
    leftover.mkdir()
    (tmp_path / "e").rename(leftover / "old")
    assert publish(OLD, b"2", tmp_path / "e") is Outcome.UNCHANGED
    assert names(tmp_path) == ["e"]


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.1])
def test_kill_leaves_an_edition_whole(tmp_path, delay):
    target = tmp_path / "e"
    publish(OLD, b"1", target)
    big = "{f'{i}.bin': bytes(200_000) for i in range(400)}"
    script = f"""
import pathlib, sys
from reportgen.deliver.folder import publish
sys.stdout.write("ready"); sys.stdout.flush()
publish({big}, b"2", pathlib.Path({str(target)!r}))
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path.cwd()) as process:
        assert process.stdout.read(5) == b"ready"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    assert content(target) == {**OLD, "manifest.json": b"1"} or len(content(target)) == 401
    publish(NEW, b"3", target)
    assert names(tmp_path) == ["e"]


def test_the_folder_of_a_living_run_is_left_alone(tmp_path):
    with folder._aside(tmp_path / "e") as other:
        publish(NEW, b"", tmp_path / "e")
        assert other.parent.is_dir()


def in_small_disk(tmp_path: Path, options: str, code: str) -> subprocess.CompletedProcess:
    """Run `code` where `tmp_path`/disk is a file system of 1 MiB; `mount` and `umount` need their own namespace."""
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"mount -t tmpfs -o size=1m none {disk} && {sys.executable} -c '{code}'".replace("DISK", str(disk))
    if options:
        script = script.replace(
            " && ",
            f" && mkdir {disk}/e && echo {{}} > {disk}/e/manifest.json && mount -o remount,{options} {disk} && ",
            1,
        )
    probe = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", str(disk)], capture_output=True, check=False
    )
    if probe.returncode:
        pytest.skip("can't mount a file system here")
    return subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)


CODE = """
from pathlib import Path
from reportgen.deliver.folder import publish
from reportgen.errors import MachineError
target = Path("DISK/e")
BEFORE
try:
    publish({"big": bytes(4_000_000)}, b"2", target)
except MachineError as error:
    print(error)
print(sorted(p.name for p in target.parent.iterdir()), sorted(p.name for p in target.iterdir()))
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="no unshare")
def test_disk_full_leaves_the_old_edition(tmp_path):
    done = in_small_disk(tmp_path, "", CODE.replace("BEFORE", 'publish({"a": b"a"}, b"1", target)'))
    assert "No space left" in done.stdout, done.stderr
    assert "Free some space" in done.stdout
    assert "['e'] ['a', 'manifest.json']" in done.stdout


@pytest.mark.skipif(not shutil.which("unshare"), reason="no unshare")
def test_read_only_disk(tmp_path):
    done = in_small_disk(tmp_path, "ro", CODE.replace("BEFORE", ""))
    assert "Read-only file system" in done.stdout, done.stderr
    assert "['e'] ['manifest.json']" in done.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(MachineError, match="Permission denied"):
        publish(NEW, b"", tmp_path / "e")
