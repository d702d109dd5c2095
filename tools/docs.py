"""Writes the generated parts of docs/: the JSON Schemas of `brief.json` and of recipes.

`python tools/docs.py` writes them, `python tools/docs.py --check` says which are out of date (exit code 1).
"""

import inspect
import sys
from pathlib import Path
from typing import Any

import msgspec

from reportgen import evaluation
from reportgen.brief import SCHEMA_VERSION, Brief
from reportgen.recipe import Recipe

DOCS = Path(__file__).resolve().parent.parent / "docs"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def generated() -> dict[Path, bytes]:
    """Every generated document, as it should be."""
    return {
        DOCS / "brief.schema.json": schema(Brief, f"brief.json, version {SCHEMA_VERSION}"),
        DOCS / "evaluation.schema.json": schema(
            evaluation.Evaluation, f"evaluation.json, version {evaluation.SCHEMA_VERSION}"
        ),
        DOCS / "recipe.schema.json": schema(Recipe, "A recipe, as the JSON of its TOML"),
    }


def schema(struct: type[Any], title: str) -> bytes:
    """The JSON Schema of `struct`, indented; docstrings without their indentation, as Python 3.13 keeps them."""
    document = {"$schema": DIALECT, "title": title, **msgspec.json.schema(struct)}
    for definition in document["$defs"].values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def stale() -> list[Path]:
    """The documents that differ from what they should be."""
    return [file for file, text in generated().items() if not file.is_file() or file.read_bytes() != text]


def main(arguments: list[str]) -> int:
    """Write what is stale, or only name it."""
    files = stale()
    for file in files:
        print(f"{file.relative_to(DOCS.parent)}: out of date")
    if "--check" in arguments:
        return int(bool(files))
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(generated()[file])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
