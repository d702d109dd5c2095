SELECT
  "t1"."customer",
  "t1"."invoice",
  MIN("t1"."sold_at") AS "ordered",
  MAX("t1"."cancelled_at") AS "cancelled",
  SUM("t1"."gross") AS "revenue",
  SUM(IFF("t1"."fate" = 0, "t1"."gross", 0)) AS "kept"
FROM (
  SELECT
    *
  FROM "temp"."main"."moments_roll_up" AS "t0"
  WHERE
    "t0"."customer" IS NOT NULL
    AND "t0"."sales" > 0
    AND "t0"."cancelled_at" <= DATEADD(HOUR, '24', "t0"."sold_at")
    AND "t0"."cancelled_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    AND "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
) AS "t1"
GROUP BY
  1,
  2
