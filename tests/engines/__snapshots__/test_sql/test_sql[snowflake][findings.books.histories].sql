SELECT
  SUM(CAST("t2"."within_0" AND NOT (
    "t2"."before_0"
  ) AS INT)) AS "first_0",
  SUM(CAST("t2"."within_0" AND "t2"."before_0" AS INT)) AS "again_0",
  SUM(CAST("t2"."before_0" AS INT)) AS "before_0",
  SUM(CAST("t2"."within_1" AND NOT (
    "t2"."before_1"
  ) AS INT)) AS "first_1",
  SUM(CAST("t2"."within_1" AND "t2"."before_1" AS INT)) AS "again_1",
  SUM(CAST("t2"."before_1" AS INT)) AS "before_1",
  SUM(CAST("t2"."within_2" AND NOT (
    "t2"."before_2"
  ) AS INT)) AS "first_2",
  SUM(CAST("t2"."within_2" AND "t2"."before_2" AS INT)) AS "again_2",
  SUM(CAST("t2"."before_2" AS INT)) AS "before_2"
FROM (
  SELECT
    "t1"."customer",
    MAX(
      (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
      )
    ) AS "before_0",
    MAX(
      (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      )
      AND (
        "t1"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
      )
    ) AS "within_0",
    MAX(
      (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
        )
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 11, 1, 0, 0, 0, 0)
      )
    ) AS "before_1",
    MAX(
      (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
        )
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
      )
      AND (
        "t1"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 11, 1, 0, 0, 0, 0)
      )
    ) AS "within_1",
    MAX(
      (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
        )
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2023, 12, 1, 0, 0, 0, 0)
      )
    ) AS "before_2",
    MAX(
      (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
        )
      )
      AND (
        "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
      )
      AND (
        "t1"."sold_at" >= TIMESTAMP_FROM_PARTS(2023, 12, 1, 0, 0, 0, 0)
      )
    ) AS "within_2"
  FROM (
    SELECT
      *
    FROM "temp"."main"."moments_roll_up" AS "t0"
    WHERE
      "t0"."customer" IS NOT NULL AND "t0"."sales" > 0
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
