"""The script that makes the machine ready: what it may remove. A Python that only makes folders stands in for pip's."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = """#!/bin/sh
case "$*" in
    "-V") echo Python 3.12.0 ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
esac
"""


@pytest.fixture
def bootstrap(tmp_path):
    folder = tmp_path / "a project"
    (folder / "tools").mkdir(parents=True)
    for name in ("tools/bootstrap", "pyproject.toml", "constraints.txt"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)

    def run():
        environment = os.environ | {"PYTHON": str(python), "BROWSER_PATH": "/bin/true"}
        command = ["sh", "tools/bootstrap"]
        return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)

    return folder, run


def test_an_environment_on_another_disk_stays_there(bootstrap, tmp_path):
    folder, run = bootstrap
    (folder / ".venv").symlink_to(tmp_path / "disk")  # which has no folder of it yet
    assert run().stderr.endswith("Ready.\n")
    (tmp_path / "disk/left over").touch()
    (folder / "constraints.txt").write_text("")  # out of date
    assert run().stderr.endswith("Ready.\n")
    assert (folder / ".venv").is_symlink()
    assert (tmp_path / "disk/bin/python").is_file()
    assert not (tmp_path / "disk/left over").exists()


def test_a_link_to_what_is_somebody_elses_removes_nothing(bootstrap, tmp_path):
    folder, run = bootstrap
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk/mine").touch()
    (folder / ".venv").symlink_to(tmp_path / "disk")
    done = run()
    assert (done.returncode, (tmp_path / "disk/mine").exists()) == (1, True)
    assert "which holds something else" in done.stderr


def test_a_link_that_leads_nowhere_is_named(bootstrap, tmp_path):
    folder, run = bootstrap
    (folder / ".venv").symlink_to(tmp_path / "unmounted/disk")
    done = run()
    assert (done.returncode, "leads nowhere" in done.stderr) == (1, True)
