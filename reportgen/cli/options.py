"""Options that several verbs share."""

from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Configuration file; config.toml of this folder if there is one.")
]
InputPaths = Annotated[
    list[str] | None,
    typer.Option("--input", help="File, folder or glob of CSV, XLSX or Parquet, repeatable; or URL#schema.table."),
]
Output = Annotated[str | None, typer.Option(help="Folder of the editions.")]
Now = Annotated[str | None, typer.Option(help="Stands for the clock, e.g. 2011-12-01T06:00.")]
