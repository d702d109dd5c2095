"""Wares: what a product is called in the brief; only the text that is shown, never what tells products apart."""

import re
from html import unescape
from html.entities import html5
from typing import Final

LONGEST: Final = 80
"""Signs of a name; a shop's titles may have hundreds, and would make pages of one table."""
_END: Final = 20
"""Of them at the end, where sizes and colours stand."""
_ENTITY: Final = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z]\w{1,30};))")


def _letter(found: re.Match[str]) -> str:
    """What an entity stands for; `unescape` would also take the beginning of a name for one."""
    return html5.get(found[1], found[0]) if found[1] else unescape(found[0])


def shown(description: str) -> str:
    """`description` without a web shop's entities (`Caf&eacute;`), its middle left out where it is too long."""
    text = " ".join(_ENTITY.sub(_letter, description).split())
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - _END - 3].rstrip()} … {text[-_END:].lstrip()}"
