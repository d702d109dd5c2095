"""Scheduling: a crontab block, or systemd units, that make and send the brief by themselves.

Daily on the 1st to the 5th: the ledger sees to it that only the first successful day does anything. All paths are
absolute, nothing is expected of the environment.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import Final

from reportgen.errors import DeliveryError, MachineError, UsageError

BEGIN: Final = "# reportgen begin"
END: Final = "# reportgen end"
DAYS: Final = "1-5"


@dataclass(frozen=True)
class Plan:
    """When (hour, minute), with which configuration, where the log of the runs goes, who hears of what cron prints.

    unit: what systemd calls it; another configuration needs another name
    """

    hour: int
    minute: int
    config: Path
    log: Path
    mailto: tuple[str, ...]
    unit: str = "reportgen"

    @property
    def name(self) -> str:
        """The block's name: one for each configuration."""
        return str(self.config)


def at(text: str) -> tuple[int, int]:
    """Hour and minute of "06:17". Raises `UsageError`."""
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if match is None:
        raise UsageError(f"--at: {text!r} is no time of day", "Write such as 06:17.")
    return int(match[1]), int(match[2])


def crontab(plan: Plan) -> str:
    """The block of a crontab. What a failed run said is printed, for cron to mail, only if operators weren't told."""
    log = shlex.quote(str(plan.log))
    folder = shlex.quote(str(plan.log.parent))
    known = f"0|{DeliveryError.exit_code}"
    alarm = f"{_alarm(plan)} >>{log} 2>&1; case $? in {known}) ;; *) tail -n 20 {log};; esac"
    command = f"mkdir -p {folder}; {_run(plan)} >>{log} 2>&1 || {{ {alarm}; }}"
    # An assignment holds for every line below it: what others are to get goes on to the user.
    mailto = [f"MAILTO={','.join(plan.mailto)}"] if plan.mailto else []
    after = [f"MAILTO={getuser()}"] if plan.mailto else []
    line = f"{plan.minute} {plan.hour} {DAYS} * * {command.replace('%', chr(92) + '%')}"
    return "\n".join([f"{BEGIN} {plan.name}", *mailto, line, *after, f"{END} {plan.name}"]) + "\n"


def units(plan: Plan) -> dict[str, str]:
    """File name → text of the service, its timer, and the service that tells operators when it failed."""
    days = f"*-*-01..05 {plan.hour:02}:{plan.minute:02}:00"
    return {
        f"{plan.unit}.service": f"""[Unit]
Description=The customer segments brief: made and sent once a month
Wants=network-online.target
After=network-online.target
OnFailure={plan.unit}-failed.service

[Service]
Type=oneshot
ExecStart={_systemd(_run(plan))}
TimeoutStartSec=3h
""",
        f"{plan.unit}.timer": f"""[Unit]
Description=The customer segments brief: daily on the 1st to the 5th, sent once

[Timer]
OnCalendar={days}
Persistent=true

[Install]
WantedBy=timers.target
""",
        f"{plan.unit}-failed.service": f"""[Unit]
Description=Tells the operators that the customer segments brief is not delivered

[Service]
Type=oneshot
ExecStart={_systemd(_alarm(plan))}
""",
    }


def install_crontab(plan: Plan) -> str:
    """Puts the block into this user's crontab, in the place of an earlier one. Raises `MachineError`."""
    program = shutil.which("crontab") or shutil.which("crontab", path="/usr/bin:/bin")
    if program is None:
        raise MachineError("there is no crontab here", "Install cron, or take --systemd.")
    others = without_block(_installed(program), plan)
    fresh = others + ("\n" if others and not others.endswith("\n") else "") + crontab(plan)
    done = _called(program, "-", fresh)
    if done.returncode:
        raise MachineError(f"crontab refused it: {done.stderr.strip()}")
    return "Installed in this user's crontab:\n" + crontab(plan)


def _installed(program: str) -> str:
    """This user's crontab, "" if there is none. Raises `MachineError`: the whole of it is about to be replaced."""
    listed = _called(program, "-l")
    if listed.returncode == 0:
        return listed.stdout
    if "no crontab" in listed.stderr:
        return ""
    raise MachineError(
        f"this user's crontab can't be read, and stays as it is: {listed.stderr.strip() or 'crontab -l says nothing'}",
        "Mend that; or put in what `reportgen schedule` prints by hand: `crontab -e`.",
    )


def _called(program: str, argument: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    """What `program` answers, in words that are known; bytes that are no UTF-8 go through as they are."""
    return subprocess.run(  # noqa: S603
        [program, argument], input=given, capture_output=True, check=False, encoding="utf-8", errors="surrogateescape",
        env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip


def without_block(text: str, plan: Plan) -> str:
    """The crontab `text` without this plan's block."""
    block = re.escape(f"{BEGIN} {plan.name}\n") + r".*?" + re.escape(f"{END} {plan.name}\n")
    return re.sub(block, "", text, flags=re.DOTALL)


def install_units(plan: Plan, folder: Path, *, user: bool) -> str:
    """Writes the units into `folder` and starts the timer, for a `user` also while nobody is logged in.

    Raises `UsageError` for a name that is another's.
    """
    _refuse_taken(plan, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units(plan).items():
        (folder / name).write_text(text, encoding="utf-8")
    wrote = f"Wrote {', '.join(units(plan))} to {folder}."
    systemctl = ["systemctl", *(["--user"] if user else [])]
    commands = [[*systemctl, "daemon-reload"], [*systemctl, "enable", "--now", f"{plan.unit}.timer"]]
    for place, command in enumerate(commands):
        if not _works(command):
            rest = " && ".join(map(shlex.join, commands[place:]))
            return f"{wrote}\nThe timer isn't on yet: {command[0]} doesn't work here. Where it does, run: {rest}"
    if user and not _lingers():
        return f"{wrote}\nThe timer is on while {getuser()} is logged in. For always: sudo {shlex.join(_linger())}"
    return f"{wrote} The timer is on."


def _lingers() -> bool:
    """Whether this user's timers run while nobody is logged in; many a server lets only an administrator say so."""
    return _works(_linger()) or Path("/var/lib/systemd/linger", getuser()).exists()


def _linger() -> list[str]:
    return ["loginctl", "enable-linger", getuser()]


def _works(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603


def _refuse_taken(plan: Plan, folder: Path) -> None:
    """Units of another configuration, or of another program, would be gone."""
    if re.fullmatch(r"[A-Za-z0-9][\w.-]*", plan.unit, re.ASCII) is None:
        raise UsageError(f"--unit: {plan.unit!r} is no name of a unit", "Take letters, digits and hyphens.")
    service = folder / f"{plan.unit}.service"
    own = _systemd(shlex.join(["--config", str(plan.config)])) + "\n"
    if service.is_file() and own not in service.read_text("utf-8"):
        raise UsageError(
            f"{service} runs something else than {plan.config}", "Give this one a name of its own: --unit reportgen-2."
        )


def _run(plan: Plan) -> str:
    return shlex.join([*_program(), "run", "--send", "--period", "last", "--config", str(plan.config)])


def _alarm(plan: Plan) -> str:
    return shlex.join([*_program(), "status", "--expect", "last", "--tell", "--config", str(plan.config)])


def _program() -> list[str]:
    """How to call this installation from anywhere."""
    script = Path(sys.executable).with_name("reportgen")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "reportgen"]


def _systemd(command: str) -> str:
    """`command` with quotes that systemd knows, `%` and `$` as themselves."""
    words = (word.replace("\\", "\\\\").replace('"', '\\"') for word in shlex.split(command))
    quoted = (f'"{word}"' if re.search(r'[\s"\';\\]', word) else word for word in words)
    return " ".join(quoted).replace("%", "%%").replace("$", "$$")
