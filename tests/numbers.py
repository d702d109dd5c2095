"""Where the numbers of a page come from: what the formats printed, and the paths of the Brief that it was made from."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from reportgen.brief import Brief
from reportgen.wording import Words
from tests.derived import derived

NO_FORMATS = {"exact", "figures", "unit", "joined", "filters"}
"""Methods of `Words` that print no number by themselves."""
FORMATS = tuple(name for name in vars(Words) if not name.startswith("_") and inspect.isfunction(getattr(Words, name))
                and name not in NO_FORMATS)  # fmt: skip
NUMBER = re.compile(r"[+−]?[£$€¥]?\d(?:[\d.,]*\d)?(?:%|(?:k|m|bn|tn)(?![a-z]))?")
"""A number as it is printed, with its sign and unit."""

Value = int | float | Decimal | date


@dataclass(frozen=True)
class Printed:
    """What a format was given, and what it made of it."""

    form: str
    given: tuple[Any, ...]
    text: str


@dataclass
class Log:
    """What the formats printed; of a format that uses another one, the outer."""

    printed: list[Printed] = field(default_factory=list)
    inside: bool = False

    def keep(self, form: str, given: tuple[Any, ...], make: Callable[[], str]) -> str:
        if self.inside:
            return make()
        self.inside = True
        try:
            text = make()
        finally:
            self.inside = False
        self.printed.append(Printed(form, given, text))
        return text


@dataclass(frozen=True)
class RecordingWords(Words):
    """Words that remember what they printed."""

    log: Log = field(default_factory=Log)


def _recording(name: str) -> Callable[..., str]:
    plain = getattr(Words, name)

    def recorded(self: RecordingWords, *given: Any, **named: Any) -> str:
        text: str = self.log.keep(name, (*given, *named.values()), lambda: plain(self, *given, **named))
        return text

    recorded.__name__ = name  # `Words.filters` names them so
    return recorded


for _name in FORMATS:
    setattr(RecordingWords, _name, _recording(_name))


def key(value: Value) -> str:
    """Values that are equal but for sign and the last digits of a float have the same key."""
    return value.isoformat()[:10] if isinstance(value, date) else f"{abs(float(value)):.9g}"


def paths(brief: Brief) -> dict[str, str]:
    """Key of every number and date of `brief`, and of those derived from them → where it stands or how it is made."""
    found: dict[str, str] = {}
    for path, value in (*leaves(brief), *derived(brief)):
        for each in value if isinstance(value, list | range | tuple) else (value,):
            if isinstance(each, int | float | Decimal | date):
                found.setdefault(key(each), path)
    return found


def texts(brief: Brief) -> list[str]:
    """Every text of `brief`, and its seed, which is a name rather than a quantity; longest first."""
    found = {value for _, value in leaves(brief) if isinstance(value, str)}
    found |= {f"seed {value}" for path, value in leaves(brief) if path.endswith(".seed")}
    return sorted(found, key=lambda text: (-len(text), text))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value of everything in `value` that holds nothing else."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from leaves(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        yield f"len({path})", len(value)
        for place, part in enumerate(value):
            yield from leaves(part, f"{path}[{place}]")
    elif value is not None and not isinstance(value, bool):
        yield path, value


def untraced(log: Log, brief: Brief) -> list[Printed]:
    """What was printed from a value that is neither in `brief` nor derived from it."""
    known, said = paths(brief), set(texts(brief))

    def traced(value: Any) -> bool:
        if isinstance(value, str):
            return value in said or not NUMBER.search(value)
        if isinstance(value, int | float | Decimal | date):
            return key(value) in known
        return True  # part of the Brief itself, or a format for what stands beside it

    return [printed for printed in log.printed if not all(traced(value) for value in _values(printed))]


def _values(printed: Printed) -> tuple[Any, ...]:
    """Without the number of decimals and the words that follow."""
    both = printed.form in {"change", "points", "between", "during"}
    return printed.given if both else printed.given[:1]


FIXED = ("0:00", "2+ orders", "3× means", "below 0.60", "to 0.75", "above 0.75", "above 0.85")
"""Numbers of the fixed text, with the words around them."""


def strangers(text: str, log: Log, brief: Brief, furniture: tuple[str, ...] = ()) -> set[str]:
    """The numbers of `text` that no format printed and that aren't `FIXED`, `furniture` or the Brief's own."""
    printed = {number for each in log.printed for number in NUMBER.findall(each.text)}
    known = [own for own in texts(brief) if NUMBER.search(own)]
    rest = " ".join(text.split())
    for phrase in (*furniture, *(" ".join(own.split()) for own in known), *FIXED):
        rest = rest.replace(phrase, " ")
    return set(NUMBER.findall(rest)) - printed
