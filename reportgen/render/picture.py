"""A chart as a picture for mail, where SVG isn't shown: takes SVG bytes, gives PNG bytes."""

import re
from contextlib import closing
from io import BytesIO

from reportgen.errors import GateError
from reportgen.render import fonts
from reportgen.render.pdf import pdf

SCALE = 3.0
"""Pixels per pixel of the chart: sharp on a phone."""
POINTS = 0.75
"""Of a CSS pixel."""


def png(svg: bytes, faces: tuple[fonts.Face, ...]) -> bytes:
    """`svg`, which states its width and height, with its text in `faces`. Raises `GateError` if it states none."""
    from pypdfium2 import PdfDocument

    size = re.search(rb'<svg[^>]*?\bheight="([\d.]+)"[^>]*?\bwidth="([\d.]+)"', svg)
    if size is None:
        raise GateError("The key chart states no size.")
    height, width = (float(value) for value in size.groups())
    page = (
        '<!DOCTYPE html><html lang="en"><head><title>chart</title><style>'
        f"@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }} img {{ display: block }}"
        '</style></head><body><img src="chart.svg" alt="chart"></body></html>'
    )
    with fonts.pinned(faces):
        paper = pdf(page, {"chart.svg": svg}, drawings=lambda: {"chart.svg": svg})
    with closing(PdfDocument(paper)) as document:
        image = document[0].render(scale=SCALE * POINTS).to_pil()
    made = BytesIO()
    image.quantize(256).save(made, "png", optimize=True)
    return made.getvalue()
