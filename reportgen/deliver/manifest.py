"""The manifest: what an edition was made from, with what, and when; the only file that knows the clock."""

import platform
from collections.abc import Mapping
from datetime import datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path

import msgspec

from reportgen import __version__
from reportgen.deliver.spool import Content, digest

PACKAGES = ("duckdb", "ibis-framework", "kaleido", "plotly", "scikit-learn", "weasyprint")


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read: its name without folder, bytes, sha256."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What `manifest.json` says. `files` come from `digests`, `versions` from `installed` and the browser."""

    made: datetime
    inputs: tuple[Input, ...]
    recipe: str
    recipe_sha256: str
    config_sha256: str
    versions: dict[str, str]
    files: dict[str, str]
    """Relative path → sha256."""
    issues: tuple[Input, ...] = ()
    """Earlier issues of the archive that it was compared with."""
    erased: tuple[str, ...] = ()
    """Files from which rows were erased since, on somebody's demand."""


def fingerprint(file: Path) -> Input:
    """The input that `file` is; reads all of it."""
    with file.open("rb") as content:
        return Input(name=file.name, size=file.stat().st_size, sha256=file_digest(content, "sha256").hexdigest())


def digests(files: Mapping[str, Content]) -> dict[str, str]:
    """Name → sha256 of each file, in the order of the names."""
    return {name: digest(files[name]) for name in sorted(files)}


def installed(packages: tuple[str, ...] = PACKAGES) -> dict[str, str]:
    """Versions of reportgen, Python and `packages`."""
    return {
        "reportgen": __version__,
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }


def encode(document: Manifest) -> bytes:
    """`document` as indented JSON, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
