"""Lists on the terminal: lines of its width below each other; in a log as they are."""

import sys

import pytest

from reportgen.cli.hanging import hanging
from reportgen.issuing.looking import _came

TEXT = "Python packages: " + ", ".join(f"name-{number} 1.{number}.0" for number in range(9))


def test_a_log_has_one_line():
    assert hanging("ok    ", TEXT) == f"ok    {TEXT}"


def test_a_terminal_has_lines_of_its_width(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    lines = hanging("ok    ", TEXT).splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) <= 80
    assert {line[:6] for line in lines[1:]} == {" " * 6}
    assert " ".join(line[6:] for line in lines) == TEXT
    assert hanging("ok    ", "two\nlines") == "ok    two\nlines"


@pytest.mark.parametrize(
    ("outcome", "detail", "told"),
    [("created", "Created a.pdf", "Created a.pdf"), ("failed", "disk full", "failed: disk full"),
     ("unchanged", "Nothing changed: x", "Nothing changed: x"), (None, None, "at work, or killed")],
)  # fmt: skip
def test_what_came_of_a_run_is_said_once(outcome, detail, told):
    assert _came(outcome, detail) == told
