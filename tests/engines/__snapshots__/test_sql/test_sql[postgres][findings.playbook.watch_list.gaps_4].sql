WITH "t3" AS (
  SELECT DISTINCT
    "t0"."customer",
    DATE_TRUNC('DAY', "t0"."sold_at") AS "day"
  FROM "temp"."main"."moments_of_customers" AS "t0"
  WHERE
    "t0"."purchases" > 0
    AND "t0"."sold_at" >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
    AND "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    AND (
      (
        "t0"."cancelled_at" IS NULL
      )
      OR (
        "t0"."cancelled_at" >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
    )
)
SELECT
  "t6"."customer",
  "t6"."day"
FROM "t3" AS "t6"
INNER JOIN (
  SELECT
    "t10"."customer"
  FROM (
    SELECT
      "t9"."customer",
      "t9"."days",
      "t9"."first",
      "t9"."last"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t5"."customer",
          COUNT(*) AS "days",
          MIN("t5"."day") AS "first",
          MAX("t5"."day") AS "last"
        FROM "t3" AS "t5"
        GROUP BY
          1
      ) AS "t7"
      WHERE
        "t7"."days" >= 5
    ) AS "t9"
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            "t1"."customer",
            "t1"."place"
          FROM "temp"."main"."findings_crowd_crowd" AS "t1"
          WHERE
            "t1"."place" IN (0, 1, 2, 3, 4, 5, 6, 7, 8)
        ) AS "t4"
        WHERE
          "t9"."customer" = "t4"."customer"
      )
  ) AS "t10"
  WHERE
    (
      (
        CAST(EXTRACT(epoch FROM CAST(MAKE_DATE(2025, 1, 1) AS TIMESTAMP) - CAST(DATE("t10"."last") AS TIMESTAMP)) / 86400 AS BIGINT) - 1
      ) * (
        "t10"."days" - 1
      )
    ) > CAST(EXTRACT(epoch FROM CAST(DATE("t10"."last") AS TIMESTAMP) - CAST(DATE("t10"."first") AS TIMESTAMP)) / 86400 AS BIGINT)
) AS "t12"
  ON "t6"."customer" = "t12"."customer"
