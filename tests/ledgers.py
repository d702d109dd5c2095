"""Small ledgers for tests, and the real one."""

import os
from datetime import datetime
from pathlib import Path

import ibis
import pandas as pd
import pytest

from reportgen.transactions import SCHEMA, Transactions

REAL = Path(os.environ.get("REPORTGEN_DATA", Path(__file__).parents[2] / "shared/data")) / "online_retail.parquet"
needs_real = pytest.mark.skipif(not REAL.exists(), reason=f"the real data set is not beside the checkout ({REAL.name})")


def line(  # noqa: PLR0913
    customer, when, quantity=1, price=1000, *, invoice=None, code="A1", description="Vase", country="France"
):
    """One line; price in pence. Without an invoice: one per customer and instant."""
    invoice = invoice or f"@{customer}|{when}"
    moment = datetime.fromisoformat(when)
    return (invoice, code, description, quantity, price, quantity * price, moment, customer, country)


def ledger(lines, scale=2, optional=("invoice", "code", "description", "country", "quantity")):
    """A ledger of `lines` on DuckDB."""
    frame = pd.DataFrame(lines, columns=list(SCHEMA)[1:])
    frame.insert(0, "line", range(len(frame)))
    table = ibis.duckdb.connect().create_table("lines", ibis.memtable(frame, schema=SCHEMA), temp=True)
    return Transactions(
        lines=table,
        scale=scale,
        quantity_scale=0,
        raw_rows=len(frame),
        raw_amount=int(frame["amount"].sum()),
        removed=(),
        optional=frozenset(optional),
    )
