"""Settings of one run: the configuration file, overridden by the command line."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from reportgen.config import Config, Report, load
from reportgen.errors import UsageError
from reportgen.ledger.clock import Clock
from reportgen.mistakes import explain

HERE = Path("config.toml")
OPTIONS = {"formats": "format"}
"""Key of `[report]` -> its option, where that has another name."""


def found(file: Path | None) -> Path | None:
    """`file`, or the config.toml of the working directory if there is one."""
    return file or (HERE if HERE.exists() else None)


def configuration(file: Path | None, given_inputs: list[str] | None, overrides: dict[str, Any]) -> Config:
    """The configuration in force; `overrides` are values of `[report]`, None = as configured. Raises `UsageError`."""
    chosen = found(file)
    config = load(chosen) if chosen else Config()
    given = {key: value for key, value in overrides.items() if value is not None}
    wanted = {**msgspec.structs.asdict(config.report), **given}
    try:
        report = msgspec.convert(wanted, Report)
    except msgspec.ValidationError as error:
        remedy = explain(str(error), Report, wanted)
        raise UsageError(_of_option(str(error)), remedy or "`reportgen run --help` lists the options.") from error
    asked = config.input.given(tuple(given_inputs)) if given_inputs else config.input
    made = msgspec.structs.replace(config, report=report, input=asked)
    inputs(made, chosen)
    return made


def _of_option(message: str) -> str:
    """The `message` of msgspec on a value of `[report]`, in terms of the option that gave it."""
    what, _, place = message.partition(" - at ")
    key = "".join(re.findall(r"\$\.(\w+)", place))
    return f"--{OPTIONS.get(key, key)}: {what.replace('Invalid enum value', 'there is no')}"


def archived(file: Path | None, output: str | None) -> Config:
    """The configuration in force for what lies in the archive; it needs no input. Raises `UsageError`."""
    chosen = found(file)
    config = load(chosen) if chosen else Config()
    if output is None:
        return config
    return msgspec.structs.replace(config, report=msgspec.structs.replace(config.report, output=output))


def month(label: str, clock: Clock) -> str:
    """The month that `label` names; `last` is the one before the clock's. Raises `UsageError`."""
    from reportgen import periods

    if label == periods.LAST:
        return periods.before(clock.start)
    if not periods.is_month(label):
        raise UsageError(f"{label!r} is no month", "Write such as 2011-11, or `last`.")
    return label


def formats(lists: Sequence[str] | None) -> tuple[str, ...] | None:
    """The formats of `lists` with commas, each once. Raises `UsageError`."""
    if not lists:
        return None
    text = ",".join(lists)
    named = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if not named:
        raise UsageError(f"--format: {text!r} names no format", "Write such as pdf,html.")
    return named


def clock(now: str | None, timezone: str | None) -> datetime:
    """The shop's local time: `now`, or the clock's. Raises `UsageError`."""
    return _instant(now, timezone).replace(tzinfo=None)


def started(now: str | None, timezone: str | None) -> Clock:
    """The clock of the ledger and of mail, which starts at `now`, or when it is. Raises `UsageError`."""
    return Clock(_instant(now, timezone))


def _instant(now: str | None, timezone: str | None) -> datetime:
    """The shop's time with its offset; where clocks go back, an hour without one is the first of the two."""
    zone = ZoneInfo(timezone) if timezone else None
    try:
        moment = datetime.fromisoformat(now) if now else datetime.now(UTC)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=zone) if zone else moment.astimezone()
        return moment.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--now: {now!r} is no instant", "Write such as 2011-12-01T06:00.") from error


def inputs(config: Config, file: Path | None = None) -> None:
    """Refuses a configuration, perhaps of `file`, that names no input. Raises `UsageError`."""
    if not config.input.named:
        there = f"{file}" if file else "config.toml (`reportgen init FILE` makes one)"
        raise UsageError("no input is named", f'Give --input FILE, or write [input] path = "…" in {there}.')
