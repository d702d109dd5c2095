"""The documents are true: links lead somewhere, options and exit codes are those of the product."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from reportgen import errors
from reportgen.cli.commands import app
from reportgen.recipes import names

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_the_readme_lists_every_option_of_run():
    run = get_command(app).commands["run"]
    options = {option for parameter in run.params for option in parameter.opts if option[:2] == "--"} - {"--help"}
    listed = set(re.findall(r"^\| `(--[a-z]+)` \|", README, flags=re.MULTILINE))
    assert listed == options


def test_the_readme_lists_every_exit_code():
    listed = {int(code) for code in re.findall(r"^\| (\d) \|", README, flags=re.MULTILINE)}
    raised = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and kind.__module__ == errors.__name__
    }
    assert listed == {0, 2, 3, 4, 5, 6, 7}
    assert raised - {1} <= listed


def test_verbs_of_the_readme_exist():
    verbs = set(get_command(app).commands)
    assert set(re.findall(r"(?:\.venv/bin/)?reportgen ([a-z]+)", README)) - {"writes"} <= verbs


def test_recipes_named_in_documents_are_shipped():
    shipped = {entry.id for entry in names()}
    assert {"strategic", "kmeans-4"} <= shipped
