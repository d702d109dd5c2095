"""Who it is and what he or she may do: by a trusted reverse proxy, or by an htpasswd file."""

import base64
import binascii
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Literal, Protocol

import argon2
import bcrypt

from reportgen.config import Serve
from reportgen.errors import UsageError

Role = Literal["reader", "analyst"]
LOOPBACK = ("127.0.0.1", "::1", "localhost")
READ = "The user that serves must be able to read it, as UTF-8 text."
TWICE = "\n"
"""Joins the values of a header that came more than once: a proxy that adds its own beside a forged one is no proxy."""
ASK = "Ask whoever looks after this server."
AGAIN = "Load this page again, and give name and password."
KEPT = 300.0
"""Seconds for which a password that was right is not computed again: hashes are slow on purpose."""


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in."""

    name: str
    role: Role

    @property
    def analyst(self) -> bool:
        """Whether he or she may do what analysts do."""
        return self.role == "analyst"


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818 - not an error of the program
    """Why somebody may not enter, and what to do; `challenge` asks the browser for name and password."""

    status: int
    why: str
    advice: str = ASK
    challenge: bool = False


class Door(Protocol):
    """Says who asks from the address `peer` with `headers` (lower case)."""

    def at_once(self, peer: str, headers: Mapping[str, str]) -> Person | None:
        """Who asks, None if that takes the time of `person`. Raises `Refused`."""

    def person(self, peer: str, headers: Mapping[str, str]) -> Person:
        """Who asks; it may take as long as a password's hash does. Raises `Refused`."""


def door(serve: Serve) -> Door:
    """The door that the configuration wants. Raises `UsageError`."""
    if serve.proxies and serve.htpasswd:
        raise UsageError("[serve] names both proxies and htpasswd", "Leave out one: a login has one source.")
    if serve.proxies:
        return Proxied(serve)
    if serve.htpasswd:
        return Htpasswd(serve)
    if serve.host not in LOOPBACK:
        raise UsageError(
            f"[serve] host {serve.host}: nobody says who may read",
            "Name [serve] proxies (of the company's login) or htpasswd, or leave it on 127.0.0.1.",
        )
    return Local()


@dataclass(frozen=True)
class Local:
    """No login: on this machine everybody may read, and nobody may do more."""

    def at_once(self, peer: str, headers: Mapping[str, str]) -> Person:
        """The same as `person`."""
        return self.person(peer, headers)

    def person(self, peer: str, headers: Mapping[str, str]) -> Person:  # noqa: ARG002
        """A reader, if it is this machine."""
        if peer not in LOOPBACK:
            raise Refused(403, "Only this machine may ask.")
        return Person("local", "reader")


class Proxied:
    """A reverse proxy says who it is; nobody else may ask at all, whatever headers they send."""

    def __init__(self, serve: Serve) -> None:
        try:
            self._proxies = tuple(ip_network(proxy) for proxy in serve.proxies)
        except ValueError as error:
            raise UsageError(f"[serve] proxies: {error}", 'Write such as "127.0.0.1" or "10.0.0.0/24".') from error
        self._serve = serve

    def at_once(self, peer: str, headers: Mapping[str, str]) -> Person:
        """The same as `person`."""
        return self.person(peer, headers)

    def person(self, peer: str, headers: Mapping[str, str]) -> Person:
        """As the proxy's headers say."""
        if not self._trusted(peer):
            raise Refused(403, "Ask through the company's login.")
        name, groups = (
            headers.get(each.lower(), "").strip() for each in (self._serve.user_header, self._serve.groups_header)
        )
        if not name or TWICE in name + groups:
            raise Refused(401, "The login named nobody, or several.")
        return _admitted(name, {group.strip() for group in groups.split(",")}, self._serve)

    def _trusted(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self._proxies)


class Htpasswd:
    """Names and bcrypt or argon2 hashes in a file, read again when it changes."""

    def __init__(self, serve: Serve) -> None:
        self._serve, self._file = serve, Path(serve.htpasswd or "")
        self._read, self._hashes = _stamp(self._file), _hashes(self._file)
        self._known = Known()
        self._nobody = bcrypt.hashpw(secrets.token_bytes(16), bcrypt.gensalt()).decode()

    def at_once(self, peer: str, headers: Mapping[str, str]) -> Person | None:  # noqa: ARG002
        """Who was right a moment ago; others wait for a hash, and nobody waits for theirs."""
        name, password = _credentials(headers.get("authorization", ""))
        hashed = self._current().get(name)
        known = hashed is not None and self._known.holds(name, password, hashed)
        return _admitted(name, {name}, self._serve) if known else None

    def person(self, peer: str, headers: Mapping[str, str]) -> Person:  # noqa: ARG002
        """As name and password say."""
        name, password = _credentials(headers.get("authorization", ""))
        hashed = self._current().get(name)
        # An unknown name takes as long as a wrong password.
        if not _matches(password, hashed or self._nobody) or hashed is None:
            raise Refused(401, "Name or password is wrong.", AGAIN, challenge=True)
        self._known.keep(name, password, hashed)
        return _admitted(name, {name}, self._serve)

    def _current(self) -> Mapping[str, str]:
        stamp = _stamp(self._file)
        if stamp != self._read:
            self._hashes, self._read = _hashes(self._file), stamp
        return self._hashes


@dataclass
class Known:
    """Passwords that were right a moment ago, by a keyed hash that is of no use elsewhere."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    until: dict[bytes, float] = field(default_factory=dict)

    def holds(self, name: str, password: str, hashed: str) -> bool:
        """Whether `password` was the one of `hashed` a moment ago."""
        return self.until.get(self._token(name, password, hashed), 0) > time.monotonic()

    def keep(self, name: str, password: str, hashed: str) -> None:
        """`password` is the one of `hashed`."""
        now = time.monotonic()
        fresh = {token: end for token, end in self.until.items() if end > now}
        self.until = fresh | {self._token(name, password, hashed): now + KEPT}

    def _token(self, name: str, password: str, hashed: str) -> bytes:
        return hmac.new(self.key, f"{name}\0{password}\0{hashed}".encode(), sha256).digest()


def _admitted(name: str, groups: set[str], serve: Serve) -> Person:
    if groups & set(serve.analysts):
        return Person(name, "analyst")
    if not serve.readers or groups & set(serve.readers):
        return Person(name, "reader")
    raise Refused(403, f"{name} is not among the readers.")


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, token = header.partition(" ")
    try:
        name, colon, password = base64.b64decode(token, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        name, colon, password = "", "", ""
    if scheme.lower() != "basic" or not colon or "\0" in password:
        raise Refused(401, "Log in.", AGAIN, challenge=True)
    return name, password


def _stamp(file: Path) -> tuple[int, int]:
    try:
        about = file.stat()
    except OSError as error:
        raise UsageError(f"[serve] htpasswd: {file} can't be read ({error.strerror})", READ) from error
    return about.st_mtime_ns, about.st_size


def _hashes(file: Path) -> dict[str, str]:
    """Name → hash. Raises `UsageError` for any other kind of hash, and says where."""
    hashes = {}
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"[serve] htpasswd: {file} can't be read ({error})", READ) from error
    for number, line in enumerate(lines, 1):
        name, colon, hashed = line.strip().partition(":")
        if not name or name.startswith("#"):
            continue
        if not colon or not hashed.startswith(("$2y$", "$2b$", "$2a$", "$argon2")):
            raise UsageError(
                f"[serve] htpasswd: {file} line {number} is neither bcrypt nor argon2", "`htpasswd -B` writes bcrypt."
            )
        hashes[name] = hashed
    return hashes


def _matches(password: str, hashed: str) -> bool:
    try:
        if hashed.startswith("$argon2"):
            return argon2.PasswordHasher().verify(hashed, password)
        # bcrypt sees 72 bytes; beyond that, Apache's tool cuts too.
        return bcrypt.checkpw(password.encode()[:72], hashed.encode())
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError, ValueError):
        return False
