"""Logo: takes the file that the brand names, gives its content, or says why it is no image that stands alone."""

from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from reportgen.config import Brand
from reportgen.errors import UsageError
from reportgen.render.templates import resource

PNG: Final = b"\x89PNG\r\n\x1a\n"


def logo(brand: Brand) -> tuple[str, bytes]:
    """The logo's file name and content; as an <img> it can neither run nor load anything. Raises `UsageError`."""
    if not brand.logo:
        return "logo.svg", resource("assets", "logo.svg").read_bytes()
    path = Path(brand.logo)
    kind = path.suffix.lower()
    if kind not in {".svg", ".png"}:
        raise UsageError(f"[brand] logo: {path} is neither an SVG nor a PNG file")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"[brand] logo: {path} can't be read ({error.strerror})") from error
    fault = _svg_fault(content) if kind == ".svg" else "" if content.startswith(PNG) else "it is no PNG file"
    if fault:
        raise UsageError(f"[brand] logo: {path} can't be used: {fault}", "Export the logo again.")
    return f"logo{kind}", content


def _svg_fault(content: bytes) -> str:
    """What keeps `content` from being an image that stands alone, "" if nothing does."""
    try:
        elements = list(ET.fromstring(content).iter())  # noqa: S314  expat expands no foreign entities
    except ET.ParseError as error:
        return f"it is no SVG file ({error})"
    if not str(elements[0].tag).endswith("svg"):
        return "it is no SVG file"
    links = [value for each in elements for name, value in each.items() if name.endswith("href")]
    outside = [link for link in links if not link.startswith(("#", "data:"))]
    return f"it needs {outside[0]}, which doesn't come along" if outside else ""
