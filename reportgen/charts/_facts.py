"""Facts that charts and pages derive alike from the Brief."""

from reportgen.brief import Brief


def whole_record(brief: Brief) -> bool:
    """Whether the period is as long as the segments' window, so that there is no month to tell from it."""
    return brief.period.start <= brief.method.window_start.date()
