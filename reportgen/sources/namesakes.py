"""Namesakes: ids of customers that only capitals, leading zeros or wide digits tell apart; told, never merged."""

from collections.abc import Iterator
from typing import Final

from reportgen.sources.connection import Connection

MUCH: Final = 0.01
"""Part of the ids that are another one's, from which it is told."""
_WIDE: Final = "".join(map(chr, range(0xFF10, 0xFF1A)))
_LOOK: Final = f"""
WITH ids AS (SELECT DISTINCT customer AS id FROM lines WHERE customer IS NOT NULL),
plain AS (SELECT id, translate(id, '{_WIDE}', '0123456789') AS digits FROM ids),
alike AS (
    SELECT min(id) AS one, max(id) AS other, count(*) AS ids, min(digits) = max(digits) AS wide,
        min(lower(digits)) = max(lower(digits)) AS letters
    FROM plain GROUP BY ltrim(lower(digits), '0') HAVING count(*) > 1
)
SELECT CASE WHEN wide THEN 'wide digits' WHEN letters THEN 'capital letters' ELSE 'leading zeros' END AS kind,
    sum(ids - 1)::BIGINT, min(one), arg_min(other, one), (SELECT count(*) FROM ids)
FROM alike GROUP BY kind ORDER BY kind
"""  # noqa: S608 - of constants


def notes(con: Connection, name: str) -> Iterator[str]:
    """That ids of the table `lines`, read of the file `name`, may be others', with an example of each kind."""
    kinds = con.execute(_LOOK).fetchall()
    again = sum(row[1] for row in kinds)
    if not kinds or again <= MUCH * kinds[0][4]:
        return
    why = " or ".join(kind for kind, *_ in kinds)
    such = ", ".join(f"{one} and {other}" for _, _, one, other, _ in kinds)
    yield (
        f"{name}: {again:,} of {kinds[0][4]:,} customer ids differ from another one by {why} only (such as {such}), "
        "and count as customers of their own; if they are the same, write their ids in one way where they are exported"
    )
