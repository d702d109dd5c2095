"""The Atom feed of the issues (RFC 4287); its only times are those of the manifests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from reportgen.config import Config
from reportgen.hosting import copies
from reportgen.hosting.catalogue import Entry, Issue
from reportgen.hosting.copies import Hosted

FILE: Final = "feed.xml"
ATOM: Final = "http://www.w3.org/2005/Atom"
ISSUES = 50
"""Issues that the feed keeps."""


def feed(config: Config, entries: Sequence[Entry], hosted: Hosted) -> bytes:
    """The feed of `entries`, newest first: an entry per issue and revision. Links are relative without an address."""
    issues = [issue for entry in entries for issue in (entry.issue, *entry.replaced)][:ISSUES]
    base = address(config)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"} | ({"xml:base": base} if base else {}))
    _text(root, "id", _id(config, ""))
    _text(root, "title", config.brand.title)
    _text(root, "updated", max((_instant(issue, config) for issue in issues), default="1970-01-01T00:00:00Z"))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{base}{FILE}"})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}index.html"})
    _text(ET.SubElement(root, "author"), "name", config.brand.name or config.brand.title)
    for issue in issues:
        _entry(root, issue, config, f"{base}{copies.address(issue.name, hosted[issue.name])}")
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def address(config: Config) -> str:
    """Where the archive is hosted, with a slash at its end; "" if nobody said."""
    given = config.archive.base_url or (config.mail.base_url if config.mail else None)
    return f"{given.rstrip('/')}/" if given else ""


def _entry(root: ET.Element, issue: Issue, config: Config, href: str) -> None:
    entry = ET.SubElement(root, "entry")
    revision = f", revision {issue.edition.revision}" if issue.edition.revision > 1 else ""
    _text(entry, "id", _id(config, issue.name))
    _text(entry, "title", f"{config.brand.title}: {issue.period}{revision}")
    _text(entry, "updated", _instant(issue, config))
    kind = {"type": "text/html"} if href.endswith(".html") else {}
    ET.SubElement(entry, "link", {"rel": "alternate", **kind, "href": href})
    if told := issue.told:
        _text(entry, "summary", " ".join(filter(None, (told.changes, told.headline, told.reason))))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _id(config: Config, name: str) -> str:
    """The same for ever, wherever the archive moves."""
    return uuid5(NAMESPACE_URL, f"reportgen/{config.brand.name}/{config.brand.title}/{name}").urn


def _instant(issue: Issue, config: Config) -> str:
    """When the issue was made: manifests have the shop's local time."""
    zone = ZoneInfo(config.shop.timezone) if config.shop.timezone else None
    local: datetime = issue.made.replace(tzinfo=zone) if zone and issue.made.tzinfo is None else issue.made
    return local.astimezone(zone).isoformat(timespec="seconds")
