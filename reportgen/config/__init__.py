"""Configuration: one TOML file, parsed once into frozen values; paths resolve against the file's folder."""

from reportgen.config._folders import beside, nested
from reportgen.config._home import expanded
from reportgen.config._loading import load
from reportgen.config._tables import (
    A_SESSION,
    IN_A_FILE,
    NON_MERCHANDISE,
    Archive,
    Brand,
    Columns,
    Config,
    Cuts,
    Gate,
    Input,
    Ledger,
    Mail,
    Report,
    Serve,
    Shop,
    Task,
)

__all__ = [
    "A_SESSION",
    "IN_A_FILE",
    "NON_MERCHANDISE",
    "Archive",
    "Brand",
    "Columns",
    "Config",
    "Cuts",
    "Gate",
    "Input",
    "Ledger",
    "Mail",
    "Report",
    "Serve",
    "Shop",
    "Task",
    "beside",
    "expanded",
    "load",
    "nested",
]
