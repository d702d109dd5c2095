"""Hints: a first look at the lines of files, in one query, whether it is worth to count what `plausibility` asks for.

In SQL of its own, on whole invoices, some of them where lines are many: each run pays for it, and mostly finds nothing.
"""

from dataclasses import dataclass
from typing import Final

from reportgen.sources.connection import Connection

SAMPLE: Final = 20_000
"""Lines that are looked at, about."""
_AGAIN, _CROWD, _ALIKE, _EVEN = 0.02, 0.025, 0.8, 0.8
"""Parts of the sample that are a hint: lower than what is asked about, for a sample may miss some."""
_FEW: Final = 100
"""Numbers in the sample that say too little of the others: where few numbers bear many lines, that is a hint itself."""

_LOOK: Final = """
WITH sample AS MATERIALIZED (
    SELECT invoice, customer, sold_at, price, amount FROM lines WHERE hash(invoice) % {every} = 0
), numbers AS (
    SELECT
        min(customer) < max(customer) AND min(sold_at)::DATE < max(sold_at)::DATE AS odd,
        count(customer) BETWEEN 1 AND count(*) - 1 AS partly,
        count(*) % 2 = 0 AS even
    FROM sample GROUP BY invoice
), buyers AS (
    SELECT count(DISTINCT invoice) AS orders FROM sample WHERE customer IS NOT NULL GROUP BY customer
), baskets AS (
    SELECT min(price) = max(price) AS odd FROM sample WHERE amount > 0 GROUP BY invoice, customer HAVING count(*) > 1
)
SELECT negative, purchases, back, n.*, b.*, t.*
FROM (SELECT count_if(quantity < 0 AND price < 0) AS negative, count_if(amount > 0) AS purchases,
        count_if(amount < 0) AS back FROM lines),
    (SELECT count(*), count_if(odd), count_if(partly), count_if(even) FROM numbers) AS n,
    (SELECT sum(orders), max(orders) FROM buyers) AS b,
    (SELECT count(*), count_if(odd) FROM baskets) AS t
"""


@dataclass(frozen=True)
class Hints:
    """What may be there: rows negative twice, numbers of invoices again, ids of many orders, orders' totals on rows.

    partly: invoices that name their customer on some rows; twice: each row two times
    returns: more rows are worth less than nothing than are worth more
    """

    both_negative: bool = True
    again: bool = True
    crowds: bool = True
    totals: bool = True
    partly: bool = True
    twice: bool = True
    returns: bool = True


def found(con: Connection, rows: int) -> Hints:
    """What a look at the table or view `lines`, of about so many `rows`, makes think of."""
    every = max(1, rows // SAMPLE)
    (row,) = con.execute(_LOOK.format(every=every)).fetchall()
    both, purchases, back, numbers, again, partly, even, orders, most, baskets, alike = (int(each or 0) for each in row)
    return Hints(
        both_negative=both > 0,
        again=again > _AGAIN * numbers or (every > 1 and numbers < _FEW),
        crowds=most > _CROWD * orders,
        totals=alike > _ALIKE * baskets,
        partly=partly > 0,
        twice=even > _EVEN * numbers,
        returns=not purchases or back > purchases,
    )
