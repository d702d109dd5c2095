"""What a run says on a real terminal: stages pass, notes stay, brackets are brackets; in a log, all are plain lines."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from tests.processes import ROOT

TOLD = """
import time
from reportgen.cli.progress import Progress
with Progress() as say:
    say.stage("Reading [input] leave_out_orders = true")
    time.sleep(0.3)
    say.note("shop.csv: Refund amount [/order], [bold]left out[/bold]")
    say.stage("Drawing [/order]")
    time.sleep(0.3)
    say.note("word " * 30 + "end")
    say.of("2024-01").note("Left out: [red]")
print("Done [/order]")
"""
HEADER = "Invoice,Customer,Date,Quantity,Price,Description,Refund amount [/order]\n"


def on_terminal(*arguments, cwd):
    """Runs Python with `arguments` on a terminal of 80 columns; gives the exit code and all that it wrote there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 80, 0, 0))
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=cwd, env=settings, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    written = b""
    while block := _read(ours):
        written += block
    os.close(ours)
    return process.wait(timeout=60), written.decode()


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # nobody writes there any more
        return b""


def screen(written):
    """The lines that stand on a terminal in the end, as long as they are: long ones don't wrap here."""
    lines, row, column = [""], 0, 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", written):
        if part == "\r":
            column = 0
        elif part == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif part == "\x1b[2K":
            lines[row] = ""
        elif part.endswith("A"):
            row -= int(part[2:-1] or 1)
        elif not part.startswith("\x1b"):
            lines[row] = lines[row][:column].ljust(column) + part + lines[row][column + len(part) :]
            column += len(part)
    return [line.rstrip() for line in lines if line.strip()]


def test_stages_pass_and_notes_stay(tmp_path):
    code, written = on_terminal("-c", TOLD, cwd=tmp_path)
    assert code == 0, written
    for stage in ("Reading [input] leave_out_orders = true", "Drawing [/order]"):
        assert stage in written
    assert screen(written) == [
        "shop.csv: Refund amount [/order], [bold]left out[/bold]", "word " * 30 + "end", "2024-01: Left out: [red]",
        "Done [/order]",
    ]  # fmt: skip


def test_in_a_log_each_is_a_line(tmp_path):
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", TOLD], cwd=tmp_path, env=settings, capture_output=True, check=True)
    assert done.stderr.decode().splitlines() == [
        "Reading [input] leave_out_orders = true", "shop.csv: Refund amount [/order], [bold]left out[/bold]",
        "Drawing [/order]", "word " * 30 + "end", "2024-01: Left out: [red]",
    ]  # fmt: skip
    assert done.stdout == b"Done [/order]\n"


@pytest.mark.slow
def test_a_run_on_a_terminal_leaves_what_it_assumed(tmp_path):
    rows = [f"I{n},C{n % 30},2024-0{1 + n % 2}-{1 + n % 28:02},{1 + n % 5},{n % 7 + 1}.50,Café,\n" for n in range(90)]
    rows[5] = rows[5].replace(",\n", ",1.00\n")
    (tmp_path / "shop.csv").write_bytes((HEADER + "".join(rows)).encode("cp1252"))
    (tmp_path / "config.toml").write_text('[input]\npath = "shop.csv"\n[report]\nformats = ["json"]\n')
    code, written = on_terminal("-m", "reportgen", "run", "--period", "2024-02", cwd=tmp_path)
    stays = screen(written)
    assert code == 0, stays
    assert "Reading the input" in written
    assert len(stays) == 3, stays
    assert stays[0] == "shop.csv: read as Windows-1252 (Western European)"
    assert stays[1].startswith("shop.csv: the column Refund amount [/order] isn't read")
    assert stays[2].endswith("output/2024-02/brief.json")
