"""The gate: what a finished edition must fulfil before management gets it. Each check is a pure function."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from reportgen.brief import Brief
from reportgen.config import Gate
from reportgen.wording import Words


@dataclass(frozen=True)
class Finding:
    """What a check found: `what` says it in a sentence, with the figures, whether it `passed` or not."""

    name: str
    passed: bool
    what: str


@dataclass(frozen=True)
class Exhibit:
    """What is examined: an edition as it lies in the archive, and the message that would carry it.

    files: relative path → bytes; digests: the manifest's; mail: the message's texts by kind ("text", "html").
    before: the issue of the month before, None if there is none; first: whether nobody has this issue yet.
    now: the shop's local time. unread: why the issue of the month before can't be read, if there is one.
    """

    brief: Brief
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    mail: Mapping[str, str]
    before: Brief | None
    first: bool
    now: datetime
    rules: Gate
    words: Words
    unread: str = ""


Check = Callable[[Exhibit], Finding]


def examine(exhibit: Exhibit) -> tuple[Finding, ...]:
    """Every finding, in the order of the checks; of damaged files, that they are is the last."""
    from reportgen.gate import figures, pages, period

    found = [check(exhibit) for check in (*period.CHECKS, figures.intact)]
    if found[-1].passed:  # else nobody knows what the other checks would have to read
        found += [check(exhibit) for check in (*figures.CHECKS, *pages.CHECKS)]
    return tuple(found)


def plain(html: str) -> str:
    """The text of `html`, without what it draws."""
    without = re.sub(r"<(svg|style|script|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", without))


def failed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that hold the issue back."""
    return tuple(finding for finding in findings if not finding.passed)
