"""`python -m benchmarks.ledger FILE --rows N`: a synthetic ledger, the same on every run; `--help` names the rest.

Thirteen months of orders of about twenty lines (or as many as asked for), with the columns and the dirt of the real
file: sales without a customer, cancellations that take back a purchase and returns that don't, exact repeats, free
lines, missing descriptions, postage. How often somebody buys and how popular a product is are heavily skewed; the base
grows. Rows come in the order of time, or shuffled: one multiplication modulo the number of places does that without
sorting.
"""

import argparse
from math import gcd

import duckdb

LINES, MORE = 20, 1.03
"""Mean lines of an order; times that with cancellations and repeats."""
PER_CUSTOMER = 12
"""Rows for each customer that there could be: more than half of them never buy."""
STRIDE = 2_654_435_761

LEDGER = """
    copy (
        with place as (
            select (range * {stride}) % {places} as place from range({places})
        ), line as (
            select cast(place // {most} as bigint) as o, place % {most} as l, hash(place) as dice from place
        ), ordered as (
            select o, l, dice, hash(o * 7 + 1) as whose, hash(o * 7 + 2) as size,
                   hash((dice >> 7) % 1000003) as product
            from line where l <= hash(o * 7 + 2) % {most}
        ), bought as (
            select o, l, dice,
                   timestamp '2023-12-01 08:00' + interval 1 minute
                   * cast(o * 569000.0 / {orders} as bigint) as moment,
                   cast(floor({customers} * (0.4 + 0.6 * o / {orders}) * power((whose % 1000003) / 1000003.0, 1.6))
                        as bigint) as customer,
                   (whose >> 40) % 100 < 15 as guest,
                   cast(floor(3900 * power((product % 1000003) / 1000003.0, 2.4)) as bigint) as item
            from ordered
        ), priced as (
            select *, 1 + cast(floor(11 * power((dice >> 11) % 1000 / 1000.0, 3)) as int)
                      + if((dice >> 23) % 5000 = 0, 500, 0) as pieces,
                   if((dice >> 31) % 200 = 0, 0.0, round(0.29 + (hash(item) % 1200) / 100.0
                      + ((dice >> 41) % 3) / 10.0, 2)) as price
            from bought
        ), kinds as (
            select *, unnest(case when (dice >> 17) % 100 = 0 then [0, 0]      -- an exact repeat
                                  when (dice >> 17) % 100 < 3 then [0, 1]      -- taken back some days later
                                  when (dice >> 17) % 500 = 499 then [2]       -- a return of something else
                                  else [0] end) as kind
            from priced
        )
        select if(kind = 0, '', 'C') || cast(10000000 + o as varchar) as InvoiceNo,
               if((dice >> 37) % 500 = 0, 'POST', cast(10000 + item as varchar) || chr(cast(65 + item % 5 as int)))
                   as StockCode,
               if((dice >> 47) % 400 = 0, null, if((dice >> 37) % 500 = 0, 'POSTAGE',
                   'PRODUCT NO ' || item || if((dice >> 51) % 50 = 0, ' NEW', ''))) as Description,
               cast(if(kind = 0, pieces, -pieces) as int) as Quantity,
               if(kind = 1, moment + interval 1 hour * cast(1 + (dice >> 13) % 400 as bigint), moment) as InvoiceDate,
               price as UnitPrice,
               if(guest, null, cast(1000000 + (customer * 7919) % {customers} as double)) as CustomerID,
               case when whose_country < 85 then 'United Kingdom' when whose_country < 92 then 'Germany'
                    when whose_country < 96 then 'France' else 'Country ' || whose_country end as Country
        from (select *, hash(customer) % 100 as whose_country from kinds)
    ) to '{file}' (format parquet)
"""


def write(file: str, rows: int, customers: int | None = None, *, lines: int = LINES, shuffled: bool = False) -> None:
    """About `rows` rows of `customers` (one for so many rows as PER_CUSTOMER, if not given) as Parquet."""
    orders, most = max(1, round(rows / (lines * MORE))), 2 * lines - 1
    places = orders * most
    stride = next(number for number in range(STRIDE % places, 2 * places) if gcd(number, places) == 1)
    duckdb.execute("set memory_limit = '2GB'")
    duckdb.execute(LEDGER.format(
        places=places, orders=orders, most=most, stride=stride if shuffled else 1,
        customers=customers or max(1, rows // PER_CUSTOMER), file=file,
    ))  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=None)
    parser.add_argument("--lines", type=int, default=LINES, help="mean lines of an order; few make many customers")
    parser.add_argument("--shuffled", action="store_true")
    options = parser.parse_args()
    write(options.file, options.rows, options.customers, lines=options.lines, shuffled=options.shuffled)


if __name__ == "__main__":
    main()
