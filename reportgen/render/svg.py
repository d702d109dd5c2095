"""Chart SVG without what draws nothing: smaller pages, and a third less to lay out.

plotly.js leaves dozens of empty layers and invisible boxes in each chart, and says each style in CSS.
"""

import re
from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2000/svg"
SHAPES = {"path", "rect", "circle", "text"}
IDLE = {
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "vector-effect": "none",
    "font-weight": "400",
}
"""Styles that say what holds anyway."""
UNMOVED = re.compile(r"rotate\(0(,[^)]*)?\)")
MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")


def ordered(svg: str) -> bytes:
    """`svg` with the attributes of each element by name: the browser's order depends on timing.

    Raises `xml.etree.ElementTree.ParseError`.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own browser wrote it
    for element in root.iter():
        _rename(element)
    return _text(root)


def lean(svg: bytes) -> bytes:
    """An ordered `svg` as it looks, without empty groups, unseen shapes, plotly's classes; styles as attributes."""
    root = ET.fromstring(svg)  # noqa: S314 - our own browser wrote it
    for element in root.iter():
        attributes = element.attrib
        attributes.pop("data-index", None)
        if element is not root:
            attributes.pop("class", None)
        attributes.update(_styles(attributes.pop("style", "")))
        _rename(element)
    _prune(root)
    return _text(root)


def _rename(element: ET.Element) -> None:
    """Plain names in place of qualified ones, which HTML doesn't know; attributes in order."""
    element.tag = element.tag.rpartition("}")[2]
    named = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    element.attrib = dict(sorted(named.items()))


def _text(root: ET.Element) -> bytes:
    root.attrib = {"xmlns": NAMESPACE, **root.attrib}
    return ET.tostring(root, encoding="unicode", short_empty_elements=False).encode()


def _styles(style: str) -> dict[str, str]:
    """The declarations of a style attribute that change anything."""
    pairs = (declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration)
    named = ((name.strip(), value.strip()) for name, value in pairs)
    found = {name: value for name, value in named if IDLE.get(name) != value}
    if found.get("fill-opacity") == "0":  # a colour that doesn't show costs a layer of the PDF
        del found["fill-opacity"]
        found["fill"] = "none"
    return found


def _prune(element: ET.Element) -> None:
    """Removes, from the leaves up, groups that hold or change nothing and shapes without ink."""
    kept: list[ET.Element] = []
    for child in element:
        _prune(child)
        if child.tag == "g":
            _place_text(child)
            _clip_at_once(child)
        if child.tag == "g" and not child.attrib:
            kept.extend(child)
        elif not _idle(child):
            kept.append(child)
    element[:] = kept


def _place_text(group: ET.Element) -> None:
    """Leaves out a turn by nothing; a group that only moves one text hands the way over to it."""
    if UNMOVED.fullmatch(group.get("transform", "")):
        del group.attrib["transform"]
    way = MOVED.fullmatch(group.get("transform", ""))
    if not way or list(group.attrib) != ["transform"] or [child.tag for child in group] != ["text"]:
        return
    text = group[0]
    if len(text) or "transform" in text.attrib or not {"x", "y"} <= set(text.attrib):
        return
    for axis, step in zip("xy", way.groups(), strict=True):
        text.set(axis, f"{float(text.get(axis, '0')) + float(step):.3f}".rstrip("0").rstrip("."))
    del group.attrib["transform"]


def _clip_at_once(group: ET.Element) -> None:
    """What all in a group are clipped by clips the group, once."""
    clips = {child.get("clip-path") if "transform" not in child.attrib else None for child in group}
    if len(clips) != 1 or "clip-path" in group.attrib or (clip := clips.pop()) is None:
        return
    for child in group:
        del child.attrib["clip-path"]
    group.set("clip-path", clip)
    group.attrib = dict(sorted(group.attrib.items()))


def _idle(element: ET.Element) -> bool:
    if element.tag in {"g", "defs"}:
        return len(element) == 0
    if element.tag == "text" and not element.text and not len(element):
        return True
    return element.tag in SHAPES and (_unseen(element) or element.get("d") == "M0,0" or _shapeless(element))


def _shapeless(element: ET.Element) -> bool:
    return element.tag == "path" and not element.get("d")


def _unseen(element: ET.Element) -> bool:
    """Whether neither its area nor its outline shows; clip paths and inherited styles are no concern of plotly's."""
    filled = element.get("fill", "black") != "none" and element.get("fill-opacity") != "0"
    width = element.get("stroke-width", "1").removesuffix("px")
    outlined = element.get("stroke", "none") != "none" and element.get("stroke-opacity") != "0" and width != "0"
    return not filled and not outlined
