SELECT
  COUNT(DISTINCT IFF("t1"."customer" IS NOT NULL, "t1"."invoice", NULL)) AS "orders",
  COUNT(DISTINCT IFF("t1"."customer" IS NULL, "t1"."invoice", NULL)) AS "guest_orders",
  COUNT(DISTINCT "t1"."customer") AS "customers"
FROM (
  SELECT
    *
  FROM "temp"."main"."moments_roll_up" AS "t0"
  WHERE
    "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
    AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    AND "t0"."sales" > 0
    AND (
      (
        "t0"."cancelled_at" IS NULL
      )
      OR (
        "t0"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      )
    )
) AS "t1"
