"""Lists on the terminal: what takes several lines hangs below its first; in a log or a pipe each stays one line."""

import shutil
import sys
import textwrap

NARROWEST = 40
"""Columns of text below which nothing hangs."""


def hanging(lead: str, text: str) -> str:
    """`lead` and `text` behind it."""
    width = shutil.get_terminal_size().columns
    if not sys.stdout.isatty() or width - len(lead) < NARROWEST or "\n" in text:
        return lead + text
    return textwrap.fill(
        text, width, initial_indent=lead, subsequent_indent=" " * len(lead),
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
