"""Doctor: looks at everything a run needs, and says for each whether it is there and how to mend it."""

import importlib
import importlib.metadata
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reportgen import config as configuration
from reportgen.config import Config
from reportgen.errors import ReportgenError
from reportgen.render import browser, pdf  # they load no library before its use: a broken one must not break the doctor

MODULES = {"fonttools": "fontTools", "ibis-framework": "ibis", "pillow": "PIL", "scikit-learn": "sklearn"}
"""Distribution -> module, where it is called otherwise."""
APART = {"weasyprint", "font-source-sans-pro"}
"""Distributions that have a check of their own."""
BROWSER_TIMEOUT = 30
LEAST_FREE = 50 * 2**20
INSTALL = "`pip install reportgen` installs it again."


@dataclass(frozen=True)
class Check:
    """Something a run needs: is it there, what was found, and what to do if not ("" where nothing is to be done)."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def examine(file: Path | None) -> tuple[Check, ...]:
    """All checks of this machine and of the configuration in `file`; None = the defaults."""
    state, config = _configuration(file)
    return (
        _attempt("Python packages", _packages, INSTALL),
        _attempt("Pango", _pango, pdf.REMEDY),
        _attempt("Browser", _browser, browser.REMEDY),
        _attempt("Fonts", partial(_fonts, config.brand.fonts), INSTALL),
        state,
        _attempt("Input", partial(_input, config), "Mend `[input] path`, or name a file by --input."),
        _attempt(
            "Output", partial(_output, Path(config.report.output)), "Mend `[report] output` or the folder's owner."
        ),
    )


class _Missing(Exception):  # noqa: N818 - a finding, not an error
    """What a check found wanting, in words."""


def _attempt(name: str, look: Callable[[], str], remedy: str) -> Check:
    """The check that `look` makes: it says what it found, or raises whatever it fails with."""
    try:
        return Check(name, ok=True, detail=look())
    except ReportgenError as error:
        return Check(name, ok=False, detail=error.message, remedy=error.remedy or remedy)
    except Exception as error:  # noqa: BLE001 - broken libraries raise anything, and the doctor must speak
        return Check(name, ok=False, detail=_first_line(error), remedy=remedy)


def _first_line(error: Exception) -> str:
    """What `error` says, without its long explanations."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def _packages() -> str:
    """Whether the libraries are there and load."""
    checks = [_attempt(name, partial(_version, name), "") for name in _needed()]
    broken = [f"{check.name}: {check.detail}" for check in checks if not check.ok]
    if broken:
        raise _Missing("; ".join(broken))
    return ", ".join(f"{check.name} {check.detail}" for check in checks)


def _needed() -> list[str]:
    """The distributions that this one says it needs, without its extras."""
    said = importlib.metadata.requires("reportgen") or []
    names = [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in said if "extra ==" not in each]
    return [name for name in names if name not in APART]


def _version(distribution: str) -> str:
    importlib.import_module(MODULES.get(distribution, distribution.replace("-", "_")))
    return importlib.metadata.version(distribution)


def _pango() -> str:
    weasyprint = importlib.import_module("weasyprint")  # loads Pango, HarfBuzz and Fontconfig
    pango = importlib.import_module("weasyprint.text.ffi").pango
    number = pango.pango_version()
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}, WeasyPrint {weasyprint.__version__}"


def _browser() -> str:
    """Finds it where the charts do, and starts it."""
    path = browser.executable()
    if not path or not Path(path).is_file():
        raise _Missing(f"there is no {path}" if path else "neither Chromium nor Chrome is installed")
    answer = subprocess.run(  # noqa: S603 - the browser that the charts are drawn with
        [path, "--version"], capture_output=True, text=True, timeout=BROWSER_TIMEOUT, check=False
    )
    if answer.returncode:
        raise _Missing(f"{path} doesn't start (exit code {answer.returncode}): {answer.stderr.strip()}")
    return f"{answer.stdout.strip()}, {path}"


def _fonts(folder: str | None) -> str:
    """The shop's fonts, or the ones that come along."""
    if folder is None:
        return f"Source Sans Pro {importlib.metadata.version('font-source-sans-pro')}, {_count(_shipped())}"
    return f"{folder}, {_count(Path(folder))}"


def _shipped() -> Path:
    return Path(str(importlib.import_module("font_source_sans_pro").font_directory))


def _count(folder: Path) -> str:
    found = len(list(folder.glob("*.ttf")))
    if not found:
        raise _Missing(f"{folder} holds no .ttf files")
    return f"{found} files"


def _configuration(file: Path | None) -> tuple[Check, Config]:
    """The configuration, and what is wrong with it."""
    if file is None:
        return Check("Configuration", ok=True, detail="no config.toml here: the defaults hold"), Config()
    try:
        return Check("Configuration", ok=True, detail=str(file)), configuration.load(file)
    except ReportgenError as error:
        return Check("Configuration", ok=False, detail=error.message, remedy=error.remedy), Config()


def _input(config: Config) -> str:
    """Whether the files or the table are there and may be read."""
    if config.input.url:
        from reportgen.sources.inspection import inspect

        found = inspect(config.input, config.columns)
        return f"{found.kinds[0]}, {found.files[0]}: {found.rows:,} rows"
    if not config.input.paths():
        return "none configured: `reportgen run --input FILE` names it"
    from reportgen.sources import formats, paths

    files = paths.resolve(config.input.paths(), formats.suffixes(), lambda _note: None)
    for file in files:
        with file.open("rb") as stream:
            if not stream.read(1):
                raise _Missing(f"{file} is empty")
    return f"{len(files)} file{'s' * (len(files) > 1)}, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB"


def _output(folder: Path) -> str:
    """Whether files may be written there, or where it would be made, and whether there is room."""
    existing = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not existing.is_dir():
        raise _Missing(f"{existing} is a file, not a folder")
    with tempfile.TemporaryFile(dir=existing) as probe:
        probe.write(b"x")
    free = shutil.disk_usage(existing).free
    if free < LEAST_FREE:
        raise _Missing(f"{folder}: only {free / 1e6:.0f} MB free")
    return f"{folder}, {free / 1e9:.1f} GB free"
