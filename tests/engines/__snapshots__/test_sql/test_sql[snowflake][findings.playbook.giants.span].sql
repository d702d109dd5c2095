SELECT
  SUM("t2"."worth") AS "worth",
  COUNT(*) AS "orders"
FROM (
  SELECT
    "t1"."customer",
    "t1"."invoice",
    SUM("t1"."bought") AS "worth",
    MAX("t1"."sold_at") AS "day"
  FROM (
    SELECT
      *
    FROM "temp"."main"."moments_of_customers" AS "t0"
    WHERE
      "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
      AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      AND "t0"."purchases" > 0
      AND (
        (
          "t0"."cancelled_at" IS NULL
        )
        OR (
          "t0"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      )
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
