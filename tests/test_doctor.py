"""The doctor: finds what is there, names what is not, and how to mend it."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from reportgen import doctor

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def examine(tmp_path, monkeypatch):
    """Gives the checks by name for a configuration of the given text, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def look(text=None):
        file = None if text is None else tmp_path / "config.toml"
        if file:
            file.write_text(text, encoding="utf-8")
        return {check.name: check for check in doctor.examine(file)}

    return look


def test_a_ready_machine_is_found_well_in_every_part(examine):
    checks = examine()
    assert list(checks) == ["Python packages", "Pango", "Browser", "Fonts", "Configuration", "Input", "Output"]
    assert [check for check in checks.values() if not check.ok] == []
    assert all(check.detail and not check.remedy for check in checks.values())
    assert "Chrom" in checks["Browser"].detail


def test_a_package_that_does_not_load_is_named(examine, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastexcel", None)
    check = examine()["Python packages"]
    assert not check.ok
    assert "fastexcel" in check.detail
    assert "babel" not in check.detail
    assert "pip install" in check.remedy


def test_every_package_that_the_project_declares_is_looked_at(examine):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.match(r"[\w-]+", each)[0] for each in declared}
    assert names > doctor.APART
    assert all(doctor._version(name) for name in names - doctor.APART)
    assert {"pypdfium2", "pillow", "tomlkit", "platformdirs"} <= set(examine()["Python packages"].detail.split())


def test_missing_system_libraries_are_named_with_their_packages(examine, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    check = examine()["Pango"]
    assert not check.ok
    packages = re.findall(r"lib[\w.-]+", check.remedy)
    assert "libpango-1.0-0" in packages
    assert all(f"'{name} '" in (ROOT / "tools/bootstrap").read_text(encoding="utf-8") for name in packages)


def test_a_browser_that_is_not_there_or_does_not_start(examine, monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nothing"))
    missing = examine()["Browser"]
    assert (missing.ok, missing.detail) == (False, f"there is no {tmp_path / 'nothing'}")
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'no libraries' >&2\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(broken))
    check = examine()["Browser"]
    assert not check.ok
    assert "exit code 127" in check.detail
    assert "no libraries" in check.detail
    assert "BROWSER_PATH" in check.remedy


def test_a_hanging_browser_is_not_waited_for(examine, monkeypatch, tmp_path):
    hanging = tmp_path / "hanging"
    hanging.write_text("#!/bin/sh\nexec sleep 20\n")
    hanging.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(hanging))
    monkeypatch.setattr(doctor, "BROWSER_TIMEOUT", 0.2)
    assert "timed out" in examine()["Browser"].detail


def test_a_broken_configuration_is_said_and_the_rest_still_checked(examine):
    checks = examine("[shop]\ncurency = 'GBP'\n")
    assert not checks["Configuration"].ok
    assert "curency" in checks["Configuration"].detail
    assert checks["Output"].ok


def test_a_named_configuration_must_be_there(tmp_path):
    (check,) = (check for check in doctor.examine(tmp_path / "other.toml") if check.name == "Configuration")
    assert not check.ok
    assert "no such configuration" in check.detail
    assert "reportgen init" in check.remedy


@pytest.mark.parametrize(
    ("path", "said"), [("none.csv", "none.csv"), ("empty.csv", "is empty"), ("folder", "folder"), ("*.xlsx", "xlsx")]
)
def test_an_input_that_cannot_be_read(examine, tmp_path, path, said):
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    check = examine(f"[input]\npath = '{path}'\n")["Input"]
    assert not check.ok
    assert said in check.detail
    assert ("Readable are" if path == "folder" else "--input") in check.remedy


def test_inputs_are_counted_over_files_folders_and_globs(examine, tmp_path):
    (tmp_path / "months").mkdir()
    for name in ("months/a.csv", "months/b.csv", "c.csv", "d.csv"):
        (tmp_path / name).write_text("x" * 250_000)
    for name in ("months/.gitkeep", "months/notes.md"):  # a run doesn't look at these either
        (tmp_path / name).touch()
    check = examine("[input]\npath = ['months', '*.csv']\n")["Input"]
    assert (check.ok, check.detail) == (True, "4 files, 1.0 MB")


def test_an_output_that_cannot_be_written(examine, tmp_path):
    (tmp_path / "taken").touch()
    check = examine("[report]\noutput = 'taken/output'\n")["Output"]
    assert not check.ok
    assert "is a file" in check.detail


def test_a_full_disk_is_said(examine, monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_FREE", 2**80)
    assert "free" in examine()["Output"].detail
    assert not examine()["Output"].ok


def test_a_brand_without_fonts_in_its_folder(examine, tmp_path):
    (tmp_path / "fonts").mkdir()
    check = examine("[brand]\nfonts = 'fonts'\n")["Fonts"]
    assert not check.ok
    assert "no .ttf" in check.detail


def test_looking_leaves_nothing_behind(examine, tmp_path):
    examine()
    assert list(tmp_path.iterdir()) == []
