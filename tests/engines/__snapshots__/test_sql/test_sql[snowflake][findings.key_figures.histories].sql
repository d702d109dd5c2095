SELECT
  SUM(CAST("t2"."first" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0) AS INT)) AS "first_time",
  SUM(
    CAST((
      "t2"."first" < TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
    )
    AND (
      "t2"."last" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
    ) AS INT)
  ) AS "returning",
  SUM(CAST("t2"."first" < TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0) AS INT)) AS "before"
FROM (
  SELECT
    "t1"."customer",
    MIN("t1"."sold_at") AS "first",
    MAX("t1"."sold_at") AS "last"
  FROM (
    SELECT
      *
    FROM "temp"."main"."moments_roll_up" AS "t0"
    WHERE
      "t0"."sales" > 0
      AND (
        (
          "t0"."cancelled_at" IS NULL
        )
        OR (
          "t0"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      )
      AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      AND "t0"."customer" IS NOT NULL
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
