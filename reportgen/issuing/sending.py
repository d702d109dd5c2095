"""Sending an issue: gate, approval, post; each reader gets it at most once unless somebody asks for it again."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from reportgen import archive, gate
from reportgen.archive import Edition, reading
from reportgen.brief import Brief
from reportgen.config import Config, Mail
from reportgen.errors import DeliveryError, GateError, MachineError, UsageError
from reportgen.gate import Exhibit, Finding
from reportgen.issuing import notices
from reportgen.issuing.desk import Desk
from reportgen.ledger import Delivery, Ledger
from reportgen.mail import account, composing
from reportgen.mail.composing import Draft
from reportgen.mail.post import Post
from reportgen.wording import Words

HELD = "Nothing was sent to management; operators were told once."
NAMED = 10
"""Readers that a sentence names."""


@dataclass(frozen=True)
class Wish:
    """What is to be sent: a period's issue; to one reader alone; again to who has or may have it.

    `edition` names the issue that is meant, where it need not be the one that holds.
    """

    period: str
    to: str | None = None
    resend: bool = False
    edition: Edition | None = None


def needed_mail(config: Config) -> Mail:
    """The checked `[mail]`. Raises `UsageError`."""
    if config.mail is None:
        raise UsageError(
            "nothing can be sent: the configuration has no [mail]",
            "docs/delivery.md has one to copy. With it, `reportgen send PERIOD --dry-run` shows the message unsent.",
        )
    account.check(config.mail)
    return config.mail


def send(desk: Desk, wish: Wish) -> str:
    """Send the issue that is wished for, or that holds of its period; gives what happened in a sentence.

    Raises `UsageError`, `GateError` (nothing goes out), `DeliveryError` (somebody doesn't have it).
    """
    mail = needed_mail(desk.config)
    edition = wish.edition or archive.needed(desk.output, wish.period)
    readers = asked_for(mail, wish)
    if not (waiting := due(desk.ledger, edition, readers, wish)):
        return _outcome(desk, mail, edition, readers)
    _need_folder(edition)
    draft = composing.draft(desk.config, mail, edition)
    _pass_the_gate(desk, mail, draft)
    if mail.approve and not _approved(desk, edition):
        return _ask(desk, mail, draft)
    letter = composing.composed(desk.config, mail, draft, desk.clock.start)
    Post(mail, desk.ledger).send(letter, waiting, anew=wish.resend)
    return _outcome(desk, mail, edition, readers)


def _need_folder(edition: Edition) -> None:
    """Whoever misses an issue that was pruned since can't get it any more. Raises `MachineError`."""
    if not edition.folder.exists():
        raise MachineError(
            f"{edition.name} went out, but {edition.folder} is there no more",
            f"Restore it from a backup; or `reportgen run --send --period {edition.period}` sends a revision.",
        )


def findings(config: Config, draft: Draft, now: datetime, *, first: bool) -> tuple[Finding, ...]:
    """What the gate finds in an edition and its message; `first` says whether nobody has it yet."""
    brief, edition = draft.brief, draft.edition
    before, unread = _month_before(draft)
    return gate.examine(
        Exhibit(
            brief=brief,
            files=draft.files,
            digests=reading.about(edition).files,
            mail={"text": draft.texts.text, "html": gate.plain(draft.texts.html)},
            before=before,
            first=first,
            now=now,
            rules=config.gate,
            words=Words(config.shop.locale, brief.currency, brief.scale),
            unread=unread,
        )
    )


def _month_before(draft: Draft) -> tuple[Brief | None, str]:
    """The issue of the month before, None if there is none; and why it can't be read: that holds no mail back."""
    last = archive.month_before(draft.edition.folder.parent, draft.brief.period.start)
    try:
        return (reading.brief(last) if last else None), ""
    except MachineError as error:
        return None, error.message


def digest(edition: Edition) -> str:
    """The fingerprint of all that `edition` holds: an approval is for that alone."""
    files = reading.about(edition).files
    return sha256("".join(f"{name} {files[name]}\n" for name in sorted(files)).encode()).hexdigest()


def asked_for(mail: Mail, wish: Wish) -> tuple[str, ...]:
    """The addresses that `wish` is for. Raises `UsageError`."""
    if wish.to:
        return account.recipients(mail, (wish.to,), "--to")
    return account.recipients(mail, mail.management, "management")


def due(book: Ledger | None, edition: Edition, readers: tuple[str, ...], wish: Wish) -> tuple[str, ...]:
    """Those of `readers` to whom `edition` goes now.

    Without a name, sending again is for those of whom nobody knows, or whom the server refused.
    """
    if wish.to and wish.resend:
        return readers
    settled = {"accepted"} if wish.resend else {"accepted", "refused", "unknown", "handed"}
    done = {each.recipient for each in (book.deliveries(edition.name) if book else ()) if each.state in settled}
    return tuple(reader for reader in readers if reader not in done)


def _pass_the_gate(desk: Desk, mail: Mail, draft: Draft) -> None:
    first = draft.edition.name not in desk.ledger.out()
    failed = gate.failed(findings(desk.config, draft, desk.now, first=first))
    if not failed:
        return
    period = draft.edition.name
    notices.tell(desk, mail, notices.of_gate(period, ((each.name, each.what) for each in failed)))
    listed = "; ".join(f"{each.name}: {each.what}" for each in failed)
    raise GateError(f"{period} is held back. {listed}", HELD)


def _approved(desk: Desk, edition: Edition) -> bool:
    wanted = (edition.name, digest(edition))
    return any((each.edition, each.digest) == wanted for each in desk.ledger.approvals())


def _ask(desk: Desk, mail: Mail, draft: Draft) -> str:
    edition = draft.edition
    notices.deliver(desk, mail, composing.for_approval(desk.config, mail, draft, desk.clock.start, digest(edition)))
    return f"{edition.name} waits for approval: operators have it; `reportgen approve {edition.period}` sends it."


def _outcome(desk: Desk, mail: Mail, edition: Edition, readers: tuple[str, ...]) -> str:
    """The sentence of what `readers` have now. Raises `DeliveryError` if it isn't the issue."""
    last = {each.recipient: each for each in desk.ledger.deliveries(edition.name)}
    open_ = [each for reader in readers if (each := last.get(reader)) and each.state != "accepted"]
    have = sum(reader in last and last[reader].state == "accepted" for reader in readers)
    reached = f"{edition.name} is with {have} of {len(readers)} {'reader' if len(readers) == 1 else 'readers'}"
    if not open_:
        return f"{reached}."
    listed = tuple((each.recipient, each.state, each.words) for each in open_)
    notices.tell(desk, mail, notices.of_delivery(edition.name, edition.period, listed))
    raise DeliveryError(f"{reached}: {_named(open_)}.", _remedy(open_, edition))


def _named(open_: list[Delivery]) -> str:
    named = "; ".join(f"{each.recipient} {each.state} ({each.words})" for each in open_[:NAMED])
    more = len(open_) - NAMED
    return f"{named}; and {more} more" if more > 0 else named


def _remedy(open_: list[Delivery], edition: Edition) -> str:
    states = {each.state for each in open_}
    if "unknown" in states:
        return f"Unknown means it may have arrived: ask, then `reportgen send {edition.period} --to ADDRESS --resend`."
    return "Run again to try once more." if states == {"deferred"} else "Mend the addresses that were refused."
