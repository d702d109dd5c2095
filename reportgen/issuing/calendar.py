"""Which month a schedule means."""

from datetime import datetime, timedelta


def month_before(now: datetime) -> str:
    """The calendar month before the one of `now`: "2011-11"."""
    return f"{now.replace(day=1) - timedelta(days=1):%Y-%m}"
