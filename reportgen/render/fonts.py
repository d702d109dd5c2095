"""Pinned fonts: one family of TTF files for Chromium, for Pango and for the hosted page.

Chromium measures a chart's labels and WeasyPrint draws them: with one set of files, labels fit on every machine.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from shutil import copyfile
from typing import Any
from xml.sax.saxutils import escape

import msgspec
from platformdirs import user_cache_path

from reportgen.errors import MachineError, UsageError

STYLES = ("Light", "Regular", "Semibold")
"""The shipped weights 300, 400, 600. TTF alone: beside the OTF of the same name the choice would be open."""

WEB_RANGES = (
    (0x20, 0x17F),  # Basic Latin, Latin-1, Latin Extended-A
    (0x218, 0x21B),  # Romanian comma letters
    (0x2010, 0x2027),  # dashes, quotes, bullet, ellipsis
    (0x202F, 0x203A),  # narrow no-break space, per mille, angle quotes
    (0x20A0, 0x20BF),  # currency signs
    (0x2122, 0x2122),
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2212),
    (0x2264, 0x2265),
    (0x25A0, 0x25CF),  # squares, triangles
)
"""What the hosted page's fonts keep; browsers take other characters from the system."""

FEATURES = ["kern", "pnum"]

DIGEST = 32
"""Bytes of a sha256 digest."""

CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/files</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


class Face(msgspec.Struct, frozen=True):
    """A font file: its family and weight (100 … 900), as the file itself states them."""

    file: Path
    family: str
    weight: int
    italic: bool


def shipped() -> tuple[Face, ...]:
    """The faces of Source Sans Pro. Raises `MachineError` if the package lacks them."""
    with as_file(files("font_source_sans_pro") / "files") as folder:
        paths = [folder / f"SourceSansPro-{style}.ttf" for style in STYLES]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise MachineError(f"The font files {', '.join(missing)} are missing.", "Reinstall font-source-sans-pro.")
    return tuple(_face(path) for path in paths)


def branded(folder: Path) -> tuple[Face, ...]:
    """The faces of all TTF files in `folder`, by name. Raises `UsageError` if there are none or one is broken."""
    paths = sorted(folder.glob("*.ttf"))
    if not paths:
        raise UsageError(f"[brand] fonts: {folder} holds no .ttf files.")
    return tuple(_face(path) for path in paths)


@contextmanager
def pinned(faces: tuple[Face, ...]) -> Iterator[None]:
    """Within it, `faces` are the only fonts that Pango and a browser started inside can see."""
    with tempfile.TemporaryDirectory(prefix="reportgen-fonts-", ignore_cleanup_errors=True) as folder:
        Path(folder, "files").mkdir()
        for face in faces:
            copyfile(face.file, Path(folder, "files", face.file.name))
        config = Path(folder, "fonts.conf")
        config.write_text(CONFIG.format(folder=escape(folder)), encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def web_fonts(faces: tuple[Face, ...]) -> dict[str, bytes]:
    """File name → woff2 of each face, cut down to `WEB_RANGES`; the same bytes every time."""
    return {f"{face.file.stem}.woff2": _woff2(face.file) for face in faces}


def stylesheet(faces: tuple[Face, ...], family: str, folder: str) -> str:
    """`@font-face` rules that give `web_fonts(faces)`, found in `folder`, the name `family`."""
    return "\n".join(
        f'@font-face {{ font-family: "{_css(family)}"; font-weight: {face.weight}; '
        f"font-style: {'italic' if face.italic else 'normal'}; font-display: swap; "
        f'src: url("{folder}/{face.file.stem}.woff2") format("woff2"); }}'
        for face in faces
    )


class _Facts(msgspec.Struct, frozen=True):
    """What a font file states of itself; `codes`: the characters it can draw."""

    family: str
    weight: int
    italic: bool
    codes: frozenset[int]


def characters(faces: tuple[Face, ...]) -> frozenset[str]:
    """The characters that every face can draw."""
    return frozenset(map(chr, frozenset.intersection(*(_facts(face.file).codes for face in faces))))


def _face(path: Path) -> Face:
    facts = _facts(path)
    return Face(path, facts.family, facts.weight, facts.italic)


def _facts(path: Path) -> _Facts:
    # fontTools is slow to import, and a run asks for the same files as the one before.
    return msgspec.json.decode(_kept(path, "json", lambda: msgspec.json.encode(_stated(path))), type=_Facts)


def _stated(path: Path) -> _Facts:
    with _open(path) as font:
        name, style = font["name"], font["OS/2"]
        family = name.getDebugName(16) or name.getDebugName(1) or path.stem
        return _Facts(family, style.usWeightClass, bool(style.fsSelection & 1), frozenset(font.getBestCmap()))


def _open(path: Path) -> Any:  # noqa: ANN401 - untyped library
    from fontTools.ttLib import TTFont, TTLibError

    try:
        return TTFont(BytesIO(_content(path)), lazy=True, recalcTimestamp=False)
    except TTLibError as error:
        raise _unreadable(path, error) from error


def _woff2(path: Path) -> bytes:
    """The cut-down font: to make it takes 0.2 s."""
    return _kept(path, "woff2", lambda: _cut(path))


def _kept(path: Path, kind: str, make: Callable[[], bytes]) -> bytes:
    """What `make` makes of the font, from the user's cache if it was made before."""
    made_by = repr((WEB_RANGES, FEATURES, version("fonttools"), DIGEST))
    kept = user_cache_path("reportgen") / f"{sha256(_content(path) + made_by.encode()).hexdigest()}.{kind}"
    with suppress(OSError, ValueError):
        return _checked(kept.read_bytes())
    made = make()
    with suppress(OSError):  # a cache that can't be written is none
        kept.parent.mkdir(parents=True, exist_ok=True)
        # One that a full disk cut short is removed, and one that a power cut emptied fails its check.
        with tempfile.TemporaryDirectory(dir=kept.parent) as aside:
            (Path(aside) / "made").write_bytes(sha256(made).digest() + made)
            (Path(aside) / "made").replace(kept)
    return made


def _checked(content: bytes) -> bytes:
    """What was kept, after the digest before it. Raises `ValueError` if it isn't whole."""
    digest, made = content[:DIGEST], content[DIGEST:]
    if sha256(made).digest() != digest:
        raise ValueError("cut short")
    return made


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> UsageError:
    return UsageError(f"{path}: not a readable TrueType font ({error})")


def _cut(path: Path) -> bytes:
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, recalc_timestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in WEB_RANGES for code in range(first, last + 1)])
    result = BytesIO()
    with _open(path) as font:
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(result)
    return result.getvalue()


def _css(text: str) -> str:
    """`text` inside a quoted CSS string."""
    return re.sub(r'(["\\])', r"\\\1", text)
