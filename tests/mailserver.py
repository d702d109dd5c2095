"""A real mail server for tests: aiosmtpd on this machine, which can be told to refuse, break off or fall silent."""

import asyncio
import email
import email.policy
import ssl
import subprocess
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "brief", "correct horse"
DROP = "drop"
"""Among the answers: the connection breaks."""
SILENCE = "silence"


class Inbox:
    """What the server took (`messages`) and was offered (`offered`: recipient and Message-ID).

    rcpt, data: recipient → answers to give in turn ("450 later", DROP, SILENCE), then "250 OK".
    """

    def __init__(self):
        self.messages, self.offered = [], []
        self.rcpt, self.data = {}, {}
        self.before = {}
        """"rcpt" or "data" → what is called with the recipient before the answer."""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, ARG002
        self.before.get("rcpt", _nothing)(address)
        answer = await self._answer(self.rcpt, address, server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, ARG002
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.offered.append((envelope.rcpt_tos[0], message["Message-ID"]))
        self.before.get("data", _nothing)(envelope.rcpt_tos[0])
        answer = await self._answer(self.data, envelope.rcpt_tos[0], server)
        if answer.startswith("250"):
            self.messages.append((envelope.rcpt_tos[0], message))
        return answer

    async def _answer(self, answers, address, server):
        waiting = answers.get(address) or answers.get("*") or ["250 OK"]
        answer = waiting.pop(0) if waiting != ["250 OK"] else "250 OK"
        if answer == DROP:
            server.transport.abort()
            return "421 gone"
        if answer == SILENCE:
            await asyncio.sleep(30)
        return answer

    def to(self, address):
        return [message for recipient, message in self.messages if recipient == address]

    @property
    def recipients(self):
        return [recipient for recipient, _ in self.messages]


def _nothing(_recipient):
    pass


@contextmanager
def running(inbox, port=0, **options):
    """The server at work; gives its port."""
    controller = Controller(inbox, hostname="127.0.0.1", port=port or _free(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop(no_assert=True)


def secured(certificate):
    """TLS context of the server with the self-signed `certificate`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


def certificate(folder):
    """A self-signed certificate for localhost in `folder`: cert.pem, key.pem."""
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
               "-days", "2", *names, *files]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return folder


def authenticator(server, session, envelope, mechanism, auth_data):
    """Lets USER in with PASSWORD."""
    right = (auth_data.login, auth_data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


def _free():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds=20):
    """Waits until `condition()` holds; gives whether it does."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()
