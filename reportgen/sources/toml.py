"""TOML: texts as the configuration quotes them, for proposals and messages."""

import json
from collections.abc import Mapping, Sequence


def quoted(value: str | Sequence[str]) -> str:
    """A TOML string, or an array of them, with all letters as they are: the other escapes of JSON are TOML's."""
    given = value if isinstance(value, str) else [*value]
    return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007f")


def inline_table(pairs: Mapping[str, Sequence[str]]) -> str:
    """An inline table of arrays, as `[input] leave_out` is written."""
    return "{ " + ", ".join(f"{quoted(name)} = {quoted(values)}" for name, values in pairs.items()) + " }"
