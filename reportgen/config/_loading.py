"""A configuration file: read, checked, its paths resolved against its folder."""

from glob import escape, has_magic
from pathlib import Path
from string import Formatter
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from reportgen.brief.playbook import PLACEHOLDERS
from reportgen.config._home import expanded
from reportgen.config._tables import IN_A_FILE, Config, Input, Report, Shop, Task
from reportgen.errors import UsageError
from reportgen.mistakes import content, explain, unreadable

KEYS: Final = "The keys are described in docs/configuration.md."


def load(file: Path) -> Config:
    """The configuration in `file`, its relative paths made absolute. Raises `UsageError`."""
    try:
        config = msgspec.toml.decode(content(file), type=Config)
    except FileNotFoundError as error:
        raise UsageError(f"{file}: there is no such configuration file", "`reportgen init FILE` writes one.") from error
    except OSError as error:
        raise UsageError(f"{file}: can't be read ({error.strerror})") from error
    except msgspec.ValidationError as error:
        remedy = explain(str(error), Config, msgspec.toml.decode(content(file)))
        raise UsageError(f"{file}: {error}", remedy or KEYS) from error
    except (msgspec.DecodeError, ValueError) as error:
        what, remedy = unreadable(error)
        raise UsageError(f"{file}: {what}", remedy) from error
    _check(config.shop, file)
    config.input.check()
    _check_wording(config.playbook, file)
    return _anchored(config, file.resolve().parent)


def _check(shop: Shop, file: Path) -> None:
    """Refuses a currency, locale or time zone that nobody knows: figures in a made-up one would pass for true."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import is_currency

    if shop.currency is not None and not is_currency(shop.currency, locale="en"):
        raise UsageError(f"{file}: shop.currency {shop.currency!r} is no ISO 4217 code", 'Write such as "GBP".')
    try:
        Locale.parse(shop.locale)
    except (UnknownLocaleError, ValueError) as error:
        raise UsageError(
            f"{file}: shop.locale {shop.locale!r} is unknown", 'Write such as "en_GB" or "de_DE".'
        ) from error
    try:
        ZoneInfo(shop.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # "Europe" is a folder of zones
        raise UsageError(
            f"{file}: shop.timezone {shop.timezone!r} is unknown", 'Write such as "Europe/London".'
        ) from error


def _check_wording(tasks: dict[str, Task], file: Path) -> None:
    """Refuses a wording that names a fact which doesn't exist. Raises `UsageError`."""
    for segment, task in tasks.items():
        for key, text in (("title", task.title), ("text", task.text)):
            try:
                named = {_placeholder(*part) for part in Formatter().parse(text) if part[1] is not None}
            except ValueError as error:
                raise UsageError(
                    f"{file}: playbook.{segment}.{key}: {error}", "Write {{ and }} for braces that are meant as such."
                ) from error
            if unknown := sorted(named - set(PLACEHOLDERS)):
                known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
                raise UsageError(
                    f"{file}: playbook.{segment}.{key} names {{{unknown[0]}}}, which is no fact of a segment",
                    f"There are {known}.",
                )


def _placeholder(_text: str, name: str | None, spec: str | None, conversion: str | None) -> str:
    """What stands between the braces; a format is none of ours, so it stays part of the name."""
    return f"{name}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}"


def _anchored(config: Config, folder: Path) -> Config:
    """`config` with every relative path resolved against `folder`: cron runs elsewhere."""
    replace = msgspec.structs.replace
    brand, mail = config.brand, config.mail

    def place(path: str | None) -> str | None:
        return _place(path, folder) if path else None

    return replace(
        config,
        input=_read_from(config.input, folder),
        report=_report(config.report, folder),
        brand=replace(brand, logo=place(brand.logo), fonts=place(brand.fonts)),
        ledger=replace(config.ledger, path=place(config.ledger.path)),
        archive=replace(config.archive, site=place(config.archive.site)),
        serve=replace(config.serve, htpasswd=place(config.serve.htpasswd), inputs=_placed(config.serve.inputs, folder)),
        mail=replace(mail, password_file=place(mail.password_file), ca_file=place(mail.ca_file)) if mail else None,
    )


def _report(given: Report, folder: Path) -> Report:
    recipe = _place(given.recipe, folder) if given.recipe.endswith(".toml") else given.recipe
    return msgspec.structs.replace(given, output=_place(given.output, folder), recipe=recipe)


def _place(path: str, folder: Path) -> str:
    return str(folder / expanded(path))


def _files(path: str, folder: Path) -> str:
    """As `_place`; where it is a glob, only what the configuration wrote is one, not a folder called "2024 [old]"."""
    literal = _place(path, folder)
    return _place(path, Path(escape(str(folder)))) if has_magic(path) and not Path(literal).exists() else literal


def _read_from(given: Input, folder: Path) -> Input:
    """`given` with its files, and the file of an engine in a file, resolved against `folder`."""
    url = given.url
    if url is not None and url.startswith(IN_A_FILE):
        url = IN_A_FILE + _place(url.removeprefix(IN_A_FILE), folder)
    paths = tuple(_files(path, folder) for path in given.paths())
    return msgspec.structs.replace(given, path=paths, url=url)


def _placed(inputs: dict[str, tuple[str, ...] | str], folder: Path) -> dict[str, tuple[str, ...] | str]:
    each = {name: (given,) if isinstance(given, str) else given for name, given in inputs.items()}
    return {
        name: tuple(path if "://" in path else _files(path, folder) for path in paths) for name, paths in each.items()
    }
