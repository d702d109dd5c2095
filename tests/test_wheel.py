"""The built wheel works by itself, from an empty folder, with the source out of sight."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from reportgen import sample

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    install = ["pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--target"]
    subprocess.run([sys.executable, "-m", *install, str(folder), str(wheel)], check=True, capture_output=True)
    return folder


@pytest.fixture
def run(installed, tmp_path):
    """Runs Python in an empty folder on the installed wheel."""
    empty = tmp_path / "empty"
    empty.mkdir()

    def python(*arguments):
        environment = os.environ | {"PYTHONPATH": str(installed)}
        return subprocess.run(
            [sys.executable, *arguments], cwd=empty, env=environment, check=False, capture_output=True, text=True
        )

    return python


def test_it_holds_what_the_source_holds_and_no_more(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for source, folder in (("templates", "templates"), ("assets", "assets"), ("reportgen/recipes", "recipes")):
        files = [file for file in (ROOT / source).rglob("*") if file.is_file() and "__pycache__" not in file.parts]
        assert files, source
        assert {f"reportgen/{folder}/{file.relative_to(ROOT / source).as_posix()}" for file in files} <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"reportgen"}


def test_the_wheel_is_what_runs(run, installed):
    result = run("-c", "import reportgen; print(reportgen.__file__)")
    assert Path(result.stdout.strip()).is_relative_to(installed), result.stderr


def test_it_lists_its_recipes(run):
    result = run("-m", "reportgen", "recipes")
    assert result.returncode == 0, result.stderr
    tables = {file.stem: tomllib.loads(file.read_text()) for file in (ROOT / "reportgen" / "recipes").glob("*.toml")}
    shipped = {name for name, table in tables.items() if "id" in table}
    assert shipped
    assert all(name in result.stdout for name in shipped), result.stdout


@pytest.mark.slow
def test_it_makes_a_brief_in_an_empty_folder(run, tmp_path):
    sample.write(tmp_path / "transactions.csv")
    result = run("-m", "reportgen", "run", "--input", str(tmp_path / "transactions.csv"))
    assert result.returncode == 0, result.stdout + result.stderr
    edition = tmp_path / "empty" / "output" / "2026-09"
    assert (edition / "brief.pdf").read_bytes().startswith(b"%PDF-")
    assert {"index.html", "brief.json", "customers.csv", "manifest.json"} <= {file.name for file in edition.iterdir()}
