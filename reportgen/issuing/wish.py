"""What somebody wants to have sent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """What is to be sent: a period's issue; to one reader alone; again to who has or may have it."""

    period: str
    to: str | None = None
    resend: bool = False
