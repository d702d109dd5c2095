SELECT
  "t2"."first",
  "t2"."month",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t1"."customer",
    "t1"."month",
    MIN("t1"."month") OVER (
      PARTITION BY "t1"."customer"
      ORDER BY NULL ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "first"
  FROM (
    SELECT DISTINCT
      "t0"."customer",
      DATE_TRUNC('MONTH', "t0"."sold_at") AS "month"
    FROM "temp"."main"."moments_of_customers" AS "t0"
    WHERE
      "t0"."on_file" > 0
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
GROUP BY
  1,
  2
