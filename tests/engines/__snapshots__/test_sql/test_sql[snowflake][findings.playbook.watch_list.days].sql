SELECT
  "t2"."customer",
  "t2"."day"
FROM (
  SELECT
    "t1"."customer",
    "t1"."day",
    COUNT(*) OVER (
      PARTITION BY "t1"."customer"
      ORDER BY NULL ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "days"
  FROM (
    SELECT DISTINCT
      "t0"."customer",
      DATE_TRUNC('DAY', "t0"."sold_at") AS "day"
    FROM "temp"."main"."moments_of_customers" AS "t0"
    WHERE
      "t0"."purchases" > 0
      AND "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
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
) AS "t2"
WHERE
  "t2"."days" >= 5
