"""What somebody wants to have sent."""

from dataclasses import dataclass

from reportgen.archive import Edition


@dataclass(frozen=True)
class Wish:
    """What is to be sent: a period's issue; to one reader alone; again to who has or may have it.

    `edition` names the issue that is meant, where it need not be the one that holds.
    """

    period: str
    to: str | None = None
    resend: bool = False
    edition: Edition | None = None
