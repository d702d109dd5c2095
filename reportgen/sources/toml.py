"""TOML: texts as the configuration quotes them, for proposals and messages."""

import json
from collections.abc import Sequence


def quoted(value: str | Sequence[str]) -> str:
    """A TOML string, or an array of them, with all letters as they are: the other escapes of JSON are TOML's."""
    given = value if isinstance(value, str) else [*value]
    return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007f")
