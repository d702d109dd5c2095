"""The mail account: takes `[mail]`, gives checked addresses, subject, port and password; refuses what can do harm."""

import ipaddress
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from email.errors import HeaderParseError, MessageDefect
from email.headerregistry import Address
from email.utils import getaddresses, parseaddr
from pathlib import Path
from typing import Final

from reportgen.config import Mail
from reportgen.errors import UsageError

PORTS: Final = {"tls": 465, "starttls": 587, "none": 25}
ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
FIELDS: Final = {"title": "", "period": "", "headline": ""}
"""What a subject may name."""


def check(mail: Mail) -> None:
    """Refuses addresses, a subject or an account that can't work or could do harm. Raises `UsageError`."""
    address(mail.sender, "sender")
    if mail.reply_to:
        address(mail.reply_to, "reply_to")
    recipients(mail, mail.management, "management")
    recipients(mail, mail.operators, "operators")
    subject(mail.subject, FIELDS)
    if not _is_name(mail.host):
        raise UsageError(f"[mail] host: {mail.host!r} is no name of a server", 'Write such as "mail.example.com".')
    if mail.security == "none" and not _is_here(mail.host):
        raise UsageError(
            f'[mail] security: "none" would send the brief readable for everyone on the way to {mail.host}',
            'Take "starttls" or "tls"; "none" is for a server on this machine.',
        )
    if bool(mail.user) != bool(mail.password_env or mail.password_file):
        raise UsageError(
            "[mail] user and a password belong together", "Name both user and password_env or password_file, or none."
        )
    if mail.base_url and not re.fullmatch(r"https?://\S+", mail.base_url):
        raise UsageError(f"[mail] base_url: {mail.base_url!r} is no address", 'Write such as "https://host/briefs".')


def recipients(mail: Mail, listed: Iterable[str], key: str) -> tuple[str, ...]:
    """The plain addresses of `listed`, each once, in their order. Raises `UsageError` for one outside the domains.

    In lower case: whoever is written as Ann@ one month and ann@ the next is one reader, and gets one mail.
    """
    domains = tuple(domain.lower().lstrip("@") for domain in mail.allowed_domains) or (_domain(mail.sender),)
    found: dict[str, None] = {}
    for text in listed:
        plain = address(text, key).addr_spec.lower()
        if _domain(plain) not in domains:
            raise UsageError(
                f"[mail] {key}: {plain} is not in an allowed domain ({', '.join(domains)})",
                "Add its domain to [mail] allowed_domains, if it may have the figures.",
            )
        found[plain] = None
    return tuple(found)


def address(text: str, key: str) -> Address:
    """`text`, such as "Ann <ann@example.com>", as an address. Raises `UsageError`."""
    listed = getaddresses([text])
    name, plain = listed[0] if len(listed) == 1 else ("", "")
    if ADDRESS.fullmatch(plain) and ".." not in plain and not re.search(r"[\x00-\x1f\x7f]", text):
        with suppress(HeaderParseError, MessageDefect):
            return Address(name, addr_spec=plain)
    raise UsageError(f"[mail] {key}: {text!r} is no address", 'Write "ann@example.com" or "Ann <ann@example.com>".')


def subject(pattern: str, fields: dict[str, str]) -> str:
    """`pattern` with `fields` filled in, on one line. Raises `UsageError` for a field that there isn't."""
    try:
        filled = pattern.format_map(fields)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise UsageError(
            f"[mail] subject: {pattern!r} can't be filled in ({error})",
            f"It may name {', '.join('{' + field + '}' for field in FIELDS)}.",
        ) from error
    return one_line(filled)


def one_line(text: str) -> str:
    """`text` as a header takes it."""
    return " ".join(text.split())


def port(mail: Mail) -> int:
    """The configured port, or the usual one."""
    return mail.port or PORTS[mail.security]


def password(mail: Mail) -> str:
    """The password, from where the configuration says. Raises `UsageError`; no message of it holds the password."""
    found = _from_file(Path(mail.password_file)) if mail.password_file else _from_environment(mail.password_env or "")
    if not (found.isascii() and (mail.user or "").isascii()):
        raise UsageError(
            "[mail] user or password has letters beyond ASCII, which mail servers read differently",
            "Give the account a password of ASCII letters, digits and signs.",
        )
    return found


def _from_environment(name: str) -> str:
    if not os.environ.get(name):
        raise UsageError(
            f"[mail] password_env: the environment has no {name}", "cron and systemd need password_file instead."
        )
    return os.environ[name]


def _from_file(file: Path) -> str:
    try:
        mode = file.stat().st_mode
        content = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise UsageError(f"[mail] password_file: {file} can't be read ({reason})") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"[mail] password_file: others may read {file}", f"Run: chmod 600 {file}")
    if not content or "\n" in content:
        raise UsageError(f"[mail] password_file: {file} holds no single line", "Write the password alone into it.")
    return content


def _domain(text: str) -> str:
    return parseaddr(text)[1].rpartition("@")[2].lower()


def _is_name(host: str) -> bool:
    """Whether anybody could be asked where `host` is: it has no spaces, and no label that is empty or too long."""
    try:
        return bool(host.encode("idna")) and host.isprintable() and " " not in host
    except UnicodeError:
        return False


def _is_here(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
