"""Customer tables for tests: drawn by hypothesis, or measured on the real file by plain SQL."""

import os
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import strategies as st

from reportgen.customers import CustomerTable

DATA = Path(os.environ.get("REPORTGEN_DATA", Path(__file__).parents[3] / "shared" / "data")) / "online_retail.parquet"


def table(rows, scale=2):
    """Customers with ids 10001 … from rows of (recency, frequency, monetary, tenure - recency)."""
    index = pd.Index([f"{10001 + place}" for place in range(len(rows))], name="customer", dtype="str")
    frame = pd.DataFrame(rows, columns=["recency", "frequency", "monetary", "tenure"], index=index, dtype="int64")
    frame["tenure"] += frame["recency"]
    return CustomerTable(frame.assign(orders=frame["frequency"], revenue=frame["monetary"]), scale)


ROWS = st.tuples(st.integers(0, 400), st.integers(1, 60), st.integers(1, 10**9), st.integers(0, 400))


def tables(least=1, most=60):
    """Customer tables of `least` to `most` different customers."""
    return st.lists(ROWS, min_size=least, max_size=most, unique=True).map(table)


def varied_tables():
    """Customer tables with at least five different values on each axis, so that quintiles exist."""
    rows = st.lists(
        ROWS, min_size=5, max_size=30, unique_by=(lambda row: row[0], lambda row: row[1], lambda row: row[2])
    )
    return rows.map(lambda found: table([*found, *found]))


PUBLISHED = """
    with line as (
        select cast(cast(CustomerID as bigint) as varchar) as customer, InvoiceNo as invoice, InvoiceDate as sold,
               Quantity * cast(round(UnitPrice * 1000) as bigint) as amount
        from sales where CustomerID is not null and Quantity > 0 and UnitPrice > 0
    ), whole as (
        select cast(round(quantile_cont(amount, $cap)) as bigint) as cap, epoch(max(sold)) + 86400 as now from line
    )
    select customer, cast(floor((any_value(now) - epoch(max(sold))) / 86400) as bigint) as recency,
           count(distinct invoice) as frequency, cast(sum(least(amount, cap)) as bigint) as monetary,
           cast(floor((any_value(now) - epoch(min(sold))) / 86400) as bigint) as tenure
    from line, whole group by customer order by customer"""

NET = """
    with line as (
        select row_number() over () as id, InvoiceNo as invoice, StockCode as code, Quantity as quantity,
               cast(round(UnitPrice * 1000) as bigint) as price, InvoiceDate as sold,
               cast(cast(CustomerID as bigint) as varchar) as customer
        from sales where CustomerID is not null and InvoiceDate < $now
    ), counted as (
        select *, row_number() over (partition by customer, code, quantity, price order by sold, id) as place
        from line
    ), pair as (
        select bought.id as bought, returned.id as returned
        from counted bought join counted returned using (customer, code, price, place)
        where bought.quantity = -returned.quantity and returned.quantity < 0 and returned.sold >= bought.sold
          and returned.invoice like 'C%' and bought.invoice not like 'C%'
    ), kept as (
        select * from line where id not in (select bought from pair) and id not in (select returned from pair)
    ), measured as (
        select customer, sum(quantity * price) as monetary, count(distinct invoice) filter (quantity > 0) as frequency,
               max(epoch(sold)) filter (quantity > 0) as last, min(epoch(sold)) filter (quantity > 0) as first
        from kept group by customer
    )
    select customer, cast(floor((epoch($now) - last) / 86400) as bigint) as recency, frequency,
           cast(monetary as bigint) as monetary, cast(floor((epoch($now) - first) / 86400) as bigint) as tenure
    from measured where frequency > 0 and monetary > 0 order by customer"""


def published(*, deduplicated):
    """R, F, M as documents C and E clean: positive lines of known customers; E drops repeats and caps line totals."""
    return _measure(PUBLISHED, {"cap": 0.95 if deduplicated else 1.0}, deduplicated=deduplicated)


def november():
    """R, F, M, T of November 2011 net of returns over 12 months, cancellations paired with their purchases."""
    return _measure(NET, {"now": datetime(2011, 12, 1)}, deduplicated=False)


def _measure(query, values, *, deduplicated):
    if not DATA.exists():
        pytest.skip(f"the real data are not here: {DATA} (REPORTGEN_DATA may name their folder)")
    with duckdb.connect() as connection:
        sales = connection.read_parquet(str(DATA))
        (sales.distinct() if deduplicated else sales).create_view("sales")
        frame = connection.execute(query, values).df().set_index("customer")
    return CustomerTable(frame[["recency", "frequency", "monetary", "tenure"]].astype("int64"), 3)
