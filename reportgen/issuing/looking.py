"""Looking: the state of every issue, whether the expected one is delivered, and all that was recorded."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from reportgen import archive, ledger
from reportgen.archive import Edition, reading
from reportgen.config import Config
from reportgen.errors import DeliveryError, MachineError, UsageError
from reportgen.issuing import desk, notices, sending
from reportgen.ledger import Delivery, Ledger, Run
from reportgen.ledger.clock import Clock
from reportgen.mail import account

PERIODS = 12
"""Months that the status shows."""


def status(config: Config, clock: Clock) -> Iterator[str]:
    """The state of the last issues and of the last run, a line each; all times by the shop's clock."""
    with _book(config, clock) as book:
        editions = archive.editions(Path(config.report.output))
        periods = sorted({each.period for each in editions})[-PERIODS:]
        for edition in editions:
            if edition.period in periods:
                yield f"{edition.name}: {_made(edition)}; {_sent(book, edition, clock)}"
        if not editions:
            yield f"{config.report.output} holds no edition."
        if book and (runs := book.runs(1)):
            yield _last_run(runs[0], clock)
        if editions:
            yield f"Times: {getattr(_zone(clock), 'key', 'those of this machine')}."


def demand(config: Config, clock: Clock, period: str, *, tell: bool) -> None:
    """Raises `DeliveryError` unless every reader has the issue of `period`.

    If asked to, it first tells operators who have not heard of it yet. Raises `MachineError` if they can't be told.
    """
    usable = _with_usable_ledger(config) if tell else config
    with _book(usable, clock) as book:
        missing = _missing(config, book, period)
    if not missing:
        return
    reason, remedy = _why(config, missing)
    lacking = f"{period} is not delivered: {missing}"
    if tell and not _told(usable, clock, period, reason, remedy):
        raise MachineError(lacking, "No operator could be told: is the mail server of [mail] there?")
    raise DeliveryError(lacking)


def log(config: Config, clock: Clock, *, as_json: bool) -> Iterator[str]:
    """Every entry of the ledger by time, as text or as JSON."""
    with _book(config, clock) as book:
        entries = sorted(_entries(book), key=lambda entry: entry["at"]) if book else []
    for entry in entries:
        yield json.dumps(entry, ensure_ascii=False) if as_json else _text(entry)


def _told(config: Config, clock: Clock, period: str, reason: str, remedy: str) -> bool:
    """Whether an operator knows, at the latest now, that the issue of `period` is not delivered."""
    mail = sending.needed_mail(config)
    with desk.reached(config, clock) as table:
        if not notices.told(table, period):
            notices.tell(table, mail, notices.of_failure(period, reason, remedy))
        return notices.told(table, period)


def _with_usable_ledger(config: Config) -> Config:
    """`config`, with the usual place of the ledger where the configured one is refused: no run could write there."""
    try:
        config.ledger.folder(config.report.output)
    except UsageError:
        return msgspec.structs.replace(config, ledger=msgspec.structs.replace(config.ledger, path=None))
    return config


def _why(config: Config, missing: str) -> tuple[str, str]:
    """What stops every run before it is recorded, or else what is `missing`; and what to do."""
    try:
        config.check_folders()
    except UsageError as error:
        return error.message, error.remedy
    return missing, "`reportgen status` and `log` say more."


def _book(config: Config, clock: Clock) -> AbstractContextManager[Ledger | None]:
    return ledger.looked_at(config.ledger.folder(config.report.output), clock, config.ledger.wait)


def _missing(config: Config, book: Ledger | None, period: str) -> str:
    """Why the issue of `period` isn't with every reader, "" if it is."""
    output = Path(config.report.output)
    sent = archive.last_out(output, period, book.out()) if book else None
    if sent is None or book is None or config.mail is None:
        return "it was made, but not sent" if archive.issues(output, period) else "it was not made"
    readers = account.recipients(config.mail, config.mail.management, "management")
    states = {each.recipient: each for each in book.deliveries(sent.name)}
    lacking = [_lack(reader, states.get(reader)) for reader in readers]
    return "; ".join(lack for lack in lacking if lack)


def _lack(reader: str, delivery: Delivery | None) -> str:
    if delivery is None:
        return f"{reader} not sent"
    return "" if delivery.state == "accepted" else f"{reader} {delivery.state} ({delivery.words})"


def _made(edition: Edition) -> str:
    try:
        return f"made {reading.about(edition).made:%Y-%m-%d %H:%M}"
    except MachineError:
        return "its manifest can't be read"


def _zone(clock: Clock) -> ZoneInfo | None:
    """The shop's time zone; None for the machine's, which `astimezone` knows for every season."""
    zone = clock.start.tzinfo
    return zone if isinstance(zone, ZoneInfo) else None


def _local(stamp: str, clock: Clock) -> str:
    """An instant of the ledger, which keeps UTC, as the shop's clock showed it: as manifests do."""
    return f"{datetime.fromisoformat(stamp).astimezone(_zone(clock)):%Y-%m-%d %H:%M}"


def _sent(book: Ledger | None, edition: Edition, clock: Clock) -> str:
    deliveries = book.deliveries(edition.name) if book else ()
    if not deliveries:
        waits = book is not None and any(each.letter.startswith(f"draft/{edition.name}/") for each in book.deliveries())
        return "waits for approval" if waits else "not sent"
    accepted = [each for each in deliveries if each.state == "accepted"]
    last = f", last {_local(max(each.settled or each.claimed for each in accepted), clock)}" if accepted else ""
    others = [f"{each.recipient} {each.state} ({each.words})" for each in deliveries if each.state != "accepted"]
    return "; ".join((f"sent to {len(accepted)} of {len(deliveries)}{last}", *others))


def _last_run(run: Run, clock: Clock) -> str:
    began = _local(run.began, clock)
    if run.ended is None:
        return f"Last run: began {began}, and is at work or was killed"
    return f"Last run: {began} to {_local(run.ended, clock)}. {_came(run.outcome, run.detail)}"


def _came(outcome: str | None, detail: str | None) -> str:
    """What came of a run: its sentence, which most often says so in its first words."""
    if outcome is None:
        return "at work, or killed"
    said = detail or ""
    return said if said.lower().startswith((outcome, "nothing changed")) else f"{outcome}: {said}"


def _entries(book: Ledger) -> Iterator[dict[str, Any]]:
    for run in reversed(book.runs()):
        yield {"at": run.began, "kind": "run", **msgspec.to_builtins(run)}
    for delivery in book.attempts():
        yield {"at": delivery.claimed, "kind": "delivery", **msgspec.to_builtins(delivery)}
    for approval in book.approvals():
        yield {"at": approval.given, "kind": "approval", **msgspec.to_builtins(approval)}
    for act in book.acts():
        yield {"at": act.done, "kind": "act", **msgspec.to_builtins(act)}


def _text(entry: dict[str, Any]) -> str:
    told = {
        "run": "run {id} of {asked}: {came}",
        "delivery": "{letter} to {recipient}, attempt {attempt}: {state} {words}",
        "approval": "{edition} approved by {giver}",
        "act": "{act} by {doer}: {detail}",
    }
    came = _came(entry["outcome"], entry["detail"]) if entry["kind"] == "run" else ""
    return f"{entry['at']}  {told[entry['kind']].format_map({**entry, 'came': came})}"
