SELECT
  "t11"."code",
  "t11"."price",
  COUNT(*) AS "lines"
FROM (
  SELECT
    "t10"."customer",
    "t10"."invoice",
    "t10"."code",
    "t10"."description",
    "t10"."amount",
    "t10"."price",
    "t3"."number"
  FROM (
    SELECT
      "t8"."customer",
      "t8"."invoice",
      "t8"."code",
      "t8"."description",
      "t8"."amount",
      "t8"."price"
    FROM (
      SELECT
        "t7"."line",
        "t7"."invoice",
        "t7"."code",
        "t7"."description",
        "t7"."quantity",
        "t7"."price",
        "t7"."amount",
        "t7"."sold_at",
        "t7"."customer",
        "t7"."country",
        "t7"."cancelled_at"
      FROM (
        SELECT
          "t6"."line",
          "t6"."invoice",
          "t6"."code",
          "t6"."description",
          "t6"."quantity",
          "t6"."price",
          "t6"."amount",
          "t6"."sold_at",
          "t6"."customer",
          "t6"."country",
          "t4"."line" AS "line_right",
          "t4"."cancelled_at"
        FROM (
          SELECT
            "t1"."line",
            "t1"."invoice",
            "t1"."code",
            "t1"."description",
            "t1"."quantity",
            "t1"."price",
            "t1"."amount",
            CAST("t1"."sold_at" AS TIMESTAMP) AS "sold_at",
            "t1"."customer",
            "t1"."country"
          FROM "temp"."main"."lines" AS "t1"
        ) AS "t6"
        LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t4"
          ON "t6"."line" = "t4"."line"
      ) AS "t7"
    ) AS "t8"
    WHERE
      (
        (
          "t8"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
        AND NOT (
          "t8"."customer" IS NULL
        )
      )
      AND NOT (
        "t8"."sold_at" < CAST('2024-01-01T00:00:00' AS TIMESTAMP)
      )
      AND "t8"."amount" > 0
      AND (
        (
          "t8"."cancelled_at" IS NULL
        )
        OR (
          "t8"."cancelled_at" >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND "t8"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
  ) AS "t10"
  INNER JOIN "memtable" AS "t3"
    ON "t10"."code" = "t3"."code"
) AS "t11"
GROUP BY
  1,
  2
