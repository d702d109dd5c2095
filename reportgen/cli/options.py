"""Options that several verbs share."""

from pathlib import Path
from typing import Annotated, TypeVar

import typer

Where = TypeVar("Where", str, Path, None)


def at_home(path: Where) -> Where:
    """`path` with the home folder for its `~`, which shells leave alone in quotes and after `=`."""
    if path is None or not str(path).startswith("~"):
        return path
    from reportgen.config import expanded

    return type(path)(expanded(str(path)))


ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", callback=at_home, help="Configuration file; config.toml of this folder if there is one."),
]
InputPaths = Annotated[
    list[str] | None,
    typer.Option("--input", help="File, folder or glob of CSV, XLSX or Parquet, repeatable; or URL#schema.table."),
]
Files = Annotated[
    list[str] | None, typer.Argument(metavar="[FILE]...", help="The same as --input.", show_default=False)
]
Output = Annotated[str | None, typer.Option(callback=at_home, help="Folder of the editions.")]
Now = Annotated[str | None, typer.Option(help="Stands for the clock, e.g. 2011-12-01T06:00.")]


def sources(files: list[str] | None, named: list[str] | None) -> list[str] | None:
    """What is read: `files` and those `named` by option; None for what the configuration says."""
    return [*(files or ()), *(named or ())] or None
