"""Composing: from an edition in the archive to the message that carries it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from reportgen import archive
from reportgen.archive import Edition, reading
from reportgen.brief import Brief
from reportgen.config import Config, Mail
from reportgen.errors import UsageError
from reportgen.mail import account, message
from reportgen.mail.content import Extras, Letterhead, Texts, key_chart, texts
from reportgen.mail.message import Attached, Content, Envelope, Message
from reportgen.names import PAGE, PAPER
from reportgen.render.edition import house
from reportgen.render.picture import png
from reportgen.wording import Words

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Draft:
    """An edition as a message before it has a subject and a key: its brief, files, readings, what comes with them."""

    edition: Edition
    brief: Brief
    files: dict[str, bytes]
    texts: Texts
    extras: Extras
    pdf: Attached | None


def draft(config: Config, mail: Mail, edition: Edition) -> Draft:
    """The message of `edition`. Raises `UsageError` if it has no pages, or none that the mail could carry."""
    files, brief = reading.files(edition), reading.brief(edition)
    _need_pages(edition, files)
    attached = len(files[PAPER]) <= mail.attachment_limit * MEGABYTE
    link = f"{mail.base_url.rstrip('/')}/{edition.name}/" if mail.base_url else ""
    if not attached and not link:
        raise UsageError(
            f"{edition.name}: the PDF has {len(files[PAPER]) / MEGABYTE:.1f} MB, more than [mail] attachment_limit, "
            "and there is no address to link to",
            "Name [mail] base_url, or allow a larger attachment.",
        )
    chart = key_chart(files[PAGE].decode(errors="replace"))  # damage is for the gate to tell
    extras = Extras(chart, link, attached)
    name = f"{message.slug(config.brand.title)}-{edition.name.replace('~', '-')}.pdf"
    pdf = Attached(name, files[PAPER]) if attached else None
    return Draft(edition, brief, files, _texts(config, brief, extras), extras, pdf)


def composed(config: Config, mail: Mail, made: Draft, written: datetime) -> Message:
    """The message to management; a revision answers the issues before it."""
    subject = account.subject(mail.subject, made.texts.fields)
    return message.issue(
        mail,
        config.brand.title,
        Envelope(made.edition.name, subject, written, _before(made.edition)),
        Content(made.texts.text, made.texts.html, picture(config, made), made.pdf),
    )


def for_approval(config: Config, mail: Mail, made: Draft, written: datetime, digest: str) -> Message:
    """The same message to operators, under words that say how to let it go out."""
    subject = f"For approval: {account.subject(mail.subject, made.texts.fields)}"
    how = f"This is a draft. It goes to management when you run: reportgen approve {made.edition.period}"
    told = _texts(config, made.brief, replace(made.extras, note=how))
    return message.issue(
        mail,
        config.brand.title,
        Envelope(f"draft/{made.edition.name}/{digest[:12]}", subject, written),
        Content(told.text, told.html, picture(config, made), made.pdf),
    )


def picture(config: Config, made: Draft) -> bytes | None:
    """The key chart as PNG, in the brand's fonts."""
    chart = made.extras.chart
    return png(chart.svg, house(config.brand).faces) if chart else None


def _before(edition: Edition) -> tuple[str, ...]:
    return tuple(archive.name(edition.period, revision=number) for number in range(1, edition.revision))


def _texts(config: Config, brief: Brief, extras: Extras) -> Texts:
    return texts(brief, Words(config.shop.locale, brief.currency, brief.scale), _letterhead(config), extras)


def _letterhead(config: Config) -> Letterhead:
    brand = config.brand
    return Letterhead(brand.name, brand.title, brand.classification, house(brand).look.theme.colors)


def _need_pages(edition: Edition, files: dict[str, bytes]) -> None:
    missing = [name for name in (PAPER, PAGE) if name not in files]
    if missing:
        raise UsageError(
            f"{edition.name} has no {' and no '.join(missing)}, which the mail needs",
            'Make it with [report] formats = ["pdf", "html", "json", "csv"].',
        )
