"""Telling: what whoever started a run hears of it while it goes on."""

from collections.abc import Callable
from dataclasses import dataclass

Note = Callable[[str], None]
"""Takes what must stay to be read: what was assumed, left out, or not made."""


@dataclass(frozen=True)
class Say:
    """`stage` takes what begins now, and is over when the next one begins; `note` is a `Note`."""

    stage: Callable[[str], None]
    note: Note

    def of(self, name: str) -> "Say":
        """The same, under `name`."""
        return Say(lambda text: self.stage(f"{name}: {text}"), lambda text: self.note(f"{name}: {text}"))
