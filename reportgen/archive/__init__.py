"""The archive: the editions in the output folder, by name, period, recipe and revision.

An edition is a folder that holds a manifest. Its name is PERIOD, PERIOD~rN (a revision), PERIOD~RECIPE (another recipe
than the configured one): "2011-11", "2011-11~r2", "2011-11~kmeans-4". No recipe is called r2: `recipes.load` refuses.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportgen import periods
from reportgen.errors import UsageError
from reportgen.names import MANIFEST
from reportgen.periods import ALL, MONTH

PATTERN = re.compile(rf"(?P<period>{MONTH}|{ALL})(?:~(?:r(?P<revision>[1-9]\d*)|(?P<recipe>[^~]+)))?")


@dataclass(frozen=True, order=True)
class Edition:
    """An edition's place: `recipe` is "" for the configured one, `revision` 1 for the first issue of a period."""

    period: str
    recipe: str
    revision: int
    folder: Path

    @property
    def name(self) -> str:
        """The folder's name, which is the edition's in the ledger too."""
        return self.folder.name


def name(period: str, recipe: str = "", revision: int = 1) -> str:
    """The name of an edition; only the configured recipe's have revisions."""
    if recipe:
        return f"{period}~{recipe}"
    return period if revision == 1 else f"{period}~r{revision}"


def editions(output: Path) -> tuple[Edition, ...]:
    """Every edition in `output`, by period, recipe and revision; () if there is no such folder."""
    if not output.is_dir():
        return ()
    found = (_edition(folder) for folder in output.iterdir() if (folder / MANIFEST).is_file())
    return tuple(sorted(edition for edition in found if edition))


def issues(output: Path, period: str) -> tuple[Edition, ...]:
    """The configured recipe's editions of `period`, the first issue first."""
    return tuple(each for each in editions(output) if each.period == period and not each.recipe)


def latest(output: Path, period: str) -> Edition | None:
    """The issue of `period` that holds now: its last revision."""
    return next(reversed(issues(output, period)), None)


def last_out(output: Path, period: str, out: Collection[str]) -> Edition | None:
    """The last issue of `period` among those that went `out`, None if none did; its folder may be gone since."""
    sent = (_edition(output / each) for each in out)
    return max((each for each in sent if each and each.period == period and not each.recipe), default=None)


def month_before(output: Path, month: date) -> Edition | None:
    """The issue that holds of the month before the one that begins on `month`."""
    return latest(output, periods.before(month))


def needed(output: Path, period: str) -> Edition:
    """The issue of `period` that holds now. Raises `UsageError` if there is none."""
    found = latest(output, period)
    if found is None:
        have = sorted({each.period for each in editions(output) if not each.recipe})
        listed = f"There is: {', '.join(have[-12:])}." if have else "The archive is empty."
        raise UsageError(
            f"{output} holds no issue of {period}", f"{listed} `reportgen run --period {period}` makes it."
        )
    return found


def _edition(folder: Path) -> Edition | None:
    match = PATTERN.fullmatch(folder.name)
    if match is None:
        return None
    return Edition(match["period"], match["recipe"] or "", int(match["revision"] or 1), folder)
