"""What a chart is made of: its marks, and its labels with the room that they take."""

import re
from importlib.resources import files
from io import BytesIO

from fontTools.ttLib import TTFont

from reportgen.charts._canvas import LOWER

FONTS = files("font_source_sans_pro") / "files"
FACES = {
    weight: TTFont(BytesIO((FONTS / f"SourceSansPro-{style}.ttf").read_bytes()))
    for weight, style in ((400, "Regular"), (600, "Semibold"))
}


def marks(figure):
    """The traces with data; the last one holds the labels."""
    return figure["data"][:-1]


def labels(figure):
    """The labels of a chart, each as a dictionary."""
    trace = figure["data"][-1]
    assert trace["mode"] == "text"
    fonts = [
        dict(zip(trace["textfont"], values, strict=True)) for values in zip(*trace["textfont"].values(), strict=True)
    ]
    columns = {**{name: trace[name] for name in ("x", "y", "text", "textposition")}, "font": fonts}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def colors(trace):
    return [trace["fillcolor"]] if trace["type"] == "scatter" else trace["marker"]["color"]


def hovers(trace):
    return [trace["text"]] if trace["type"] == "scatter" else trace["customdata"]


def boxes(figure):
    """Each label's text and box in pixels, measured in the report's own font."""
    for label in labels(figure):
        lines = re.sub(r"&(amp|lt|gt);", "&", label["text"]).split("<br>")
        size = label["font"]["size"]
        face = FACES[label["font"]["weight"]]
        advance, cmap, em = face["hmtx"], face.getBestCmap(), face["head"].unitsPerEm
        width = max(sum(advance[cmap[ord(letter)]][0] for letter in line) for line in lines) * size / em
        height = size * (0.78 + 1.3 * (len(lines) - 1))
        side = label["textposition"].removeprefix("middle ")
        left = label["x"] - {"right": 0, "center": width / 2, "left": width}[side]
        middle = label["y"] - LOWER * size
        yield label["text"], (left, middle - height / 2, left + width, middle + height / 2)
