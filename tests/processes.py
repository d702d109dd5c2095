"""`reportgen` in processes of its own, as a user runs it."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from tests.briefs import shop

ROOT = Path(__file__).parents[1]
COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")


def reportgen(*arguments, cwd, before=(), **environment):
    """The finished process of `reportgen ARGUMENTS` in the folder `cwd`; `before` are words before the command."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [*before, sys.executable, "-m", "reportgen", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, timeout=300, check=False)


def start(*arguments, cwd):
    """The running process of `reportgen ARGUMENTS`."""
    return subprocess.Popen(
        [sys.executable, "-m", "reportgen", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def write_shop(file):
    """The shop of `tests.briefs` as CSV, UCI columns."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(COLUMNS)
        for invoice, code, description, quantity, price, _, when, customer, country in shop():
            moment = when.strftime("%Y-%m-%d %H:%M:%S")
            row = (invoice, code, description, quantity, moment, f"{price / 100:.2f}", customer or "", country)
            writer.writerow(row)
    return file
