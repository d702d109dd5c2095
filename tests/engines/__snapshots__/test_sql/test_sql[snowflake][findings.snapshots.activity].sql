SELECT
  "t1"."customer",
  SUM("t1"."amount") AS "revenue",
  COUNT(
    DISTINCT IFF(
      (
        "t1"."purchases" > 0
      )
      AND (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      ),
      "t1"."invoice",
      NULL
    )
  ) AS "orders",
  SUM(
    IFF(
      (
        "t1"."purchases" > 0
      )
      AND (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      ),
      "t1"."bought",
      NULL
    )
  ) AS "bought",
  SUM(
    IFF(
      (
        "t1"."purchases" > 0
      )
      AND (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      ),
      "t1"."items",
      NULL
    )
  ) AS "items"
FROM (
  SELECT
    *
  FROM "temp"."main"."moments_of_customers" AS "t0"
  WHERE
    "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
    AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    AND "t0"."lines" > 0
) AS "t1"
GROUP BY
  1
