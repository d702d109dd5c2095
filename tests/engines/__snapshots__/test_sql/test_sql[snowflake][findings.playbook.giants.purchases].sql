SELECT
  SUM("t1"."bought") AS "Sum(bought)"
FROM (
  SELECT
    *
  FROM "temp"."main"."moments_of_customers" AS "t0"
  WHERE
    "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
    AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    AND (
      (
        "t0"."cancelled_at" IS NULL
      )
      OR (
        "t0"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      )
    )
) AS "t1"
