"""SMTP: one connection for many messages, each to one recipient, and what the server said to each."""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Literal, Self

from reportgen.config import Mail
from reportgen.errors import UsageError
from reportgen.mail import account

TEMPORARY: Final = 400
PERMANENT: Final = 500
START_MAIL: Final = 354
TRIED_TOO_OFTEN: Final = 421

Verdict = Literal["accepted", "refused", "deferred", "unknown"]


@dataclass(frozen=True)
class Answer:
    """What became of a message, and the server's words (or why there are none)."""

    verdict: Verdict
    words: str


class UnreachableError(Exception):
    """There is no server to talk to, or it won't talk to us: nothing was sent."""


class Server:
    """A mail server, connected when it is needed. Use as a context manager.

    Raises `UsageError` at once for certificates or a password that can't be had: before anything is claimed.
    """

    def __init__(self, mail: Mail) -> None:
        self._mail, self._context = mail, _context(mail)
        self._password = account.password(mail) if mail.user else ""
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection and kind is None:
            try:
                self._connection.quit()
            except (OSError, smtplib.SMTPException):
                self.hang_up()
        self.hang_up()

    def send(self, sender: str, recipient: str, message: bytes, hand_over: Callable[[], None]) -> Answer:
        """Send `message` (CRLF lines); `hand_over` is called before its first byte leaves.

        After that, whatever isn't an answer is `unknown`. Raises `UnreachableError` if the server can't be had.
        """
        connection = self._connected()
        try:
            for command in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA"):
                code, words = connection.docmd(command)
                if not _goes_on(code, command):
                    return self._refusal(code, words)
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            return Answer("deferred", f"connection lost before the message: {_reason(error)}")
        hand_over()
        try:
            connection.send(_transparent(message))
            code, words = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            return Answer("unknown", f"connection lost after the message: {_reason(error)}")
        if code < TEMPORARY and not _is_fine(code):
            self.hang_up()
            return Answer("unknown", f"no known answer to the message: {_said(code, words)}")
        return Answer("accepted", _said(code, words)) if _is_fine(code) else self._refusal(code, words)

    def hang_up(self) -> None:
        """End the connection without a word; the next message gets a new one."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _refusal(self, code: int, words: bytes) -> Answer:
        """Final from 500 on; then the connection is made ready for the next message."""
        if code in {TRIED_TOO_OFTEN, -1}:
            self.hang_up()
        elif self._connection:
            try:
                self._connection.rset()
            except (OSError, smtplib.SMTPException):
                self.hang_up()
        return Answer("refused" if code >= PERMANENT else "deferred", _said(code, words))

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (OSError, smtplib.SMTPException, UnicodeError) as error:  # the last: of a host that is no name
                raise UnreachableError(
                    f"{self._mail.host}, port {account.port(self._mail)}: {_reason(error)}"
                ) from error
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        mail, port = self._mail, account.port(self._mail)
        connection: smtplib.SMTP
        if mail.security == "tls":
            connection = smtplib.SMTP_SSL(mail.host, port, timeout=mail.timeout, context=self._context)
        else:
            connection = smtplib.SMTP(mail.host, port, timeout=mail.timeout)
        try:
            if mail.security == "starttls":
                connection.starttls(context=self._context)
            connection.ehlo_or_helo_if_needed()
            if mail.user:
                connection.login(mail.user, self._password)
        except BaseException:
            connection.close()
            raise
        return connection


def _context(mail: Mail) -> ssl.SSLContext:
    """The system's rules for certificates; `ca_file` instead of its authorities. Raises `UsageError`."""
    try:
        return ssl.create_default_context(cafile=mail.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"[mail] ca_file: {mail.ca_file} holds no certificates ({error})", "Name a PEM file."
        ) from error


def _goes_on(code: int, command: str) -> bool:
    return code == START_MAIL if command == "DATA" else _is_fine(code)


def _is_fine(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004  the class of success


def _transparent(message: bytes) -> bytes:
    """As it goes over the wire: a dot that begins a line is doubled, a lone one ends the message (RFC 5321, 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", message.rstrip(b"\r\n")) + b"\r\n.\r\n"


def _said(code: int, words: bytes) -> str:
    text = " ".join(words.decode("utf-8", errors="replace").split())
    return f"{code} {text}" if code >= 0 else "no answer"


def _reason(error: Exception) -> str:
    """The words of `error`; a login that fails is told without what was sent."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the login was refused ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said(error.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
