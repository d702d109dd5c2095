"""Who starts a run in tests, and doesn't listen."""

from reportgen.telling import Say


def _nobody(_text):
    """Nobody listens."""


SILENT = Say(_nobody, _nobody)
