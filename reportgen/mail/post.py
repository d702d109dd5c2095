"""The post: a letter to each of its recipients at most once, with the ledger as witness."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from reportgen.config import Mail
from reportgen.ledger import Ledger
from reportgen.mail import account
from reportgen.mail.smtp import Answer, Server, UnreachableError


class Letter(Protocol):
    """What is sent: `key` names it in the ledger."""

    @property
    def key(self) -> str:
        """Its name in the ledger; the same letter has the same name for ever."""
        ...

    def message_id(self, recipient: str) -> str:
        """The same in every attempt."""
        ...

    def to(self, recipient: str) -> bytes:
        """The whole message, lines ended by CRLF."""
        ...


@dataclass(frozen=True)
class Post:
    """Sends letters by the account `mail` and records each step in `ledger`. `sleep` waits for seconds."""

    mail: Mail
    ledger: Ledger
    sleep: Callable[[float], None] = time.sleep

    def send(self, letter: Letter, recipients: Iterable[str], *, anew: bool = False) -> None:
        """Send `letter` to those of `recipients` who can't have it yet; `anew` to all of them.

        The outcome of each stands in the ledger. Who is refused for now is tried again after `retry_waits`; whoever
        then remains is left to the next run.
        """
        waiting = self._round(letter, tuple(recipients), anew=anew)
        for seconds in self.mail.retry_waits:
            if not waiting:
                return
            self.sleep(seconds)
            waiting = self._round(letter, waiting, anew=False)

    def _round(self, letter: Letter, recipients: tuple[str, ...], *, anew: bool) -> tuple[str, ...]:
        """One attempt at each; gives those who were refused for now."""
        with Server(self.mail) as server:
            answers = self._attempts(server, letter, recipients, anew=anew)
            return tuple(recipient for recipient, answer in answers if answer.verdict == "deferred")

    def _attempts(
        self, server: Server, letter: Letter, recipients: tuple[str, ...], *, anew: bool
    ) -> Iterator[tuple[str, Answer]]:
        unreachable = ""
        for recipient in recipients:
            if not self.ledger.claim(letter.key, recipient, letter.message_id(recipient), anew=anew):
                continue
            try:
                answer = Answer("deferred", unreachable) if unreachable else self._one(server, letter, recipient)
            except UnreachableError as error:  # it won't be there for the others either
                unreachable = str(error)
                answer = Answer("deferred", unreachable)
            self.ledger.settle(letter.key, recipient, answer.verdict, answer.words)
            yield recipient, answer

    def _one(self, server: Server, letter: Letter, recipient: str) -> Answer:
        def hand_over() -> None:
            self.ledger.settle(letter.key, recipient, "handed")

        sender = account.address(self.mail.sender, "sender").addr_spec
        return server.send(sender, recipient, letter.to(recipient), hand_over)
