"""The guard before every request: who asks, whether a change comes from our own pages, what browsers may do with it."""

import sys
from collections.abc import Mapping, MutableMapping
from html import escape
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportgen.errors import UsageError
from reportgen.render.site import CSP
from reportgen.serving.access import TWICE, Door, Person, Refused

OPEN: Final = frozenset({"/healthz", "/readyz"})
"""What monitoring may ask without a login; it tells nothing of the archive."""
SAFE: Final = frozenset({"GET", "HEAD"})
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": f"{CSP}; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CACHE: Final = "private, no-cache"
CLOSED: Final = "Nobody can log in now. Whoever looks after the server finds the reason in its log."
PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>No entry</title><style>
body {{ max-width: 34em; margin: 15vh auto; padding: 0 20px; font: 1.0625rem/1.5 "Segoe UI", Helvetica, sans-serif; }}
h1 {{ font-size: 1.5rem; font-weight: 600; line-height: 1.25; }}
</style></head><body><h1>{why}</h1><p>{advice}</p></body></html>
"""
"""Of a refusal, whole in itself: whoever may not enter gets no style sheet either."""
FOREIGN: Final = "A change must come from a page of this server."
HASHING = 2
"""Passwords that are computed at a time: the others wait, and pages are served meanwhile."""


class Guard:
    """Lets through who may enter, as `scope["person"]`; `hosts` are further names of this server ("" port as is)."""

    def __init__(self, app: ASGIApp, door: Door, hosts: frozenset[str], *, strict: bool) -> None:
        self._app, self._door, self._hosts, self._strict = app, door, hosts, strict
        self._limiter: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The request, with the person who asks; or the refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _secured(send))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        try:
            if self._strict:
                _known_host(headers, self._hosts)
            if scope["method"] not in SAFE:
                _same_origin(headers, self._hosts)
            if scope["path"] not in OPEN:
                scope["person"] = await self._person(scope, headers)
        except Refused as refused:
            await _refusal(refused, headers)(scope, receive, send)
            return
        except UsageError as error:  # passwords that can't be read; whoever isn't logged in learns no path
            sys.stderr.write(f"Nobody can log in: {error}\n")
            await _refusal(Refused(503, CLOSED), headers)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _person(self, scope: Scope, headers: Mapping[str, str]) -> Person:
        peer = scope["client"][0] if scope.get("client") else ""
        if person := self._door.at_once(peer, headers):
            return person
        if self._limiter is None:
            self._limiter = CapacityLimiter(HASHING)
        return await to_thread.run_sync(self._door.person, peer, headers, limiter=self._limiter)


def _headers(scope: Scope) -> dict[str, str]:
    """Headers by lower-case name; one that came twice is joined by what no header holds, and then names nobody."""
    found: MutableMapping[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), _text(value)
        found[key] = f"{found[key]}{TWICE}{text}" if key in found else text
    return dict(found)


def _text(value: bytes) -> str:
    """What a header says: names beyond ASCII come as UTF-8 from today's proxies, as Latin-1 from older ones."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _known_host(headers: Mapping[str, str], hosts: frozenset[str]) -> None:
    """Without a login, a page of somebody else that calls itself by our address must not read the archive."""
    name = _place(f"//{headers.get('host', '')}").hostname
    if name not in {urlsplit(f"//{host}").hostname for host in hosts}:
        raise Refused(403, "This server goes by another name.")


def _same_origin(headers: Mapping[str, str], hosts: frozenset[str]) -> None:
    """Refuses a change that another site's page asks for. Browsers say so themselves, and say where it comes from."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    ours = site == "same-origin" or (site is None and origin is not None)
    if not ours or (origin is not None and _place(origin).netloc not in {headers.get("host", ""), *hosts}):
        raise Refused(403, FOREIGN, "Go back, load the page again, and try there.")


def _place(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        raise Refused(400, "The address can't be read.") from error


def _refusal(refused: Refused, headers: Mapping[str, str]) -> Response:
    """Why, as plain text; to a browser as a page that says what to do."""
    challenge = {"WWW-Authenticate": 'Basic realm="Briefs", charset="UTF-8"'} if refused.challenge else {}
    if "text/html" not in headers.get("accept", ""):
        return PlainTextResponse(f"{refused.why}\n", refused.status, challenge)
    page = PAGE.format(why=escape(refused.why), advice=refused.advice)
    return HTMLResponse(page, refused.status, challenge)


def _secured(send: Send) -> Send:
    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Any = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", CACHE)
        await send(message)

    return secured
