SELECT
  *
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
          "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
        )
        AND (
          "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
        THEN TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        ELSE NULL
      END AS "cutoff"
    FROM "temp"."main"."moments_roll_up" AS "t0"
    WHERE
      "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
      AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      AND CASE
        WHEN (
          "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
        )
        AND (
          "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
        THEN TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        ELSE NULL
      END IS NOT NULL
      AND "t0"."customer" IS NULL
      AND "t0"."sales" > 0
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
WHERE
  (
    "t2"."worth" * 100
  ) >= 663951 AND (
    "t2"."worth" * 67
  ) >= 6639510
ORDER BY
  "t2"."worth" DESC NULLS LAST,
  "t2"."invoice" ASC
LIMIT 5
