"""What cron calls: make the brief of the month before, and send it; once, whatever the number of calls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import msgspec

from reportgen import archive, periods
from reportgen.archive import Edition
from reportgen.config import Config, Mail
from reportgen.errors import DeliveryError, GateError, HostingError, NoRecordsError, ReportgenError, UsageError
from reportgen.issuing import making, notices, sending
from reportgen.issuing.desk import Desk
from reportgen.issuing.notices import Notice
from reportgen.issuing.sending import Wish
from reportgen.mail import account
from reportgen.periods import ALL, LAST
from reportgen.pipeline import Job
from reportgen.telling import Say

NEEDED = ("pdf", "html", "json")


def make_and_send(desk: Desk, job: Job, say: Say) -> str:
    """Makes what `job` asks for and sends it; gives what happened in a sentence. Operators are told of failures.

    The last month, once it went out, is not made again: only readers who miss it get it, and a revision that somebody
    made waits until it is asked for. A month that is named is made again, and if it then says something else its
    revision is sent. A hosted archive that can't be rebuilt holds no mail back: it is told afterwards, and tried again
    by the next run. Raises `ReportgenError`.
    """
    mail = _checked(job)
    asked = job.config.report.period
    period = periods.before(desk.now) if asked == LAST else asked
    if asked == LAST:
        _doubt_the_clock(desk, mail, period)
    out = _out(desk, period) if asked == LAST else None
    unhosted = None
    try:
        if out is None:
            _make(desk, mail, replace(job, config=_for_mail(job, period)), say)
            say.stage("Sending")
        else:
            making.host(desk, say.note)
    except HostingError as error:
        unhosted = error
    sentence = _send(desk, mail, Wish(period, edition=out))
    if unhosted:
        notices.tell(desk, mail, notices.of_hosting(period, unhosted.message, unhosted.remedy))
        raise HostingError(f"{sentence} {unhosted.message}", unhosted.remedy)
    return sentence


def _make(desk: Desk, mail: Mail, job: Job, say: Say) -> None:
    period = job.config.report.period
    try:
        with _telling(desk, mail, partial(notices.of_failure, period), (HostingError, NoRecordsError)):
            making.make(desk, job, say)
    except NoRecordsError as error:
        notices.tell(desk, mail, notices.of_gate(period, [("fresh", error.message)]))
        raise GateError(f"{period} is held back. fresh: {error.message}", sending.HELD) from error


def _send(desk: Desk, mail: Mail, wish: Wish) -> str:
    """What `sending.send` says; it tells operators itself of what is held back or didn't reach everyone."""
    with _telling(desk, mail, partial(notices.of_sending, wish.period), (GateError, DeliveryError)):
        return making.recorded_send(desk, wish)


@contextmanager
def _telling(
    desk: Desk, mail: Mail, notice: Callable[[str, str], Notice], known: tuple[type[ReportgenError], ...]
) -> Iterator[None]:
    """Operators get the `notice` of what goes wrong within: what, and its remedy. `known` is told elsewhere."""
    try:
        yield
    except known:
        raise
    except ReportgenError as error:
        notices.tell(desk, mail, notice(error.message, error.remedy))
        raise
    except Exception as error:
        notices.tell(desk, mail, notice(f"Internal error: {type(error).__name__}: {error}", "Please report it."))
        raise


def _checked(job: Job) -> Mail:
    report = job.config.report
    if report.period == ALL:
        raise UsageError("only months are sent", "Leave out --period, or name a month.")
    if job.recipe != report.recipe:
        raise UsageError(
            f"management's issue is made by {report.recipe}, not by {job.recipe}",
            "Leave out --recipe, or change [report] recipe.",
        )
    mail = sending.needed_mail(job.config)
    if mail.user:
        account.password(mail)  # one that is missing is told before the work, not after it
    return mail


def _doubt_the_clock(desk: Desk, mail: Mail, period: str) -> None:
    """Nobody gets an older month after a newer one because a clock was set back. Raises `GateError`."""
    sent = (archive.PATTERN.fullmatch(letter) for letter in desk.ledger.out())
    newest = max((match["period"] for match in sent if match), default="")
    if newest > period:
        what = f"by the clock it is {desk.now:%Y-%m-%d %H:%M}, but the issue of {newest} went out already"
        notices.tell(desk, mail, notices.of_gate(period, [("fresh", what)]))
        raise GateError(f"{period} is held back. fresh: {what}", "Set the clock right.")


def _out(desk: Desk, period: str) -> Edition | None:
    """The issue of `period` that went out, the last one; None if none did."""
    return archive.last_out(desk.output, period, desk.ledger.out())


def _for_mail(job: Job, period: str) -> Config:
    """The configuration with the period that is meant, and the formats that mail and gate need."""
    report = job.config.report
    formats = tuple(sorted({*report.formats, *NEEDED}))
    changed = msgspec.structs.replace(report, period=period, formats=formats)
    return msgspec.structs.replace(job.config, report=changed)
