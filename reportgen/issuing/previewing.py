"""A dry run: the message as a file, who would get it and what the gate says; nothing is sent or recorded."""

from pathlib import Path

from reportgen import archive, ledger
from reportgen.config import Config
from reportgen.gate import failed
from reportgen.issuing import sending
from reportgen.issuing.sending import Wish
from reportgen.ledger.clock import Clock
from reportgen.mail import composing


def preview(config: Config, clock: Clock, wish: Wish, folder: Path) -> str:
    """Writes the message to the first reader into `folder`; gives what would happen. Raises `ReportgenError`."""
    mail = sending.needed_mail(config)
    edition = archive.needed(Path(config.report.output), wish.period)
    draft = composing.draft(config, mail, edition)
    readers = sending.asked_for(mail, wish)
    file = folder / f"{edition.name}.eml"
    file.write_bytes(composing.composed(config, mail, draft, clock.start).to(readers[0]))
    with ledger.looked_at(config.ledger.folder(config.report.output), clock, config.ledger.wait) as book:
        waiting = sending.due(book, edition, readers, wish)
        first = book is None or edition.name not in book.out()
    found = sending.findings(config, draft, clock.start.replace(tzinfo=None), first=first)
    lines = [f"Wrote {file}", *(f"{'ok  ' if each.passed else 'HOLD'}  {each.name}: {each.what}" for each in found)]
    lines.append(f"Would go to {len(waiting)} of {len(readers)}: {', '.join(waiting) or 'nobody'}")
    if failed(found):
        lines.append("The gate would hold it back.")
    return "\n".join(lines)
