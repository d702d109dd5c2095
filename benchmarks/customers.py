"""`python -m benchmarks.customers FILE --customers N`: a synthetic ledger of N customers, the same on every run.

About six lines for each customer over 13 months; how often somebody buys, and for how much, is heavily skewed. Then
`reportgen evaluate --input FILE --recipe strategic --recipe clusters --period all` shows what sampling keeps it to.
"""

import argparse

import duckdb

LINES = """
    copy (
        with customer as (
            select range as id, (hash(range) % 1000000 + 1) / 1000001.0 as u, hash(range + 7) % 390 as since
            from range({customers})
        ), bought as (
            select id, u, since, unnest(range(cast(least(60, 1 + floor(0.8 / sqrt(u))) as bigint))) as number
            from customer
        ), placed as (
            select id, u, number, hash(id * 61 + number) % 1000000 as dice,
                   timestamp '2024-12-01 09:00' + interval 1 minute
                   * cast(since * 1440 + hash(id * 67 + number) % greatest(1, (390 - since) * 1440) as bigint) as moment
            from bought
        )
        select cast(id * 61 + number as varchar) as InvoiceNo,
               'A' || (hash(dice + line) % 500) as StockCode,
               'Product ' || (hash(dice + line) % 500) as Description,
               cast(1 + dice % 12 as int) as Quantity,
               moment as InvoiceDate,
               round(0.5 + (hash(dice * 3 + line) % 2000) / 100.0, 2) as UnitPrice,
               cast(id as varchar) as CustomerID,
               case when dice % 10 < 8 then 'United Kingdom' else 'France' end as Country
        from placed, range(3) as lines(line)
    ) to '{file}' (format parquet)
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.customers", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--customers", type=int, default=3_000_000)
    options = parser.parse_args()
    duckdb.execute(LINES.format(customers=options.customers, file=options.file))


if __name__ == "__main__":
    main()
