SELECT
  "t1"."month",
  SUM("t1"."worth") AS "revenue",
  SUM("t1"."worth") FILTER(WHERE
    "t1"."customer" IS NULL) AS "guest_revenue",
  COUNT(DISTINCT "t1"."invoice") FILTER(WHERE
    (
      "t1"."sales" > 0
    )
    AND (
      (
        "t1"."cancelled_at" IS NULL
      )
      OR (
        DATE_TRUNC('MONTH', "t1"."cancelled_at") > "t1"."month"
      )
    )) AS "orders",
  COUNT(DISTINCT "t1"."customer") FILTER(WHERE
    (
      "t1"."sales" > 0
    )
    AND (
      (
        "t1"."cancelled_at" IS NULL
      )
      OR (
        DATE_TRUNC('MONTH', "t1"."cancelled_at") > "t1"."month"
      )
    )) AS "customers"
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
    DATE_TRUNC('MONTH', "t0"."sold_at") AS "month"
  FROM "temp"."main"."moments_roll_up" AS "t0"
  WHERE
    "t0"."sold_at" >= CAST('2023-12-01T00:00:00' AS TIMESTAMP)
    AND "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
) AS "t1"
GROUP BY
  1
