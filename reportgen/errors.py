"""Every failure that a user can cause or mend.

ReportgenError
├── UsageError        exit 2   command line, configuration
│   └── RecipeError            a recipe that says nothing computable
├── InputError        exit 3   files, columns, cells, periods
│   └── NoRecordsError         nothing of the period
├── GateError         exit 4   the figures do not hold together
├── DeliveryError     exit 5   not every reader has the issue
├── MachineError      exit 6   browser, fonts, disk
│   └── HostingError           the issue is made, the hosted archive is not
└── LockedError       exit 7   another run is at work
"""

from typing import ClassVar, Final

INTERNAL: Final = 1
"""The exit code of every other failure: it is the program's own."""


class ReportgenError(Exception):
    """What is wrong and where (`message`), and what to do about it (`remedy`, may be empty)."""

    exit_code: ClassVar[int] = INTERNAL

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


class UsageError(ReportgenError):
    """The command line or the configuration asks for something that can't be done."""

    exit_code = 2


class RecipeError(UsageError):
    """A recipe is malformed, contradicts itself or doesn't fit the data."""


class InputError(ReportgenError):
    """The input can't be read, or doesn't hold what the run needs."""

    exit_code = 3


class NoRecordsError(InputError):
    """The input holds nothing of the period asked for."""


class GateError(ReportgenError):
    """A check between two stages failed; nothing is published."""

    exit_code = 4


class DeliveryError(ReportgenError):
    """Not every reader has the issue, or it isn't known who has."""

    exit_code = 5


class MachineError(ReportgenError):
    """Browser, fonts or disk are missing or broken."""

    exit_code = 6


class HostingError(MachineError):
    """The issue is made; the hosted archive doesn't show it."""


class LockedError(ReportgenError):
    """Another run holds the lock of this archive."""

    exit_code = 7
