"""The how-to is true: its configuration loads, its commands run."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from reportgen import config
from reportgen.cli.commands import app
from reportgen.mail import account
from tests.shops import call

PAGE = (Path(__file__).parents[2] / "docs/delivery.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"(?:^ *|`)reportgen ([a-z]+[^`#\n]*)", PAGE, flags=re.MULTILINE)))


def test_its_configuration_loads(tmp_path):
    text = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
    (tmp_path / "config.toml").write_text(text)
    (tmp_path / "mail-password").write_text("secret\n")
    (tmp_path / "mail-password").chmod(0o600)
    mail = config.load(tmp_path / "config.toml").mail
    account.check(mail)
    assert account.password(mail) == "secret"


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_exist(command):
    verb, *words = command.split()
    parameters = get_command(app).commands[verb].params
    options = {option for parameter in parameters for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.slow
def test_its_steps_lead_to_a_mail(office, inbox):
    """As a reader follows them, in December's shop."""
    steps = [command for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
             for command in re.findall(r"reportgen ([^#\n]+)", block)]  # fmt: skip
    assert steps[:4] == ["run", "send last --dry-run", "send last --to you@example.com", "send last"]
    for step in (*steps[:4], "schedule", "schedule --systemd", "status --expect last"):
        done = call(office.folder, *step.split(), now=() if step.startswith("schedule") else ("--now", "2025-01-01T06"))
        assert done.returncode == 0, (step, done.stderr)
    assert inbox.recipients == ["you@example.com", "ann@example.com", "bob@example.com"]
    assert (office.folder / "2024-12.eml").exists()
