"""The message: takes texts, picture and PDF, gives the bytes for each recipient."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Final, cast

from reportgen.config import Mail
from reportgen.mail import account
from reportgen.mail.content import CHART

ASCII: Final = SMTP.clone(cte_type="7bit")
"""Letters beyond ASCII are encoded: no server is asked whether it takes eight bits."""


@dataclass(frozen=True)
class Attached:
    """A file that comes along."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """A letter as the post takes it: the same body for everyone, an address and ids of their own for each.

    `key` names it in the ledger; `follows` are the keys of the letters that it answers, the first one first.
    """

    key: str
    list_id: str
    domain: str
    body: bytes
    follows: tuple[str, ...] = ()

    def message_id(self, recipient: str) -> str:
        """The same for the same brief, period, revision and recipient, in every attempt."""
        return self._id(self.key, recipient)

    def to(self, recipient: str) -> bytes:
        """The whole message, lines ended by CRLF."""
        lines = [f"To: {recipient}", f"Message-ID: {self.message_id(recipient)}"]
        if self.follows:
            earlier = [self._id(key, recipient) for key in self.follows]
            lines += [f"In-Reply-To: {earlier[-1]}", "References: " + "\r\n ".join(earlier)]
        return "\r\n".join(lines).encode("ascii") + b"\r\n" + self.body

    def _id(self, key: str, recipient: str) -> str:
        digest = sha256(f"{self.list_id}\n{key}\n{recipient.lower()}".encode()).hexdigest()
        return f"<{digest[:32]}@{self.domain}>"


@dataclass(frozen=True)
class Envelope:
    """What a message is about: its key in the ledger, its subject, when it was written, what it answers."""

    key: str
    subject: str
    written: datetime
    follows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """The brief's two readings, its key chart as PNG and its PDF, each if there is one."""

    text: str
    html: str
    picture: bytes | None
    pdf: Attached | None


def notice(mail: Mail, title: str, envelope: Envelope, text: str) -> Message:
    """A message of plain text."""
    made = _headed(mail, title, envelope)
    made.set_content(text)
    return _finished(made, mail, title, envelope)


def issue(mail: Mail, title: str, envelope: Envelope, content: Content) -> Message:
    """The brief as a message."""
    made = _headed(mail, title, envelope)
    made.set_content(content.text)
    made.add_alternative(content.html, subtype="html")
    if content.picture is not None:
        *_, page = made.iter_parts()
        cast("EmailMessage", page).add_related(
            content.picture, "image", "png", cid=f"<{CHART}>", filename=f"{CHART}.png", disposition="inline"
        )
    if content.pdf is not None:
        made.add_attachment(content.pdf.content, "application", "pdf", filename=content.pdf.name)
    _fix_boundaries(made, envelope.key)
    return _finished(made, mail, title, envelope)


def slug(text: str) -> str:
    """`text` as part of a file name or an id: ASCII letters and digits, hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "brief"


def _headed(mail: Mail, title: str, envelope: Envelope) -> EmailMessage:
    made = EmailMessage(policy=ASCII)
    sender = account.address(mail.sender, "sender")
    made["From"] = sender
    made["Reply-To"] = account.address(mail.reply_to, "reply_to") if mail.reply_to else sender
    made["Subject"] = envelope.subject
    made["Date"] = envelope.written
    made["List-Id"] = f"<{_list_id(title, sender.domain)}>"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    return made


def _finished(made: EmailMessage, mail: Mail, title: str, envelope: Envelope) -> Message:
    domain = account.address(mail.sender, "sender").domain
    return Message(envelope.key, _list_id(title, domain), domain, made.as_bytes(), envelope.follows)


def _list_id(title: str, domain: str) -> str:
    return f"{slug(title)}.{domain}"


def _fix_boundaries(made: EmailMessage, key: str) -> None:
    """The same message has the same bytes: boundaries made of its name, not of chance."""
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"={sha256(f'{key}/{number}'.encode()).hexdigest()[:24]}=")
