SELECT
  SUM("t1"."rows") AS "lines",
  SUM("t1"."worth") AS "revenue",
  SUM("t1"."worth") FILTER(WHERE
    "t1"."customer" IS NULL) AS "guest_revenue"
FROM (
  SELECT
    *
  FROM "temp"."main"."moments_roll_up" AS "t0"
  WHERE
    "t0"."sold_at" >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
    AND "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
) AS "t1"
