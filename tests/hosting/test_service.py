"""The service of the how-to: systemd understands it, and its command starts and ends as the unit says."""

import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, reportgen, start
from tests.shops import settle

UNIT = re.search(r"```ini\n(.*?)```", (ROOT / "docs/hosting.md").read_text("utf-8"), re.DOTALL)[1]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_systemd_understands_the_unit(tmp_path):
    program = str(Path(sys.executable).with_name("reportgen"))
    file = tmp_path / "reportgen-serve.service"
    file.write_text(UNIT.replace("/srv/reportgen/.venv/bin/reportgen", program))
    done = subprocess.run(["systemd-analyze", "verify", file], capture_output=True, text=True, check=False)
    assert (done.returncode, file.name in done.stderr) == (0, False), done.stderr


def test_its_command_ends_as_the_unit_expects(tmp_path):
    settle(tmp_path, 9, "[serve]\nport = 0")
    command = re.search(r"^ExecStart=\S+/reportgen (.*)$", UNIT, re.MULTILINE)[1]
    words = command.replace("/srv/reportgen", str(tmp_path)).split()
    with start(*words, cwd="/") as process:
        try:
            assert "Serving http://127.0.0.1:" in process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        finally:
            process.kill()
    assert str(process.returncode) in re.findall(r"^SuccessExitStatus=(\d+)$", UNIT, re.MULTILINE)


def test_where_nobody_can_listen_it_says_so(tmp_path):
    settle(tmp_path, 9)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port, words in ((taken.getsockname()[1], "Address already in use)"), (80_000, "0-65535")):
            done = reportgen("serve", "--port", port, cwd=tmp_path)
            assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
            assert f"port {port}: nobody can listen there" in done.stderr
            assert words in done.stderr
