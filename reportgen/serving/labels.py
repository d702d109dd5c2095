"""How editions, jobs and times are called on the analysts' pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from reportgen import recipes
from reportgen.archive import Edition
from reportgen.config import Config
from reportgen.periods import ALL, LAST
from reportgen.serving.jobs import State, Wanted
from reportgen.wording import Words

STATES: Final[Mapping[State, str]] = {
    "queued": "Waits for its turn", "running": "Being made", "done": "Ready, not published",
    "settled": "Nothing new", "failed": "Failed", "cancelled": "Cancelled", "published": "Published",
}  # fmt: skip
SPANS: Final = {ALL: "All records", LAST: "The latest complete month"}


@dataclass(frozen=True)
class Labels:
    """Names in words; `titles` of recipes by id, the configured one first."""

    words: Words
    zone: ZoneInfo | None
    titles: Mapping[str, str]
    configured: str
    """The recipe of the archive."""

    def period(self, label: str) -> str:
        """Such as "November 2011" for "2011-11"; what is no period stays as it is."""
        try:
            return SPANS.get(label) or self.words.month(date.fromisoformat(f"{label}-01"))
        except ValueError:
            return label

    def recipe(self, name: str) -> str:
        """The recipe's title."""
        return self.titles.get(name, name)

    def edition(self, edition: Edition) -> str:
        """Such as "November 2011, revision 2", "November 2011 · Gold, Silver, Bronze"."""
        more = f", revision {edition.revision}" if edition.revision > 1 else ""
        other = f" · {self.recipe(edition.recipe)}" if edition.recipe else ""
        return f"{self.period(edition.period)}{more}{other}"

    def pair(self, one: Edition, other: Edition) -> tuple[str, str]:
        """The two as heads of columns: where only the recipes differ, they alone."""
        if one.period == other.period and one.recipe != other.recipe:
            return self.recipe(one.recipe or self.configured), self.recipe(other.recipe or self.configured)
        return self.edition(one), self.edition(other)

    def wish(self, wish: Wanted) -> str:
        """What was asked for."""
        return f"{self.period(wish.period)} · {self.recipe(wish.recipe)}"

    def time(self, instant: str) -> str:
        """The `instant`, in ISO 8601, on the shop's clock."""
        moment = datetime.fromisoformat(instant).astimezone(self.zone or UTC)
        return f"{self.words.short_date(moment.date())}, {moment:%H:%M}{'' if self.zone else ' UTC'}"


def labels(config: Config) -> Labels:
    """The labels of `config`'s archive. Raises `RecipeError`."""
    shipped = {entry.id: entry.title for entry in recipes.names()}
    configured = config.report.recipe
    zone = ZoneInfo(config.shop.timezone) if config.shop.timezone else None
    own = {configured: shipped.get(configured) or recipes.load(configured).title}
    return Labels(Words(config.shop.locale, None, 2), zone, own | shipped, configured)
