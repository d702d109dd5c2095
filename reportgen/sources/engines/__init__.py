"""Engines: transactions that lie in a database or a lake stay there; one module per engine.

url, table or query ─► connect (one module per engine) ─► staging (typed columns, copied at once) ─► lines

A new engine is a line in `ENGINES`, and a module with `connect(spec)`: an Ibis backend with `Remote` before it.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import MachineError, UsageError
from reportgen.sources.engines.remote import Remote

ENGINES: Final[Mapping[str, tuple[str, str]]] = {
    "postgres": ("postgres", "postgres"),
    "postgresql": ("postgres", "postgres"),
    "duckdb": ("duckdb", ""),
    "spark": ("spark", "spark"),
}
"""Scheme of a url -> its module here, and the extra that installs its driver."""
COMPILED: Final[Mapping[str, str]] = {"bigquery": "BigQuery", "snowflake": "Snowflake"}
"""Scheme of a url -> the engine that the expressions are compiled for, but were never run on."""


def connect(spec: config.Input) -> Any:  # noqa: ANN401  an Ibis backend that is a `Remote`
    """The engine of `[input] url`, connected. Raises `UsageError`, `InputError`, `MachineError` without its extra."""
    scheme = (spec.url or "").partition("://")[0]
    if scheme in COMPILED:
        raise UsageError(
            f"[input] url: {COMPILED[scheme]} isn't connected to: its SQL is compiled, but was never run there",
            "Export the lines as Parquet and name that, or let Spark read the table there: docs/engines.md.",
        )
    if scheme not in ENGINES:
        raise UsageError(f"[input] url: no engine is called {scheme!r}", f"There are {', '.join(ENGINES)}.")
    module, extra = ENGINES[scheme]
    try:
        return import_module(f"{__name__}.{module}").connect(spec)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("reportgen"):
            raise
        raise MachineError(
            f"reading {scheme}:// needs {error.name}, which isn't installed",
            f"Install it: pip install 'reportgen[{extra}]'",
        ) from error


def remote(lines: ir.Table) -> Remote | None:
    """The engine that holds `lines`; None if they were read from files."""
    backend = lines.get_backend()
    return backend if isinstance(backend, Remote) else None
