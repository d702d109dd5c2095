"""Templates of pages as HTML: one environment, one place of all resources."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup
from platformdirs import user_cache_path

from reportgen.errors import MachineError

SIGNED = Markup('<span class="unbroken">{}</span>')
Filters = Mapping[str, Callable[..., Any]]
BLOCKS: Final[Mapping[str, Any]] = {"trim_blocks": True, "lstrip_blocks": True}


def resource(*parts: str) -> Traversable:
    """A file or folder of `templates/` or `assets/`: inside the wheel, or beside the package in a checkout."""
    package = files("reportgen")
    inside = package.joinpath(*parts)
    if inside.is_file() or inside.is_dir():
        return inside
    beside = Path(str(package)).parent.joinpath(*parts)
    if beside.exists():
        return beside
    raise MachineError(f"The file {'/'.join(parts)} is missing from the installation.", "Install reportgen again.")


def environment(filters: Filters) -> Environment:
    """Jinja over `templates/`: everything is escaped, an unknown name is an error, `filters` are the only extras."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_source),
        bytecode_cache=_Compiled(),
        **BLOCKS,
    )
    made.filters.update({**filters, "unbroken": unbroken})
    return made


def unbroken(text: str) -> Markup:
    """`text`, escaped, without a break at a sign, a currency or a hyphen, where browsers and WeasyPrint allow one."""
    parts = re.split(r"([+−][^\s\d()]*\d[\d.,]*\w*|\w+-\w[\w-]*)", text)
    return Markup("").join(SIGNED.format(part) if place % 2 else part for place, part in enumerate(parts))


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates in the user's cache: to compile takes as long as to fill them. One that is away is none."""

    def __init__(self) -> None:
        folder = user_cache_path("reportgen") / "templates"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Of one name, but compiled otherwise, is another template."""
        return super().get_cache_key(f"{name} {BLOCKS}", filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _source(name: str) -> str:
    return resource("templates", *name.split("/")).read_text(encoding="utf-8")
