SELECT
  SUM("t1"."rows") AS "lines",
  SUM("t1"."worth") AS "revenue",
  SUM(IFF("t1"."customer" IS NULL, "t1"."worth", NULL)) AS "guest_revenue"
FROM (
  SELECT
    *
  FROM "temp"."main"."moments_roll_up" AS "t0"
  WHERE
    "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
    AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
) AS "t1"
