SELECT
  SUM("t2"."worth") AS "worth",
  COUNT(*) AS "orders"
FROM (
  SELECT
    "t1"."invoice",
    SUM("t1"."gross") AS "worth",
    MIN("t1"."sold_at") AS "day"
  FROM (
    SELECT
      "t0"."customer",
      "t0"."invoice",
      "t0"."sold_at",
      "t0"."cancelled_at",
      "t0"."fate",
      "t0"."rows",
      "t0"."worth",
      "t0"."sales",
      "t0"."gross",
      "t0"."items",
      "t0"."country",
      CASE
        WHEN (
          "t0"."sold_at" >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        )
        AND (
          "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
        THEN CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        ELSE NULL
      END AS "cutoff"
    FROM "temp"."main"."moments_roll_up" AS "t0"
    WHERE
      "t0"."sold_at" >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      AND "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      AND CASE
        WHEN (
          "t0"."sold_at" >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        )
        AND (
          "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
        THEN CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        ELSE NULL
      END IS NOT NULL
      AND "t0"."customer" IS NULL
      AND "t0"."sales" > 0
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
