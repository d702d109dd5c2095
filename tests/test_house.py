"""The house's own rules: short functions, small files, clean layers, no word about machines, docs that are current."""

import ast
import os
import re
import shutil
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 10
LONGEST_FILE = 400
# Spaced, since this file is searched too.
HOSTS = ("py pi.org", "python hosted.org", "npm js.org", "npm js.com", "unp kg.com", "js delivr")
PLACES = ("/wo rk/", "/ro ot/", "/op t/pypi", "/op t/wheels", "/tm p/venv")
WORDS = [word.replace(" ", "") for word in HOSTS + PLACES]


def tracked(pattern="*"):
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    if not shutil.which("git"):
        pytest.skip("git, which knows the project's files, is not installed")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", pattern]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def functions(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def python(*arguments):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )


def test_no_function_is_long():
    long = [f"{name}: {length} lines" for file in tracked("*.py") for name, length in functions(file)
            if length > LONGEST_FUNCTION]  # fmt: skip
    assert long == []


def test_the_median_function_is_short():
    lengths = [length for file in tracked("reportgen/*.py") for _, length in functions(file)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION


def test_no_file_is_long():
    sizes = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in tracked("*.py")}
    assert [f"{file.relative_to(ROOT)}: {size} lines" for file, size in sizes.items() if size > LONGEST_FILE] == []


def test_no_module_is_a_drawer_for_odds_and_ends():
    names = {"util", "utils", "helper", "helpers", "common", "misc"}
    assert [file for file in tracked("*.py") if file.stem in names or file.parent.name in names] == []


def test_every_stage_sees_only_the_stages_before_it():
    result = python("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_project_names_no_machine_and_no_registry():
    words = re.compile("|".join(map(re.escape, WORDS)))
    found = []
    for file in tracked():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(ROOT)}: {match}" for match in sorted(set(words.findall(text)))]
    assert found == []


def test_the_constraints_are_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []
    assert "sqlglot==30.17.0" in pins


def declared():
    """Requirements of the project and of its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = chain.from_iterable(project["optional-dependencies"].values())
    return {canonicalize_name(each.name): each for each in map(Requirement, [*project["dependencies"], *extras])}


def libraries(file):
    """The libraries that `file` imports, by their own names."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        yield from {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"reportgen"}


def test_what_is_imported_is_declared():
    imported = {name for file in tracked("reportgen/*.py") for name in libraries(file)}
    assert {"anyio", "numpy", "pandas"} <= imported
    homes = packages_distributions()
    # One that isn't installed here is called as its module is: drivers of engines are.
    named = {name: {canonicalize_name(home) for home in homes.get(name, [name])} for name in imported}
    assert sorted(name for name, candidates in named.items() if not candidates & set(declared())) == []


def test_the_tested_versions_are_those_that_are_allowed():
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:])
    tested = {canonicalize_name(name): version for name, version in pins.items()}
    assert [str(each) for name, each in declared().items() if not each.specifier.contains(tested[name])] == []


def test_the_generated_documents_are_current():
    result = python("tools/docs.py", "--check")
    assert result.returncode == 0, f"{result.stdout}{result.stderr}`make docs` writes them anew"
