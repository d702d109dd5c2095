"""Approval: an operator lets an issue go out, as it is now and no other."""

from reportgen import archive
from reportgen.errors import UsageError
from reportgen.issuing import making, sending
from reportgen.issuing.desk import Desk, operator


def approve(desk: Desk, period: str) -> str:
    """Records the approval and sends the issue; gives what happened. Raises `ReportgenError`."""
    mail = sending.needed_mail(desk.config)
    if not mail.approve:
        raise UsageError(
            "the configuration asks for no approval", f"`reportgen send {period}` sends; or set [mail] approve = true."
        )
    edition = archive.needed(desk.output, period)
    desk.ledger.approve(edition.name, sending.digest(edition), operator())
    return making.recorded_send(desk, sending.Wish(period))
