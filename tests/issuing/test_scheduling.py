"""Installing into a crontab that holds other lines, which must outlive whatever goes wrong."""

import os

import pytest

from reportgen.errors import MachineError
from reportgen.issuing import scheduling
from reportgen.issuing.scheduling import Plan

CRONTAB = """#!/bin/sh
if [ "$1" != -l ]; then exec cat >"$HOME/tab"; fi
test "$LC_ALL" = C || { echo "kein crontab" >&2; exit 1; }
{trouble}
cat "$HOME/tab" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; }
"""


@pytest.fixture
def tab(tmp_path, monkeypatch):
    """The crontab's file; `crontab` is a program that keeps it there, as the real one would change this machine."""
    program = tmp_path / "bin/crontab"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")

    def settled(trouble=""):
        program.write_text(CRONTAB.replace("{trouble}", trouble))
        program.chmod(0o755)
        return tmp_path / "tab"

    return settled


@pytest.fixture
def plan(tmp_path):
    return Plan(6, 17, tmp_path / "config.toml", tmp_path / "runs.log", ("ops@example.com",))


@pytest.mark.parametrize("trouble", ['echo "you are not allowed to use this program" >&2; exit 1', "exit 1"])
def test_a_crontab_that_cannot_be_read_stays_as_it_is(tab, plan, trouble):
    file = tab(trouble)
    file.write_text("0 1 * * * backup\n")
    with pytest.raises(MachineError, match=r"can't be read, and stays as it is: (you are not allowed|crontab -l says)"):
        scheduling.install_crontab(plan)
    assert file.read_text() == "0 1 * * * backup\n"


def test_where_there_is_none_one_is_made(tab, plan):
    file = tab()
    scheduling.install_crontab(plan)
    assert file.read_text() == scheduling.crontab(plan)


def test_bytes_of_others_are_kept(tab, plan):
    file = tab()
    file.write_bytes(b"0 1 * * * echo M\xfcller\n")
    scheduling.install_crontab(plan)
    assert file.read_bytes() == b"0 1 * * * echo M\xfcller\n" + scheduling.crontab(plan).encode()
