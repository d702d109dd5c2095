WITH "t4" AS (
  SELECT
    "t3"."customer",
    "t3"."country",
    MAX("t3"."sold_at") AS "last"
  FROM (
    SELECT
      *
    FROM "temp"."main"."moments_of_customers" AS "t1"
    WHERE
      "t1"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
      AND "t1"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      AND (
        (
          "t1"."cancelled_at" IS NULL
        )
        OR (
          "t1"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      )
      AND "t1"."country" IS NOT NULL
  ) AS "t3"
  GROUP BY
    1,
    2
)
SELECT
  "t12"."place",
  "t12"."country",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t11"."customer",
    "t11"."country",
    "t2"."place"
  FROM (
    SELECT
      "t9"."customer",
      MIN("t9"."country") AS "country"
    FROM (
      SELECT
        "t6"."customer",
        "t6"."country",
        "t6"."last"
      FROM "t4" AS "t6"
      INNER JOIN (
        SELECT
          "t5"."customer",
          MAX("t5"."last") AS "last"
        FROM "t4" AS "t5"
        GROUP BY
          1
      ) AS "t8"
        ON "t6"."customer" = "t8"."customer" AND "t6"."last" = "t8"."last"
    ) AS "t9"
    GROUP BY
      1
  ) AS "t11"
  INNER JOIN "memtable" AS "t2"
    ON "t11"."customer" = "t2"."customer"
) AS "t12"
GROUP BY
  1,
  2
