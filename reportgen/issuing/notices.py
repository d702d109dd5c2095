"""Notices: what operators are told, once for each cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from reportgen.config import Mail
from reportgen.issuing.desk import Desk
from reportgen.mail import account, message
from reportgen.mail.message import Envelope, Message
from reportgen.mail.post import Post


@dataclass(frozen=True)
class Notice:
    """What happened to the issue of `period`, why, and what to do; the same `cause` is told once."""

    period: str
    cause: tuple[str, ...]
    subject: str
    text: str


def told(desk: Desk, period: str) -> bool:
    """Whether an operator has heard what became of the issue of `period`."""
    begin = f"notice/{period}/"
    return any(each.letter.startswith(begin) and each.state == "accepted" for each in desk.ledger.deliveries())


def tell(desk: Desk, mail: Mail, notice: Notice) -> None:
    """Send `notice` to the operators who don't have it yet. What can't be sent now is tried when it happens again."""
    digest = sha256("\0".join(notice.cause).encode()).hexdigest()[:16]
    title = desk.config.brand.title
    envelope = Envelope(
        f"notice/{notice.period}/{digest}", account.one_line(f"{title}: {notice.subject}"), desk.clock.start
    )
    deliver(desk, mail, message.notice(mail, title, envelope, notice.text))


def deliver(desk: Desk, mail: Mail, letter: Message) -> None:
    """Send `letter` to operators, without waiting for a server that is not there."""
    at_once = msgspec.structs.replace(mail, retry_waits=())
    Post(at_once, desk.ledger).send(letter, account.recipients(mail, mail.operators, "operators"))


def of_failure(period: str, what: str, remedy: str) -> Notice:
    """The notice of a run that failed."""
    return Notice(
        period,
        ("failure", what),
        f"{period} was not made",
        f"The brief of {period} was not made, and nothing was sent to management.\n\n{what}\n{remedy}\n",
    )


def of_sending(period: str, what: str, remedy: str) -> Notice:
    """The notice of an issue that was made, and could not be sent."""
    return Notice(
        period,
        ("sending", what),
        f"{period} was not sent",
        f"The brief of {period} is made, but sending it failed. `reportgen status` says who has it.\n\n"
        f"{what}\n{remedy}\n",
    )


def of_hosting(period: str, what: str, remedy: str) -> Notice:
    """The notice of a hosted archive that doesn't show what went out."""
    return Notice(
        period,
        ("hosting", what),
        f"{period} went out, but is not hosted",
        f"The brief of {period} went out. Links to it may lead nowhere yet.\n\n{what}\n{remedy}\n",
    )


def of_gate(period: str, failed: Iterable[tuple[str, str]]) -> Notice:
    """The notice of an issue that was held back; `failed` are names of checks and what they found."""
    found = tuple(failed)
    listed = "\n".join(f"- {name}: {what}" for name, what in found)
    return Notice(
        period,
        ("gate", *sorted(name for name, _ in found)),
        f"{period} is held back",
        f"The brief of {period} is held back: nothing was sent to management.\n\n{listed}\n\n"
        f"Mend the cause and run again; `reportgen send {period}` sends it when every check passes.\n",
    )


def of_delivery(edition: str, period: str, open_: Iterable[tuple[str, str, str]]) -> Notice:
    """The notice of readers who don't have the issue: address, state and the server's words of each."""
    found = tuple(open_)
    listed = "\n".join(f"- {recipient}: {state} ({words})" for recipient, state, words in found)
    return Notice(
        period,
        ("delivery", edition, *sorted(f"{recipient} {state}" for recipient, state, _ in found)),
        f"{edition} did not reach everyone",
        f"These readers of {edition} don't have it, or it isn't known:\n\n{listed}\n\n"
        "refused: the address is wrong, or the server doesn't want it; mend the address.\n"
        "deferred: the next run tries again.\n"
        "unknown: the connection broke after the message; it may have arrived. Ask the reader, and if it did not:\n"
        f"  reportgen send {period} --to ADDRESS --resend\n",
    )
